import HTTPTypes

/// WeChat mini programs: the phone brings a code, and there is neither a browser nor an access token.
enum WeChatMiniProgram {
    /// Seconds for which a phone's code is good.
    static let codeLifetime = 300

    static let dialect = Dialect(
        id: "wechat_mini",
        title: "WeChat Mini Program",
        reference:
            "https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html",
        authorizations: [],
        endpoints: [
            Endpoint(.get, "api.weixin.qq.com/sns/jscode2session", .token, answer: session)
        ],
        subjectFields: ["openid", "unionid"],
        refuse: WeChatAccounts.refuse)

    private static func session(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call, id: "appid", secret: "secret")
        guard call["grant_type"] == "authorization_code" else { throw .grantTypeUnsupported }
        let code = try call.required("js_code")
        let grant = try engine.redeem(code: code, client: client, call: call, needsRedirectURI: false)
        let person = try engine.person(of: grant, in: call)
        let body: JSON = [
            "session_key": .string(sessionKey(engine)),
            "openid": .string(person.openID(dialect: dialect.id, clientID: client.id)),
        ]
        return WeChatAccounts.reply(body.adding("unionid", person.unionID(family: "wechat").map(JSON.string)))
    }

    /// Sixteen bytes in base64, with padding.
    private static func sessionKey(_ engine: Engine) -> String {
        engine.randomText(16).replacing("-", with: "+").replacing("_", with: "/") + "=="
    }
}
