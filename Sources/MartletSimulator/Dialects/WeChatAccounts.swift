import HTTPTypes

/// What the WeChat dialects with a browser share: the token, refresh and profile addresses, and how errors look.
enum WeChatAccounts {
    /// Seconds for which an access token is good.
    private static let lifetime = 7200

    /// The addresses, which are the same for official accounts and for web sites.
    static let endpoints: [Endpoint] = [
        Endpoint(.get, "api.weixin.qq.com/sns/oauth2/access_token", .token, answer: token),
        Endpoint(.get, "api.weixin.qq.com/sns/oauth2/refresh_token", .token, answer: refresh),
        Endpoint(.get, "api.weixin.qq.com/sns/userinfo", .userInfo, answer: userInfo),
    ]

    /// UTF-8 JSON that calls itself plain text and names no character set.
    static func reply(_ value: JSON) -> Reply {
        Reply(.ok, .json(value, type: "text/plain"))
    }

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call, id: "appid", secret: "secret")
        guard call["grant_type"] == "authorization_code" else { throw .grantTypeUnsupported }
        let grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: false)
        return try tokenReply(
            grant, engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: true), withUnionID: true)
    }

    /// The secret is not asked for, and the refresh token stays the same.
    private static func refresh(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let appID = try call.required("appid")
        guard call["grant_type"] == "refresh_token" else { throw .grantTypeUnsupported }
        let token = try call.required("refresh_token")
        let grant = try engine.refresh(token, clientID: appID, call: call, rotates: false)
        let access = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: false).access
        return try tokenReply(
            grant, IssuedTokens(access: access, refresh: token, lifetime: lifetime), withUnionID: false)
    }

    private static func tokenReply(
        _ grant: Grant, _ tokens: IssuedTokens, withUnionID: Bool
    ) throws(Refusal) -> Reply {
        guard let person = grant.person else { throw .tokenUnknown }
        let body: JSON = [
            "access_token": .string(tokens.access), "expires_in": .number(Int64(tokens.lifetime)),
            "refresh_token": .text(tokens.refresh),
            "openid": .string(person.openID(dialect: grant.dialect, clientID: grant.clientID)),
            "scope": .string(grant.scopes.joined(separator: ",")),
        ]
        let showsUnionID = withUnionID && !grant.allows("snsapi_base")
        return reply(body.adding("unionid", showsUnionID ? person.unionID(family: "wechat").map(JSON.string) : nil))
    }

    private static func userInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try engine.grant(accessToken: call["access_token"], call: call)
        let person = try engine.person(of: grant, in: call)
        let openID = person.openID(dialect: grant.dialect, clientID: grant.clientID)
        guard try call.required("openid") == openID else { throw .mismatch("openid") }
        guard grant.allows(anyOf: "snsapi_userinfo", "snsapi_login") else { throw .scopeInsufficient }
        let body: JSON = [
            "openid": .string(openID), "nickname": .string(person.name), "sex": 0,
            "language": .string(call["lang"] ?? "zh_CN"), "city": "", "province": "", "country": "",
            "headimgurl": .string(person.picture(132)), "privilege": [],
        ]
        return reply(body.adding("unionid", person.unionID(family: "wechat").map(JSON.string)))
    }

    /// Every error has status 200 and says what it is in `errcode`.
    @Sendable static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        let (code, text): (Int64, String) =
            switch refusal {
            case .missing("appid"): (41002, "appid missing")
            case .missing("code"), .missing("js_code"): (41008, "missing code")
            case .missing("refresh_token"): (41003, "missing refresh_token")
            case .missing("openid"): (41009, "missing openid")
            case .clientUnknown: (40013, "invalid appid")
            case .clientSecretWrong where call["secret"]?.isEmpty ?? true: (41004, "appsecret missing")
            case .clientSecretWrong: (40125, "invalid appsecret")
            case .codeUsed: (40163, "code been used")
            case .codeUnknown, .verifierWrong, .redirectMismatch: (40029, "invalid code")
            case .codeExpired: (42003, "oauth_code expired")
            case .refreshTokenUnknown: (40030, "invalid refresh_token")
            case .grantTypeUnsupported: (40002, "invalid grant_type")
            case .tokenMissing: (41001, "access_token missing")
            case .tokenUnknown: (40001, "invalid credential, access_token is invalid or not latest")
            case .mismatch: (40003, "invalid openid")
            case .scopeInsufficient: (48001, "api unauthorized")
            default: (-1, "system error")
            }
        return reply(["errcode": .number(code), "errmsg": .string("\(text), rid: \(requestID(call))")])
    }

    private static func requestID(_ call: Call) -> String {
        Digest.hexadecimal("rid", call.path, length: 8).lowercased() + "-00000000-00000000"
    }
}
