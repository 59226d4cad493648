import FoundationEssentials

/// What an OpenID provider says of itself (OpenID Connect Discovery 1.0 §3, RFC 8414 §2).
struct ProviderMetadata: Hashable, Sendable, Decodable {
    var issuer: String
    var authorizationEndpoint: String?
    var tokenEndpoint: String?
    var userInfoEndpoint: String?
    var jwksURI: String?
    var revocationEndpoint: String?
    var introspectionEndpoint: String?
    var deviceAuthorizationEndpoint: String?
    var tokenEndpointAuthMethods: [String]?
    var revocationEndpointAuthMethods: [String]?
    var introspectionEndpointAuthMethods: [String]?
    var issParameterSupported: Bool?
    var pushedAuthorizationEndpoint: String?
    var requiresPushedRequests: Bool?
    var requiresSignedRequests: Bool?
    var endSessionEndpoint: String?
    var signingAlgorithms: [String]?
    var mutualTLSEndpoints: MutualTLSEndpoints?

    /// Where a client with a TLS certificate goes instead (RFC 8705 §5).
    struct MutualTLSEndpoints: Hashable, Sendable, Decodable {
        var tokenEndpoint: String?
        var userInfoEndpoint: String?
        var revocationEndpoint: String?
        var introspectionEndpoint: String?
        var deviceAuthorizationEndpoint: String?
        var pushedAuthorizationEndpoint: String?

        private enum CodingKeys: String, CodingKey {
            case tokenEndpoint = "token_endpoint"
            case userInfoEndpoint = "userinfo_endpoint"
            case revocationEndpoint = "revocation_endpoint"
            case introspectionEndpoint = "introspection_endpoint"
            case deviceAuthorizationEndpoint = "device_authorization_endpoint"
            case pushedAuthorizationEndpoint = "pushed_authorization_request_endpoint"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case userInfoEndpoint = "userinfo_endpoint"
        case jwksURI = "jwks_uri"
        case revocationEndpoint = "revocation_endpoint"
        case introspectionEndpoint = "introspection_endpoint"
        case deviceAuthorizationEndpoint = "device_authorization_endpoint"
        case tokenEndpointAuthMethods = "token_endpoint_auth_methods_supported"
        case revocationEndpointAuthMethods = "revocation_endpoint_auth_methods_supported"
        case introspectionEndpointAuthMethods = "introspection_endpoint_auth_methods_supported"
        case issParameterSupported = "authorization_response_iss_parameter_supported"
        case pushedAuthorizationEndpoint = "pushed_authorization_request_endpoint"
        case requiresPushedRequests = "require_pushed_authorization_requests"
        case requiresSignedRequests = "require_signed_request_object"
        case endSessionEndpoint = "end_session_endpoint"
        case signingAlgorithms = "id_token_signing_alg_values_supported"
        case mutualTLSEndpoints = "mtls_endpoint_aliases"
    }

    /// The request for an issuer's metadata (OpenID Connect Discovery 1.0 §4).
    static func request(issuer: String) -> OutboundRequest {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        var request = OutboundRequest(role: .discovery, url: base + "/.well-known/openid-configuration")
        request.add([], encoding: .query)
        return request
    }

    /// Reads metadata, whose issuer must be exactly the one asked (OpenID Connect Discovery 1.0 §4.3), or, for a provider
    /// with many tenants, one of its issuers or their template.
    static func parse(_ response: OutboundResponse, rule: IssuerRule) throws(OAuthError) -> ProviderMetadata {
        guard response.status == 200 else {
            throw .rejected(Rejection(role: .discovery, status: response.status, error: nil, description: nil))
        }
        let metadata: ProviderMetadata
        do {
            metadata = try JSONDecoder().decode(ProviderMetadata.self, from: Data(response.body))
        } catch {
            throw .malformed(.discovery, reason: "it is not an OpenID provider's metadata")
        }
        guard rule.mayName(metadata.issuer) else {
            throw .malformed(
                .discovery, reason: "it names the issuer \(metadata.issuer.oneShortLine), not \(rule.issuer)")
        }
        return metadata
    }

    /// The client authentication to use: of the methods that the client has the means for, the first that is listed;
    /// basic where nothing is.
    func clientAuthentication(hasSecret: Bool, hasKey: Bool) -> ClientAuthentication {
        let listed = tokenEndpointAuthMethods ?? [ClientAuthentication.basic.rawValue]
        let possible: [ClientAuthentication] =
            (hasKey ? [.privateKeyJWT] : []) + (hasSecret ? [.basic, .post, .secretJWT] : []) + [.none]
        return possible.first { listed.contains($0.rawValue) } ?? (hasSecret ? .basic : .none)
    }
}

/// Where a provider's endpoints are: its entry's, completed by its metadata.
struct ProviderEndpoints: Hashable, Sendable {
    var issuer: String?
    var issuerRule: IssuerRule?
    var authorization: String?
    var token: String?
    var userInfo: String?
    var jwksURI: String?
    var revocation: String?
    var introspection: String?
    var deviceAuthorization: String?
    var pushedAuthorization: String?
    var endSession: String?
    var clientAuthentication: ClientAuthentication
    var revocationAuthMethods: [String]?
    var introspectionAuthMethods: [String]?
    var signingAlgorithms: [String]?
    var requiresIssuerParameter: Bool
    var requiresPushedRequests: Bool
    var requiresSignedRequests: Bool

    init(
        _ provider: borrowing Provider, metadata: ProviderMetadata? = nil, hasSecret: Bool = true, hasKey: Bool = false
    ) {
        issuer = metadata?.issuer ?? provider.tenancy?.issuer ?? provider.issuer
        issuerRule = issuer.map { IssuerRule(issuer: $0, tenancy: provider.tenancy) }
        clientAuthentication =
            provider.clientAuthentication
            ?? metadata?.clientAuthentication(hasSecret: hasSecret, hasKey: hasKey) ?? .post
        let aliases = clientAuthentication.usesCertificate ? metadata?.mutualTLSEndpoints : nil
        authorization = provider.authorizationEndpoint ?? metadata?.authorizationEndpoint
        token = provider.tokenEndpoint ?? aliases?.tokenEndpoint ?? metadata?.tokenEndpoint
        userInfo = provider.userInfoEndpoint ?? aliases?.userInfoEndpoint ?? metadata?.userInfoEndpoint
        jwksURI = provider.jwksURI ?? metadata?.jwksURI
        revocation = provider.revocationEndpoint ?? aliases?.revocationEndpoint ?? metadata?.revocationEndpoint
        introspection =
            provider.introspectionEndpoint ?? aliases?.introspectionEndpoint ?? metadata?.introspectionEndpoint
        deviceAuthorization =
            provider.deviceAuthorizationEndpoint ?? aliases?.deviceAuthorizationEndpoint
            ?? metadata?.deviceAuthorizationEndpoint
        pushedAuthorization =
            provider.pushedAuthorizationRequestEndpoint ?? aliases?.pushedAuthorizationEndpoint
            ?? metadata?.pushedAuthorizationEndpoint
        endSession = provider.endSessionEndpoint ?? metadata?.endSessionEndpoint
        revocationAuthMethods = metadata?.revocationEndpointAuthMethods
        introspectionAuthMethods = metadata?.introspectionEndpointAuthMethods
        signingAlgorithms = metadata?.signingAlgorithms
        requiresIssuerParameter = metadata?.issParameterSupported ?? false
        requiresPushedRequests = metadata?.requiresPushedRequests ?? false
        requiresSignedRequests = metadata?.requiresSignedRequests ?? false
    }
}

extension ProviderEndpoints {
    /// How the client proves who it is where it revokes tokens.
    var revocationAuthentication: ClientAuthentication { clientAuthentication(listed: revocationAuthMethods) }

    /// How the client proves who it is where it asks about tokens.
    var introspectionAuthentication: ClientAuthentication { clientAuthentication(listed: introspectionAuthMethods) }

    /// As at the token endpoint, unless another endpoint's own list has only other ways to send the secret (RFC 8414 §2).
    private func clientAuthentication(listed: [String]?) -> ClientAuthentication {
        guard let listed, [.basic, .post, .secretJWT].contains(clientAuthentication),
            !listed.contains(clientAuthentication.rawValue)
        else { return clientAuthentication }
        let others: [ClientAuthentication] = [.basic, .post]
        return others.first { listed.contains($0.rawValue) } ?? clientAuthentication
    }

    /// How a device flow is begun: by an assertion where the client has that, else by the id alone, as vendors document.
    var deviceAuthentication: ClientAuthentication {
        switch clientAuthentication {
        case .secretJWT, .privateKeyJWT: clientAuthentication
        default: .none
        }
    }
}

extension Provider {
    /// Whether the entry alone does not say where the endpoints are, so that discovery must.
    var needsDiscovery: Bool {
        issuer != nil && (authorizationEndpoint == nil || tokenEndpoint == nil || jwksURI == nil)
    }
}
