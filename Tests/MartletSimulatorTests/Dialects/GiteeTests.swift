import HTTPTypes
import Testing

@Suite struct GiteeTests {
    private func tokens(_ visitor: Visitor, scope: String, as person: String = "ada") async throws -> Value {
        let code = try await visitor.code("gitee.com/oauth/authorize", ["scope": scope], as: person)
        return try await visitor.post(
            "gitee.com/oauth/token",
            [
                "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
                "client_id": "app", "client_secret": "s3cret",
            ]
        ).json()
    }

    @Test func givesTheProfileByHeaderAndByQuery() async throws {
        try await Bench().run { visitor in
            let tokens = try await tokens(visitor, scope: "user_info emails", as: "mei")
            let access = try #require(tokens["access_token"]?.string)
            let user = try await visitor.get("gitee.com/api/v5/user", headers: Visitor.bearer(access)).json()
            #expect(user["id"] == 6502)
            let emails = try await visitor.get("gitee.com/api/v5/emails", ["access_token": access]).json()
            #expect(emails[0]?["state"] == "unconfirmed")
            #expect(emails[1]?["state"] == "confirmed")
            #expect(emails[1]?["scope"]?[0] == "primary")
        }
    }

    @Test func refreshesOnce() async throws {
        try await Bench().run { visitor in
            let refresh = try #require(try await tokens(visitor, scope: "user_info")["refresh_token"]?.string)
            let form = ["grant_type": "refresh_token", "refresh_token": refresh]
            #expect(try await visitor.post("gitee.com/oauth/token", form).json()["access_token"] != nil)
            let again = try await visitor.post("gitee.com/oauth/token", form)
            #expect(again.status == 401)
            #expect(try again.json()["error"] == "invalid_grant")
        }
    }

    @Test func refuses() async throws {
        try await Bench().run { visitor in
            let access = try #require(try await tokens(visitor, scope: "user_info")["access_token"]?.string)
            #expect(try await visitor.get("gitee.com/api/v5/emails", ["access_token": access]).status == 403)
            #expect(try await visitor.get("gitee.com/api/v5/user", ["access_token": "unknown"]).status == 401)
            let wrong = try await visitor.post(
                "gitee.com/oauth/token",
                ["grant_type": "authorization_code", "code": "x", "client_id": "app", "client_secret": "wrong"])
            #expect(wrong.status == 401)
            #expect(try wrong.json()["error"] == "invalid_client")
        }
    }
}
