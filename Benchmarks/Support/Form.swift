/// Names and values in `application/x-www-form-urlencoded`, as queries and token requests hold them.
///
/// Nothing here is shared with what is measured.
public struct Form: Sendable {
    private var fields: [(name: Substring, value: Substring)]

    /// Splits a text; names and values are decoded when they are asked for.
    public init(_ text: some StringProtocol) {
        fields = text.split(separator: "&").map { field in
            let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Substring(sides[0]), sides.count == 2 ? Substring(sides[1]) : "")
        }
    }

    /// The first value of a name; nil if there is none or it is empty.
    public subscript(name: String) -> String? {
        guard let value = fields.first(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
        return Self.decode(value)
    }

    /// A value without its percent-encoding; a plus sign is a space. Nil for what is no encoding.
    static func decode(_ value: Substring) -> String? {
        var decoded: [UInt8] = []
        var rest = value.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let number = UInt8(Substring(rest.prefix(2)), radix: 16) else { return nil }
                decoded.append(number)
                rest = rest.dropFirst(2)
            default: decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// A value that is safe in a query.
    public static func encode(_ value: String) -> String {
        var encoded = ""
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
