import HTTPTypes
import Testing

@Suite struct WeChatTests {
    /// What is sent differently, and what is answered.
    struct Refused: Sendable {
        let change: [String: String]
        let errcode: Int64
    }

    private let official = "open.weixin.qq.com/connect/oauth2/authorize"
    private let site = "open.weixin.qq.com/connect/qrconnect"
    private let sns = "api.weixin.qq.com/sns/"

    private func tokens(
        _ visitor: Visitor, _ path: String, scope: String, as person: String = "lilei"
    ) async throws -> Value {
        let code = try await visitor.code(path, ["appid": "wx1", "scope": scope], as: person)
        let answer = try await visitor.get(sns + "oauth2/access_token", exchange(code))
        #expect(answer.headers[.contentType] == "text/plain")
        return try answer.json()
    }

    private func exchange(_ code: String, _ change: [String: String] = [:]) -> [String: String] {
        ["appid": "wx1", "secret": "s3cret", "code": code, "grant_type": "authorization_code"].merging(change) { $1 }
    }

    private func profile(_ visitor: Visitor, _ tokens: Value, openID: String? = nil) async throws -> Answer {
        try await visitor.get(
            sns + "userinfo",
            [
                "access_token": tokens["access_token"]?.string ?? "", "lang": "zh_CN",
                "openid": openID ?? tokens["openid"]?.string ?? "",
            ])
    }

    @Test(arguments: [
        ("open.weixin.qq.com/connect/oauth2/authorize", "snsapi_userinfo"),
        ("open.weixin.qq.com/connect/qrconnect", "snsapi_login"),
    ])
    func givesTokenAndProfile(path: String, scope: String) async throws {
        try await Bench().run { visitor in
            let tokens = try await tokens(visitor, path, scope: scope)
            #expect(tokens["token_type"] == nil)
            #expect(tokens["scope"]?.string == scope)
            #expect(tokens["unionid"] != nil)
            let answer = try await profile(visitor, tokens)
            #expect(answer.headers[.contentType] == "text/plain")
            #expect(try answer.json()["nickname"] == "李雷")
            #expect(try answer.json()["openid"] == tokens["openid"])
            #expect(try answer.json()["unionid"] == tokens["unionid"])
        }
    }

    @Test func givesNoUnionIDForSam() async throws {
        try await Bench().run { visitor in
            let tokens = try await tokens(visitor, site, scope: "snsapi_login", as: "sam")
            #expect(tokens["openid"] != nil)
            #expect(tokens["unionid"] == nil)
            #expect(try await profile(visitor, tokens).json()["unionid"] == nil)
        }
    }

    @Test func sharesTheUnionIDBetweenTheDialectsButNotTheOpenID() async throws {
        try await Bench().run { visitor in
            let one = try await tokens(visitor, site, scope: "snsapi_login")
            let other = try await tokens(visitor, official, scope: "snsapi_userinfo")
            #expect(one["unionid"] == other["unionid"])
            #expect(one["openid"] != other["openid"])
        }
    }

    @Test func givesNoProfileForTheBaseScope() async throws {
        try await Bench().run { visitor in
            let tokens = try await tokens(visitor, official, scope: "snsapi_base")
            #expect(tokens["unionid"] == nil)
            #expect(try await profile(visitor, tokens).json()["errcode"] == 48001)
        }
    }

    @Test func refreshesWithoutTheSecret() async throws {
        try await Bench().run { visitor in
            let tokens = try await tokens(visitor, site, scope: "snsapi_login")
            let refresh = try #require(tokens["refresh_token"]?.string)
            let answer = try await visitor.get(
                sns + "oauth2/refresh_token",
                ["appid": "wx1", "grant_type": "refresh_token", "refresh_token": refresh]
            ).json()
            #expect(answer["refresh_token"]?.string == refresh)
            #expect(answer["access_token"] != tokens["access_token"])
            #expect(try await profile(visitor, answer).status == 200)
        }
    }

    @Test(arguments: [
        Refused(change: ["code": "unknown"], errcode: 40029), Refused(change: ["secret": "wrong"], errcode: 40125),
        Refused(change: ["secret": ""], errcode: 41004), Refused(change: ["appid": ""], errcode: 41002),
        Refused(change: ["grant_type": "password"], errcode: 40002), Refused(change: ["code": ""], errcode: 41008),
    ])
    func refusesTheExchangeWithStatus200(refused: Refused) async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(site, ["appid": "wx1", "scope": "snsapi_login"])
            let answer = try await visitor.get(sns + "oauth2/access_token", exchange(code, refused.change))
            #expect(answer.status == 200)
            #expect(try answer.json()["errcode"] == .number(refused.errcode))
            #expect(try answer.json()["errmsg"] != nil)
        }
    }

    @Test func refusesACodeUsedTwiceAndAWrongOpenID() async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(site, ["appid": "wx1", "scope": "snsapi_login"])
            let tokens = try await visitor.get(sns + "oauth2/access_token", exchange(code)).json()
            #expect(try await profile(visitor, tokens, openID: "o-other").json()["errcode"] == 40003)
            let again = try await visitor.get(sns + "oauth2/access_token", exchange(code)).json()
            #expect(again["errcode"] == 40163)
        }
    }

    @Test func comesBackWithTheStateAloneWhenCancelled() async throws {
        try await Bench().run { visitor in
            let callback = try await visitor.signIn(
                site, ["appid": "wx1", "scope": "snsapi_login", "decision": "cancel"])
            #expect(callback == ["state": "s"])
        }
    }

    @Test func exchangesTheCodeOfAPhone() async throws {
        let bench = try Bench()
        try await bench.run { visitor in
            let given = try await visitor.post(
                "simulator/wechat_mini/js_code", json: ["appid": "wx1", "person": "ada"]
            ).json()
            let query = [
                "appid": "wx1", "secret": "s3cret", "js_code": try #require(given["code"]?.string),
                "grant_type": "authorization_code",
            ]
            let session = try await visitor.get(sns + "jscode2session", query).json()
            #expect(session["openid"] != nil)
            #expect(session["unionid"] != nil)
            #expect(session["session_key"]?.string?.count == 24)
            #expect(session["access_token"] == nil)
            #expect(try await visitor.get(sns + "jscode2session", query).json()["errcode"] == 40163)
            let unknown = try await visitor.post(
                "simulator/wechat_mini/js_code", json: ["appid": "wx1", "person": "nobody"])
            #expect(unknown.status == 400)
        }
    }
}
