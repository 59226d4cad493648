import FoundationEssentials
import MartletAccounts

/// A parameter of a statement, in the text form that PostgreSQL reads
/// (https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-FORMAT-CODES).
struct PostgresValue: Sendable {
    /// The text; nil is NULL.
    let text: String?

    static func text(_ value: String?) -> PostgresValue { PostgresValue(text: value) }

    static func number(_ value: some BinaryInteger) -> PostgresValue { PostgresValue(text: String(value)) }

    static func flag(_ value: Bool) -> PostgresValue { PostgresValue(text: value ? "t" : "f") }

    static func time(_ value: Date) -> PostgresValue { number(value.millisecondsSince1970) }

    static func bytes(_ value: [UInt8]) -> PostgresValue {
        let digits = Array("0123456789abcdef".utf8)
        let hex = value.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return PostgresValue(text: "\\x" + String(decoding: hex, as: UTF8.self))
    }
}

/// One row of an answer: columns by name, in text form.
///
/// - Throws: every accessor throws ``PostgresError/unreadable`` for a value that is absent or of another form.
struct PostgresRow: Sendable {
    let columns: [String: Int]
    let values: [String?]

    func optionalText(_ column: String) throws -> String? {
        guard let index = columns[column] else { throw PostgresError.unreadable }
        return values[index]
    }

    func text(_ column: String) throws -> String {
        guard let text = try optionalText(column) else { throw PostgresError.unreadable }
        return text
    }

    func optionalNumber(_ column: String) throws -> Int64? {
        guard let text = try optionalText(column) else { return nil }
        guard let number = Int64(text) else { throw PostgresError.unreadable }
        return number
    }

    func number(_ column: String) throws -> Int64 {
        guard let number = try optionalNumber(column) else { throw PostgresError.unreadable }
        return number
    }

    func flag(_ column: String) throws -> Bool {
        switch try text(column) {
        case "t": true
        case "f": false
        default: throw PostgresError.unreadable
        }
    }

    func time(_ column: String) throws -> Date {
        Date(millisecondsSince1970: try number(column))
    }

    func bytes(_ column: String) throws -> [UInt8] {
        let text = try text(column)
        let digits = text.dropFirst(2).map(\.hexDigitValue)
        guard text.hasPrefix("\\x"), digits.count.isMultiple(of: 2) else { throw PostgresError.unreadable }
        return try stride(from: 0, to: digits.count, by: 2).map { index in
            guard let high = digits[index], let low = digits[index + 1] else { throw PostgresError.unreadable }
            return UInt8(high << 4 | low)
        }
    }
}
