/// A value that must not be printed: a client secret, a token, an authorization code, a code verifier.
///
/// Every textual form of a `Secret` (interpolation, `dump`, reflection, log metadata) is the word `[redacted]`.
/// The text is had only by naming ``reveal()``, so that a reader of the code sees where a secret leaves.
public struct Secret: Hashable, Sendable, Codable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable, ExpressibleByStringLiteral
{
    private let text: String

    /// Wraps a text that must not be printed.
    public init(_ text: String) {
        self.text = text
    }

    /// Wraps a literal: for tests and examples; real secrets come from a configuration or the environment.
    public init(stringLiteral value: String) {
        self.text = value
    }

    /// Reads the secret as a plain string.
    public init(from decoder: any Decoder) throws {
        self.text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the secret itself: encode only into sealed or private storage.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The secret text.
    public func reveal() -> String { text }

    /// Whether the secret is the empty text.
    public var isEmpty: Bool { text.isEmpty }

    /// Always `[redacted]`.
    public var description: String { "[redacted]" }

    /// Always `[redacted]`.
    public var debugDescription: String { "[redacted]" }

    /// A mirror without children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Compares two secrets in time that depends only on their lengths.
    public static func == (lhs: Secret, rhs: Secret) -> Bool {
        constantTimeEqual(lhs.text, rhs.text)
    }
}

/// Compares two byte sequences in time that depends only on their lengths.
///
/// For values an attacker may guess byte by byte: states, MACs, token hashes.
public func constantTimeEqual(_ lhs: [UInt8], _ rhs: [UInt8]) -> Bool {
    guard lhs.count == rhs.count else { return false }
    return lhs.indices.reduce(UInt8(0)) { $0 | (lhs[$1] ^ rhs[$1]) } == 0
}

/// Compares the UTF-8 of two texts in time that depends only on their lengths.
public func constantTimeEqual(_ lhs: String, _ rhs: String) -> Bool {
    constantTimeEqual(Array(lhs.utf8), Array(rhs.utf8))
}
