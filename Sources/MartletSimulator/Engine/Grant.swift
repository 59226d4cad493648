import FoundationEssentials

/// What a person allowed a client to do, or what a client may do on its own.
struct Grant: Sendable {
    /// Shared by all codes and tokens of one login.
    let id: String
    let dialect: String
    let clientID: String
    /// `nil` where the client acts for itself.
    let person: Person?
    let scopes: [String]
    var redirectURI: String?
    var nonce: String?
    var challenge: Challenge?
    /// Whether a refresh token was asked for by a parameter (`access_type=offline`).
    var isOffline = false
    /// The session of the login (OpenID Connect Back-Channel Logout section 2.1).
    var sid: String?
    /// Thumbprint of the key that the tokens are bound to (RFC 9449 section 6).
    var keyThumbprint: String?
    /// The temporary token with which alone a verifier is good (RFC 5849 section 2.3).
    var temporaryToken: String?
    /// What requests with the token are signed with, besides the client's secret (RFC 5849 section 3.4.2).
    var tokenSecret: String?
    /// When the person decided.
    var authenticatedAt: Date
    /// Fault that was chosen for this login.
    var fault: LoginFault?

    /// How the access token is shown: by anybody, or by the holder of a key (RFC 9449 section 5).
    var tokenType: String { keyThumbprint == nil ? "Bearer" : "DPoP" }

    /// Whether every one of these scopes was granted.
    func allows(_ scope: String...) -> Bool {
        scope.allSatisfy(scopes.contains)
    }

    /// Whether one of these scopes was granted.
    func allows(anyOf scope: String...) -> Bool {
        scope.contains(where: scopes.contains)
    }
}

/// A code challenge of RFC 7636.
struct Challenge: Sendable {
    let value: String
    let method: String

    /// Whether this is what the verifier hashes to (RFC 7636 section 4.6).
    func accepts(_ verifier: String) -> Bool {
        switch method {
        case "S256": Base64URL.encode(Digest.sha256(verifier)) == value
        case "plain": verifier == value
        default: false
        }
    }
}
