import FoundationEssentials
import HTTPTypes

/// Gitee: refresh tokens rotate, and addresses come from a second call.
enum Gitee {
    static let dialect = Dialect(
        id: "gitee",
        title: "Gitee",
        reference: "https://gitee.com/api/v5/oauth_doc",
        authorizations: [
            AuthorizationEndpoint(path: "gitee.com/oauth/authorize", defaultScopes: ["user_info"])
        ],
        endpoints: [
            Endpoint(.post, "gitee.com/oauth/token", .token, answer: token),
            Endpoint(.get, "gitee.com/api/v5/user", .userInfo, answer: user),
            Endpoint(.get, "gitee.com/api/v5/emails", .userInfo, answer: emails),
        ],
        subjectFields: ["id"],
        refuse: refuse)

    /// Seconds for which an access token is good.
    private static let lifetime = 86_400

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant: Grant
        switch call["grant_type"] {
        case "authorization_code":
            let client = try engine.authenticate(call)
            grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: true)
        case "refresh_token":
            // Gitee's refresh needs no client; where one is named, it must be the right one.
            let refreshToken = try call.required("refresh_token")
            let owner = engine.ledger.peek([refreshToken])?.clientID ?? ""
            grant = try engine.refresh(
                refreshToken, clientID: call.value("client_id") ?? owner, call: call, rotates: true)
        default: throw .grantTypeUnsupported
        }
        let tokens = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: true)
        return .token([
            "access_token": .string(tokens.access), "token_type": "bearer",
            "expires_in": .number(Int64(tokens.lifetime)), "refresh_token": .text(tokens.refresh),
            "scope": .string(grant.scopes.joined(separator: " ")),
            "created_at": .number(Int64(engine.configuration.now().timeIntervalSince1970)),
        ])
    }

    private static func grant(_ call: Call, _ engine: Engine) throws(Refusal) -> Grant {
        try engine.grant(
            accessToken: call.bearer(schemes: ["bearer", "token"]) ?? call.query["access_token"], call: call)
    }

    private static func user(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try grant(call, engine)
        let person = try engine.person(of: grant, in: call)
        let email = person.emails.count == 1 ? person.primaryEmail : nil
        return .json(
            [
                "id": .number(person.number), "login": .string(person.username), "name": .string(person.name),
                "avatar_url": .string(person.picture()),
                "url": .string("https://gitee.com/api/v5/users/" + person.username),
                "html_url": .string("https://gitee.com/" + person.username), "type": "User", "bio": "",
                "email": .text(email?.isVerified == true ? email?.address : nil),
            ])
    }

    private static func emails(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try grant(call, engine)
        guard grant.allows("emails") else { throw .scopeInsufficient }
        let emails = try engine.person(of: grant, in: call).emails.map { email -> JSON in
            [
                "email": .string(email.address), "state": email.isVerified ? "confirmed" : "unconfirmed",
                "scope": email.isPrimary ? ["primary", "notified", "committed"] : ["committed"],
            ]
        }
        return .json(.array(emails))
    }

    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        guard call.path.hasPrefix("gitee.com/api/") else {
            var reply = refusal.standardReply
            if refusal.code == "invalid_grant" { reply.status = .unauthorized }
            return reply
        }
        switch refusal {
        case .tokenMissing: return .json(.unauthorized, ["message": "401 Unauthorized"])
        case .tokenUnknown: return .json(.unauthorized, ["message": "401 Unauthorized: Access token does not exist"])
        case .scopeInsufficient:
            return .json(.forbidden, ["message": "403 Forbidden: The request requires higher privileges"])
        default: return .json(.badRequest, ["message": .string(refusal.explanation)])
        }
    }
}
