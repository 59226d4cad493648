import HTTPTypes
import Testing

@Suite struct WeChatWorkTests {
    private let api = "qyapi.weixin.qq.com/cgi-bin/"

    private func companyToken(_ visitor: Visitor, secret: String = "s3cret") async throws -> Value {
        try await visitor.get(api + "gettoken", ["corpid": "ww1", "corpsecret": secret]).json()
    }

    private func userInfo(_ visitor: Visitor, _ token: Value, as person: String) async throws -> Value {
        let code = try await visitor.code(
            "login.work.weixin.qq.com/wwlogin/sso/login",
            ["login_type": "CorpApp", "appid": "ww1", "agentid": "1000002"], as: person)
        return try await visitor.get(
            api + "auth/getuserinfo", ["access_token": token["access_token"]?.string ?? "", "code": code]
        ).json()
    }

    @Test func findsAMemberByCode() async throws {
        try await Bench().run { visitor in
            let token = try await companyToken(visitor)
            #expect(token["expires_in"] == 7200)
            let info = try await userInfo(visitor, token, as: "lilei")
            #expect(info["userid"] == "lilei")
            let access = token["access_token"]?.string ?? ""
            let user = try await visitor.get(api + "user/get", ["access_token": access, "userid": "lilei"]).json()
            #expect(user["name"] == "李雷")
            let detail = try await visitor.post(
                api + "auth/getuserdetail", json: ["user_ticket": info["user_ticket"]?.string ?? ""],
                query: ["access_token": access]
            ).json()
            #expect(detail["errcode"] == 0)
            #expect(detail["email"] == "lilei@example.cn")
        }
    }

    @Test func givesSomebodyElseAnOpenIDOnly() async throws {
        try await Bench().run { visitor in
            let info = try await userInfo(visitor, try await companyToken(visitor), as: "noah")
            #expect(info["openid"] != nil)
            #expect(info["userid"] == nil)
            #expect(info["user_ticket"] == nil)
        }
    }

    @Test func refusesWithStatus200() async throws {
        try await Bench().run { visitor in
            #expect(try await companyToken(visitor, secret: "wrong")["errcode"] == 40001)
            let access = try await companyToken(visitor)["access_token"]?.string ?? ""
            let call = { (path: String, query: [String: String]) in try await visitor.get(api + path, query).json() }
            #expect(
                try await call("auth/getuserinfo", ["access_token": access, "code": "unknown"])["errcode"] == 40029)
            #expect(try await call("user/get", ["access_token": "unknown", "userid": "lilei"])["errcode"] == 40014)
            #expect(try await call("user/get", ["access_token": access, "userid": "nobody"])["errcode"] == 60111)
        }
    }
}
