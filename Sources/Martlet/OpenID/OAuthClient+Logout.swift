public import FoundationEssentials

extension OAuthClient {
    /// Where to send a person's browser so that they are signed out at the provider too (OpenID Connect RP-Initiated
    /// Logout 1.0 §2).
    ///
    /// - Parameters:
    ///   - idToken: the ID token of the session that ends, where it was kept.
    ///   - postLogoutRedirectURI: where the provider sends the person afterwards; it must be registered there.
    ///   - state: a value that comes back with the person.
    /// - Throws: ``OAuthError``; ``OAuthError/unsupported(_:)`` if the provider has no such endpoint.
    public func logoutURL(
        idToken: Secret?, postLogoutRedirectURI: String?, state: String?
    ) async throws(OAuthError) -> String {
        guard let endpoint = try await endpoints().endSession else { throw .unsupported(.endSession) }
        let parameters: [(name: String, value: String?)] = [
            ("id_token_hint", idToken?.reveal()), ("client_id", clientID),
            ("post_logout_redirect_uri", postLogoutRedirectURI), ("state", postLogoutRedirectURI == nil ? nil : state),
        ]
        return endpoint.addingQuery(parameters.compactMap { name, value in value.map { (name: name, value: $0) } })
    }

    /// Whether the provider has an endpoint for ``logoutURL(idToken:postLogoutRedirectURI:state:)``.
    ///
    /// - Throws: ``OAuthError`` if discovery was needed and failed.
    public func supportsLogout() async throws(OAuthError) -> Bool {
        try await endpoints().endSession != nil
    }

    /// Verifies a logout token that a provider posted (OpenID Connect Back-Channel Logout 1.0 §2.6).
    ///
    /// Take care yourself that one ``LogoutToken/id`` is used only once.
    ///
    /// - Throws: ``OAuthError``; ``OAuthError/untrustedMessage(_:_:)`` for a token that must be refused.
    public func verify(logoutToken: Secret) async throws(OAuthError) -> LogoutToken {
        try await verified(logoutToken, as: .logoutToken) { (token, rule) throws(IDTokenError) in
            try LogoutToken(token, rule, clientID: clientID, now: now(), clockSkew: Double(provider.clockSkew))
        }
    }
}

/// A provider's word that a session of a person has ended there.
public struct LogoutToken: Hashable, Sendable {
    /// What tells this token from others: `jti`.
    public let id: String
    /// The person, if all sessions of theirs are meant, or to be matched with the session.
    public let subject: String?
    /// The session at the provider: `sid`.
    public let sessionID: String?
    /// When the token ends.
    public let expiresAt: Date

    private static let event = "http://schemas.openid.net/event/backchannel-logout"

    /// Judges the claims of a token whose signature was checked.
    init(
        _ token: UnverifiedJWT, _ rule: IssuerRule, clientID: String, now: Date, clockSkew: Double
    ) throws(IDTokenError) {
        let claims = token.claims
        guard [nil, "jwt", "logout+jwt", "application/logout+jwt"].contains(token.type) else {
            throw .headerNotAllowed
        }
        _ = try rule.judge(claims)
        guard try claims.audiences.contains(clientID) else { throw .wrongClaim("aud") }
        expiresAt = try Self.end(claims, now: now, clockSkew: clockSkew)
        guard let id = claims["jti"]?.string, !id.isEmpty else { throw .missingClaim("jti") }
        guard let events = claims["events"]?.object else { throw .missingClaim("events") }
        guard events[Self.event]?.object != nil else { throw .wrongClaim("events") }
        guard claims["nonce"] == nil else { throw .wrongClaim("nonce") }
        subject = claims["sub"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        sessionID = claims["sid"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        guard subject ?? sessionID != nil else { throw .missingClaim("sub or sid") }
        self.id = id
    }

    /// Older providers leave `exp` out; then a token is good for two minutes.
    private static func end(_ claims: JSONValue, now: Date, clockSkew: Double) throws(IDTokenError) -> Date {
        guard let issuedAt = claims["iat"]?.numericDate else { throw .missingClaim("iat") }
        guard issuedAt < now.addingTimeInterval(clockSkew) else { throw .notYetValid }
        guard claims["exp"] == nil || claims["exp"]?.numericDate != nil else { throw .wrongClaim("exp") }
        let end = claims["exp"]?.numericDate ?? issuedAt.addingTimeInterval(120)
        guard now < end.addingTimeInterval(clockSkew) else { throw .expired }
        return end
    }
}
