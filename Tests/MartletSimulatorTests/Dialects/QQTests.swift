import HTTPTypes
import Testing

@Suite struct QQTests {
    private let graph = "graph.qq.com/"

    private func exchange(_ visitor: Visitor, _ change: [String: String] = [:]) async throws -> Answer {
        let code = try await visitor.code(graph + "oauth2.0/authorize", as: "lilei")
        let query = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
            "client_id": "app", "client_secret": "s3cret",
        ].merging(change) { $1 }
        return try await visitor.get(graph + "oauth2.0/token", query)
    }

    private func profile(_ visitor: Visitor, _ access: String, openID: String) async throws -> Value {
        try await visitor.get(
            graph + "user/get_user_info",
            ["access_token": access, "oauth_consumer_key": "app", "openid": openID]
        ).json()
    }

    @Test func speaksFormAndJSONPByDefault() async throws {
        try await Bench().run { visitor in
            let access = try #require(try await exchange(visitor).form["access_token"])
            let me = try await visitor.get(graph + "oauth2.0/me", ["access_token": access]).text
            #expect(me.hasPrefix("callback( {"))
            #expect(me.hasSuffix("} );\n"))
            #expect(me.contains(#""openid":""#))
            #expect(!me.contains("unionid"))
        }
    }

    @Test func speaksJSONWhenAsked() async throws {
        try await Bench().run { visitor in
            let tokens = try await exchange(visitor, ["fmt": "json"]).json()
            #expect(tokens["expires_in"] == "7776000")
            let access = try #require(tokens["access_token"]?.string)
            let me = try await visitor.get(
                graph + "oauth2.0/me", ["access_token": access, "fmt": "json", "unionid": "1"]
            ).json()
            #expect(me["unionid"] != nil)
            let openID = try #require(me["openid"]?.string)
            #expect(openID.count == 32)
            let user = try await profile(visitor, access, openID: openID)
            #expect(user["ret"] == 0)
            #expect(user["nickname"] == "李雷")
            #expect(user["figureurl_qq_2"] != nil)
            #expect(try await profile(visitor, access, openID: "other")["ret"] != 0)
        }
    }

    @Test(arguments: [("", true), ("json", false)])
    func refusesAsJSONPUnlessJSONIsAsked(format: String, isJSONP: Bool) async throws {
        try await Bench().run { visitor in
            let answer = try await exchange(visitor, ["code": "unknown", "fmt": format])
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix("callback( ") == isJSONP)
            #expect(answer.text.contains(#""error":100019"#))
            let wrong = try await exchange(visitor, ["client_secret": "wrong", "fmt": "json"]).json()
            #expect(wrong["error"] == 100_009)
        }
    }
}
