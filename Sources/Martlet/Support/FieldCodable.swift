/// A value that is written as the fields that differ from its defaults, and read with the defaults for the rest.
///
/// Reading refuses a key that is not a field, so that a misspelt setting is never silently ignored.
protocol FieldCodable: Codable, Hashable, Sendable {
    /// What a field is when it is not given.
    static var defaults: Self { get }
    /// Every field, by name.
    static var fields: [CodableField<Self>] { get }
}

/// One field of a ``FieldCodable`` type.
struct CodableField<Root: Sendable>: Sendable {
    let name: String
    /// The names of the fields inside, where the value has such.
    let inner: [String]
    let decode: @Sendable (inout Root, KeyedDecodingContainer<AnyKey>) throws -> Void
    let encode: @Sendable (Root, _ defaults: Root, inout KeyedEncodingContainer<AnyKey>) throws -> Void

    init<Value: Codable & Equatable & Sendable>(
        _ name: String, _ path: any WritableKeyPath<Root, Value> & Sendable
    ) {
        let key = AnyKey(stringValue: name)
        self.name = name
        self.inner =
            (Value.self as? any FieldCodable.Type)?.names ?? (Value.self as? any OptionalFields.Type)?.names ?? []
        self.decode = { root, container in
            if container.contains(key) { root[keyPath: path] = try container.decode(Value.self, forKey: key) }
        }
        self.encode = { root, defaults, container in
            let value = root[keyPath: path]
            if value != defaults[keyPath: path] { try container.encode(value, forKey: key) }
        }
    }
}

/// A value with fields that may be absent.
private protocol OptionalFields {
    static var names: [String] { get }
}

extension Optional: OptionalFields where Wrapped: FieldCodable {
    fileprivate static var names: [String] { Wrapped.names }
}

extension FieldCodable {
    fileprivate static var names: [String] { fields.map(\.name) }

    /// Reads the fields given; the rest are the defaults.
    ///
    /// - Throws: `DecodingError` for a wrong type, and for a key that is not a field.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        let known = Self.fields.map(\.name)
        for key in container.allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: container,
                debugDescription: "unknown key; the keys here are \(known.sorted().joined(separator: ", "))")
        }
        var value = Self.defaults
        for field in Self.fields { try field.decode(&value, container) }
        self = value
    }

    /// Writes the fields that differ from the defaults.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: AnyKey.self)
        for field in Self.fields { try field.encode(self, Self.defaults, &container) }
    }
}
