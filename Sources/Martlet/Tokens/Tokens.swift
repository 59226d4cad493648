public import FoundationEssentials

/// What a token endpoint granted (RFC 6749 §5.1).
///
/// Its textual form holds no secret.
public struct Tokens: Sendable, CustomStringConvertible, CustomReflectable {
    /// The access token; nil for a provider that issues none to a person (mini programs, WeCom).
    public var accessToken: Secret?
    /// `Bearer` unless the provider says otherwise.
    public var tokenType: String
    /// How long the access token lives, in seconds, where the provider says so.
    public var expiresIn: Int?
    /// When the access token ends, by the clock of this client.
    public var expiresAt: Date?
    /// The refresh token, where one was granted.
    public var refreshToken: Secret?
    /// The scopes granted; empty where the provider does not say.
    public var scopes: [String]
    /// The ID token as it came, where one did.
    public var idToken: Secret?
    /// The ID token's claims, after it was verified.
    public var identity: IDTokenClaims?
    /// The provider's answer, out of its envelope. It holds the secrets.
    public var raw: JSONValue
    /// The parameters of the callback, which some profile calls repeat.
    var callback: [String: String] = [:]
    /// The scopes that were asked for.
    var requestedScopes: [String] = []

    /// Which members there are, and no secret.
    public var description: String {
        "Tokens(type: \(tokenType), expiresIn: \(expiresIn.map(String.init) ?? "unknown"), "
            + "refreshable: \(refreshToken != nil), scopes: \(scopes), idToken: \(idToken != nil))"
    }

    /// A mirror without children, so that `dump` shows no secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Makes tokens that were kept from an earlier login: enough to call ``OAuthClient/userInfo(_:)``.
    public init(accessToken: Secret, refreshToken: Secret? = nil) {
        self.init(accessToken: accessToken, refreshToken: refreshToken, raw: .object([:]))
    }

    init(
        accessToken: Secret?, tokenType: String = "Bearer", expiresIn: Int? = nil, expiresAt: Date? = nil,
        refreshToken: Secret? = nil, scopes: [String] = [], idToken: Secret? = nil, raw: JSONValue
    ) {
        self.accessToken = accessToken
        self.tokenType = tokenType
        self.expiresIn = expiresIn
        self.expiresAt = expiresAt
        self.refreshToken = refreshToken
        self.scopes = scopes
        self.idToken = idToken
        self.raw = raw
    }
}
