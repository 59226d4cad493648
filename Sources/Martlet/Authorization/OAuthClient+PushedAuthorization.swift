import FoundationEssentials
import HTTPTypes

// How the parameters of an authorization request reach the provider: in the URL, signed (RFC 9101), or pushed (RFC 9126).
extension OAuthClient {
    /// The parameters that the URL of the authorization endpoint carries.
    func carried(
        _ parameters: [(name: String, value: String)], _ endpoints: ProviderEndpoints
    ) async throws(OAuthError) -> [(name: String, value: String)] {
        let signs = provider.signsAuthorizationRequests ?? endpoints.requiresSignedRequests
        guard provider.pushesAuthorizationRequests ?? endpoints.requiresPushedRequests else {
            guard signs else { return parameters }
            // OpenID Connect Core §6.1 wants these beside the object too.
            let names = ["response_type", clientIDName, provider.parameterNames.scope]
            let repeated = parameters.filter { names.contains($0.name) }
            return repeated + [("request", try requestObject(parameters, endpoints).reveal())]
        }
        let pushed = signs ? [("request", try requestObject(parameters, endpoints).reveal())] : parameters
        return [(clientIDName, clientID), ("request_uri", try await push(pushed, endpoints))]
    }

    private var clientIDName: String {
        provider.parameterNames.authorizeClientID ?? provider.parameterNames.clientID
    }

    /// Pushes parameters and returns the `request_uri` that stands for them (RFC 9126 §2).
    private func push(
        _ parameters: [(name: String, value: String)], _ endpoints: ProviderEndpoints
    ) async throws(OAuthError) -> String {
        guard let endpoint = endpoints.pushedAuthorization else { throw .unsupported(.pushedAuthorization) }
        let authenticator = authenticator(endpoints)
        let others = parameters.filter { $0.name != provider.parameterNames.clientID }
        let (request, response) = try await send { () throws(OAuthError) in
            try authenticator.authenticate(
                OutboundRequest(role: .pushedAuthorization, method: .post, url: endpoint),
                // A basic header names the client, and yet RFC 9126 §2.1 asks for the parameter.
                endpoints.clientAuthentication == .basic ? [(clientIDName, clientID)] + others : others,
                encoding: .form, method: endpoints.clientAuthentication)
        }
        let secrets = authenticator.secrets(in: request)
        let judge = ResponseJudge(provider: provider, role: .pushedAuthorization, secrets: secrets)
        guard let uri = try judge.payload(response, envelope: nil)["request_uri"]?.string, !uri.isEmpty else {
            throw .malformed(.pushedAuthorization, reason: "it has no request_uri")
        }
        return uri
    }

    /// The parameters as a JWT signed by the client's key, good for five minutes (RFC 9101 §4).
    private func requestObject(
        _ parameters: [(name: String, value: String)], _ endpoints: ProviderEndpoints
    ) throws(OAuthError) -> Secret {
        guard let key else { throw .misconfigured("\(provider.id) needs a private key to sign requests") }
        guard let issuer = endpoints.issuer else {
            throw .misconfigured("\(provider.id) needs an issuer, whom signed requests are for")
        }
        var claims = Dictionary(parameters.map { ($0.name, JSONValue.string($0.value)) }, uniquingKeysWith: { $1 })
        if let maxAge = claims["max_age"]?.integer { claims["max_age"] = .number(Decimal(maxAge)) }
        // OpenID Connect Core §6.1: its JSON, and not a text of it.
        if let text = claims["claims"]?.string {
            claims["claims"] = (try? JSONValue(parsing: text.utf8)) ?? .string(text)
        }
        claims["iss"] = .string(clientID)
        claims["aud"] = .string(issuer)
        claims["jti"] = .string(random.token(byteCount: 16))
        claims["iat"] = .seconds(now())
        claims["nbf"] = .seconds(now())
        claims["exp"] = .seconds(now().addingTimeInterval(300))
        return try key.sign(.object(claims), header: ["typ": .string("oauth-authz-req+jwt")])
    }
}
