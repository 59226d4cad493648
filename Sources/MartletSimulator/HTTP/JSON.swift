/// A JSON value whose members keep the order they were written in (RFC 8259).
///
/// The simulator writes every answer by hand, so that it shares nothing with the code that will read the answer.
enum JSON: Sendable, Equatable {
    /// One name and value of an object.
    struct Member: Sendable, Equatable {
        var name: String
        var value: JSON
    }

    case null
    case bool(Bool)
    case number(Int64)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A string, or `null` where there is none.
    static func text(_ value: String?) -> JSON {
        value.map(JSON.string) ?? .null
    }

    /// Array of strings.
    static func strings(_ values: [String]) -> JSON {
        .array(values.map(JSON.string))
    }

    /// This object with a member more, or unchanged where there is no value.
    func adding(_ name: String, _ value: JSON?) -> JSON {
        guard let value, case .object(let members) = self else { return self }
        return .object(members + [Member(name: name, value: value)])
    }

    /// This object followed by the members of another.
    func merging(_ other: JSON) -> JSON {
        guard case .object(let own) = self, case .object(let more) = other else { return self }
        return .object(own + more)
    }

    /// The value of an object's member.
    subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// This value with every member named in `names`, at any depth, passed through `change`; `nil` removes the member.
    func mapping(_ names: Set<String>, _ change: (JSON) -> JSON?) -> JSON {
        switch self {
        case .object(let members):
            .object(
                members.compactMap { member in
                    let value = names.contains(member.name) ? change(member.value) : member.value.mapping(names, change)
                    return value.map { Member(name: member.name, value: $0) }
                })
        case .array(let values): .array(values.map { $0.mapping(names, change) })
        default: self
        }
    }
}

extension JSON {
    /// The value as text without white space.
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value): String(value)
        case .string(let value): Self.quoted(value)
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
        }
    }

    /// The value as it stands in a form: a string without quotation marks, anything else as JSON.
    var plainText: String {
        if case .string(let value) = self { value } else { text }
    }

    private static func quoted(_ string: String) -> String {
        var out = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
}
