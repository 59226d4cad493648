import HTTPTypes

/// LINUX DO Connect: the client authenticates by HTTP Basic.
enum LinuxDo {
    static let dialect = Dialect(
        id: "linuxdo",
        title: "LINUX DO",
        reference: "https://connect.linux.do",
        authorizations: [AuthorizationEndpoint(path: "connect.linux.do/oauth2/authorize", usesPKCE: true)],
        endpoints: [
            Endpoint(.post, "connect.linux.do/oauth2/token", .token, answer: token),
            Endpoint(.get, "connect.linux.do/api/user", .userInfo, answer: user),
        ],
        subjectFields: ["id", "sub"],
        refuse: { refusal, _ in refusal.standardReply })

    /// Seconds for which an access token is good.
    private static let lifetime = 3600

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        guard call.basic != nil else { throw .clientSecretWrong }
        let client = try engine.authenticate(call, allowsBasic: true)
        let grant: Grant
        switch call["grant_type"] {
        case "authorization_code":
            grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: true)
        case "refresh_token":
            grant = try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: true)
        default: throw .grantTypeUnsupported
        }
        let tokens = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: true)
        return .token([
            "access_token": .string(tokens.access), "token_type": "bearer",
            "expires_in": .number(Int64(tokens.lifetime)), "refresh_token": .text(tokens.refresh),
        ])
    }

    private static func user(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try engine.grant(accessToken: call.bearer(), call: call)
        let person = try engine.person(of: grant, in: call)
        let body: JSON = [
            "id": .number(person.number), "sub": .string(String(person.number)), "username": .string(person.username),
            "login": .string(person.username), "name": .string(person.name),
            "avatar_template": .string("https://avatars.example/\(person.id)/{size}.png"),
            "avatar_url": .string(person.picture()), "active": true, "trust_level": 2, "silenced": false,
            "external_ids": .null,
        ]
        return .json(body.adding("email", person.primaryEmail.map { .string($0.address) }))
    }
}
