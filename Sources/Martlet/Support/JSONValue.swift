public import FoundationEssentials

/// Any JSON value: a provider's answer as it came.
///
/// Numbers are decimals of up to 38 digits, never floating point, so that an id of nineteen digits keeps every one.
public enum JSONValue: Hashable, Sendable, Codable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number with all its digits.
    case number(Decimal)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; the order of its members is not kept.
    case object([String: JSONValue])

    /// Parses UTF-8 JSON text (RFC 8259). Nesting is bounded at 128 levels; of members with the same name the last counts.
    ///
    /// - Throws: `DecodingError` if the bytes are not JSON.
    public init(parsing bytes: some Sequence<UInt8>) throws {
        self = try JSONReader.read(Array(bytes))
    }

    /// Reads whatever value is there: for text that this program wrote. The cost grows with the cube of the depth.
    public init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyKey.self) {
            var members: [String: JSONValue] = [:]
            for key in container.allKeys {
                members[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
            }
            self = .object(members)
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
            self = .array(elements)
            return
        }
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else {
            self = .number(try container.decode(Decimal.self))
        }
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }

    /// The member of an object, or nil.
    public subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The members of an object, or nil.
    public var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of an array, or nil.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text of a string, or nil.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A string, a number's digits or a boolean as text; nil for null, arrays and objects.
    public var text: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.description
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// A whole number, given as a number or as a text of digits; nil otherwise.
    public var integer: Int? {
        text.flatMap { Int($0) }
    }

    /// Seconds since 1970 as a date (JWT `NumericDate`, RFC 7519 §2), fractions included; nil unless a number.
    public var numericDate: Date? {
        guard case .number(let number) = self, let seconds = Double(number.description), seconds.isFinite else {
            return nil
        }
        return Date(timeIntervalSince1970: seconds)
    }

    /// The value at a dotted path (`data.user.0.id`): object members by name, array elements by index, or by the value of
    /// a member (`blogs.primary=true.uuid`).
    public func value(at path: String) -> JSONValue? {
        if let whole = self[path] { return whole }
        var current = self
        for step in path.split(separator: ".") {
            switch current {
            case .object(let members):
                guard let next = members[String(step)] else { return nil }
                current = next
            case .array(let elements):
                guard let element = Self.element(step, of: elements) else { return nil }
                current = element
            default: return nil
            }
        }
        return current
    }

    private static func element(_ step: Substring, of elements: [JSONValue]) -> JSONValue? {
        let sides = step.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if sides.count == 2 { return elements.first { $0[sides[0]]?.text == sides[1] } }
        guard let index = Int(step), elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// This object with the members of another laid over it, objects merged member by member.
    public func merging(_ overlay: JSONValue) -> JSONValue {
        guard case .object(let base) = self, case .object(let top) = overlay else { return overlay }
        return .object(base.merging(top) { $0.merging($1) })
    }

    /// Compact JSON text with sorted members.
    public func serialized() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(self)) ?? Data("null".utf8)
        return String(decoding: data, as: UTF8.self)
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }

    /// A string, or null.
    package init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }
}

/// A coding key of any name.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { Int(stringValue) }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init(intValue: Int) {
        self.stringValue = String(intValue)
    }
}
