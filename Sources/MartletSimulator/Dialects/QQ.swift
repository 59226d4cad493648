import HTTPTypes

/// QQ: the token as a form, the openid as JSONP, and then the profile; `fmt=json` makes the first two JSON.
enum QQ {
    static let dialect = Dialect(
        id: "qq",
        title: "QQ",
        reference: "https://wiki.connect.qq.com/%E5%87%86%E5%A4%87%E5%B7%A5%E4%BD%9C_oauth2-0",
        authorizations: [
            AuthorizationEndpoint(
                path: "graph.qq.com/oauth2.0/authorize", defaultScopes: ["get_user_info"],
                denial: [("usercancel", "1")])
        ],
        endpoints: [
            Endpoint(.get, "graph.qq.com/oauth2.0/token", .token, answer: token),
            Endpoint(.get, "graph.qq.com/oauth2.0/me", .userInfo, answer: me),
            Endpoint(.get, "graph.qq.com/user/get_user_info", .userInfo, answer: userInfo),
        ],
        subjectFields: ["openid", "unionid"],
        refuse: refuse)

    /// Seconds for which an access token is good: three months.
    private static let lifetime = 7_776_000

    private static func wantsJSON(_ call: Call) -> Bool {
        call["fmt"] == "json"
    }

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call)
        let grant: Grant
        switch call["grant_type"] {
        case "authorization_code":
            grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: true)
        case "refresh_token":
            grant = try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: true)
        default: throw .grantTypeUnsupported
        }
        let tokens = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: true)
        let body: JSON = [
            "access_token": .string(tokens.access), "expires_in": .string(String(tokens.lifetime)),
            "refresh_token": .text(tokens.refresh),
        ]
        let openID = call["need_openid"] == "1" ? try openID(grant) : nil
        let value = body.adding("openid", openID.map(JSON.string))
        return Reply(.ok, wantsJSON(call) ? .json(value) : .form(value), headers: [.cacheControl: "no-store"])
    }

    /// Thirty-two hexadecimal digits, in upper case.
    private static func openID(_ grant: Grant) throws(Refusal) -> String {
        guard let person = grant.person else { throw .tokenUnknown }
        return Digest.hexadecimal("qq", grant.clientID, String(person.number), length: 32)
    }

    private static func me(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try engine.grant(accessToken: call["access_token"], call: call)
        let person = try engine.person(of: grant, in: call)
        let body: JSON = ["client_id": .string(grant.clientID), "openid": .string(try openID(grant))]
        let hasUnionID = call["unionid"] == "1" && person.hasUnionID
        let unionID = "UID_" + Digest.hexadecimal("qq", "unionid", String(person.number), length: 32)
        let value = body.adding("unionid", hasUnionID ? .string(unionID) : nil)
        return Reply(.ok, wantsJSON(call) ? .json(value) : .jsonp(value))
    }

    private static func userInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try engine.grant(accessToken: call["access_token"], call: call)
        guard try call.required("oauth_consumer_key") == grant.clientID else { throw .mismatch("oauth_consumer_key") }
        guard try call.required("openid") == openID(grant) else { throw .mismatch("openid") }
        let person = try engine.person(of: grant, in: call)
        return .json(
            [
                "ret": 0, "msg": "", "is_lost": 0, "nickname": .string(person.name), "gender": "",
                "province": "", "city": "", "year": "",
                "figureurl": .string(person.picture(30)), "figureurl_1": .string(person.picture(50)),
                "figureurl_2": .string(person.picture(100)), "figureurl_qq_1": .string(person.picture(40)),
                "figureurl_qq_2": .string(person.picture(100)), "figureurl_qq": .string(person.picture(640)),
                "figureurl_type": "1", "is_yellow_vip": "0", "vip": "0", "level": "0",
            ])
    }

    /// Errors of the first two calls have `error`, those of the third a `ret` other than zero; the status is 200.
    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        let code = number(refusal)
        if call.path.hasSuffix("/get_user_info") {
            return .json(["ret": .number(code), "msg": .string(refusal.explanation)])
        }
        let value: JSON = ["error": .number(code), "error_description": .string(refusal.explanation)]
        return Reply(.ok, wantsJSON(call) ? .json(value) : .jsonp(value))
    }

    private static func number(_ refusal: Refusal) -> Int64 {
        switch refusal {
        case .missing("client_id"): 100_001
        case .missing("client_secret"): 100_002
        case .grantTypeUnsupported: 100_004
        case .missing("code"): 100_005
        case .missing("refresh_token"): 100_006
        case .missing, .tokenMissing: 100_007
        case .clientUnknown: 100_008
        case .clientSecretWrong: 100_009
        case .redirectMismatch: 100_010
        case .tokenUnknown: 100_016
        case .refreshTokenUnknown: 100_018
        case .codeUnknown, .codeExpired, .verifierWrong: 100_019
        case .codeUsed: 100_020
        case .mismatch: 100_030
        default: 100_000
        }
    }
}
