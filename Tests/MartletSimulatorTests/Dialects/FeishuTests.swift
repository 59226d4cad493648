import HTTPTypes
import Testing

@Suite struct FeishuTests {
    private let token = "open.feishu.cn/open-apis/authen/v2/oauth/token"
    private let passport = "passport.feishu.cn/suite/passport/oauth/"

    private func exchange(_ visitor: Visitor, scope: String = "", as person: String = "ada") async throws -> [String:
        String]
    {
        let code = try await visitor.code(
            "accounts.feishu.cn/open-apis/authen/v1/authorize", ["scope": scope], as: person)
        return [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
            "client_id": "app", "client_secret": "s3cret",
        ]
    }

    @Test func givesTokenAndProfile() async throws {
        try await Bench().run { visitor in
            let tokens = try await visitor.post(token, json: try await exchange(visitor, as: "lilei")).json()
            #expect(tokens["code"] == 0)
            #expect(tokens["refresh_token"] == nil)
            let access = try #require(tokens["access_token"]?.string)
            let user = try await visitor.get(
                "open.feishu.cn/open-apis/authen/v1/user_info", headers: Visitor.bearer(access)
            ).json()
            #expect(user["code"] == 0)
            #expect(user["data"]?["name"] == "李雷")
            #expect(user["data"]?["en_name"] == "Lei Li")
            #expect(user["data"]?["open_id"]?.string?.hasPrefix("ou_") == true)
            #expect(user["data"]?["union_id"]?.string?.hasPrefix("on_") == true)
        }
    }

    @Test func refreshesWithOfflineAccessOnTheTokenAddressOnly() async throws {
        try await Bench().run { visitor in
            let tokens = try await visitor.post(
                token, json: try await exchange(visitor, scope: "offline_access")
            ).json()
            let refresh = [
                "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]?.string ?? "",
                "client_id": "app", "client_secret": "s3cret",
            ]
            #expect(try await visitor.post(passport + "authorize", refresh).status == 400)
            #expect(try await visitor.post(token, json: refresh).json()["code"] == 0)
        }
    }

    @Test func refuses() async throws {
        try await Bench().run { visitor in
            var form = try await exchange(visitor)
            form["code"] = "unknown"
            let answer = try await visitor.post(token, json: form)
            #expect(answer.status == 400)
            #expect(try answer.json()["code"] == 20003)
            #expect(try answer.json()["error"] == "invalid_grant")
            #expect(try await visitor.post(token, try await exchange(visitor)).status == 400)
            let user = try await visitor.get(
                "open.feishu.cn/open-apis/authen/v1/user_info", headers: Visitor.bearer("unknown"))
            #expect(user.status == 200)
            #expect(try user.json()["code"] == 20005)
        }
    }

    @Test func speaksTheOlderDialectToo() async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(passport + "authorize")
            let form = [
                "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
                "client_id": "app", "client_secret": "s3cret",
            ]
            let tokens = try await visitor.post(passport + "token", form).json()
            let access = try #require(tokens["access_token"]?.string)
            #expect(tokens["refresh_token"] != nil)
            let user = try await visitor.get(passport + "userinfo", headers: Visitor.bearer(access)).json()
            #expect(user["sub"] == user["open_id"])
            #expect(user["name"] == "Ada Lovelace")
            #expect(try await visitor.post(passport + "token", form).json()["error"] == "invalid_grant")
        }
    }
}
