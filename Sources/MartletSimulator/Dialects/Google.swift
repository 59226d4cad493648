import HTTPTypes

/// Google: OpenID Connect on four hosts, refresh tokens only for offline access, and its own device flow.
enum Google {
    static let dialect = Dialect(
        id: "google",
        title: "Google",
        reference: "https://developers.google.com/identity/openid-connect/openid-connect",
        authorizations: [
            AuthorizationEndpoint(
                path: "accounts.google.com/o/oauth2/v2/auth", needs: ["scope"], usesPKCE: true,
                denial: [("error", "access_denied")])
        ],
        endpoints: [
            Endpoint(.post, "oauth2.googleapis.com/token", .token, answer: token),
            Endpoint(.get, "openidconnect.googleapis.com/v1/userinfo", .userInfo, answer: userInfo),
            Endpoint(.post, "openidconnect.googleapis.com/v1/userinfo", .userInfo, answer: userInfo),
            Endpoint(.get, "www.googleapis.com/oauth2/v3/certs", .keys, answer: keys),
            Endpoint(.get, "accounts.google.com/.well-known/openid-configuration", .discovery, answer: discovery),
            Endpoint(.post, "oauth2.googleapis.com/revoke", .revoke, answer: revoke),
            Endpoint(.post, "oauth2.googleapis.com/device/code", .device, answer: deviceCode),
        ],
        subjectFields: ["sub"],
        signsIDTokens: true,
        verificationPath: "www.google.com/device",
        refuse: refuse,
        issuer: { $0 + "/accounts.google.com" })

    /// Seconds for which an access token is good.
    private static let lifetime = 3599

    static func provider(_ call: Call, _ engine: Engine) -> OpenIDProvider {
        OpenIDProvider(engine: engine, call: call, issuer: call.base + "/accounts.google.com", subject: subject)
    }

    /// Twenty-one digits, too many for any integer.
    @Sendable private static func subject(_ person: Person) -> String {
        let digits = String(person.number)
        return "1" + String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call, allowsBasic: true)
        let grant: Grant
        var withRefresh = false
        switch call["grant_type"] {
        case "authorization_code":
            grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: true)
            withRefresh = grant.isOffline
        case "refresh_token":
            grant = try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: false)
        case "urn:ietf:params:oauth:grant-type:device_code":
            grant = try engine.devices.ask(
                deviceCode: try call.required("device_code"), clientID: client.id, dialect: dialect.id)
            withRefresh = true
        default: throw .grantTypeUnsupported
        }
        let tokens = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: withRefresh)
        return try provider(call, engine).tokenReply(
            for: grant, tokens: tokens, algorithm: .rs256, extra: ["azp": .string(grant.clientID)])
    }

    private static func userInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try engine.grant(accessToken: call.bearer() ?? call["access_token"], call: call)
        return .json(try provider(call, engine).userInfo(of: grant))
    }

    private static func keys(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        do {
            return .json(["keys": [try engine.keys.current().rsaJWK()]])
        } catch {
            throw .failure
        }
    }

    private static func revoke(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        guard engine.ledger.revoke(try call.required("token")) else { throw .tokenUnknown }
        return .json([:])
    }

    private static func deviceCode(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        OpenIDProvider.deviceReply(
            call, engine: engine, clientID: try call.required("client_id"), dialect: dialect,
            uriName: "verification_url", hasCompleteURI: false)
    }

    private static func discovery(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let base = call.base
        return .json(
            [
                "issuer": .string(base + "/accounts.google.com"),
                "authorization_endpoint": .string(base + "/accounts.google.com/o/oauth2/v2/auth"),
                "device_authorization_endpoint": .string(base + "/oauth2.googleapis.com/device/code"),
                "token_endpoint": .string(base + "/oauth2.googleapis.com/token"),
                "userinfo_endpoint": .string(base + "/openidconnect.googleapis.com/v1/userinfo"),
                "revocation_endpoint": .string(base + "/oauth2.googleapis.com/revoke"),
                "jwks_uri": .string(base + "/www.googleapis.com/oauth2/v3/certs"),
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid", "email", "profile"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
                "claims_supported": [
                    "aud", "email", "email_verified", "exp", "family_name", "given_name", "iat", "iss", "name",
                    "picture", "sub",
                ],
                "code_challenge_methods_supported": ["plain", "S256"],
                "grant_types_supported": [
                    "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code",
                ],
            ])
    }

    /// A device that must wait gets status 428, one that asks too often 403, and a bad token to revoke 400.
    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        var reply = refusal.standardReply
        switch refusal {
        case .authorizationPending: reply.status = .preconditionRequired
        case .slowDown, .accessDenied: reply.status = .forbidden
        case .tokenUnknown where call.path.hasSuffix("/revoke"): reply.status = .badRequest
        default: break
        }
        return reply
    }
}
