import FoundationEssentials

extension Engine {
    /// Judges a client of plain OpenID Connect: a registered one by what it states, any other by ``authenticate``.
    func client(of call: Call, needsSecret: Bool = false) throws(Refusal) -> Client {
        let assertion = call.value("client_assertion").map(CompactJWT.init)
        let id = assertion.map { $0?.claims["sub"]?.string } ?? call.basic?.user ?? call.value("client_id")
        guard let registered = clients.find(id) else {
            guard assertion == nil else { throw .assertionInvalid("Only a registered client can show an assertion.") }
            return try authenticate(call, allowsBasic: true, needsSecret: needsSecret)
        }
        return try judge(call, registered)
    }

    private func judge(_ call: Call, _ client: RegisteredClient) throws(Refusal) -> Client {
        let id = client.settings.id
        if let named = call.value("client_id"), named != id { throw .mismatch("client_id") }
        let shown = Self.methods(shownBy: call)
        guard shown.count < 2 else { throw .invalid("A client proves itself in one way only.") }
        let method = shown.first ?? .none
        guard client.allows(method) else { throw .clientSecretWrong }
        switch method {
        case .clientSecretBasic:
            guard call.basic?.password == client.settings.secret else { throw .clientSecretWrong }
        case .clientSecretPost:
            guard call.form["client_secret"] == client.settings.secret else { throw .clientSecretWrong }
        case .clientSecretJWT, .privateKeyJWT: try judgeAssertion(of: call, client, method)
        case .none: break
        }
        return Client(id: id, isConfidential: method != .none, registration: client)
    }

    private static func methods(shownBy call: Call) -> [SimulatedClient.AuthMethod] {
        var methods: [SimulatedClient.AuthMethod] = []
        if call.basic != nil { methods.append(.clientSecretBasic) }
        if call.form["client_secret"]?.isEmpty == false { methods.append(.clientSecretPost) }
        if let assertion = call.form["client_assertion"] {
            methods.append(CompactJWT(assertion)?.algorithm == .hs256 ? .clientSecretJWT : .privateKeyJWT)
        }
        return methods
    }

    /// Judges an assertion (RFC 7523 section 3).
    private func judgeAssertion(
        of call: Call, _ client: RegisteredClient, _ method: SimulatedClient.AuthMethod
    ) throws(Refusal) {
        guard call.form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" else {
            throw .invalid("The client_assertion_type is not known.")
        }
        guard let token = call.form["client_assertion"].flatMap(CompactJWT.init) else {
            throw .assertionInvalid("The assertion is not a JWT.")
        }
        let isSigned =
            method == .clientSecretJWT
            ? client.settings.secret.map(token.isSigned) ?? false : token.isSigned(by: client.keys)
        guard isSigned else { throw .assertionInvalid("The assertion's signature is wrong.") }
        let id = client.settings.id
        guard token.claims["iss"]?.string == id, token.claims["sub"]?.string == id else {
            throw .assertionInvalid("The assertion's iss and sub must be the client.")
        }
        let accepted = client.settings.assertionAudience.map { audience in
            switch audience {
            case .issuer: OpenID.issuer(call.base)
            case .tokenEndpoint: OpenID.issuer(call.base) + "/token"
            case .calledEndpoint: call.base + "/" + call.path
            }
        }
        guard token.claims["aud"]?.texts.contains(where: accepted.contains) == true else {
            throw .assertionInvalid("The assertion is for somebody else.")
        }
        guard let expires = expiry(of: token) else { throw .assertionInvalid("The assertion is not valid now.") }
        guard let identifier = token.claims["jti"]?.string, used.first("assertion", id, identifier, until: expires)
        else { throw .assertionInvalid("The assertion has no jti, or was used before.") }
    }

    /// When a token expires whose `exp`, `nbf` and `iat` fit the present; `nil` where they do not, or `exp` is missing.
    func expiry(of token: CompactJWT) -> Date? {
        let now = Int64(configuration.now().timeIntervalSince1970)
        guard let expires = token.claims["exp"]?.integer, expires > now,
            token.claims["nbf"]?.integer ?? now <= now + Self.skew,
            token.claims["iat"]?.integer ?? now <= now + Self.skew
        else { return nil }
        return Date(timeIntervalSince1970: Double(expires))
    }
}
