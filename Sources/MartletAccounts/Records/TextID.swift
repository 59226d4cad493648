import Crypto
public import Martlet

/// The id of one flow, and of anything else that may be used once only; see ``AccountStore/useOnce(_:until:)``.
public typealias FlowID = TextID<Flow>

/// The public id of a session: what a list of sessions shows, and what ends one from another device.
///
/// It is not the token of the session's cookie and gives no access.
public typealias SessionID = TextID<Session>

/// An id of 128 bits as URL-safe text. `Record` is what it is the id of, and keeps the ids of two kinds apart.
public struct TextID<Record>: RawRepresentable, Hashable, Sendable, Codable, LosslessStringConvertible {
    /// How many bytes an id has.
    static var byteCount: Int { 16 }

    /// The text, 22 characters of `A–Z a–z 0–9 - _`.
    public let rawValue: String

    /// Accepts exactly the text of 16 bytes in URL-safe base64 (RFC 4648 §5), and nil for any other.
    public init?(rawValue: String) {
        guard Base64URL.decode(rawValue)?.count == Self.byteCount else { return nil }
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

    /// The id that stands for a text: the first 128 bits of its SHA-256 (FIPS 180-4), the same for the same text.
    ///
    /// Begin the text with what it is for and whose it is, so that texts of two uses never give one id.
    public init(digestOf text: Secret) {
        self.rawValue = Base64URL.encode(SHA256.hash(data: Array(text.reveal().utf8)).prefix(Self.byteCount))
    }

    /// The text.
    public var description: String { rawValue }

    var bytes: [UInt8] { Base64URL.decode(rawValue) ?? [] }
}
