import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MartletSimulator
import Testing

/// A provider that is simulated by a recording of one login.
@Suite("Recorded providers") struct RecordedProviderTests {
    private static let redirectURI = "http://localhost/api/auth/oauth/acme/callback"
    private static let refusal = #"{"errcode":40029,"errmsg":"no such code"}"#

    private static let login = #"""
        {"provider": "acme", "configuration": {"clientID": "client-id", "clientSecret": "client-secret"}, \#
        "callback": {"auth_code": "the-code", "state": "the-state", "realm": "7"}, "exchanges": [\#
        {"url": "https://api.acme.example/token?appid=client-id", "method": "POST", "request": {\#
        "headers": {"x-version": "2", "authorization": null}, \#
        "body": {"auth_code": "the-code", "secret": "client-secret", "key": "client-id|client-secret", "mode": 1}}, \#
        "status": 201, "headers": {"content-type": "text/plain"}, \#
        "body": "{\"data\":{\"token\":\"issued-token\",\"uid\":5e2}}"}, \#
        {"url": "https://api.acme.example/me?uid=500", "method": "GET", "status": 200, "headers": {}, \#
        "body": "{\"id\":500}"}, \#
        {"url": "https://api.acme.example/me?uid=501", "method": "GET", "status": 200, "headers": {}, "body": "{}"}], \#
        "expected": {"id": "500", "username": null, "name": "Zoë", "email": "zoe@example.com", "emailVerified": true}}
        """#

    private static let failure = #"""
        {"provider": "acme", "callback": {"auth_code": "the-code"}, "exchanges": [\#
        {"url": "https://api.acme.example/token", "status": 200, "headers": {}, \#
        "body": "{\"errcode\":40029,\"errmsg\":\"no such code\"}"}], "expected": {"ok": false}}
        """#

    private static var entry: SimulatedProvider.Entry {
        var entry = SimulatedProvider.Entry(id: "acme", name: "Acme & Co")
        entry.authorizationEndpoint = "https://acme.example/sign/in?lang=en"
        entry.authorizeClientParameter = "appid"
        entry.redirectParameter = "back"
        entry.callbackCodeParameters = ["auth_code"]
        entry.accessTokenFields = ["token"]
        return entry
    }

    /// The headers that the recorded request must have.
    private static func headers() throws -> HTTPFields {
        [try #require(HTTPField.Name("X-Version")): "2"]
    }

    /// Runs a test against a simulator of this provider.
    private func run(
        _ entry: SimulatedProvider.Entry = Self.entry, _ recording: String = Self.login + "\n" + Self.failure,
        _ body: @Sendable (Visitor) async throws -> Void
    ) async throws {
        let provider = try SimulatedProvider(entry, recording: recording)
        let simulator = Simulator(configuration: .init(recorded: [provider]))
        try await Application(router: simulator.router()).test(.router) { client in
            try await body(Visitor(client: client))
        }
    }

    private func callback(_ visitor: Visitor, _ more: [String: String] = [:]) async throws -> [String: String] {
        let form = [
            "appid": "app", "back": Self.redirectURI, "response_type": "code", "state": "s", "person": "recorded",
        ]
        return try await visitor.post("acme.example/sign/in", form.merging(more) { $1 }).callback
    }

    private func exchange(
        _ visitor: Visitor, _ changes: [String: String?] = [:], client: String = "app", headers: HTTPFields? = nil
    ) async throws -> Answer {
        var form: [String: String?] = ["secret": "s3cret", "key": "app|s3cret", "mode": "1"]
        form.merge(changes) { $1 }
        if form["auth_code"] == nil { form["auth_code"] = try await callback(visitor)["auth_code"] }
        var fields = try headers ?? Self.headers()
        fields[.contentType] = "application/x-www-form-urlencoded"
        return try await visitor.send(
            .post, "api.acme.example/token", query: ["appid": client], headers: fields,
            body: Visitor.encoded(form.compactMapValues(\.self)))
    }

    @Test func showsThePersonOfTheRecording() async throws {
        try await run { visitor async throws in
            let page = try await visitor.get(
                "acme.example/sign/in",
                ["appid": "app", "back": Self.redirectURI, "response_type": "code", "state": "s"])
            #expect(page.status == 200)
            #expect(page.text.contains("Sign in with Acme &amp; Co"))
            #expect(page.text.contains(#"id="person-recorded""#))
            #expect(page.text.contains("Zoë"))
            #expect(page.text.contains("zoe@example.com"))
            #expect(!page.text.contains("person-ada"))
            #expect(!page.text.contains(#"value="missingEmail""#))
            #expect(try await visitor.get("").text.contains(#"data-dialect="acme""#))
        }
    }

    @Test func sendsBackWhatTheRecordedCallbackHasBesides() async throws {
        try await run { visitor async throws in
            let callback = try await callback(visitor)
            #expect(callback["realm"] == "7")
            #expect(callback["state"] == "s")
            #expect(callback["auth_code"] != "the-code")
            let cancelled = try await self.callback(visitor, ["decision": "cancel", "person": ""])
            #expect(cancelled["error"] == "access_denied")
        }
    }

    @Test func answersAsItWasRecorded() async throws {
        try await run { visitor async throws in
            let token = try await exchange(visitor)
            #expect(token.status == 201)
            #expect(token.text == #"{"data":{"token":"issued-token","uid":5e2}}"#)
            #expect(token.headers[.contentType] == "text/plain")
            let query = ["uid": "500", "access_token": "issued-token"]
            #expect(try await visitor.get("api.acme.example/me", query).text == #"{"id":500}"#)
            let other = try await visitor.get(
                "api.acme.example/me", ["uid": "501"], headers: [.authorization: "OAuth issued-token"])
            #expect(other.text == "{}")
        }
    }

    @Test func givesProfilesOnlyForATokenThatWasIssued() async throws {
        try await run { visitor async throws in
            let query = ["uid": "500", "access_token": "issued-token"]
            #expect(try await visitor.get("api.acme.example/me", query).status == 401)
            #expect(try await exchange(visitor).status == 201)
            #expect(try await visitor.get("api.acme.example/me", ["uid": "500"]).status == 401)
            #expect(try await visitor.get("api.acme.example/me", query.merging(["uid": "7"]) { $1 }).status == 400)
        }
    }

    @Test(
        arguments: [["key": "app"], ["key": "s3cret"], ["key": nil], ["mode": "2"], ["secret": ""]]
            as [[String: String?]]
    )
    func insistsOnTheRecordedRequest(changes: [String: String?]) async throws {
        try await run { visitor async throws in
            let answer = try await exchange(visitor, changes)
            #expect(answer.status == 400)
            #expect(try answer.json()["error"] == "invalid_request")
        }
    }

    @Test func insistsOnTheRecordedHeaders() async throws {
        try await run { visitor async throws in
            var headers = try Self.headers()
            #expect(try await exchange(visitor, headers: headers).status == 201)
            headers[.authorization] = "OAuth x"
            #expect(try await exchange(visitor, headers: headers).status == 400)
            #expect(try await exchange(visitor, headers: [:]).status == 400)
        }
    }

    @Test func refusesACodeInTheRecordedWords() async throws {
        try await run { visitor async throws in
            #expect(try await exchange(visitor, ["auth_code": "unknown"]).text == Self.refusal)
            let code = try #require(try await callback(visitor)["auth_code"])
            #expect(try await exchange(visitor, ["auth_code": code], client: "other").text == Self.refusal)
            let another = try #require(try await callback(visitor)["auth_code"])
            #expect(try await exchange(visitor, ["auth_code": another]).status == 201)
            #expect(try await exchange(visitor, ["auth_code": another]).text == Self.refusal)
            let challenged = try #require(
                try await callback(visitor, ["code_challenge": "x", "code_challenge_method": "plain"])["auth_code"])
            #expect(try await exchange(visitor, ["auth_code": challenged]).text == Self.refusal)
            #expect(try await exchange(visitor, ["secret": "wrong"]).status == 401)
        }
    }

    @Test func takesTheTokenBackWhenACodeIsUsedTwice() async throws {
        try await run { visitor async throws in
            let query = ["uid": "500", "access_token": "issued-token"]
            let code = try #require(try await callback(visitor)["auth_code"])
            #expect(try await exchange(visitor, ["auth_code": code]).status == 201)
            #expect(try await visitor.get("api.acme.example/me", query).status == 200)
            #expect(try await exchange(visitor, ["auth_code": code]).text == Self.refusal)
            #expect(try await visitor.get("api.acme.example/me", query).status == 401)
            #expect(try await exchange(visitor).status == 201)
            #expect(try await visitor.get("api.acme.example/me", query).status == 200)
        }
    }

    @Test func misbehavesOnDemand() async throws {
        try await run { visitor async throws in
            let query = ["uid": "500", "access_token": "issued-token"]
            let code = try await callback(visitor, ["fault": "tokenError"])["auth_code"]
            #expect(try await exchange(visitor, ["auth_code": code]).text == Self.refusal)
            let another = try await callback(visitor, ["fault": "userInfoError"])["auth_code"]
            #expect(try await exchange(visitor, ["auth_code": another]).status == 201)
            #expect(try await visitor.get("api.acme.example/me", query).status == 401)
            let fault = ["fault": "serverError"]
            let body = String(decoding: try JSONEncoder().encode(fault), as: UTF8.self)
            #expect(try await visitor.send(.put, "simulator/faults/acme/token", body: body).status == 204)
            #expect(try await exchange(visitor).status == 500)
        }
    }

    @Test func signsTheRecordedIDTokenAnew() async throws {
        let claims = #"{"iss":"https://id.acme.example","sub":"500","aud":"client-id","exp":1,"iat":0,"at_hash":"x"}"#
        let parts = [#"{"alg":"ES256"}"#, claims].map { Data($0.utf8).base64EncodedString().filter { $0 != "=" } }
        let recording = #"""
            {"configuration": {"clientID": "client-id"}, "callback": {"code": "the-code"}, "exchanges": [\#
            {"url": "https://id.acme.example/.well-known/openid-configuration", "method": "GET", "status": 200, "body": \#
            "{\"issuer\":\"https://id.acme.example\",\"authorization_endpoint\":\"https://id.acme.example/in\",\#
            \"token_endpoint\":\"https://id.acme.example/token\",\"jwks_uri\":\"https://keys.acme.example/all\",\#
            \"claims_supported\":[\"https://acme.example/claim\"]}"}, \#
            {"url": "https://id.acme.example/token", "method": "POST", "status": 200, "headers": {}, \#
            "body": "{\"access_token\":\"t0ken\",\"id_token\":\"\#(parts[0]).\#(parts[1]).c2ln\"}"}], \#
            "expected": {"id": "500"}}
            """#
        var entry = SimulatedProvider.Entry(id: "acme", name: "Acme")
        entry.issuer = "https://id.acme.example"
        try await run(entry, recording) { visitor async throws in
            let metadata = try await visitor.get("id.acme.example/.well-known/openid-configuration").json()
            #expect(metadata["issuer"] == "http://localhost/id.acme.example")
            #expect(metadata["token_endpoint"] == "http://localhost/id.acme.example/token")
            #expect(metadata["claims_supported"]?[0] == "https://acme.example/claim")
            let code = try await visitor.code("id.acme.example/in", ["nonce": "n0nce"], as: "recorded")
            let answer = try await visitor.post(
                "id.acme.example/token",
                ["code": code, "client_id": "app", "redirect_uri": Visitor.redirectURI, "client_secret": "s"]
            ).json()
            let token = try IDTokenReader(try #require(answer["id_token"]?.string))
            #expect(try token.isSigned(by: try await visitor.get("keys.acme.example/all").json()))
            #expect(token.header["alg"] == "ES256")
            #expect(token.claims["iss"] == "http://localhost/id.acme.example")
            #expect(token.claims["sub"] == "500")
            #expect(token.claims["aud"] == "app")
            #expect(token.claims["nonce"] == "n0nce")
            #expect(token.claims["at_hash"] != "x")
        }
    }

    @Test func tellsDialectsAtOneAddressApartByTheRedirectURI() async throws {
        var other = Self.entry
        (other.id, other.name) = ("bolt", "Bolt")
        let providers = try [Self.entry, other].map { try SimulatedProvider($0, recording: Self.login) }
        try await Application(router: Simulator(configuration: .init(recorded: providers)).router()).test(.router) {
            let visitor = Visitor(client: $0)
            for (id, name) in [("acme", "Acme"), ("bolt", "Bolt"), ("unknown", "Acme")] {
                let back = "http://localhost/api/auth/oauth/\(id)/callback"
                let request = ["appid": "app", "back": back, "response_type": "code", "state": "s"]
                let page = try await visitor.get("acme.example/sign/in", request)
                #expect(page.text.contains("<h1>Sign in with \(name)"))
                let code = try await callback(visitor, ["back": back])["auth_code"]
                #expect(try await exchange(visitor, ["auth_code": code]).status == 201)
            }
        }
    }

    @Test func signsACallbackWithTheRecordedSecret() async throws {
        var entry = Self.entry
        entry.signsCallback = true
        try await run(entry) { visitor async throws in
            let callback = try await callback(visitor)
            #expect(callback["hmac"]?.count == 64)
        }
    }

    @Test func leavesOutTheErrorWhereTheVendorDoes() async throws {
        var entry = Self.entry
        entry.declinesSilently = true
        try await run(entry) { visitor async throws in
            #expect(try await callback(visitor, ["decision": "cancel", "person": ""]) == ["state": "s"])
        }
    }

    @Test(arguments: [
        ("", "there is no recorded login"),
        (Self.failure, "there is no recorded login"),
        (
            #"{"callback": {"code": "x"}, "exchanges": [], "expected": {"id": "1"}}"#,
            "the recorded callback has no code"
        ),
        (
            #"{"callback": {"auth_code": "x"}, "exchanges": [], "expected": {"id": "1"}}"#,
            "no recorded call has the code"
        ),
    ])
    func saysWhyARecordingIsOfNoUse(recording: String, reason: String) {
        let problem = #expect(throws: SimulatedProvider.Problem.self) {
            try SimulatedProvider(Self.entry, recording: recording)
        }
        #expect(problem?.description == reason)
    }

    @Test func needsToKnowWhereTheBrowserGoes() {
        var entry = Self.entry
        entry.authorizationEndpoint = nil
        let problem = #expect(throws: SimulatedProvider.Problem.self) {
            try SimulatedProvider(entry, recording: Self.login)
        }
        #expect(problem?.description == "nothing says where the browser is sent")
    }
}
