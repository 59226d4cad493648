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
    var issParameterSupported: Bool?

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
        case issParameterSupported = "authorization_response_iss_parameter_supported"
    }

    /// The request for an issuer's metadata (OpenID Connect Discovery 1.0 §4).
    static func request(issuer: String) -> OutboundRequest {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        var request = OutboundRequest(role: .discovery, url: base + "/.well-known/openid-configuration")
        request.add([], encoding: .query)
        return request
    }

    /// Reads metadata, whose issuer must be exactly the one asked (OpenID Connect Discovery 1.0 §4.3).
    static func parse(_ response: OutboundResponse, issuer: String) throws(OAuthError) -> ProviderMetadata {
        guard response.status == 200 else {
            throw .rejected(Rejection(role: .discovery, status: response.status, error: nil, description: nil))
        }
        let metadata: ProviderMetadata
        do {
            metadata = try JSONDecoder().decode(ProviderMetadata.self, from: Data(response.body))
        } catch {
            throw .malformed(.discovery, reason: "it is not an OpenID provider's metadata")
        }
        guard metadata.issuer == issuer else {
            throw .malformed(.discovery, reason: "it names the issuer \(metadata.issuer.oneShortLine), not \(issuer)")
        }
        return metadata
    }

    /// The client authentication to use: basic where it is listed or nothing is, then post, then none.
    var clientAuthentication: ClientAuthentication {
        let listed = tokenEndpointAuthMethods ?? [ClientAuthentication.basic.rawValue]
        return [ClientAuthentication.basic, .post, .none].first { listed.contains($0.rawValue) } ?? .basic
    }
}

/// Where a provider's endpoints are: its entry's, completed by its metadata.
struct ProviderEndpoints: Hashable, Sendable {
    var issuer: String?
    var authorization: String?
    var token: String?
    var userInfo: String?
    var jwksURI: String?
    var revocation: String?
    var introspection: String?
    var deviceAuthorization: String?
    var clientAuthentication: ClientAuthentication
    var requiresIssuerParameter: Bool

    init(_ provider: Provider, metadata: ProviderMetadata? = nil) {
        issuer = provider.issuer
        authorization = provider.authorizationEndpoint ?? metadata?.authorizationEndpoint
        token = provider.tokenEndpoint ?? metadata?.tokenEndpoint
        userInfo = provider.userInfoEndpoint ?? metadata?.userInfoEndpoint
        jwksURI = provider.jwksURI ?? metadata?.jwksURI
        revocation = provider.revocationEndpoint ?? metadata?.revocationEndpoint
        introspection = provider.introspectionEndpoint ?? metadata?.introspectionEndpoint
        deviceAuthorization = provider.deviceAuthorizationEndpoint ?? metadata?.deviceAuthorizationEndpoint
        clientAuthentication = provider.clientAuthentication ?? metadata?.clientAuthentication ?? .post
        requiresIssuerParameter = metadata?.issParameterSupported ?? false
    }
}

extension Provider {
    /// Whether the entry alone does not say where the endpoints are, so that discovery must.
    var needsDiscovery: Bool {
        issuer != nil && (authorizationEndpoint == nil || tokenEndpoint == nil || jwksURI == nil)
    }
}
