public import Martlet

/// The id of one flow: 128 random bits as URL-safe text.
public struct FlowID: RawRepresentable, Hashable, Sendable, Codable, LosslessStringConvertible {
    /// How many bytes an id has.
    static let byteCount = 16

    /// The text, 22 characters of `A–Z a–z 0–9 - _`.
    public let rawValue: String

    /// Accepts exactly the text of 16 bytes in URL-safe base64 (RFC 4648 §5), and nil for any other.
    public init?(rawValue: String) {
        guard CanonicalBase64.decode(rawValue, byteCount: Self.byteCount) != nil else { return nil }
        self.rawValue = rawValue
    }

    /// The same as ``init(rawValue:)``.
    public init?(_ description: String) {
        self.init(rawValue: description)
    }

    /// A new id.
    public init(random: RandomSource) {
        self.rawValue = random.token(byteCount: Self.byteCount)
    }

    /// The text.
    public var description: String { rawValue }

    var bytes: [UInt8] { Base64URL.decode(rawValue) ?? [] }
}
