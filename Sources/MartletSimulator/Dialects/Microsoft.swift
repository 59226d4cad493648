import FoundationEssentials
import HTTPTypes

/// Microsoft: one set of addresses per tenant, an issuer that is a template, and an email that need not be proved.
///
/// A code that was got at one tenant's address is good at the addresses where its person may sign in.
enum Microsoft {
    static let dialect = Dialect(
        id: "microsoft",
        title: "Microsoft",
        reference: "https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow",
        authorizations: [
            AuthorizationEndpoint(
                path: host + "/:tenant/oauth2/v2.0/authorize", needs: ["scope"], usesPKCE: true,
                denial: [
                    ("error", "access_denied"),
                    ("error_description", "AADSTS65004: The person declined to consent to the application."),
                ], answersByFormPost: true, objection: objection, exclusion: exclusion)
        ],
        endpoints: [
            Endpoint(.post, host + "/:tenant/oauth2/v2.0/token", .token, answer: token),
            Endpoint(.get, host + "/:tenant/discovery/v2.0/keys", .keys, answer: keys),
            Endpoint(.get, host + "/:tenant/v2.0/.well-known/openid-configuration", .discovery, answer: discovery),
            Endpoint(.get, host + "/:tenant/oauth2/v2.0/logout", answer: logout),
            Endpoint(.post, host + "/:tenant/oauth2/v2.0/logout", answer: logout),
            Endpoint(.get, "graph.microsoft.com/oidc/userinfo", .userInfo, answer: userInfo),
            Endpoint(.post, "graph.microsoft.com/oidc/userinfo", .userInfo, answer: userInfo),
        ],
        subjectFields: ["sub"],
        signsIDTokens: true,
        refuse: refuse)

    private static let host = "login.microsoftonline.com"
    /// Seconds for which an access token is good.
    private static let lifetime = 3599

    private static func issuer(_ call: Call, _ tenant: String) -> String {
        "\(call.base)/\(host)/\(tenant)/v2.0"
    }

    // MARK: Who may sign in

    private static func audience(_ call: Call) throws(Refusal) -> MicrosoftAudience {
        guard let audience = MicrosoftAudience(call.pathParameters["tenant"]) else { throw .notFound }
        return audience
    }

    @Sendable private static func objection(_ request: AuthorizationRequest, _ call: Call) -> String? {
        MicrosoftAudience(call.pathParameters["tenant"]) == nil ? "AADSTS90002: The tenant was not found." : nil
    }

    @Sendable private static func exclusion(_ person: Person, _ call: Call) -> [(String, String)]? {
        let audience = MicrosoftAudience(call.pathParameters["tenant"])
        return audience?.objection(to: MicrosoftTenant.of(person)).map {
            [("error", "access_denied"), ("error_description", $0)]
        }
    }

    // MARK: Tokens

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let audience = try audience(call)
        let client = try authenticate(call, engine)
        let grant: Grant
        switch call["grant_type"] {
        case "authorization_code":
            grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: true)
            guard client.isConfidential || grant.challenge != nil else { throw .clientSecretWrong }
        case "refresh_token":
            grant = try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: false)
        default: throw .grantTypeUnsupported
        }
        guard let person = grant.person, audience.objection(to: MicrosoftTenant.of(person)) == nil else {
            throw .codeUnknown
        }
        let tokens = engine.issueTokens(
            for: grant, lifetime: lifetime, withRefresh: grant.allows("offline_access"))
        let body: JSON = [
            "token_type": "Bearer", "scope": .string(grant.scopes.joined(separator: " ")),
            "expires_in": .number(Int64(lifetime)), "ext_expires_in": .number(Int64(lifetime)),
            "access_token": .string(tokens.access),
        ]
        let idToken = try idToken(for: grant, person, call, engine)
        return .token(
            body.adding("refresh_token", tokens.refresh.map(JSON.string)).adding("id_token", idToken.map(JSON.string)))
    }

    /// A client assertion (RFC 7523) is as good as a secret, and not looked into.
    private static func authenticate(_ call: Call, _ engine: Engine) throws(Refusal) -> Engine.Client {
        guard call.value("client_assertion") != nil,
            call["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        else { return try engine.authenticate(call, allowsBasic: true, needsSecret: false) }
        return Engine.Client(id: try call.required("client_id"), isConfidential: true)
    }

    private static func idToken(
        for grant: Grant, _ person: Person, _ call: Call, _ engine: Engine
    ) throws(Refusal) -> String? {
        guard grant.allows("openid") else { return nil }
        let tenant = MicrosoftTenant.of(person)
        let another = tenant == MicrosoftTenant.second ? MicrosoftTenant.first : MicrosoftTenant.second
        let provider = OpenIDProvider(
            engine: engine, call: call, issuer: issuer(call, call.fault == .wrongTenantIssuer ? another : tenant),
            subject: { subject(of: $0, for: grant.clientID) })
        let claims = idTokenClaims(of: try engine.person(of: grant, in: call), in: tenant, grant, call.fault)
        return try provider.signed(
            claims, for: grant, accessToken: nil, algorithm: .rs256, omitting: ["auth_time"])
    }

    private static func userInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try engine.grant(accessToken: call.bearer(), call: call)
        guard grant.allows("openid") else { throw .scopeInsufficient }
        let person = try engine.person(of: grant, in: call)
        var claims: JSON = ["sub": .string(subject(of: person, for: grant.clientID))]
        if grant.allows("profile") {
            claims = claims.adding("name", .string(person.name))
                .adding("given_name", .string(person.givenName))
                .adding("family_name", person.familyName.map(JSON.string))
                .adding("picture", "https://graph.microsoft.com/v1.0/me/photo/$value")
        }
        if grant.allows("email") { claims = claims.adding("email", person.primaryEmail.map { .string($0.address) }) }
        return .json(claims)
    }

    // MARK: People

    /// Differs from client to client.
    private static func subject(of person: Person, for clientID: String) -> String {
        Digest.identifier("microsoft", clientID, String(person.number), prefix: "", length: 43)
    }

    /// The same for all clients. Those of personal accounts begin with zeros.
    private static func objectID(of person: Person) -> String {
        let digits = Digest.hexadecimal("microsoft", String(person.number), length: 32).lowercased()
        let isConsumer = MicrosoftTenant.of(person) == MicrosoftTenant.consumers
        var text = isConsumer ? String(repeating: "0", count: 16) + digits.prefix(16) : digits
        for place in [8, 13, 18, 23] { text.insert("-", at: text.index(text.startIndex, offsetBy: place)) }
        return text
    }

    private static func idTokenClaims(
        of person: Person, in tenant: String, _ grant: Grant, _ fault: Fault?
    ) -> JSON {
        var claims: JSON = ["ver": "2.0"]
        if fault != .missingTid { claims = claims.adding("tid", .string(tenant)) }
        if grant.allows("profile") {
            let handle = person.username + "@" + MicrosoftTenant.domain(of: tenant)
            claims = claims.adding("name", .string(person.name)).adding("preferred_username", .string(handle))
            if fault != .missingSubject { claims = claims.adding("oid", .string(objectID(of: person))) }
        }
        if grant.allows("email"), let email = person.primaryEmail {
            claims = claims.adding("email", .string(email.address)).adding("xms_edov", isDomainProved(person))
        }
        return claims
    }

    /// Whether the owner of the email's domain was proved: as a truth value, as a text and as a number, which clients
    /// have all met, or not said.
    private static func isDomainProved(_ person: Person) -> JSON? {
        switch person.id {
        case "noah": nil
        case "lilei": "1"
        case "mei": 1
        default: .bool(person.primaryEmail?.isVerified == true)
        }
    }

    // MARK: Metadata

    /// Each key names the issuer whose tokens it signs, and no algorithm.
    private static func keys(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let issuer = issuer(call, try audience(call).issuerPart)
        do {
            let key = try engine.keys.current().rsaJWK().mapping(["alg"]) { _ in nil }
            return .json(["keys": [key.adding("issuer", .string(issuer))]])
        } catch {
            throw .failure
        }
    }

    private static func discovery(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let issuer = issuer(call, try audience(call).issuerPart)
        let base = "\(call.base)/\(host)/\(call.pathParameters["tenant"] ?? "")"
        return .json(
            [
                "issuer": .string(issuer),
                "authorization_endpoint": .string(base + "/oauth2/v2.0/authorize"),
                "token_endpoint": .string(base + "/oauth2/v2.0/token"),
                "userinfo_endpoint": .string(call.base + "/graph.microsoft.com/oidc/userinfo"),
                "jwks_uri": .string(base + "/discovery/v2.0/keys"),
                "end_session_endpoint": .string(base + "/oauth2/v2.0/logout"),
                "token_endpoint_auth_methods_supported": [
                    "client_secret_post", "private_key_jwt", "client_secret_basic",
                ],
                "response_types_supported": ["code"], "response_modes_supported": ["query", "form_post"],
                "subject_types_supported": ["pairwise"], "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid", "profile", "email", "offline_access"],
                "request_uri_parameter_supported": false, "http_logout_supported": true,
                "frontchannel_logout_supported": true,
                "claims_supported": [
                    "sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver", "email",
                ],
            ])
    }

    /// Nobody is signed in here between two requests, so there is only the way back.
    private static func logout(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        _ = try audience(call)
        guard let uri = call.value("post_logout_redirect_uri"), AuthorizationRequest.isAbsolute(uri) else {
            return .page(MessagePage(title: "Signed out", text: "You are signed out.").html)
        }
        return .redirect(Parameters(call.value("state").map { [("state", $0)] } ?? []).appended(to: uri))
    }
}
