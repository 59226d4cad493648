import HTTPTypes
import Testing

@Suite struct OSChinaTests {
    private let token = "www.oschina.net/action/openapi/token"

    private func exchange(_ visitor: Visitor, _ change: [String: String] = [:]) async throws -> [String: String] {
        let code = try await visitor.code("www.oschina.net/action/oauth2/authorize")
        return [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
            "client_id": "app", "client_secret": "s3cret", "dataType": "json",
        ].merging(change) { $1 }
    }

    @Test func givesTokenAndProfileByGetAndPost() async throws {
        try await Bench().run { visitor in
            let first = try await visitor.get(token, try await exchange(visitor)).json()
            #expect(first["uid"] == 1815)
            let tokens = try await visitor.post(token, try await exchange(visitor)).json()
            let access = try #require(tokens["access_token"]?.string)
            let user = try await visitor.get(
                "www.oschina.net/action/openapi/user", ["access_token": access, "dataType": "json"]
            ).json()
            #expect(user["id"] == 1815)
            #expect(user["email"] == "ada@example.com")
        }
    }

    @Test func answersXMLUnlessJSONIsAsked() async throws {
        try await Bench().run { visitor in
            let answer = try await visitor.get(token, try await exchange(visitor, ["dataType": ""]))
            #expect(answer.headers[.contentType]?.hasPrefix("text/xml") == true)
            #expect(answer.text.contains("<access_token>"))
        }
    }

    @Test func refreshesAndRefuses() async throws {
        try await Bench().run { visitor in
            let tokens = try await visitor.get(token, try await exchange(visitor)).json()
            let refresh = [
                "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]?.string ?? "",
                "client_id": "app", "client_secret": "s3cret", "dataType": "json",
            ]
            #expect(try await visitor.get(token, refresh).status == 200)
            #expect(try await visitor.get(token, refresh).json()["error"] == "invalid_grant")
            let wrong = try await visitor.get(token, try await exchange(visitor, ["client_secret": "wrong"]))
            #expect(wrong.status == 401)
            let user = try await visitor.get(
                "www.oschina.net/action/openapi/user", ["access_token": "unknown", "dataType": "json"])
            #expect(user.status == 401)
        }
    }
}
