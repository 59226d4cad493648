import FoundationEssentials
import HTTPTypes

/// Plain OpenID Connect, by the specifications.
enum OpenID {
    static let dialect = Dialect(
        id: "openid",
        title: "OpenID Connect",
        reference: "https://openid.net/specs/openid-connect-core-1_0.html",
        authorizations: [
            AuthorizationEndpoint(
                path: "openid/authorize", usesPKCE: true, isOpenIDProvider: true, answersByFormPost: true,
                hasRegisteredClients: true)
        ],
        endpoints: [
            Endpoint(.get, "openid/.well-known/openid-configuration", .discovery, answer: discovery),
            Endpoint(.get, "openid/jwks", .keys, answer: keys),
            Endpoint(.post, "openid/device_authorization", .device, answer: deviceAuthorization),
            Endpoint(.get, "openid/end_session", .logout, answer: endSession),
            Endpoint(.post, "openid/end_session", .logout, answer: endSession),
        ] + ["openid", "openid/mtls"].flatMap(shared),
        subjectFields: ["sub"],
        signsIDTokens: true,
        verificationPath: "openid/device",
        refuse: refuse,
        issuer: issuer)

    /// The endpoints that `mtls_endpoint_aliases` may name too (RFC 8705 section 5).
    private static func shared(under path: String) -> [Endpoint] {
        [
            Endpoint(.post, path + "/par", .par, answer: push),
            Endpoint(.post, path + "/token", .token, answer: token),
            Endpoint(.get, path + "/userinfo", .userInfo, answer: userInfo),
            Endpoint(.post, path + "/userinfo", .userInfo, answer: userInfo),
            Endpoint(.post, path + "/revoke", .revoke, answer: revoke),
            Endpoint(.post, path + "/introspect", .introspect, answer: introspect),
        ]
    }

    /// Seconds for which an access token is good.
    private static let lifetime = 3600

    /// The issuer, from the base URL.
    @Sendable static func issuer(_ base: String) -> String {
        base + "/openid"
    }

    /// The subject of a person, the same for every client.
    @Sendable static func subject(_ person: Person) -> String {
        "user-" + String(person.number)
    }

    /// What signs the ID tokens and logout tokens of a client.
    static func algorithm(of clientID: String, _ engine: Engine) -> SignatureAlgorithm {
        engine.clients.find(clientID)?.settings.idTokenSignedResponseAlg
            ?? (clientID.hasSuffix("-es256") ? .es256 : .rs256)
    }

    static func provider(_ call: Call, _ engine: Engine) -> OpenIDProvider {
        OpenIDProvider(
            engine: engine, call: call, issuer: issuer(call.base), subject: subject,
            omitsKid: engine.keys.settings.omitsKid)
    }

    // MARK: Tokens

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.client(of: call)
        let registration = client.registration
        let key = try engine.proofKey(of: call, for: registration, isNeeded: registration?.settings.dpop ?? false)
        let isRefresh = call["grant_type"] == "refresh_token"
        let grant = try engine.bind(
            try grant(to: client, call, engine), to: key, isRefreshOfConfidential: isRefresh && client.isConfidential)
        let tokens = engine.issueTokens(
            for: grant, lifetime: lifetime, withRefresh: grant.person != nil && grant.allows("offline_access"))
        let reply = try provider(call, engine).tokenReply(
            for: grant, tokens: tokens, algorithm: algorithm(of: grant.clientID, engine))
        return engine.withNonce(reply, for: registration)
    }

    private static func grant(to client: Engine.Client, _ call: Call, _ engine: Engine) throws(Refusal) -> Grant {
        switch call["grant_type"] {
        case "authorization_code":
            let grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: true)
            // A client that shows no secret must prove itself by PKCE (RFC 9700 section 2.1.1), and a verifier
            // without a challenge shows that somebody took the challenge away (section 4.8.2).
            guard client.isConfidential || grant.challenge != nil else { throw .clientSecretWrong }
            if grant.challenge == nil, call.value("code_verifier") != nil { throw .verifierWrong }
            return grant
        case "refresh_token":
            return try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: true)
        case "urn:ietf:params:oauth:grant-type:device_code":
            let code = try call.required("device_code")
            return try engine.devices.ask(deviceCode: code, clientID: client.id, dialect: dialect.id)
        case "client_credentials":
            guard client.isConfidential else { throw .clientSecretWrong }
            let scopes = (call["scope"] ?? "").split(separator: " ").map(String.init)
            return engine.ownGrant(clientID: client.id, dialect: dialect.id, scopes: scopes)
        default: throw .grantTypeUnsupported
        }
    }

    // MARK: Errors

    /// At the profile, what is wrong with a proof is said as RFC 9449 section 7.1 asks.
    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        var reply = refusal.standardReply
        if case .nonceNeeded(let nonce) = refusal, let name = HTTPField.Name("DPoP-Nonce") {
            reply.headers[name] = nonce
        }
        guard call.path.hasSuffix("/userinfo"), call.bearer(schemes: ["dpop"]) != nil else { return reply }
        switch refusal {
        case .tokenUnknown, .proofInvalid, .nonceNeeded:
            reply.status = .unauthorized
            let algorithms = SignatureAlgorithm.asymmetric.map(\.rawValue).joined(separator: " ")
            reply.headers[.wwwAuthenticate] = "DPoP error=\"\(refusal.code)\", algs=\"\(algorithms)\""
        default: break
        }
        return reply
    }
}
