import FoundationEssentials

/// The address of a picture that a page may ask the browser to load.
struct AvatarSource: Sendable, Equatable {
    /// The address, exactly as it was given.
    let url: String

    /// Accepts `https:` addresses with a host, and `http:` ones on the loopback, for development.
    ///
    /// Addresses with a user part, a backslash, spaces or control characters are refused: browsers and this library
    /// need not agree on what host they name.
    init?(_ text: String?) {
        guard let text, !text.unicodeScalars.contains(where: Self.isAmbiguous) else { return nil }
        guard let url = URL(string: text), url.user() == nil, url.password() == nil else { return nil }
        guard let host = url.host(), !host.isEmpty else { return nil }
        switch url.scheme?.lowercased() {
        case "https": break
        case "http" where Self.loopbackHosts.contains(host.lowercased()): break
        default: return nil
        }
        self.url = text
    }

    private static let loopbackHosts: Set<String> = ["localhost", "127.0.0.1", "::1", "[::1]"]

    private static func isAmbiguous(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\\" || scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
    }
}
