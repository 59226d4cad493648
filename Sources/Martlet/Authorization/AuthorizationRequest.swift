import Crypto

/// A request for authorization: where to send the person, and what to remember until they come back.
public struct AuthorizationRequest: Hashable, Sendable {
    /// Where to send the person's browser.
    public let url: String
    /// What the callback is judged by. Keep it where only this browser's callback finds it; it holds secrets.
    public let pending: PendingAuthorization
}

/// What must be remembered between sending a person to a provider and their return.
public struct PendingAuthorization: Hashable, Sendable, Codable {
    /// The provider's id.
    public let providerID: String
    /// The provider's issuer, where it has one.
    public let issuer: String?
    /// The redirect URI that was sent, which the token request repeats.
    public let redirectURI: String
    /// The `state` that was sent.
    public let state: String
    /// The PKCE code verifier (RFC 7636 §4.1), where PKCE is used.
    public let codeVerifier: Secret?
    /// The `nonce` that the ID token must repeat, where one is expected.
    public package(set) var nonce: String?
    /// The scopes that were asked for.
    public let scopes: [String]
    /// Whether the provider promised an `iss` in its answer (RFC 9207).
    public let requiresIssuerParameter: Bool
    /// The longest time since the person proved themselves that was asked for, in seconds.
    public package(set) var maxAge: Int?
    /// The temporary token of a login by OAuth 1.0a (RFC 5849 §2.1).
    public internal(set) var temporaryToken: String?
    /// The secret of the temporary token.
    public internal(set) var temporarySecret: Secret?

    package init(
        providerID: String, issuer: String?, redirectURI: String, state: String, codeVerifier: Secret?, nonce: String?,
        scopes: [String], requiresIssuerParameter: Bool, maxAge: Int? = nil, temporaryToken: String? = nil,
        temporarySecret: Secret? = nil
    ) {
        self.providerID = providerID
        self.issuer = issuer
        self.redirectURI = redirectURI
        self.state = state
        self.codeVerifier = codeVerifier
        self.nonce = nonce
        self.scopes = scopes
        self.requiresIssuerParameter = requiresIssuerParameter
        self.maxAge = maxAge
        self.temporaryToken = temporaryToken
        self.temporarySecret = temporarySecret
    }
}

/// A callback that was judged to be the answer to a pending authorization.
///
/// Only ``OAuthClient/validate(_:for:)`` makes one, and only one of these can be exchanged for tokens: the check cannot
/// be skipped by mistake.
public struct AuthorizationResponse: Sendable {
    /// The authorization code.
    let code: Secret
    /// What the code is bound to.
    let pending: PendingAuthorization
    /// All parameters of the callback.
    let parameters: CallbackParameters
}

extension OAuthClient {
    /// Builds the request that sends a person to the provider (RFC 6749 §4.1.1), with PKCE S256 and, for OpenID Connect,
    /// a nonce.
    ///
    /// - Parameters:
    ///   - redirectURI: where the provider sends the person back; it must be registered there exactly so.
    ///   - state: a value bound to the browser; by default 256 random bits.
    ///   - scopes: what to ask for; by default the provider's ``Provider/scopes``.
    ///   - parameters: further query parameters (`prompt`, `login_hint`, `max_age`, `access_type` …). They cannot replace
    ///     the parameters that protect the flow.
    /// - Throws: ``OAuthError`` if discovery or pushing the request was needed and failed, or if the provider has no
    ///   browser step.
    public func authorizationRequest(
        redirectURI: String, state: String? = nil, scopes: [String]? = nil, parameters: [String: String] = [:]
    ) async throws(OAuthError) -> AuthorizationRequest {
        let state = state ?? random.token()
        let scopes = scopes ?? provider.scopes
        switch provider.flow {
        case .authorizationCode: break
        case .oauth1:
            return try await oauth1Request(
                redirectURI: redirectURI, state: state, scopes: scopes, parameters: parameters)
        case .openID2: return try openID2Request(redirectURI: redirectURI, state: state, scopes: scopes)
        }
        let endpoints = try await endpoints()
        guard let endpoint = endpoints.authorization else {
            throw .misconfigured("\(provider.name) has no authorization endpoint")
        }
        var pending = PendingAuthorization(
            providerID: provider.id, issuer: endpoints.issuer,
            redirectURI: provider.stateInRedirectURI ? redirectURI.addingQuery([("state", state)]) : redirectURI,
            state: state,
            codeVerifier: provider.pkce == .s256 ? Secret(random.token()) : nil,
            nonce: provider.expectsIDToken(scopes: scopes) ? random.token() : nil, scopes: scopes,
            requiresIssuerParameter: endpoints.requiresIssuerParameter)
        let added = provider.authorizeParameters.merging(parameters) { _, callers in callers }
        if provider.expectsIDToken(scopes: scopes) {
            pending.maxAge = [added["max_age"].flatMap { Int($0) }, provider.maxAge].compactMap { $0 }.min()
        }
        let query = try await carried(authorizationParameters(for: pending, added: added), endpoints)
        let fragment = provider.authorizeFragment.map { "#\($0)" } ?? ""
        return AuthorizationRequest(url: endpoint.addingQuery(query) + fragment, pending: pending)
    }

    private func authorizationParameters(
        for pending: PendingAuthorization, added: [String: String]
    ) -> [(name: String, value: String)] {
        let names = provider.parameterNames
        var query: [(name: String, value: String)] = [
            ("response_type", provider.responseType), (names.authorizeClientID ?? names.clientID, clientID),
            (names.redirectURI, pending.redirectURI),
        ]
        if !provider.stateInRedirectURI { query.append(("state", pending.state)) }
        if !pending.scopes.isEmpty {
            query.append(provider.scopeParameter(pending.scopes))
        }
        if let verifier = pending.codeVerifier {
            query.append(("code_challenge", PKCE.challenge(for: verifier)))
            query.append(("code_challenge_method", PKCE.s256.rawValue))
        }
        if let nonce = pending.nonce { query.append(("nonce", nonce)) }
        if let maxAge = pending.maxAge { query.append(("max_age", String(maxAge))) }
        if let dpop { query.append(("dpop_jkt", dpop.key.thumbprint)) }
        if let mode = provider.responseMode { query.append(("response_mode", mode.rawValue)) }
        guard !added.isEmpty else { return query }
        let fixed = Set(query.map(\.name)).union(["code_challenge", "code_challenge_method", "nonce", "state"])
        for (name, value) in added.sorted(by: { $0.key < $1.key }) where !fixed.contains(name) {
            query.append((name, value))
        }
        return query
    }

    /// Judges a callback against what was remembered when the person was sent away.
    ///
    /// The state is compared first, then the issuer (RFC 9207), and only then is an error or a code believed.
    ///
    /// - Throws: ``CallbackError``.
    public func validate(
        _ callback: CallbackParameters, for pending: PendingAuthorization
    ) throws(CallbackError) -> AuthorizationResponse {
        guard pending.providerID == provider.id else { throw .wrongProvider }
        guard let state = callback.values["state"], !state.isEmpty, !pending.state.isEmpty,
            constantTimeEqual(state, pending.state)
        else { throw .stateMismatch }
        if let signature = provider.callbackSignature {
            guard let clientSecret else { throw .unproven("there is no client secret to verify its signature by") }
            try signature.check(callback, secret: clientSecret, domain: provider.domain)
        }
        switch provider.flow {
        case .authorizationCode: return try validateCode(callback, for: pending)
        case .oauth1: return try validateOAuth1(callback, for: pending)
        case .openID2: return try validateOpenID2(callback, for: pending)
        }
    }

    private func validateCode(
        _ callback: CallbackParameters, for pending: PendingAuthorization
    ) throws(CallbackError) -> AuthorizationResponse {
        if let issuer = callback.values["iss"] {
            let rule = pending.issuer.map { IssuerRule(issuer: $0, tenancy: provider.tenancy) }
            guard rule?.mayName(issuer) ?? true else { throw .issuerMismatch }
        } else if pending.requiresIssuerParameter {
            throw .issuerMissing
        }
        if let error = callback.values["error"], !error.isEmpty {
            if Self.denials.contains(error) { throw .accessDenied }
            throw .provider(error: error, description: callback.values["error_description"])
        }
        guard let code = callback.first(of: provider.parameterNames.callbackCode) else {
            throw provider.callbackWithoutCodeIsDenial ? .accessDenied : .missingCode
        }
        return AuthorizationResponse(code: Secret(code), pending: pending, parameters: callback)
    }

    private static let denials: Set<String> = ["access_denied", "user_cancelled_login", "user_cancelled_authorize"]
}

extension PKCE {
    /// The S256 challenge of a code verifier (RFC 7636 §4.2): URL-safe base64 of its SHA-256.
    public static func challenge(for verifier: Secret) -> String {
        Base64URL.encode(SHA256.hash(data: Array(verifier.reveal().utf8)))
    }
}
