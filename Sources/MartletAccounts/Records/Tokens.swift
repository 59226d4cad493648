import Crypto
public import Martlet

/// The token that a browser holds as proof of its session: 256 random bits.
///
/// A store only ever sees ``hash``, so that whoever reads a store cannot sign in with what is there. The token is random
/// throughout, which is why a plain hash is enough.
public struct SessionToken: Hashable, Sendable {
    /// The token as the cookie holds it.
    public let secret: Secret

    /// A new token.
    public init(random: RandomSource) {
        self.secret = Secret(random.token(byteCount: TokenText.byteCount))
    }

    /// Accepts a text that has the form of a token, and nil for any other.
    public init?(_ text: String) {
        guard TokenText.isWellFormed(text) else { return nil }
        self.secret = Secret(text)
    }

    /// SHA-256 of the token: 32 bytes.
    public var hash: [UInt8] { TokenText.hash(secret) }
}

/// The token that a pending binding is redeemed with: 256 random bits, for one use.
///
/// A store only ever sees ``hash``.
public struct BindingToken: Hashable, Sendable {
    /// The token as the browser is given it.
    public let secret: Secret

    /// A new token.
    public init(random: RandomSource) {
        self.secret = Secret(random.token(byteCount: TokenText.byteCount))
    }

    /// Accepts a text that has the form of a token, and nil for any other.
    public init?(_ text: String) {
        guard TokenText.isWellFormed(text) else { return nil }
        self.secret = Secret(text)
    }

    /// SHA-256 of the token: 32 bytes.
    public var hash: [UInt8] { TokenText.hash(secret) }
}

/// What the texts of tokens have in common.
enum TokenText {
    static let byteCount = 32

    static func isWellFormed(_ text: String) -> Bool {
        Base64URL.decode(text)?.count == byteCount
    }

    static func hash(_ secret: Secret) -> [UInt8] {
        Array(SHA256.hash(data: Array(secret.reveal().utf8)))
    }
}
