import FoundationEssentials

/// Reads JSON text (RFC 8259) in UTF-8, in time that grows with its length alone.
///
/// `JSONDecoder` learns the kind of a value by failed attempts, each of which costs the square of the depth: a text of a
/// kilobyte would take seconds. Of members with the same name the last counts (RFC 7519 §4).
struct JSONReader {
    private static let greatestDepth = 128

    private let bytes: [UInt8]
    private var position: Int

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // RFC 8259 §8.1: a byte order mark may be passed over.
        self.position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The one value that a text is.
    static func read(_ bytes: [UInt8]) throws(DecodingError) -> JSONValue {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.next == nil else { throw reader.malformed }
        return value
    }

    private var malformed: DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "it is not JSON at byte \(position)"))
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(DecodingError) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(DecodingError) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        try list(closedBy: "}", depth: depth) { (reader) throws(DecodingError) in
            reader.skipSpace()
            let name = try reader.string()
            reader.skipSpace()
            guard reader.take(":") else { throw reader.malformed }
            members[name] = try reader.value(depth: depth)
        }
        return members
    }

    private mutating func array(depth: Int) throws(DecodingError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try list(closedBy: "]", depth: depth) { (reader) throws(DecodingError) in
            elements.append(try reader.value(depth: depth))
        }
        return elements
    }

    private mutating func list(
        closedBy end: Unicode.Scalar, depth: Int, _ readElement: (inout JSONReader) throws(DecodingError) -> Void
    ) throws(DecodingError) {
        guard depth <= Self.greatestDepth else { throw malformed }
        position += 1
        skipSpace()
        if take(end) { return }
        repeat {
            try readElement(&self)
            skipSpace()
        } while take(",")
        guard take(end) else { throw malformed }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(DecodingError) -> JSONValue {
        for scalar in word.unicodeScalars {
            guard take(scalar) else { throw malformed }
        }
        return value
    }

    private mutating func number() throws(DecodingError) -> Decimal {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let number = Int(text).map({ Decimal($0) }) ?? Decimal(string: text) else { throw malformed }
        return number
    }

    private mutating func digits() throws(DecodingError) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw malformed }
    }

    // MARK: Strings

    private mutating func string() throws(DecodingError) -> String {
        guard take("\"") else { throw malformed }
        var text = plainText()
        while take("\\") {
            text += try escapedScalar().utf8
            text += plainText()
        }
        guard take("\""), let string = String(utf8: text) else { throw malformed }
        return string
    }

    /// The bytes up to an escape, the end of the string, or a byte that a string may not hold.
    private mutating func plainText() -> ArraySlice<UInt8> {
        let rest = bytes[position...]
        let text = rest.prefix { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        position = text.endIndex
        return text
    }

    /// What follows a backslash.
    private mutating func escapedScalar() throws(DecodingError) -> Unicode.Scalar {
        guard let byte = next else { throw malformed }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try codedScalar()
        default: throw malformed
        }
    }

    /// The scalar of one UTF-16 code unit in hexadecimal digits, or of a surrogate pair.
    private mutating func codedScalar() throws(DecodingError) -> Unicode.Scalar {
        let unit = try codeUnit()
        var value = UInt32(unit)
        if UTF16.isLeadSurrogate(unit) {
            guard take("\\"), take("u") else { throw malformed }
            let trail = try codeUnit()
            guard UTF16.isTrailSurrogate(trail) else { throw malformed }
            value = 0x10000 + (value & 0x3FF) << 10 + UInt32(trail & 0x3FF)
        }
        guard let scalar = Unicode.Scalar(value) else { throw malformed }
        return scalar
    }

    private mutating func codeUnit() throws(DecodingError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else { throw malformed }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}
