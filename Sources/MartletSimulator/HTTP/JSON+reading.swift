import FoundationEssentials

extension JSON: Decodable {
    /// Reads a value. The members of an object come in alphabetical order; a number's fraction is cut off.
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .number(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(Int64(exactly: value.rounded(.towardZero)) ?? 0)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let values = try? container.decode([JSON].self) {
            self = .array(values)
        } else {
            let members = try container.decode([String: JSON].self)
            self = .object(members.sorted { $0.key < $1.key }.map { Member(name: $0.key, value: $0.value) })
        }
    }

    /// Reads a JSON text; `nil` where it is none.
    init?(parsing text: some Sequence<UInt8>) {
        guard let value = try? JSONDecoder().decode(JSON.self, from: Data(text)) else { return nil }
        self = value
    }

    /// The text, where this is a string.
    var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The number, where this is one.
    var integer: Int64? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The values of an array.
    var values: [JSON]? {
        if case .array(let values) = self { values } else { nil }
    }

    /// The members of an object.
    var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The texts of a string, or of an array of strings.
    var texts: [String] {
        string.map { [$0] } ?? (values ?? []).compactMap(\.string)
    }

    /// This object with a member changed, added, or taken away where there is no value.
    func setting(_ name: String, _ value: JSON?) -> JSON {
        guard case .object(var members) = self else { return self }
        if let index = members.firstIndex(where: { $0.name == name }) {
            if let value { members[index].value = value } else { members.remove(at: index) }
            return .object(members)
        }
        return adding(name, value)
    }
}
