import FoundationEssentials

/// What the two OpenID providers in here share: claims, ID tokens and the answer of the token endpoint.
struct OpenIDProvider: Sendable {
    let engine: Engine
    let call: Call
    let issuer: String
    let subject: @Sendable (Person) -> String
    /// Whether tokens name no key.
    var omitsKid = false

    /// Claims about a person that the scopes allow (OpenID Connect Core sections 5.1 and 5.4).
    func claims(of grant: Grant) throws(Refusal) -> JSON {
        let person = try engine.person(of: grant, in: call)
        var claims: JSON = [:]
        if grant.allows("profile") {
            claims =
                claims
                .adding("name", .string(person.name))
                .adding("given_name", .string(person.givenName))
                .adding("family_name", person.familyName.map(JSON.string))
                .adding("picture", .string(person.picture()))
        }
        if grant.allows("email"), let email = person.primaryEmail {
            claims =
                claims
                .adding("email", .string(email.address))
                .adding("email_verified", .bool(email.isVerified))
        }
        return claims
    }

    /// The profile (OpenID Connect Core section 5.3.2).
    func userInfo(of grant: Grant, extra: JSON = [:]) throws(Refusal) -> JSON {
        guard let person = grant.person else { throw .tokenUnknown }
        return JSON.object([]).adding("sub", .string(subject(person)))
            .merging(try claims(of: grant)).merging(extra)
    }

    /// An ID token for what was granted, or `nil` where `openid` was not.
    func idToken(
        for grant: Grant, accessToken: String?, algorithm: SignatureAlgorithm, extra: JSON = [:]
    ) throws(Refusal) -> String? {
        guard grant.allows("openid") else { return nil }
        return try signed(
            extra.merging(try claims(of: grant)), for: grant, accessToken: accessToken, algorithm: algorithm)
    }

    /// An ID token with the registered claims of a login, less those named in `omitting`, and then these; `nil` where
    /// there is no person.
    func signed(
        _ claims: JSON, for grant: Grant, accessToken: String?, algorithm: SignatureAlgorithm,
        omitting: Set<String> = []
    ) throws(Refusal) -> String? {
        guard let person = grant.person else { return nil }
        let registered = IDToken.registeredClaims(
            grant: grant, issuer: issuer, subject: subject(person), accessToken: accessToken, algorithm: algorithm,
            now: engine.configuration.now()
        ).mapping(omitting) { _ in nil }
        return try signed(registered.merging(claims), for: grant.clientID, algorithm: algorithm)
    }

    /// A token of these claims, with the fault of the call.
    func signed(
        _ claims: JSON, for clientID: String, algorithm: SignatureAlgorithm
    ) throws(Refusal) -> String {
        let writer = JWTWriter(
            ring: engine.keys, algorithm: algorithm, secret: engine.clients.find(clientID)?.settings.secret,
            omitsKid: omitsKid, fault: call.fault, base: call.base)
        let now = Int64(engine.configuration.now().timeIntervalSince1970)
        return try engine.signed(
            writer, claims: Misbehaviour.distort(claims: claims, by: call.fault, clientID: clientID, now: now))
    }

    /// The token endpoint's answer (OpenID Connect Core section 3.1.3.3).
    func tokenReply(
        for grant: Grant, tokens: IssuedTokens, algorithm: SignatureAlgorithm, extra: JSON = [:]
    ) throws(Refusal) -> Reply {
        let idToken = try idToken(for: grant, accessToken: tokens.access, algorithm: algorithm, extra: extra)
        let body: JSON = [
            "access_token": .string(tokens.access), "token_type": .string(grant.tokenType),
            "expires_in": .number(Int64(tokens.lifetime)), "scope": .string(grant.scopes.joined(separator: " ")),
        ]
        return .token(
            body.adding("refresh_token", tokens.refresh.map(JSON.string)).adding("id_token", idToken.map(JSON.string)))
    }

    /// A device's answer (RFC 8628 section 3.2); `uriName` differs between vendors.
    static func deviceReply(
        _ call: Call, engine: Engine, clientID: String, dialect: Dialect, uriName: String, hasCompleteURI: Bool
    ) -> Reply {
        let scopes = (call["scope"] ?? "").split(separator: " ").map(String.init)
        let codes = engine.devices.start(.init(dialect: dialect.id, clientID: clientID, scopes: scopes))
        let uri = call.base + "/" + (dialect.verificationPath ?? "")
        let body: JSON = [
            "device_code": .string(codes.deviceCode), "user_code": .string(codes.userCode),
            uriName: .string(uri),
            "expires_in": .number(Int64(DeviceLedger.lifetime)), "interval": .number(Int64(DeviceLedger.interval)),
        ]
        let complete = Parameters([("user_code", codes.userCode)]).appended(to: uri)
        return .token(body.adding("verification_uri_complete", hasCompleteURI ? .string(complete) : nil))
    }
}
