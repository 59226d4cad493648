/// A provider's icon: a monogram on a tile of the provider's colour, as an SVG image.
///
/// The tiles are drawn here, so that no trademarked logo is shipped and a provider that an operator has declared
/// looks like the others.
enum ProviderIcon {
    /// Draws the tile, 64 units square.
    ///
    /// - Parameters:
    ///   - name: The provider's name; any text is safe.
    ///   - colour: The colour of the tile as `#rrggbb`. Anything else gives a neutral grey.
    /// - Returns: An SVG document without style sheets or scripts.
    static func svg(name: String, colour: String) -> String {
        let monogram = Monogram(provider: name)
        let tile = TileColour(hex: colour) ?? .neutral
        let ink = tile.ink
        let size = monogram.isFullWidth ? 36 : (monogram.text.unicodeScalars.count == 1 ? 34 : 27)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">\
            <rect x="1" y="1" width="62" height="62" rx="15" fill="\(tile.hex)" stroke="\(ink)" stroke-opacity=".2" \
            stroke-width="2"/>\
            <text x="32" y="33" text-anchor="middle" dominant-baseline="central" fill="\(ink)" font-size="\(size)" \
            font-weight="600" font-family="system-ui, -apple-system, sans-serif">\
            \(MarkupEscaping.escape(monogram.text))</text></svg>
            """
    }
}
