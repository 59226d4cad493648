import FoundationEssentials
import HTTPTypes

/// Puts the proof of who the client is where the provider wants it (RFC 6749 §2.3, OpenID Connect Core §9).
struct ClientAuthenticator: Sendable {
    let provider: Provider
    let endpoints: ProviderEndpoints
    let clientID: String
    let clientSecret: Secret?
    let key: ClientKey?
    let random: RandomSource
    let now: Date

    /// Completes a request with parameters and the client's proof.
    ///
    /// - Parameters:
    ///   - request: the request without parameters.
    ///   - method: how the client proves itself.
    ///   - sendsClientID: whether the client's id goes along where the method does not need it.
    func authenticate(
        _ request: OutboundRequest, _ parameters: [(name: String, value: String)], encoding: ParameterEncoding,
        method: ClientAuthentication, sendsClientID: Bool = true
    ) throws(OAuthError) -> OutboundRequest {
        var request = request
        let names = provider.parameterNames
        let id = [(name: names.clientID, value: clientID)]
        let proof: [(name: String, value: String)]
        switch method {
        case .basic:
            let password = FormEncoding.percentEncode(try secret?.reveal() ?? "")
            let pair = "\(FormEncoding.percentEncode(clientID)):\(password)"
            request.headers[.authorization] = "Basic " + Data(pair.utf8).base64EncodedString()
            proof = []
        case .post: proof = id + (try secret.map { [(names.clientSecret, $0.reveal())] } ?? [])
        case .secretJWT, .privateKeyJWT:
            proof =
                id + [
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    ("client_assertion", try assertion(method, calling: request.url).reveal()),
                ]
        case .mutualTLS, .selfSignedMutualTLS: proof = id
        case .none: proof = sendsClientID ? id : []
        }
        request.add(proof + parameters, encoding: encoding)
        return request
    }

    /// The client secret: one signed now, or the one that was given.
    var secret: Secret? {
        get throws(OAuthError) {
            guard let style = provider.signedClientSecret, let key else { return clientSecret }
            let issuer = style.issuer.split(separator: "{teamID}", omittingEmptySubsequences: false)
                .joined(separator: provider.teamID ?? "")
            return try key.sign([
                "iss": .string(issuer), "sub": .string(clientID), "aud": .string(style.audience),
                "iat": time(now), "exp": time(now.addingTimeInterval(Double(style.lifetime))),
            ])
        }
    }

    /// A client assertion, good for one request in the next minute (RFC 7523 §3).
    private func assertion(_ method: ClientAuthentication, calling url: String) throws(OAuthError) -> Secret {
        let audience: String? =
            switch provider.clientAssertionAudience {
            case .issuer: endpoints.issuer
            case .tokenEndpoint: endpoints.token
            case .calledEndpoint: url
            }
        let claims: JSONValue = [
            "iss": .string(clientID), "sub": .string(clientID), "aud": .string(audience ?? url),
            "jti": .string(random.token(byteCount: 16)), "iat": time(now), "exp": time(now.addingTimeInterval(60)),
        ]
        if method == .privateKeyJWT {
            guard let key else { throw .misconfigured("\(provider.id) needs the client's private key") }
            return try key.sign(claims, header: ["typ": .string("JWT")])
        }
        let signed = JWTText.unsigned(header: ["alg": .string("HS256"), "typ": .string("JWT")], claims: claims)
        guard let clientSecret,
            let code = SignatureAlgorithm.hs256.authenticationCode(of: Array(signed.utf8), secret: clientSecret)
        else {
            throw .misconfigured("the client secret of \(provider.id) must have 32 bytes or more for client_secret_jwt")
        }
        return Secret(signed + "." + Base64URL.encode(code))
    }

    private func time(_ date: Date) -> JSONValue { .seconds(date) }
}

extension ClientAuthenticator {
    /// What an answer's error must not repeat of a request, wherever it went in it.
    func secrets(in request: OutboundRequest) -> [String] {
        let names = provider.parameterNames
        let secretNames = [
            names.code, names.refreshToken, names.clientSecret, provider.revocationRequest.tokenParameter, "token",
            "code_verifier", "device_code", "client_assertion", "request",
        ]
        let query = request.url.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let pairs =
            (FormEncoding.decode(String(query)) ?? []) + (request.body.flatMap { FormEncoding.decode($0) } ?? [])
        let members = request.body.flatMap { try? JSONValue(parsing: $0.utf8) }?.object ?? [:]
        let sent =
            pairs.filter { secretNames.contains($0.name) }.map(\.value) + secretNames.compactMap { members[$0]?.string }
        return sent + request.credentials + (clientSecret.map { [$0.reveal()] } ?? [])
    }
}

extension OutboundRequest {
    /// What its header fields prove something by.
    var credentials: [String] {
        headers.filter { ["authorization", "dpop"].contains($0.name.canonicalName) }
            .compactMap { $0.value.split(separator: " ").last.map(String.init) }
    }
}

extension JSONValue {
    /// A date as whole seconds since 1970 (JWT `NumericDate`, RFC 7519 §2).
    static func seconds(_ date: Date) -> JSONValue {
        .number(Decimal(Int(date.timeIntervalSince1970)))
    }
}

extension OAuthClient {
    /// What completes requests to the provider with the client's proof.
    func authenticator(_ endpoints: ProviderEndpoints) -> ClientAuthenticator {
        ClientAuthenticator(
            provider: provider, endpoints: endpoints, clientID: clientID, clientSecret: clientSecret, key: key,
            random: random, now: now())
    }

    /// Texts that an error must not repeat.
    var secrets: [String] {
        clientSecret.map { [$0.reveal()] } ?? []
    }

    /// Refuses, before any login, what could only fail at one.
    static func check(_ provider: Provider, clientSecret: Secret?, key: ClientKey?) throws(OAuthError) {
        try checkExceptions(provider, clientSecret: clientSecret, key: key)
        guard !provider.needsAPIKey || provider.apiKey?.isEmpty == false else {
            throw .misconfigured("\(provider.id) needs apiKey, the application's key to the provider's API")
        }
        if let problem = provider.handleAsSubjectProblem { throw .misconfigured("\(provider.id): \(problem)") }
        let secretLength = clientSecret?.reveal().utf8.count ?? 0
        if key == nil {
            let needs: [(Bool, String)] = [
                (provider.clientAuthentication == .privateKeyJWT, "private_key_jwt"),
                (provider.signsAuthorizationRequests == true, "signsAuthorizationRequests"),
                (provider.signedClientSecret != nil && clientSecret == nil, "a signed client secret"),
            ]
            if let need = needs.first(where: \.0) {
                throw .misconfigured("\(provider.id) needs a private key for \(need.1)")
            }
        }
        if let key, let style = provider.signedClientSecret {
            guard key.keyID?.isEmpty == false else {
                throw .misconfigured("the private key of \(provider.id) needs its key id")
            }
            guard !style.issuer.contains("{teamID}") || provider.teamID?.isEmpty == false else {
                throw .misconfigured("\(provider.id) needs teamID")
            }
        }
        if provider.clientAuthentication == .secretJWT, secretLength < SignatureAlgorithm.shortestSecret {
            throw .misconfigured("the client secret of \(provider.id) must have 32 bytes or more for client_secret_jwt")
        }
        let usesHMAC = provider.signingAlgorithms.contains(where: \.usesClientSecret)
        guard !usesHMAC || provider.signingAlgorithms.count == 1 else {
            throw .misconfigured("signingAlgorithms of \(provider.id) may name an HMAC only alone")
        }
        guard usesHMAC || provider.userInfoSignedResponseAlg?.usesClientSecret == true else { return }
        guard secretLength >= SignatureAlgorithm.shortestSecret else {
            throw .misconfigured("the client secret of \(provider.id) must have 32 bytes or more to verify an HMAC")
        }
    }
}
