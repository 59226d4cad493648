import Crypto
import FoundationEssentials
import HTTPTypes

/// Signs requests with HMAC-SHA1 (RFC 5849 §3.4.2).
struct OAuth1Signer: Sendable {
    let clientID: String
    let clientSecret: Secret
    var token: String?
    var tokenSecret: Secret?

    /// Adds the `Authorization` header; the request must be complete but for it.
    func sign(
        _ request: inout OutboundRequest, _ more: [(name: String, value: String)] = [], at now: Date,
        random: RandomSource
    ) throws(OAuthError) {
        var protocolParameters: [(name: String, value: String)] = [
            ("oauth_consumer_key", clientID), ("oauth_nonce", random.token(byteCount: 16)),
            ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", String(Int(now.timeIntervalSince1970))),
            ("oauth_version", "1.0"),
        ]
        if let token { protocolParameters.append(("oauth_token", token)) }
        protocolParameters += more
        let signature = try signature(of: request, protocolParameters)
        let fields = (protocolParameters + [("oauth_signature", signature)]).map { name, value in
            "\(name)=\"\(FormEncoding.percentEncode(value))\""
        }
        request.headers[.authorization] = "OAuth " + fields.joined(separator: ", ")
    }

    /// The signature, in base64.
    func signature(
        of request: OutboundRequest, _ protocolParameters: [(name: String, value: String)]
    ) throws(OAuthError) -> String {
        let key = [clientSecret.reveal(), tokenSecret?.reveal() ?? ""].map(FormEncoding.percentEncode)
            .joined(separator: "&")
        let code = HMAC<Insecure.SHA1>.authenticationCode(
            for: Array(try Self.baseString(of: request, protocolParameters).utf8),
            using: SymmetricKey(data: Array(key.utf8)))
        return Data(code).base64EncodedString()
    }

    /// What is signed: method, address and all parameters (RFC 5849 §3.4.1).
    static func baseString(
        of request: OutboundRequest, _ protocolParameters: [(name: String, value: String)]
    ) throws(OAuthError) -> String {
        let pairs = (request.parameters + protocolParameters).map { name, value in
            (name: FormEncoding.percentEncode(name), value: FormEncoding.percentEncode(value))
        }
        let normalized = pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return [request.method.rawValue, try baseURI(of: request.url), normalized].map(FormEncoding.percentEncode)
            .joined(separator: "&")
    }

    /// Scheme, host and path; the port only where it is not the scheme's own (RFC 5849 §3.4.1.2).
    private static func baseURI(of text: String) throws(OAuthError) -> String {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host() else {
            throw .misconfigured("an endpoint is not an absolute URL")
        }
        let usual = scheme == "https" ? 443 : 80
        let port = url.port.flatMap { $0 == usual ? nil : ":\($0)" } ?? ""
        let path = url.path(percentEncoded: true)
        return "\(scheme)://\(host.lowercased())\(port)\(path.isEmpty ? "/" : path)"
    }
}

extension OAuthClient {
    func oauth1Signer(token: Secret? = nil, tokenSecret: Secret? = nil) throws(OAuthError) -> OAuth1Signer {
        OAuth1Signer(
            clientID: clientID, clientSecret: try requiredSecret(), token: token?.reveal(), tokenSecret: tokenSecret)
    }

    /// Gets temporary credentials, and sends the person to authorize them (RFC 5849 §2.1, §2.2). The state travels in the
    /// callback's query.
    func oauth1Request(
        redirectURI: String, state: String, scopes: [String], parameters: [String: String]
    ) async throws(OAuthError) -> AuthorizationRequest {
        guard let endpoint = provider.authorizationEndpoint, let call = provider.temporaryCredentialRequest else {
            throw .misconfigured("\(provider.name) has no authorization endpoint")
        }
        let callback = redirectURI.addingQuery([("state", state)])
        let granted = try await credentials(
            call, role: .temporaryCredentials, signer: oauth1Signer(), [("oauth_callback", callback)])
        var query: [(name: String, value: String)] = [("oauth_token", granted.token)]
        for (name, value) in provider.authorizeParameters.merging(parameters, uniquingKeysWith: { $1 })
            .sorted(by: { $0.key < $1.key }) where name != "oauth_token"
        {
            query.append((name, value))
        }
        var pending = PendingAuthorization(
            providerID: provider.id, issuer: nil, redirectURI: redirectURI, state: state, codeVerifier: nil, nonce: nil,
            scopes: scopes, requiresIssuerParameter: false)
        pending.temporaryToken = granted.token
        pending.temporarySecret = granted.secret
        return AuthorizationRequest(url: endpoint.addingQuery(query), pending: pending)
    }

    /// Judges a callback whose state was judged: it must be about the temporary credentials of this login.
    func validateOAuth1(
        _ callback: CallbackParameters, for pending: PendingAuthorization
    ) throws(CallbackError) -> AuthorizationResponse {
        if callback.values["denied"] != nil { throw .accessDenied }
        guard let token = callback.values["oauth_token"], let verifier = callback.values["oauth_verifier"],
            !verifier.isEmpty
        else {
            throw provider.callbackWithoutCodeIsDenial ? .accessDenied : .missingCode
        }
        guard let expected = pending.temporaryToken, constantTimeEqual(token, expected) else {
            throw .unproven("it is about the credentials of another login")
        }
        return AuthorizationResponse(code: Secret(verifier), pending: pending, parameters: callback)
    }

    /// Exchanges temporary credentials for the person's (RFC 5849 §2.3).
    func exchangeOAuth1(_ response: AuthorizationResponse) async throws(OAuthError) -> Tokens {
        var call = ProviderCall(endpoint: provider.tokenEndpoint)
        call.method = provider.tokenRequest.method
        let signer = try oauth1Signer(
            token: response.pending.temporaryToken.map { Secret($0) }, tokenSecret: response.pending.temporarySecret)
        let granted = try await credentials(
            call, role: .token, signer: signer, [("oauth_verifier", response.code.reveal())])
        var tokens = Tokens(accessToken: Secret(granted.token), tokenType: "OAuth", raw: granted.answer)
        tokens.callback = response.parameters.values
        tokens.requestedScopes = response.pending.scopes
        return tokens
    }

    private func credentials(
        _ call: ProviderCall, role: OutboundRequest.Role, signer: OAuth1Signer,
        _ parameters: [(name: String, value: String)]
    ) async throws(OAuthError) -> (token: String, secret: Secret, answer: JSONValue) {
        let (_, response) = try await send { () throws(OAuthError) in
            var request = try call.request(role: role, accessToken: nil, ProfileSources(clientID: clientID))
            try signer.sign(&request, parameters, at: now(), random: random)
            return request
        }
        let sent = parameters.map(\.value) + [signer.token, signer.tokenSecret?.reveal()].compactMap { $0 }
        let answer = try ResponseJudge(provider: provider, role: role, secrets: secrets + sent)
            .payload(response, envelope: nil)
        guard let token = answer["oauth_token"]?.string, let secret = answer["oauth_token_secret"]?.string,
            !token.isEmpty
        else { throw .malformed(role, reason: "it has no token with a secret") }
        return (token, Secret(secret), answer)
    }
}
