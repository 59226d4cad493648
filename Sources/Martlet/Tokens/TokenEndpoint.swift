import FoundationEssentials
import HTTPTypes

/// The token endpoint's questions and answers (RFC 6749 §3.2), in a provider's dialect. Pure.
final class TokenEndpoint: Sendable {
    private let authenticator: ClientAuthenticator

    init(authenticator: ClientAuthenticator) {
        self.authenticator = authenticator
    }

    private var provider: Provider { authenticator.provider }
    private var endpoints: ProviderEndpoints { authenticator.endpoints }

    /// The exchange of a code (RFC 6749 §4.1.3).
    func exchangeRequest(_ response: AuthorizationResponse) throws(OAuthError) -> OutboundRequest {
        var parameters: [(name: String, value: String)] = [
            (provider.parameterNames.grantType, provider.tokenRequest.grantType),
            (provider.parameterNames.code, response.code.reveal()),
        ]
        if provider.tokenRequest.sendsRedirectURI {
            parameters.append((provider.parameterNames.redirectURI, response.pending.redirectURI))
        }
        if let verifier = response.pending.codeVerifier {
            parameters.append(("code_verifier", verifier.reveal()))
        }
        return try request(parameters, to: endpoints.token, callback: response.parameters.values)
    }

    /// A refresh (RFC 6749 §6).
    func refreshRequest(_ refreshToken: Secret, scopes: [String]) throws(OAuthError) -> OutboundRequest {
        var parameters: [(name: String, value: String)] = [
            (provider.parameterNames.grantType, "refresh_token"),
            (provider.parameterNames.refreshToken, refreshToken.reveal()),
        ]
        if !scopes.isEmpty { parameters.append(provider.scopeParameter(scopes)) }
        return try request(
            parameters, to: provider.refreshEndpoint ?? endpoints.token,
            sendsSecret: provider.tokenRequest.refreshSendsClientSecret)
    }

    /// Any other grant with the standard parameter names (RFC 6749 §4.4, RFC 8628 §3.4).
    func grantRequest(_ grantType: String, _ more: [(name: String, value: String)]) throws(OAuthError)
        -> OutboundRequest
    {
        try request([(provider.parameterNames.grantType, grantType)] + more, to: endpoints.token)
    }

    /// What an answer grants.
    func tokens(_ response: OutboundResponse, asked request: OutboundRequest, now: Date) throws(OAuthError) -> Tokens {
        let judge = ResponseJudge(provider: provider, role: .token, secrets: self.authenticator.secrets(in: request))
        let payload = try judge.payload(response, envelope: provider.tokenResponse.envelope)
        let sources = ProfileSources(userInfo: payload)
        let style = provider.tokenResponse
        let accessToken = style.accessToken?.text(in: sources)
        guard style.accessToken == nil || accessToken != nil else {
            throw .malformed(.token, reason: "it has no access token")
        }
        let lifetime = style.expiresIn.text(in: sources).flatMap { Double($0) }.flatMap { Int(exactly: $0.rounded()) }
        return Tokens(
            accessToken: accessToken.map { Secret($0) }, tokenType: payload["token_type"]?.string ?? "Bearer",
            expiresIn: lifetime, expiresAt: lifetime.map { now.addingTimeInterval(Double($0)) },
            refreshToken: style.refreshToken.text(in: sources).map { Secret($0) },
            scopes: Self.scopes(style.scope.value(in: sources)),
            idToken: style.idToken.text(in: sources).map { Secret($0) }, raw: payload)
    }

    private static func scopes(_ value: JSONValue?) -> [String] {
        switch value {
        case .array(let elements): elements.compactMap(\.string)
        case .string(let text):
            text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }.map { String(Substring($0)) }
        default: []
        }
    }

    private func request(
        _ parameters: [(name: String, value: String)], to endpoint: String?, sendsSecret: Bool = true,
        callback: [String: String] = [:]
    ) throws(OAuthError) -> OutboundRequest {
        guard let endpoint else { throw .unsupported(.token) }
        let style = provider.tokenRequest
        var sources = ProfileSources(callback: callback, clientID: authenticator.clientID)
        sources.clientSecret = authenticator.clientSecret
        sources.apiKey = provider.apiKey
        let extra = style.parameters.sorted { $0.key < $1.key }.compactMap { name, template in
            ProviderCall.fill(template, from: sources).map { (name: name, value: $0) }
        }
        var request = try authenticator.authenticate(
            OutboundRequest(role: .token, method: style.method.http, url: endpoint), parameters + extra,
            encoding: style.encoding, method: sendsSecret ? endpoints.clientAuthentication : .none)
        request.add(headers: style.headers, from: sources)
        return request
    }
}

extension Provider {
    /// The parameter that asks for scopes.
    func scopeParameter(_ scopes: [String]) -> (name: String, value: String) {
        (parameterNames.scope, scopes.joined(separator: scopeSeparator))
    }
}

extension ProviderCall.Method {
    var http: HTTPRequest.Method {
        switch self {
        case .get: .get
        case .post: .post
        case .delete: .delete
        }
    }
}

extension OutboundRequest {
    /// Adds parameters where they belong, and asks for JSON.
    mutating func add(_ parameters: [(name: String, value: String)], encoding: ParameterEncoding) {
        headers[.accept] = "application/json"
        headers[.userAgent] = "martlet"
        switch encoding {
        case .query: url = url.addingQuery(parameters)
        case .form:
            headers[.contentType] = "application/x-www-form-urlencoded"
            body = FormEncoding.encode(parameters)
        case .json:
            headers[.contentType] = "application/json"
            let object = JSONValue.object(
                Dictionary(parameters.map { ($0.name, .string($0.value)) }, uniquingKeysWith: { $1 }))
            body = object.serialized()
        }
    }
}
