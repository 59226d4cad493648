/// A table for a terminal, whose columns line up also where characters are twice as wide.
public struct TextTable: Sendable {
    /// The rows, the head among them.
    public let rows: [[String]]

    /// Makes a table.
    public init(rows: [[String]]) {
        self.rows = rows
    }

    /// The lines, two spaces between columns; the last column is not filled up, and none to more than 32 places for the sake
    /// of a few long cells.
    public var lines: [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                let width = min(Self.width(of: cell), 32)
                if column < widths.count { widths[column] = max(widths[column], width) } else { widths.append(width) }
            }
        }
        return rows.map { row in
            var line = row.enumerated().map { column, cell in
                cell + String(repeating: " ", count: max(2, widths[column] + 2 - Self.width(of: cell)))
            }.joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// How many columns of a terminal a text takes.
    static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: width
            default: width + (wide.contains { $0.contains(scalar.value) } ? 2 : 1)
            }
        }
    }

    /// The characters of East Asian width W and F (Unicode Standard Annex #11), by their blocks.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1_F300...0x1_FAFF, 0x2_0000...0x3_FFFD,
    ]
}
