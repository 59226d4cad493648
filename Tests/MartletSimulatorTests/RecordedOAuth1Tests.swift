import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MartletSimulator
import Testing

/// A provider that is simulated by a recording, and speaks OAuth 1.0a.
@Suite("Recorded providers of OAuth 1.0a") struct RecordedOAuth1Tests {
    private static let callback = "http://app.example/callback?state=s"

    private static let recording = #"""
        {"configuration": {"clientID": "client-id", "clientSecret": "kd94hf93k423kf44"}, \#
        "callback": {"oauth_token": "temporary", "oauth_verifier": "verifier"}, "exchanges": [\#
        {"url": "https://api.acme.example/initiate", "method": "POST", "status": 200, "headers": {}, \#
        "body": "oauth_token=temporary&oauth_token_secret=t&oauth_callback_confirmed=true"}, \#
        {"url": "https://api.acme.example/token", "method": "POST", "status": 200, "headers": {}, \#
        "body": "oauth_token=issued&oauth_token_secret=s3cret&user_id=500"}, \#
        {"url": "https://api.acme.example/me", "method": "GET", "status": 200, "headers": {}, "body": "{\"id\":500}"}], \#
        "expected": {"id": "500", "name": "Zoë"}}
        {"exchanges": [{"url": "https://api.acme.example/initiate", "status": 200}, {"url": "https://api.acme.example/token", "status": 401, "body": "oauth_problem=rejected"}], \#
        "expected": {"ok": false}}
        """#

    /// A client that signs by code of its own.
    private struct Signer: Sendable {
        let visitor: Visitor
        var clientID = "app"
        var secret = "kd94hf93k423kf44"
        var time = "1800000000"
        var nonce = "n"

        func send(
            _ method: HTTPRequest.Method, _ path: String, _ parameters: [String: String] = [:],
            tokenSecret: String = "",
            query: [String: String] = [:]
        ) async throws -> Answer {
            var all = [
                "oauth_consumer_key": clientID, "oauth_signature_method": "HMAC-SHA1", "oauth_timestamp": time,
                "oauth_nonce": nonce + path,
            ]
            all.merge(parameters) { $1 }
            let pairs = all.merging(query) { $1 }.map { (Self.encoded($0.key), Self.encoded($0.value)) }
            let normalized = pairs.sorted { $0.0 < $1.0 }.map { "\($0)=\($1)" }.joined(separator: "&")
            let base = [method.rawValue, "http://localhost/\(path)", normalized].map(Self.encoded).joined(
                separator: "&")
            let code = HMAC<Insecure.SHA1>.authenticationCode(
                for: Data(base.utf8), using: SymmetricKey(data: Data("\(secret)&\(tokenSecret)".utf8)))
            all["oauth_signature"] = all["oauth_signature"] ?? Data(code).base64EncodedString()
            let header = all.map { "\($0)=\"\(Self.encoded($1))\"" }.joined(separator: ", ")
            return try await visitor.send(method, path, query: query, headers: [.authorization: "OAuth " + header])
        }

        private static func encoded(_ text: String) -> String {
            let allowed = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
            return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        }

        func temporary() async throws -> [String: String] {
            try await send(.post, "api.acme.example/initiate", ["oauth_callback": RecordedOAuth1Tests.callback]).form
        }

        /// The verifier of the recorded person's consent to temporary credentials, and what else comes back.
        func consent(_ temporary: [String: String], _ form: [String: String] = ["person": "recorded"]) async throws
            -> [String: String]
        {
            let token = try #require(temporary["oauth_token"])
            return try await visitor.post("acme.example/authorize", ["oauth_token": token].merging(form) { $1 })
                .callback
        }

        func exchange(_ temporary: [String: String], verifier: String?) async throws -> Answer {
            try await send(
                .post, "api.acme.example/token",
                ["oauth_token": temporary["oauth_token"] ?? "", "oauth_verifier": verifier ?? ""],
                tokenSecret: temporary["oauth_token_secret"] ?? "")
        }
    }

    private func run(_ body: @Sendable (Signer) async throws -> Void) async throws {
        var entry = SimulatedProvider.Entry(id: "acme", name: "Acme")
        entry.flow = .oauth1
        entry.authorizationEndpoint = "https://acme.example/authorize"
        entry.temporaryCredentialEndpoint = "https://api.acme.example/initiate"
        entry.tokenEndpoint = "https://api.acme.example/token"
        let provider = try SimulatedProvider(entry, recording: Self.recording)
        let simulator = Simulator(
            configuration: .init(recorded: [provider], now: { Date(timeIntervalSince1970: 1_800_000_000) }))
        try await Application(router: simulator.router()).test(.router) { client in
            try await body(Signer(visitor: Visitor(client: client)))
        }
    }

    /// https://www.rfc-editor.org/rfc/rfc5849#section-1.2
    @Test(arguments: [("74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D", 200), ("84KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D", 401)])
    func verifiesTheExampleOfTheRFC(signature: String, status: Int) async throws {
        let recording = Self.recording.replacing("https://api.acme.example/initiate", with: "https://initiate")
        var entry = SimulatedProvider.Entry(id: "photos", name: "Photos")
        entry.flow = .oauth1
        entry.authorizationEndpoint = "https://acme.example/authorize"
        entry.temporaryCredentialEndpoint = "https://initiate"
        entry.tokenEndpoint = "https://api.acme.example/token"
        let simulator = Simulator(
            configuration: .init(
                recorded: [try SimulatedProvider(entry, recording: recording)], baseURL: "https://photos.example.net",
                now: { Date(timeIntervalSince1970: 137_131_200) }))
        let header = """
            OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_signature_method="HMAC-SHA1", \
            oauth_timestamp="137131200", oauth_nonce="wIjqoS", \
            oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready", oauth_signature="\(signature)"
            """
        try await Application(router: simulator.router()).test(.router) { client in
            let answer = try await Visitor(client: client).send(.post, "initiate", headers: [.authorization: header])
            #expect(answer.status == status)
        }
    }

    @Test func signsThePersonIn() async throws {
        try await run { signer async throws in
            let temporary = try await signer.temporary()
            #expect(temporary["oauth_callback_confirmed"] == "true")
            #expect(temporary["oauth_token"] != "temporary" && temporary["oauth_token_secret"] != "t")
            let page = try await signer.visitor.get(
                "acme.example/authorize", ["oauth_token": temporary["oauth_token"] ?? ""])
            #expect(page.text.contains("Zoë") && page.text.contains(#"data-client="app""#))
            let callback = try await signer.consent(temporary)
            #expect(callback["state"] == "s" && callback["oauth_token"] == temporary["oauth_token"])
            let answer = try await signer.exchange(temporary, verifier: callback["oauth_verifier"])
            #expect(answer.text == "oauth_token=issued&oauth_token_secret=s3cret&user_id=500")
            let profile = try await signer.send(
                .get, "api.acme.example/me", ["oauth_token": "issued"], tokenSecret: "s3cret", query: ["fields": "a b"])
            #expect(profile.text == #"{"id":500}"#)
        }
    }

    @Test func sendsSomebodyBackWhoCancels() async throws {
        try await run { signer async throws in
            let temporary = try await signer.temporary()
            let callback = try await signer.consent(temporary, ["decision": "cancel"])
            #expect(callback == ["state": "s", "denied": try #require(temporary["oauth_token"])])
        }
    }

    @Test func refusesWhatIsNotSignedAsItShould() async throws {
        try await run { signer async throws in
            var stranger = signer
            stranger.secret = "another"
            let asked = ["oauth_callback": Self.callback]
            #expect(try await stranger.send(.post, "api.acme.example/initiate", asked).status == 401)
            let forged = ["oauth_callback": Self.callback, "oauth_signature": "AAAA"]
            #expect(try await signer.send(.post, "api.acme.example/initiate", forged).status == 401)
            let plain = ["oauth_callback": Self.callback, "oauth_signature_method": "PLAINTEXT"]
            #expect(try await signer.send(.post, "api.acme.example/initiate", plain).status == 400)
            #expect(try await signer.visitor.post("api.acme.example/initiate", [:]).status == 400)
            var temporary = try await signer.temporary()
            let verifier = try await signer.consent(temporary)["oauth_verifier"]
            temporary["oauth_token_secret"] = "another"
            #expect(try await signer.exchange(temporary, verifier: verifier).status == 401)
        }
    }

    @Test func refusesANonceThatWasUsed() async throws {
        try await run { signer async throws in
            #expect(try await signer.temporary()["oauth_token"] != nil)
            let again = try await signer.send(.post, "api.acme.example/initiate", ["oauth_callback": Self.callback])
            #expect(again.status == 400)
            #expect(again.text.contains("oauth_nonce"))
        }
    }

    @Test(arguments: ["1799999699", "1800000301", "soon"])
    func refusesATimeThatIsNotNow(time: String) async throws {
        try await run { signer async throws in
            var signer = signer
            signer.time = time
            let answer = try await signer.send(.post, "api.acme.example/initiate", ["oauth_callback": Self.callback])
            #expect(answer.status == 400)
            #expect(answer.text.contains("oauth_timestamp"))
        }
    }

    @Test func takesAVerifierOnceAndWithItsOwnTokenOnly() async throws {
        try await run { signer async throws in
            var signer = signer
            let temporary = try await signer.temporary()
            let verifier = try await signer.consent(temporary)["oauth_verifier"]
            signer.nonce = "other"
            let other = try await signer.temporary()
            #expect(try await signer.exchange(other, verifier: verifier).text == "oauth_problem=rejected")
            signer.nonce = "stranger"
            var stranger = signer
            stranger.clientID = "another"
            #expect(try await stranger.exchange(temporary, verifier: verifier).text == "oauth_problem=rejected")
            #expect(try await signer.exchange(temporary, verifier: verifier).status == 200)
            signer.nonce = "again"
            #expect(try await signer.exchange(temporary, verifier: verifier).text == "oauth_problem=rejected")
            let profile = try await signer.send(
                .get, "api.acme.example/me", ["oauth_token": "issued"], tokenSecret: "s3cret")
            #expect(profile.status == 401)
        }
    }

    @Test(arguments: ["unknown", ""]) func showsNoPageForAnUnknownToken(token: String) async throws {
        try await run { signer async throws in
            #expect(try await signer.visitor.get("acme.example/authorize", ["oauth_token": token]).status == 400)
        }
    }

    @Test func misbehavesOnDemand() async throws {
        try await run { signer async throws in
            let temporary = try await signer.temporary()
            let form = ["person": "recorded", "fault": "tokenError"]
            let verifier = try await signer.consent(temporary, form)["oauth_verifier"]
            #expect(try await signer.exchange(temporary, verifier: verifier).text == "oauth_problem=rejected")
            let changed = try await signer.consent(temporary, ["person": "recorded", "fault": "wrongState"])
            #expect(changed["state"] == "s-changed")
            let missing = try await signer.consent(temporary, ["person": "recorded", "fault": "missingState"])
            #expect(missing["state"] == nil && missing["oauth_verifier"] != nil)
        }
    }
}
