/// The protocol by which a person signs in.
public enum LoginFlow: String, Hashable, Sendable, Codable, CaseIterable {
    /// OAuth 2.0 with a code (RFC 6749 §4.1), and OpenID Connect on top of it.
    case authorizationCode
    /// OAuth 1.0a with HMAC-SHA1 (RFC 5849). The client id is the client identifier ("consumer key"), and the access token
    /// is of use only together with its secret, which ``Tokens/raw`` holds as `oauth_token_secret`.
    case oauth1
    /// OpenID Authentication 2.0 with direct verification (§11.4.2). There is no access token, and nothing at the provider
    /// depends on the client id.
    case openID2
}

extension OutboundRequest.Role {
    /// Whether this is a call for a person's profile.
    var readsProfile: Bool { [.subject, .userInfo, .userInfoDetail, .emails].contains(self) }
}
