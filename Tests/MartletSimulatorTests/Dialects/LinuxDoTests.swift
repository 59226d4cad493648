import HTTPTypes
import Testing

@Suite struct LinuxDoTests {
    private let token = "connect.linux.do/oauth2/token"

    private func form(_ visitor: Visitor) async throws -> [String: String] {
        let code = try await visitor.code("connect.linux.do/oauth2/authorize")
        return ["grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI]
    }

    @Test func givesTokenAndProfile() async throws {
        try await Bench().run { visitor in
            let tokens = try await visitor.post(
                token, try await form(visitor), headers: Visitor.basic("app", "s3cret")
            ).json()
            let access = try #require(tokens["access_token"]?.string)
            let user = try await visitor.get("connect.linux.do/api/user", headers: Visitor.bearer(access)).json()
            #expect(user["id"] == 1815)
            #expect(user["username"] == "ada-lovelace")
            #expect(user["active"] == true)
            #expect(user["trust_level"] == 2)
            let refresh = ["grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]?.string ?? ""]
            #expect(try await visitor.post(token, refresh, headers: Visitor.basic("app", "s3cret")).status == 200)
        }
    }

    @Test func insistsOnBasicAuthentication() async throws {
        try await Bench().run { visitor in
            let posted = ["client_id": "app", "client_secret": "s3cret"]
            let answer = try await visitor.post(token, try await form(visitor).merging(posted) { $1 })
            #expect(answer.status == 401)
            #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Basic") == true)
            let wrong = try await visitor.post(
                token, try await form(visitor), headers: Visitor.basic("app", "wrong"))
            #expect(try wrong.json()["error"] == "invalid_client")
            #expect(try await visitor.get("connect.linux.do/api/user").status == 401)
        }
    }
}
