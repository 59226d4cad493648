import FoundationEssentials
import HTTPTypes

/// Apple: OpenID Connect without a profile, answers by form, a name that comes once, and a JWT for a client secret.
///
/// All clients are one team's, so that a person has the same subject in an app and on its website.
enum Apple {
    static let dialect = Dialect(
        id: "apple",
        title: "Apple",
        reference: "https://developer.apple.com/documentation/signinwithapplerestapi",
        authorizations: [
            AuthorizationEndpoint(
                path: "appleid.apple.com/auth/authorize", knownScopes: ["openid", "name", "email"],
                denial: [("error", "user_cancelled_authorize")], answersByFormPost: true, objection: objection,
                additions: additions)
        ],
        endpoints: [
            Endpoint(.post, "appleid.apple.com/auth/token", .token, answer: token),
            Endpoint(.get, "appleid.apple.com/auth/keys", .keys, answer: keys),
            Endpoint(.post, "appleid.apple.com/auth/revoke", .revoke, answer: revoke),
            Endpoint(.get, "appleid.apple.com/.well-known/openid-configuration", .discovery, answer: discovery),
        ],
        subjectFields: ["sub"],
        signsIDTokens: true,
        refuse: refuse,
        issuer: issuer)

    /// Seconds for which a phone's code is good.
    static let codeLifetime = 300
    /// Seconds for which an access token is good.
    private static let lifetime = 3600

    /// The issuer, from the base URL.
    @Sendable static func issuer(_ base: String) -> String {
        base + "/appleid.apple.com"
    }

    // MARK: Consent

    /// Whoever asks for a name or an email must let the answer be posted.
    @Sendable private static func objection(_ request: AuthorizationRequest, _ call: Call) -> String? {
        guard !request.scopes.isEmpty, request.parameters["response_mode"] != "form_post" else { return nil }
        return "invalid_request: response_mode must be form_post when name or email scope is requested."
    }

    /// The form field `user`, when somebody consents to a client for the first time.
    @Sendable private static func additions(
        _ person: Person, _ request: AuthorizationRequest, _ call: Call, _ engine: Engine
    ) -> [(String, String)] {
        guard engine.apple.consent(person: person.id, clientID: request.clientID) else { return [] }
        var user: JSON = [:]
        if request.scopes.contains("name") { user = user.adding("name", name(of: person)) }
        if request.scopes.contains("email") { user = user.adding("email", email(of: person).map(JSON.string)) }
        return user == [:] ? [] : [("user", user.text)]
    }

    private static func name(of person: Person) -> JSON {
        ["firstName": .string(person.givenName), "lastName": .string(person.familyName ?? "")]
    }

    // MARK: Tokens

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try AppleClientSecret.authenticate(call, engine)
        let grant: Grant
        switch call["grant_type"] {
        case "authorization_code":
            grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: false)
            guard call.value("redirect_uri") == grant.redirectURI else { throw .redirectMismatch }
        case "refresh_token":
            grant = try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: false)
        default: throw .grantTypeUnsupported
        }
        let tokens = engine.issueTokens(
            for: grant, lifetime: lifetime, withRefresh: call["grant_type"] == "authorization_code")
        let idToken = try idToken(for: grant, accessToken: tokens.access, call, engine)
        let body: JSON = [
            "access_token": .string(tokens.access), "token_type": "Bearer",
            "expires_in": .number(Int64(tokens.lifetime)),
        ]
        return .token(body.adding("refresh_token", tokens.refresh.map(JSON.string)).adding("id_token", .text(idToken)))
    }

    /// Takes back everything that the person allowed the client. An unknown token is as good as revoked.
    private static func revoke(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try AppleClientSecret.authenticate(call, engine)
        let token = try call.required("token")
        if let grant = engine.ledger.peek([token]), grant.dialect == dialect.id, grant.clientID == client.id,
            let person = grant.person
        {
            endConsent(of: person, clientID: client.id, engine)
        }
        return Reply(.ok, .empty)
    }

    /// Forgets that the person consented to the client, and takes back their codes and tokens there.
    static func endConsent(of person: Person, clientID: String, _ engine: Engine) {
        engine.apple.endConsent(person: person.id, clientID: clientID)
        engine.ledger.revoke { grant in
            grant.dialect == dialect.id && grant.clientID == clientID && grant.person?.id == person.id
        }
    }

    /// An ID token; one that a phone gets comes without an access token.
    static func idToken(
        for grant: Grant, accessToken: String?, extra: JSON = [:], _ call: Call, _ engine: Engine
    ) throws(Refusal) -> String? {
        let provider = OpenIDProvider(engine: engine, call: call, issuer: issuer(call.base), subject: subject)
        let person = try engine.person(of: grant, in: call)
        var claims: JSON = ["nonce_supported": true, "real_user_status": 2]
        if grant.allows("email") { claims = claims.merging(emailClaims(of: person)) }
        return try provider.signed(claims.merging(extra), for: grant, accessToken: accessToken, algorithm: .rs256)
    }

    // MARK: People

    /// Six digits, 32 hexadecimal ones and four digits.
    @Sendable static func subject(_ person: Person) -> String {
        let digits = String(repeating: "0", count: 6) + String(person.number)
        let middle = Digest.hexadecimal("apple", String(person.number), length: 32).lowercased()
        return "\(digits.suffix(6)).\(middle).\(digits.suffix(4))"
    }

    /// Those who hide their email behind a relay.
    private static let hidden: Set<String> = ["mei", "ivy"]
    /// Those whose ID tokens have strings for truth values; Apple has used both.
    private static let textual: Set<String> = ["mei", "lilei"]

    /// The address that a client gets to see.
    static func email(of person: Person) -> String? {
        guard let email = person.primaryEmail else { return nil }
        guard hidden.contains(person.id) else { return email.address }
        let relay = Digest.hexadecimal("relay", String(person.number), length: 10).lowercased()
        return relay + "@privaterelay.appleid.com"
    }

    /// Whether that address is a relay's.
    static func isPrivate(_ person: Person) -> Bool { hidden.contains(person.id) }

    private static func emailClaims(of person: Person) -> JSON {
        guard let email = person.primaryEmail else { return [:] }
        func truth(_ value: Bool) -> JSON { textual.contains(person.id) ? .string(String(value)) : .bool(value) }
        return [
            "email": .text(Self.email(of: person)), "email_verified": truth(email.isVerified),
            "is_private_email": truth(isPrivate(person)),
        ]
    }

    // MARK: Metadata

    private static func keys(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        do {
            return .json(["keys": [try engine.keys.current().rsaJWK()]])
        } catch {
            throw .failure
        }
    }

    private static func discovery(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let issuer = issuer(call.base)
        return .json(
            [
                "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/auth/authorize"),
                "token_endpoint": .string(issuer + "/auth/token"),
                "revocation_endpoint": .string(issuer + "/auth/revoke"), "jwks_uri": .string(issuer + "/auth/keys"),
                "response_types_supported": ["code"], "response_modes_supported": ["query", "form_post"],
                "subject_types_supported": ["pairwise"], "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid", "email", "name"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
                "claims_supported": [
                    "aud", "email", "email_verified", "exp", "iat", "is_private_email", "iss", "nonce",
                    "nonce_supported", "real_user_status", "sub", "transfer_sub",
                ],
            ])
    }

    /// Status 400 and one word.
    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        Reply(
            refusal == .failure ? .internalServerError : .badRequest, .json(["error": .string(refusal.code)]),
            headers: [.cacheControl: "no-store"])
    }
}
