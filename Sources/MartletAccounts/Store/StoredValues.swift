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

    package static func value<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
