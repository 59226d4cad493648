import FoundationEssentials

extension OAuthClient {
    /// The verified claims of the ID token that came with tokens.
    func identity(
        in tokens: Tokens, nonce: ExpectedNonce, maxAge: Int? = nil
    ) async throws(OAuthError) -> IDTokenClaims? {
        guard verifiesIDTokens else { return unverifiedIdentity(in: tokens) }
        guard let idToken = tokens.idToken else { throw .untrustedIDToken(.missing) }
        return try await verified(
            idToken, audiences: [clientID], nonce: nonce, accessToken: tokens.accessToken, maxAge: maxAge)
    }

    /// Verifies an ID token that an app got from its platform (Google One Tap, Sign in with Apple), and takes it for a login.
    ///
    /// Take care yourself that one token is used only once.
    ///
    /// - Parameters:
    ///   - idToken: the token.
    ///   - audiences: the client ids of the apps it may be for, besides this client's own.
    ///   - nonce: what the app sent as nonce, or what it made the SHA-256 of that it sent; nil if it sent none.
    ///   - user: what the platform told the app of the person beside the token, as JSON text (Sign in with Apple: `name`);
    ///     the profile may take a name from it, and never an email.
    /// - Returns: tokens without an access token: enough for ``profile(_:)``.
    /// - Throws: ``OAuthError``.
    public func tokens(
        nativeIDToken idToken: Secret, audiences: [String] = [], nonce: String?, user: String? = nil
    ) async throws(OAuthError) -> Tokens {
        var tokens = Tokens(accessToken: nil, raw: .object([:]))
        tokens.callback["user"] = user
        tokens.idToken = idToken
        tokens.identity = try await verified(
            idToken, audiences: Set(audiences + [clientID]), nonce: .native(nonce), accessToken: nil,
            maxAge: provider.maxAge)
        return tokens
    }

    private func verified(
        _ idToken: Secret, audiences: Set<String>, nonce: ExpectedNonce, accessToken: Secret?, maxAge: Int?
    ) async throws(OAuthError) -> IDTokenClaims {
        try await verified(idToken, as: .idToken) { (token, rule) throws(IDTokenError) in
            try IDTokenExpectations(
                issuer: rule, audiences: audiences, nonce: nonce, accessToken: accessToken, maxAge: maxAge, now: now(),
                clockSkew: Double(provider.clockSkew)
            ).judge(token)
        }
    }

    private func unverifiedIdentity(in tokens: Tokens) -> IDTokenClaims? {
        guard let claims = tokens.idToken.flatMap(UnverifiedJWT.claimsWithoutVerification),
            let subject = claims["sub"]?.text
        else { return nil }
        return IDTokenClaims(
            issuer: claims["iss"]?.string ?? "", subject: subject,
            expiresAt: claims["exp"]?.numericDate ?? now(), claims: claims)
    }

    /// Checks that the provider signed a message, and then judges what it says.
    func verified<Claims>(
        _ text: Secret, as message: SignedMessage,
        _ judge: (UnverifiedJWT, IssuerRule) throws(IDTokenError) -> Claims
    ) async throws(OAuthError) -> Claims {
        let endpoints = try await endpoints()
        guard let rule = endpoints.issuerRule else {
            throw .misconfigured("\(provider.id) has no issuer whose signatures could be verified")
        }
        let token: UnverifiedJWT
        do throws(IDTokenError) {
            token = try UnverifiedJWT(text)
            guard allows(token.algorithm, of: message, endpoints) else { throw .algorithmNotAllowed }
        } catch {
            throw message.distrusted(error)
        }
        let keys = token.algorithm.usesClientSecret ? nil : try await keys(for: token, endpoints)
        do throws(IDTokenError) {
            if let keys {
                try token.checkSignature(keys)
            } else if let clientSecret {
                try token.checkSignature(clientSecret)
            } else {
                throw .unknownKey
            }
            return try judge(token, rule)
        } catch {
            throw message.distrusted(error)
        }
    }

    /// Whether the provider may sign so: by the entry, else by the provider's metadata, and never by an HMAC unless the
    /// entry says so.
    private func allows(
        _ algorithm: SignatureAlgorithm, of message: SignedMessage, _ endpoints: ProviderEndpoints
    ) -> Bool {
        if message == .userInfo, let expected = provider.userInfoSignedResponseAlg { return algorithm == expected }
        guard provider.signingAlgorithms.isEmpty else { return provider.signingAlgorithms.contains(algorithm) }
        return !algorithm.usesClientSecret && endpoints.signingAlgorithms?.contains(algorithm.rawValue) ?? true
    }

    private func keys(
        for token: UnverifiedJWT, _ endpoints: ProviderEndpoints
    ) async throws(OAuthError) -> SigningKeys {
        guard let uri = endpoints.jwksURI else {
            throw .misconfigured("\(provider.id) has no keys to verify signatures by")
        }
        let keys = try await state.signingKeys(uri: uri)
        return token.names(aKeyOf: keys) ? keys : try await state.signingKeys(uri: uri, unknownKeyID: true)
    }
}

extension OAuthClient {
    /// Whether an issuer is the provider's, or of a tenant of it whose people may sign in.
    public func mayIssue(_ issuer: String) -> Bool {
        guard let own = provider.tenancy?.issuer ?? provider.issuer else { return false }
        return IssuerRule(issuer: own, tenancy: provider.tenancy).mayName(issuer)
    }
}

/// What a provider signs.
public enum SignedMessage: String, Hashable, Sendable {
    /// Who a person is (OpenID Connect Core §2).
    case idToken = "ID token"
    /// A person's profile (OpenID Connect Core §5.3.2).
    case userInfo = "userinfo answer"
    /// That a session at the provider has ended (OpenID Connect Back-Channel Logout 1.0 §2.4).
    case logoutToken = "logout token"
    /// A change to a person's account.
    case notification = "notification"
    /// An answer of an API that signs its answers (Alipay).
    case answer = "answer"
    /// Who a person is (OpenID Authentication 2.0 §10.1).
    case assertion = "assertion"

    func distrusted(_ error: IDTokenError) -> OAuthError {
        self == .idToken ? .untrustedIDToken(error) : .untrustedMessage(self, error)
    }
}
