import HTTPTypes

/// DingTalk: JSON in camel case both ways, and a header of its own for the access token.
enum DingTalk {
    static let dialect = Dialect(
        id: "dingtalk",
        title: "DingTalk",
        reference: "https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information",
        authorizations: [
            AuthorizationEndpoint(
                path: "login.dingtalk.com/oauth2/auth", needs: ["scope"], codeParameters: ["code", "authCode"],
                denial: [("error", "access_denied")])
        ],
        endpoints: [
            Endpoint(.post, "api.dingtalk.com/v1.0/oauth2/userAccessToken", .token, answer: token),
            Endpoint(.get, "api.dingtalk.com/v1.0/contact/users/me", .userInfo, answer: me),
        ],
        subjectFields: ["unionId", "openId"],
        refuse: refuse)

    /// Seconds for which an access token is good.
    private static let lifetime = 7200

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        guard !call.json.items.isEmpty else { throw .missing("clientId") }
        let client = try engine.authenticate(call, id: "clientId", secret: "clientSecret")
        let grant: Grant
        switch call["grantType"] {
        case "authorization_code":
            grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: false)
        case "refresh_token":
            let token = try call.required("refreshToken")
            grant = try engine.refresh(token, clientID: client.id, call: call, rotates: true)
        default: throw .grantTypeUnsupported
        }
        let tokens = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: true)
        let body: JSON = [
            "expireIn": .number(Int64(tokens.lifetime)), "accessToken": .string(tokens.access),
            "refreshToken": .text(tokens.refresh),
        ]
        return .token(body.adding("corpId", grant.allows("corpid") ? "dingexamplecompany" : nil))
    }

    private static func me(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let token = call.header("x-acs-dingtalk-access-token")
        let grant = try engine.grant(accessToken: token, call: call)
        let person = try engine.person(of: grant, in: call)
        let unionID = person.openID(dialect: dialect.id, clientID: "every application of a company")
        let body: JSON = [
            "nick": .string(person.name), "unionId": .string(unionID),
            "openId": .string(person.openID(dialect: dialect.id, clientID: grant.clientID)),
            "avatarUrl": .string(person.picture()), "stateCode": "86",
        ]
        return .json(
            body.adding("email", person.primaryEmail.map { .string($0.address) })
                .adding("mobile", grant.allows("Contact.User.mobile") ? "13800000000" : nil))
    }

    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        let (status, code): (HTTPResponse.Status, String) =
            switch refusal {
            case .clientUnknown, .clientSecretWrong: (.badRequest, "invalidClientIdOrSecret")
            case .codeUnknown, .codeExpired, .codeUsed: (.badRequest, "invalidParameter.authCode.notFound")
            case .refreshTokenUnknown: (.badRequest, "invalidParameter.refreshToken.notFound")
            case .grantTypeUnsupported: (.badRequest, "invalidParameter.grantType")
            case .tokenMissing, .tokenUnknown: (.unauthorized, "InvalidAuthentication")
            case .scopeInsufficient: (.forbidden, "Forbidden.AccessDenied.AccessTokenPermissionDenied")
            case .missing(let name): (.badRequest, "Missing" + name)
            default: (.internalServerError, "ServiceUnavailable")
            }
        let requestID = Digest.hexadecimal("dingtalk", call.path, code, length: 32)
        return .json(
            status,
            [
                "code": .string(code), "requestid": .string(requestID), "message": .string(refusal.explanation),
            ])
    }
}
