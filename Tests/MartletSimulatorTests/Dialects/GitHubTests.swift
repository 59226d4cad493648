import HTTPTypes
import Testing

@Suite struct GitHubTests {
    private let authorize = "github.com/login/oauth/authorize"
    private let token = "github.com/login/oauth/access_token"
    private let exchange = ["client_id": "app", "client_secret": "s3cret"]

    private func accessToken(_ visitor: Visitor, scope: String, as person: String = "ada") async throws -> String {
        let code = try await visitor.code(authorize, ["scope": scope], as: person)
        let answer = try await visitor.post(
            token, exchange.merging(["code": code]) { $1 }, headers: [.accept: "application/json"])
        return try #require(try answer.json()["access_token"]?.string)
    }

    @Test func answersAFormUnlessJSONIsAccepted() async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(authorize, ["scope": "read:user user:email"])
            let answer = try await visitor.post(token, exchange.merging(["code": code]) { $1 })
            #expect(answer.headers[.contentType] == "application/x-www-form-urlencoded")
            #expect(answer.form["scope"] == "read:user,user:email")
            #expect(answer.form["access_token"]?.isEmpty == false)
            #expect(answer.form["token_type"] == "bearer")
        }
    }

    @Test func givesTheProfileAndTheEmails() async throws {
        try await Bench().run { visitor in
            let token = try await accessToken(visitor, scope: "user:email", as: "mei")
            let user = try await visitor.get("api.github.com/user", headers: Visitor.bearer(token)).json()
            #expect(user["id"] == 6502)
            #expect(user["login"] == "mei")
            #expect(user["email"] == .null)
            let emails = try await visitor.get("api.github.com/user/emails", headers: Visitor.bearer(token)).json()
            #expect(emails.count == 3)
            #expect(emails[0]?["verified"] == false)
            #expect(emails[0]?["primary"] == false)
            #expect(emails[1]?["email"] == "mei@example.com")
            #expect(emails[1]?["primary"] == true)
        }
    }

    @Test func keepsAllDigitsOfALongIdentifier() async throws {
        try await Bench().run { visitor in
            let token = try await accessToken(visitor, scope: "", as: "ivy")
            let user = try await visitor.get("api.github.com/user", headers: Visitor.bearer(token))
            #expect(user.text.contains("\"id\":9007199254740993123,"))
        }
    }

    @Test func hidesTheEmailsWithoutTheScope() async throws {
        try await Bench().run { visitor in
            let token = try await accessToken(visitor, scope: "read:user")
            let answer = try await visitor.get("api.github.com/user/emails", headers: Visitor.bearer(token))
            #expect(answer.status == 404)
            #expect(try answer.json()["message"] == "Not Found")
        }
    }

    @Test func refusesAProfileRequestWithoutUserAgent() async throws {
        try await Bench().run { visitor in
            let token = try await accessToken(visitor, scope: "")
            let answer = try await visitor.get("api.github.com/user", headers: [.authorization: "Bearer \(token)"])
            #expect(answer.status == 403)
            let unknown = try await visitor.get("api.github.com/user", headers: Visitor.bearer("unknown"))
            #expect(unknown.status == 401)
            #expect(try unknown.json()["message"] == "Bad credentials")
        }
    }

    @Test(arguments: [
        (["code": "unknown"], "bad_verification_code"),
        (["client_secret": "wrong"], "incorrect_client_credentials"),
        (["client_secret": ""], "incorrect_client_credentials"),
        (["redirect_uri": "http://other.example/"], "redirect_uri_mismatch"),
    ])
    func refusesWithStatus200(change: [String: String], error: String) async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(authorize)
            let form = exchange.merging(["code": code]) { $1 }.merging(change) { $1 }
            let answer = try await visitor.post(token, form, headers: [.accept: "application/json"])
            #expect(answer.status == 200)
            #expect(try answer.json()["error"]?.string == error)
            #expect(try answer.json()["error_uri"] != nil)
        }
    }

    @Test func revokesAToken() async throws {
        try await Bench().run { visitor in
            let token = try await accessToken(visitor, scope: "")
            var headers = Visitor.basic("app", "s3cret")
            headers[.contentType] = "application/json"
            let path = "api.github.com/applications/app/token"
            let body = #"{"access_token":"\#(token)"}"#
            #expect(try await visitor.send(.delete, path, headers: headers, body: body).status == 204)
            #expect(try await visitor.get("api.github.com/user", headers: Visitor.bearer(token)).status == 401)
            #expect(try await visitor.send(.delete, path, headers: headers, body: body).status == 404)
        }
    }

    @Test func letsADeviceIn() async throws {
        let bench = try Bench()
        try await bench.run { visitor in
            let started = try await visitor.post(
                "github.com/login/device/code", ["client_id": "tv", "scope": "read:user"],
                headers: [.accept: "application/json"]
            ).json()
            let userCode = try #require(started["user_code"]?.string)
            let ask = {
                try await visitor.post(
                    token,
                    [
                        "client_id": "tv", "device_code": started["device_code"]?.string ?? "",
                        "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                    ], headers: [.accept: "application/json"]
                ).json()
            }
            #expect(try await ask()["error"] == "authorization_pending")
            #expect(try await ask()["error"] == "slow_down")
            let page = try await visitor.get("github.com/login/device", ["user_code": userCode.lowercased()])
            #expect(page.text.contains("id=\"person-ada\""))
            _ = try await visitor.post("github.com/login/device", ["user_code": userCode, "person": "ada"])
            #expect(try await ask()["access_token"] != nil)
            #expect(try await ask()["error"] == "incorrect_device_code")
        }
    }

    @Test(arguments: [true, false])
    func tellsADeviceThatThePersonRefusedOrIsTooLate(isRefused: Bool) async throws {
        let bench = try Bench()
        try await bench.run { visitor in
            let started = try await visitor.post("github.com/login/device/code", ["client_id": "tv"])
            if isRefused {
                _ = try await visitor.post(
                    "github.com/login/device",
                    ["user_code": started.form["user_code"] ?? "", "decision": "cancel"])
            } else {
                bench.clock.advance(seconds: 900)
            }
            let answer = try await visitor.post(
                token,
                [
                    "client_id": "tv", "device_code": started.form["device_code"] ?? "",
                    "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                ])
            #expect(answer.status == 200)
            #expect(answer.form["error"] == (isRefused ? "access_denied" : "expired_token"))
        }
    }
}
