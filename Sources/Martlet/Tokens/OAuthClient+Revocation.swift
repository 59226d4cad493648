import HTTPTypes

extension OAuthClient {
    /// Revokes a token (RFC 7009), in the provider's dialect.
    ///
    /// Providers that follow §2.2 answer a token that is already invalid as if it had just been revoked; others refuse it.
    ///
    /// - Parameters:
    ///   - token: an access or refresh token.
    ///   - hint: which of the two it is, where that is known.
    /// - Throws: ``OAuthError``; ``OAuthError/unsupported(_:)`` if the provider offers no revocation.
    public func revoke(_ token: Secret, hint: TokenTypeHint? = nil) async throws(OAuthError) {
        let endpoints = try await endpoints()
        guard let endpoint = endpoints.revocation else { throw .unsupported(.revocation) }
        let style = provider.revocationRequest
        var parameters = style.parameters.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        if style.accessToken == nil { parameters.append((style.tokenParameter, token.reveal())) }
        if let hint, style.sendsTokenTypeHint { parameters.append(("token_type_hint", hint.rawValue)) }
        let authenticator = authenticator(endpoints)
        let (request, response) = try await send { () throws(OAuthError) in
            var request = try authenticator.authenticate(
                OutboundRequest(role: .revocation, method: style.method.http, url: endpoint), parameters,
                encoding: style.encoding, method: style.clientAuthentication ?? endpoints.revocationAuthentication,
                sendsClientID: style.clientAuthentication != ClientAuthentication.none)
            if let placement = style.accessToken { try request.place(token, placement) }
            return request
        }
        let secrets = authenticator.secrets(in: request)
        let judge = ResponseJudge(provider: provider, role: .revocation, secrets: secrets)
        try judge.acknowledge(response)
    }

    /// Asks the provider about a token (RFC 7662).
    ///
    /// - Throws: ``OAuthError``; ``OAuthError/unsupported(_:)`` if the provider offers no introspection.
    public func introspect(_ token: Secret, hint: TokenTypeHint? = nil) async throws(OAuthError) -> Introspection {
        let endpoints = try await endpoints()
        guard let endpoint = endpoints.introspection else { throw .unsupported(.introspection) }
        var parameters = [(name: "token", value: token.reveal())]
        if let hint { parameters.append(("token_type_hint", hint.rawValue)) }
        let authenticator = authenticator(endpoints)
        let (request, response) = try await send { () throws(OAuthError) in
            try authenticator.authenticate(
                OutboundRequest(role: .introspection, method: .post, url: endpoint), parameters, encoding: .form,
                method: endpoints.introspectionAuthentication)
        }
        let secrets = authenticator.secrets(in: request)
        let judge = ResponseJudge(provider: provider, role: .introspection, secrets: secrets)
        let answer = try judge.payload(response, envelope: nil)
        guard case .bool(let isActive)? = answer["active"] else {
            throw .malformed(.introspection, reason: "it does not say whether the token is active")
        }
        return Introspection(isActive: isActive, claims: answer)
    }
}

/// Which kind of token is meant (RFC 7009 §2.1).
public enum TokenTypeHint: String, Hashable, Sendable, Codable {
    /// An access token.
    case accessToken = "access_token"
    /// A refresh token.
    case refreshToken = "refresh_token"
}

/// What a provider says of a token (RFC 7662 §2.2).
public struct Introspection: Hashable, Sendable {
    /// Whether the token is valid now.
    public let isActive: Bool
    /// All members of the answer (`scope`, `sub`, `exp`, …).
    public let claims: JSONValue
}
