public import Martlet

/// The public id of a session: what a list of sessions shows, and what ends one from another device.
///
/// It is not the token of the session's cookie and gives no access.
public struct SessionID: RawRepresentable, Hashable, Sendable, Codable, LosslessStringConvertible {
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

    init(bytes: [UInt8]) {
        self.rawValue = Base64URL.encode(bytes)
    }

    /// A new id.
    public init(random: RandomSource) {
        self.rawValue = random.token(byteCount: Self.byteCount)
    }

    /// The text.
    public var description: String { rawValue }
}
