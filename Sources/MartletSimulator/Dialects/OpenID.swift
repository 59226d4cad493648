import FoundationEssentials
import HTTPTypes

/// Plain OpenID Connect, by the specifications.
enum OpenID {
    static let dialect = Dialect(
        id: "openid",
        title: "OpenID Connect",
        reference: "https://openid.net/specs/openid-connect-core-1_0.html",
        authorizations: [
            AuthorizationEndpoint(path: "openid/authorize", usesPKCE: true, isOpenIDProvider: true)
        ],
        endpoints: [
            Endpoint(.get, "openid/.well-known/openid-configuration", .discovery, answer: discovery),
            Endpoint(.post, "openid/token", .token, answer: token),
            Endpoint(.get, "openid/userinfo", .userInfo, answer: userInfo),
            Endpoint(.post, "openid/userinfo", .userInfo, answer: userInfo),
            Endpoint(.get, "openid/jwks", .keys, answer: keys),
            Endpoint(.post, "openid/revoke", .revoke, answer: revoke),
            Endpoint(.post, "openid/introspect", .introspect, answer: introspect),
            Endpoint(.post, "openid/device_authorization", .device, answer: deviceAuthorization),
            Endpoint(.get, "openid/end_session", answer: endSession),
            Endpoint(.post, "openid/end_session", answer: endSession),
        ],
        subjectFields: ["sub"],
        signsIDTokens: true,
        verificationPath: "openid/device",
        refuse: { refusal, _ in refusal.standardReply },
        issuer: { $0 + "/openid" })

    /// Seconds for which an access token is good.
    private static let lifetime = 3600

    private static func provider(_ call: Call, _ engine: Engine) -> OpenIDProvider {
        OpenIDProvider(engine: engine, call: call, issuer: call.base + "/openid", subject: subject)
    }

    @Sendable private static func subject(_ person: Person) -> String {
        "user-" + String(person.number)
    }

    // MARK: Tokens

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call, allowsBasic: true, needsSecret: false)
        switch call["grant_type"] {
        case "authorization_code":
            let grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: true)
            // A client that shows no secret must prove itself by PKCE (RFC 9700 section 2.1.1), and a verifier
            // without a challenge shows that somebody took the challenge away (section 4.8.2).
            guard client.isConfidential || grant.challenge != nil else { throw .clientSecretWrong }
            if grant.challenge == nil, call.value("code_verifier") != nil { throw .verifierWrong }
            return try reply(for: grant, call, engine)
        case "refresh_token":
            let grant = try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: true)
            return try reply(for: grant, call, engine)
        case "urn:ietf:params:oauth:grant-type:device_code":
            let code = try call.required("device_code")
            return try reply(
                for: try engine.devices.ask(deviceCode: code, clientID: client.id, dialect: dialect.id), call, engine)
        case "client_credentials":
            guard client.isConfidential else { throw .clientSecretWrong }
            let scopes = (call["scope"] ?? "").split(separator: " ").map(String.init)
            return try reply(
                for: engine.ownGrant(clientID: client.id, dialect: dialect.id, scopes: scopes), call, engine)
        default: throw .grantTypeUnsupported
        }
    }

    private static func reply(for grant: Grant, _ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let tokens = engine.issueTokens(
            for: grant, lifetime: lifetime, withRefresh: grant.person != nil && grant.allows("offline_access"))
        return try provider(call, engine).tokenReply(
            for: grant, tokens: tokens, algorithm: grant.clientID.hasSuffix("-es256") ? .es256 : .rs256)
    }

    private static func userInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try engine.grant(accessToken: call.bearer() ?? call.form["access_token"], call: call)
        guard grant.allows("openid") else { throw .scopeInsufficient }
        let person = try engine.person(of: grant, in: call)
        let extra: JSON = grant.allows("profile") ? ["preferred_username": .string(person.username)] : [:]
        return .json(try provider(call, engine).userInfo(of: grant, extra: extra))
    }

    /// An unknown token is as good as revoked (RFC 7009 section 2.2).
    private static func revoke(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call, allowsBasic: true, needsSecret: false)
        engine.ledger.revoke(try call.required("token"), clientID: client.id)
        return Reply(.ok, .empty)
    }

    private static func introspect(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call, allowsBasic: true)
        let token = try call.required("token")
        guard let found = engine.ledger.find(token, .accessToken) ?? engine.ledger.find(token, .refreshToken),
            found.grant.dialect == dialect.id, found.grant.clientID == client.id
        else { return .json(["active": false]) }
        let body: JSON = [
            "active": true, "scope": .string(found.grant.scopes.joined(separator: " ")),
            "client_id": .string(found.grant.clientID), "token_type": "Bearer",
            "exp": .number(Int64(found.expires.timeIntervalSince1970)),
            "iss": .string(call.base + "/openid"),
        ]
        return .json(
            body.adding("sub", found.grant.person.map { .string(subject($0)) })
                .adding("username", found.grant.person.map { .string($0.username) }))
    }

    private static func deviceAuthorization(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call, allowsBasic: true, needsSecret: false)
        return OpenIDProvider.deviceReply(
            call, engine: engine, clientID: client.id, dialect: dialect, uriName: "verification_uri",
            hasCompleteURI: true)
    }

    // MARK: Metadata

    private static func keys(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        do {
            let keys = try engine.keys.current()
            return .json(["keys": [try keys.rsaJWK(), keys.p256JWK()]])
        } catch {
            throw .failure
        }
    }

    private static func discovery(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let issuer = call.base + "/openid"
        let endpoints: JSON = [
            "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/authorize"),
            "token_endpoint": .string(issuer + "/token"), "userinfo_endpoint": .string(issuer + "/userinfo"),
            "jwks_uri": .string(issuer + "/jwks"), "revocation_endpoint": .string(issuer + "/revoke"),
            "introspection_endpoint": .string(issuer + "/introspect"),
            "device_authorization_endpoint": .string(issuer + "/device_authorization"),
            "end_session_endpoint": .string(issuer + "/end_session"),
        ]
        return .json(endpoints.merging(capabilities))
    }

    private static let capabilities: JSON = [
        "response_types_supported": ["code"], "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": [
            "authorization_code", "refresh_token", "client_credentials",
            "urn:ietf:params:oauth:grant-type:device_code",
        ],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "claims_supported": [
            "sub", "name", "given_name", "family_name", "preferred_username", "picture", "email", "email_verified",
        ],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256", "plain"],
        "authorization_response_iss_parameter_supported": true,
    ]

    /// Nobody is signed in here between two requests, so there is only the way back (OpenID Connect RP-Initiated
    /// Logout section 3).
    private static func endSession(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        guard let uri = call.value("post_logout_redirect_uri") else {
            return .page(MessagePage(title: "Signed out", text: "You are signed out.").html)
        }
        guard AuthorizationRequest.isAbsolute(uri) else {
            return .page(
                .badRequest,
                MessagePage(
                    title: "This request is not valid", text: "post_logout_redirect_uri must be an absolute URI."
                ).html)
        }
        return .redirect(Parameters(call.value("state").map { [("state", $0)] } ?? []).appended(to: uri))
    }
}
