import HTTPTypes
import Testing

@Suite struct DingTalkTests {
    private let token = "api.dingtalk.com/v1.0/oauth2/userAccessToken"

    private func exchange(_ visitor: Visitor, scope: String = "openid") async throws -> [String: String] {
        let callback = try await visitor.signIn(
            "login.dingtalk.com/oauth2/auth", ["scope": scope, "prompt": "consent"])
        #expect(callback["code"] == callback["authCode"])
        return [
            "clientId": "app", "clientSecret": "s3cret", "code": try #require(callback["authCode"]),
            "grantType": "authorization_code",
        ]
    }

    private func me(_ visitor: Visitor, _ accessToken: String) async throws -> Answer {
        let name = try #require(HTTPField.Name("x-acs-dingtalk-access-token"))
        return try await visitor.get("api.dingtalk.com/v1.0/contact/users/me", headers: [name: accessToken])
    }

    @Test func givesTokenAndProfile() async throws {
        try await Bench().run { visitor in
            let tokens = try await visitor.post(token, json: try await exchange(visitor)).json()
            #expect(tokens["expireIn"] == 7200)
            #expect(tokens["corpId"] == nil)
            let user = try await me(visitor, tokens["accessToken"]?.string ?? "").json()
            #expect(user["nick"] == "Ada Lovelace")
            #expect(user["unionId"] != nil)
            #expect(user["openId"] != user["unionId"])
            let refreshed = try await visitor.post(
                token,
                json: [
                    "clientId": "app", "clientSecret": "s3cret", "grantType": "refresh_token",
                    "refreshToken": tokens["refreshToken"]?.string ?? "",
                ])
            #expect(try refreshed.json()["accessToken"] != nil)
            let corporate = try await visitor.post(token, json: try await exchange(visitor, scope: "openid corpid"))
            #expect(try corporate.json()["corpId"] != nil)
        }
    }

    @Test func refusesWithAnErrorStatus() async throws {
        try await Bench().run { visitor in
            let form = try await exchange(visitor)
            let wrong = try await visitor.post(token, json: form.merging(["clientSecret": "wrong"]) { $1 })
            #expect(wrong.status == 400)
            #expect(try wrong.json()["code"] == "invalidClientIdOrSecret")
            #expect(try wrong.json()["requestid"] != nil)
            let unknown = try await visitor.post(token, json: form.merging(["code": "unknown"]) { $1 })
            #expect(try unknown.json()["code"] == "invalidParameter.authCode.notFound")
            #expect(try await visitor.post(token, form).status == 400)
            let user = try await me(visitor, "unknown")
            #expect(user.status == 401)
            #expect(try user.json()["code"] == "InvalidAuthentication")
        }
    }
}
