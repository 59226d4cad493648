import FoundationEssentials

extension OAuthClient {
    /// Exchanges a code for tokens (RFC 6749 §4.1.3), and verifies the ID token where one is expected.
    ///
    /// - Throws: ``OAuthError``.
    public func exchange(_ response: AuthorizationResponse) async throws(OAuthError) -> Tokens {
        guard response.pending.providerID == provider.id else {
            throw .misconfigured("the callback was validated by the client of another provider than \(provider.id)")
        }
        switch provider.flow {
        case .authorizationCode: break
        case .oauth1: return try await exchangeOAuth1(response)
        case .openID2: return try await exchangeOpenID2(response)
        }
        guard provider.appTokenRequest == nil, provider.signing?.replacesTokens != true else {
            var tokens = Tokens(accessToken: nil, raw: .object([:]))
            tokens.callback = response.parameters.values
            tokens.callback["code"] = response.code.reveal()
            tokens.requestedScopes = response.pending.scopes
            return tokens
        }
        let endpoint = try await tokenEndpoint()
        var tokens = try await ask(endpoint) { () throws(OAuthError) in try endpoint.exchangeRequest(response) }
        tokens.callback = response.parameters.values
        tokens.requestedScopes = response.pending.scopes
        if provider.expectsIDToken(scopes: response.pending.scopes) || tokens.idToken != nil && provider.issuer != nil {
            tokens.identity = try await identity(
                in: tokens, nonce: response.pending.nonce.map { .exactly($0) } ?? .any, maxAge: response.pending.maxAge)
        }
        return tokens
    }

    /// Exchanges a code that an app got from the vendor's own SDK on a phone (WeChat mini program: `wx.login()`).
    ///
    /// Only for providers without a browser step: elsewhere a code without a validated callback is refused.
    ///
    /// - Throws: ``OAuthError``.
    public func exchange(loginCode: Secret) async throws(OAuthError) -> Tokens {
        guard provider.authorizationEndpoint == nil, provider.issuer == nil else {
            throw .misconfigured("\(provider.name) has a browser step; exchange what validate(_:for:) returns")
        }
        let pending = PendingAuthorization(
            providerID: provider.id, issuer: nil, redirectURI: "", state: "", codeVerifier: nil, nonce: nil,
            scopes: provider.scopes, requiresIssuerParameter: false)
        return try await exchange(
            AuthorizationResponse(code: loginCode, pending: pending, parameters: CallbackParameters([:])))
    }

    /// Gets new tokens for a refresh token (RFC 6749 §6).
    ///
    /// Keep the answer's refresh token: it is the old one unless the provider rotated it. An ID token that comes along must
    /// be verified and about `subject`, when that is given (OpenID Connect Core §12.2).
    ///
    /// - Parameters:
    ///   - refreshToken: the refresh token.
    ///   - scopes: fewer scopes than were granted; by default all of them.
    ///   - subject: the subject of the login that the refresh token comes from.
    /// - Throws: ``OAuthError``.
    public func refresh(
        _ refreshToken: Secret, scopes: [String] = [], subject: String? = nil
    ) async throws(OAuthError) -> Tokens {
        try await verified(unverifiedRefresh(refreshToken, scopes: scopes), subject: subject)
    }

    /// The first half of ``refresh(_:scopes:subject:)``: what the provider granted, whose ID token is not judged yet.
    ///
    /// The provider may have taken the former refresh token out of use, so that the new one must be kept whatever comes.
    ///
    /// - Throws: ``OAuthError``.
    package func unverifiedRefresh(_ refreshToken: Secret, scopes: [String] = []) async throws(OAuthError) -> Tokens {
        let endpoint = try await tokenEndpoint()
        var tokens = try await ask(endpoint) { () throws(OAuthError) in
            try endpoint.refreshRequest(refreshToken, scopes: scopes)
        }
        tokens.refreshToken = tokens.refreshToken ?? refreshToken
        return tokens
    }

    /// The second half of ``refresh(_:scopes:subject:)``: judges the ID token, if one came along.
    ///
    /// - Throws: ``OAuthError``.
    package func verified(_ tokens: Tokens, subject: String?) async throws(OAuthError) -> Tokens {
        guard tokens.idToken != nil, provider.issuer != nil else { return tokens }
        var tokens = tokens
        let identity = try await identity(in: tokens, nonce: .any)
        if let subject, identity?.subject != subject { throw .untrustedIDToken(.wrongClaim("sub")) }
        tokens.identity = identity
        return tokens
    }

    /// Gets tokens for the application itself (RFC 6749 §4.4).
    ///
    /// - Throws: ``OAuthError``.
    public func clientCredentials(scopes: [String] = []) async throws(OAuthError) -> Tokens {
        let endpoint = try await tokenEndpoint()
        let scope = scopes.isEmpty ? [] : [provider.scopeParameter(scopes)]
        return try await ask(endpoint) { () throws(OAuthError) in
            try endpoint.grantRequest("client_credentials", scope)
        }
    }

    func tokenEndpoint() async throws(OAuthError) -> TokenEndpoint {
        TokenEndpoint(authenticator: authenticator(try await endpoints()))
    }

    /// Sends a request to the token endpoint and reads what it grants.
    func ask(
        _ endpoint: TokenEndpoint, _ build: () throws(OAuthError) -> OutboundRequest
    ) async throws(OAuthError) -> Tokens {
        let (request, response) = try await send(build)
        let tokens = try endpoint.tokens(response, asked: request, now: now())
        guard dpop == nil || tokens.tokenType.lowercased() == "dpop" else {
            throw .malformed(.token, reason: "the access token is not bound to the client's key, though DPoP is used")
        }
        return tokens
    }
}
