import MartletAccounts

/// Values in the text forms of PostgreSQL: in answers and parameters, and in the lines of `COPY`
/// (https://www.postgresql.org/docs/current/sql-copy.html, "Text Format").
enum PostgresText {
    /// A value that the server gave.
    static func value(of kind: StoredTable.Kind, in text: String?) throws(PostgresError) -> StoredValue {
        guard let text else { return .null }
        switch kind {
        case .text: return .text(text)
        case .number:
            guard let number = Int64(text) else { throw .unreadable }
            return .number(number)
        case .flag:
            guard text == "t" || text == "f" else { throw .unreadable }
            return .flag(text == "t")
        case .bytes:
            guard let bytes = bytes(text) else { throw .unreadable }
            return .bytes(bytes)
        }
    }

    /// A value as a parameter.
    static func parameter(_ value: StoredValue) -> PostgresValue {
        switch value {
        case .null: .text(nil)
        case .number(let number): .number(number)
        case .flag(let flag): .flag(flag)
        case .text(let text): .text(text)
        case .bytes(let bytes): .bytes(bytes)
        }
    }

    /// Appends a line of `COPY`.
    static func append(_ row: StoredRow, to bytes: inout [UInt8]) {
        for (index, value) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            guard let text = parameter(value).text else {
                bytes.append(contentsOf: "\\N".utf8)
                continue
            }
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
                case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
                case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
                case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
                default: bytes.append(byte)
                }
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The bytes of `\x` and hexadecimal digits.
    static func bytes(_ text: String) -> [UInt8]? {
        var digits = text.utf8.makeIterator()
        guard digits.next() == UInt8(ascii: "\\"), digits.next() == UInt8(ascii: "x") else { return nil }
        var bytes: [UInt8] = []
        while let high = digits.next() {
            guard let low = digits.next(), let first = digit(high), let second = digit(low) else { return nil }
            bytes.append(first << 4 | second)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
