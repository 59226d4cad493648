import FoundationEssentials
package import Martlet

// How stores keep values in columns.

extension Email {
    /// What the address is matched by: nothing, unless it is verified.
    package var matchingKey: String? { isVerified ? comparisonKey : nil }
}

/// Values that are kept as JSON text.
package enum StoredJSON {
    package static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    package static func text(_ members: [String: String]) throws -> String {
        members.isEmpty ? "{}" : JSONValue.object(members.mapValues { .string($0) }).serialized()
    }

    package static func value(_ text: String) throws -> [String: String] {
        guard text != "{}" else { return [:] }
        let members = try JSONValue(parsing: text.utf8).object
        guard let members, case let texts = members.compactMapValues(\.string), texts.count == members.count else {
            throw StoreError.corrupted("a stored value cannot be read")
        }
        return texts
    }

    package static func value<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
