import FoundationEssentials
import HTTPTypes

extension OAuthClient {
    /// The provider's own profile of the person, unchanged but for the envelope around it.
    ///
    /// - Throws: ``OAuthError``.
    public func userInfo(_ tokens: Tokens) async throws(OAuthError) -> JSONValue {
        try await sources(for: tokens).document
    }

    /// Who the person is, in the same shape for every provider.
    ///
    /// The userinfo answer must be about the subject of the ID token (OpenID Connect Core §5.3.2). An email is verified only
    /// where the provider says so.
    ///
    /// - Throws: ``OAuthError``; an answer without a subject is ``OAuthError/malformed(_:reason:)``.
    public func profile(_ tokens: Tokens) async throws(OAuthError) -> UserProfile {
        var sources = try await sources(for: tokens)
        let listed = try await primaryEmail(tokens, sources)
        let mapping = provider.profile
        guard let subject = mapping.id.text(in: sources), subject.utf8.count <= 255 else {
            throw .malformed(.userInfo, reason: "it does not say who the person is (\(mapping.id.source))")
        }
        let formerSubject = mapping.formerID?.text(in: sources)
        let address = mapping.email?.text(in: sources)
        let isVerified = mapping.emailVerified?.text(in: sources).map { ["true", "1"].contains($0) } ?? false
        let raw = sources.document
        sources.callback["code"] = nil
        func name(_ field: FieldExpression?) -> String? {
            let text = field?.text(in: sources)
            return mapping.percentEncoded ? text.map { FormEncoding.percentDecode($0) ?? $0 } : text
        }
        return UserProfile(
            subject: subject, formerSubject: formerSubject == subject ? nil : formerSubject,
            username: name(mapping.username), name: name(mapping.name),
            email: listed ?? address.flatMap { Email($0, isVerified: isVerified) },
            avatar: mapping.avatar?.text(in: sources),
            identifiers: mapping.identifiers.compactMapValues { $0.text(in: sources) }, raw: raw)
    }

    /// Asks for everything the profile's fields may look into.
    private func sources(for tokens: Tokens) async throws(OAuthError) -> ProfileSources {
        var sources = ProfileSources(token: tokens.raw, idToken: tokens.identity?.claims, clientID: clientID)
        sources.callback = tokens.callback
        sources.apiKey = provider.apiKey
        let accessToken = provider.appTokenRequest == nil ? tokens.accessToken : try await appToken()
        do {
            if let call = provider.subjectRequest {
                sources.subject = try await answer(call, role: .subject, accessToken: accessToken, sources)
            }
            let endpoints = try await endpoints()
            if let endpoint = endpoints.userInfo, wantsUserInfo(tokens) {
                var call = provider.userInfoRequest
                call.endpoint = endpoint
                let userInfo = try await answer(call, role: .userInfo, accessToken: accessToken, sources)
                try checkSubject(of: userInfo, against: tokens.identity)
                sources.userInfo = userInfo
            }
        } catch .rejected(let rejection) {
            await state.forgetAppToken()
            throw .rejected(rejection)
        }
        if let call = provider.detailRequest, call.canBeFilled(from: sources) {
            sources.detail = try await permittedAnswer(call, role: .userInfoDetail, accessToken: accessToken, sources)
        }
        return sources
    }

    private func wantsUserInfo(_ tokens: Tokens) -> Bool {
        let scopes = tokens.scopes.isEmpty ? tokens.requestedScopes : tokens.scopes
        let isNative = tokens.accessToken == nil && tokens.idToken != nil
        let allowed = !isNative && (scopes.isEmpty || !scopes.allSatisfy(provider.scopesWithoutUserInfo.contains))
        return allowed && (provider.userInfoPolicy == .always || tokens.identity == nil)
    }

    private func checkSubject(of userInfo: JSONValue, against identity: IDTokenClaims?) throws(OAuthError) {
        guard let identity else { return }
        guard userInfo["sub"]?.text == identity.subject else {
            throw .malformed(.userInfo, reason: "it is about another subject than the ID token")
        }
    }

    /// The application's own token (WeCom), fetched when none is kept.
    private func appToken() async throws(OAuthError) -> Secret? {
        guard let call = provider.appTokenRequest else { return nil }
        if let kept = await state.keptAppToken() { return kept }
        var sources = ProfileSources(clientID: clientID)
        sources.clientSecret = clientSecret
        let answer = try await answer(call, role: .appToken, accessToken: nil, sources)
        let answered = ProfileSources(userInfo: answer)
        guard let token = provider.appToken.text(in: answered) else {
            throw .malformed(.appToken, reason: "it has no access token")
        }
        let lifetime = provider.appTokenExpiresIn.value(in: answered)?.integer ?? 0
        await state.keep(appToken: Secret(token), expiresAt: now().addingTimeInterval(Double(lifetime)))
        return Secret(token)
    }

    private func answer(
        _ call: ProviderCall, role: OutboundRequest.Role, accessToken: Secret?, _ sources: ProfileSources
    ) async throws(OAuthError) -> JSONValue {
        var call = call
        if dpop != nil, call.accessToken.scheme == "Bearer" { call.accessToken.scheme = "DPoP" }
        let isOAuth1 = provider.flow == .oauth1
        let tokenSecret = isOAuth1 ? sources.token?["oauth_token_secret"]?.string.map { Secret($0) } : nil
        var filling = sources
        filling.clientSecret = clientSecret
        let (request, response) = try await send(accessToken: accessToken, tokenSecret: tokenSecret) {
            () throws(OAuthError) in
            try call.request(role: role, accessToken: isOAuth1 ? nil : accessToken, filling)
        }
        if role == .userInfo, let signed = try await signedProfile(response) { return signed }
        let judge = ResponseJudge(
            provider: provider, role: role,
            secrets: secrets + request.credentials
                + [accessToken, tokenSecret, tokens(sources)].compactMap { $0?.reveal() })
        return try judge.payload(response, envelope: call.envelope)
    }

    /// The claims of a profile that the provider signed (OpenID Connect Core §5.3.2); nil for one in plain JSON.
    ///
    /// - Throws: ``OAuthError``; a plain profile is refused where the entry says that it is signed.
    private func signedProfile(_ response: OutboundResponse) async throws(OAuthError) -> JSONValue? {
        let type = (response.headers[.contentType] ?? "").lowercased()
        let isToken =
            type == "application/jwt" || type.hasPrefix("application/jwt;") || type.hasPrefix("application/jwt ")
        guard isToken, response.status == 200 else {
            guard provider.userInfoSignedResponseAlg == nil || response.status != 200 else {
                throw .untrustedMessage(.userInfo, .malformed)
            }
            return nil
        }
        let text = Secret(String(decoding: response.body, as: UTF8.self))
        return try await verified(text, as: .userInfo) { (token, rule) throws(IDTokenError) in
            if token.claims["iss"] != nil { _ = try rule.judge(token.claims) }
            if token.claims["aud"] != nil, try !token.claims.audiences.contains(clientID) { throw .wrongClaim("aud") }
            return token.claims
        }
    }

    private func tokens(_ sources: ProfileSources) -> Secret? {
        sources.callback["code"].map { Secret($0) }
    }

    /// The primary verified address of the provider's list; nil when the list has none or may not be read.
    private func primaryEmail(_ tokens: Tokens, _ sources: ProfileSources) async throws(OAuthError) -> Email? {
        guard let call = provider.emailsRequest else { return nil }
        let list = try await permittedAnswer(call, role: .emails, accessToken: tokens.accessToken, sources)
        return list.flatMap(provider.emails.primaryVerified)
    }

    /// The answer of a call that only adds to the profile; nil where the person or the provider does not permit it.
    private func permittedAnswer(
        _ call: ProviderCall, role: OutboundRequest.Role, accessToken: Secret?, _ sources: ProfileSources
    ) async throws(OAuthError) -> JSONValue? {
        do {
            return try await answer(call, role: role, accessToken: accessToken, sources)
        } catch .rejected(let rejection) where [200, 401, 403, 404].contains(rejection.status) {
            return nil
        }
    }
}

extension EmailSelection {
    /// The address that meets both conditions.
    func primaryVerified(in answer: JSONValue) -> Email? {
        let elements = (list.map { answer.value(at: $0) } ?? answer)?.array ?? []
        return elements.lazy
            .filter { Self.holds(primary, of: $0) && Self.holds(verified, of: $0) }
            .compactMap { $0.value(at: address)?.string.flatMap { Email($0, isVerified: true) } }
            .first
    }

    private static func holds(_ condition: String, of element: JSONValue) -> Bool {
        let sides = condition.split(separator: "=", maxSplits: 1).map(String.init)
        guard let path = sides.first, let value = element.value(at: path) else { return false }
        guard sides.count == 2 else { return value == .bool(true) }
        return value.text == sides[1] || value.array?.contains(.string(sides[1])) == true
    }
}

extension ProviderCall {
    /// The request of this call, its parameters filled in.
    func request(
        role: OutboundRequest.Role, accessToken: Secret?, _ sources: ProfileSources
    ) throws(OAuthError) -> OutboundRequest {
        guard let endpoint else { throw .unsupported(role) }
        guard let url = Self.fill(endpoint, from: sources, encode: FormEncoding.percentEncode) else {
            throw .malformed(.token, reason: "it lacks what the address of the \(role.rawValue) call needs")
        }
        var request = OutboundRequest(role: role, method: method.http, url: url)
        let filled = parameters.sorted { $0.key < $1.key }.compactMap { name, template in
            Self.fill(template, from: sources).map { (name: name, value: $0) }
        }
        request.add(filled, encoding: encoding)
        request.add(headers: headers, from: sources)
        if let accessToken { try request.place(accessToken, self.accessToken) }
        return request
    }

    /// Whether every parameter has a value.
    func canBeFilled(from sources: ProfileSources) -> Bool {
        parameters.values.allSatisfy { Self.fill($0, from: sources) != nil }
    }

    /// A template with its placeholders filled; nil if one has no value.
    static func fill(
        _ template: String, from sources: ProfileSources, encode: (String) -> String = { $0 }
    ) -> String? {
        template.contains("{") ? FieldExpression(template).value(in: sources, encode: encode)?.text : template
    }
}

extension OutboundRequest {
    /// Adds header fields from templates, but those that cannot be filled.
    mutating func add(headers: [String: String], from sources: ProfileSources) {
        for (name, template) in headers {
            if let field = HTTPField.Name(name), let value = ProviderCall.fill(template, from: sources) {
                self.headers[field] = value
            }
        }
    }

    /// Puts an access token where a call wants it.
    mutating func place(_ accessToken: Secret, _ placement: AccessTokenPlacement) throws(OAuthError) {
        switch placement.location {
        case .none: break
        case .query: url = url.addingQuery([(placement.name, accessToken.reveal())])
        case .header:
            guard let field = HTTPField.Name(placement.name) else {
                throw .misconfigured("\(placement.name) is not a header name")
            }
            headers[field] = (placement.scheme.map { "\($0) " } ?? "") + accessToken.reveal()
        }
    }
}
