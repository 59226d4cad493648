import HTTPTypes
import Martlet
import MartletTesting
import Testing

/// RFC 9126
@Suite("Pushed authorization requests")
struct PushedAuthorizationTests {
    static let uri = "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c"

    private static func provider(_ configure: (inout Provider) -> Void = { _ in }) -> Provider {
        var provider = Provider(id: "example", name: "Example")
        provider.authorizationEndpoint = "https://id.example/authorize"
        provider.tokenEndpoint = "https://id.example/token"
        provider.pushedAuthorizationRequestEndpoint = "https://id.example/par"
        provider.pushesAuthorizationRequests = true
        provider.scopes = ["profile"]
        configure(&provider)
        return provider
    }

    private func harness(
        answer: OutboundResponse = .json(#"{"request_uri":"\#(Self.uri)","expires_in":60}"#, status: 201),
        _ configure: (inout Provider) -> Void = { _ in }
    ) throws -> Harness {
        let harness = try Harness(Self.provider(configure))
        harness.transport.on(.pushedAuthorization, answer)
        return harness
    }

    @Test
    func leaveNothingInTheURLButTheirReference() async throws {
        let harness = try harness()
        let request = try await harness.begin(parameters: ["login_hint": "jane"])
        #expect(request.url.prefix { $0 != "?" } == "https://id.example/authorize")
        #expect(request.url.queryParameters == ["client_id": "client-1", "request_uri": Self.uri])
    }

    @Test
    func carryEverythingElse() async throws {
        let harness = try harness { $0.responseMode = .formPost }
        let pending = try await harness.begin(parameters: ["login_hint": "jane", "state": "mine"]).pending
        let request = try harness.request(.pushedAuthorization)
        #expect(request.method == .post)
        #expect(request.url == "https://id.example/par")
        #expect(request.headers[.contentType] == "application/x-www-form-urlencoded")
        let expected = [
            "response_type": "code", "client_id": "client-1", "client_secret": Harness.clientSecret.reveal(),
            "redirect_uri": Harness.redirectURI, "state": "state-1", "scope": "profile", "login_hint": "jane",
            "response_mode": "form_post", "code_challenge_method": "S256",
            "code_challenge": PKCE.challenge(for: try #require(pending.codeVerifier)),
        ]
        #expect(request.form == expected)
    }

    @Test
    func nameTheClientOnceHoweverItProvesItself() async throws {
        for method in [ClientAuthentication.post, .basic, .none] {
            let harness = try harness { $0.clientAuthentication = method }
            _ = try await harness.begin()
            let request = try harness.request(.pushedAuthorization)
            #expect(request.form["client_id"] == "client-1")
            #expect((request.headers[.authorization] != nil) == (method == .basic))
            #expect((request.form["client_secret"] != nil) == (method == .post))
        }
    }

    @Test(arguments: [true, false, nil])
    func areUsedWhereTheMetadataRequireThem(required: Bool?) async throws {
        let world = try OpenIDWorld(
            keys: [],
            metadata: .object([
                "pushed_authorization_request_endpoint": .string("https://id.example/par"),
                "require_pushed_authorization_requests": required.map { .bool($0) } ?? .null,
            ]))
        world.harness.transport.on(.pushedAuthorization, .json(#"{"request_uri":"\#(Self.uri)"}"#, status: 201))
        let url = try await world.harness.begin().url
        #expect((url.queryParameters["request_uri"] == Self.uri) == (required == true))
        #expect((url.queryParameters["state"] == nil) == (required == true))
    }

    @Test(arguments: [true, false])
    func areUsedAsTheEntrySaysWhateverTheMetadataRequire(setting: Bool) async throws {
        let metadata: JSONValue = [
            "pushed_authorization_request_endpoint": .string("https://id.example/par"),
            "require_pushed_authorization_requests": .bool(!setting),
        ]
        let world = try OpenIDWorld(keys: [], metadata: metadata) { $0.pushesAuthorizationRequests = setting }
        world.harness.transport.on(.pushedAuthorization, .json(#"{"request_uri":"\#(Self.uri)"}"#, status: 201))
        _ = try await world.harness.begin()
        #expect(world.harness.transport.requests(.pushedAuthorization).count == (setting ? 1 : 0))
    }

    @Test
    func needAnEndpoint() async throws {
        let harness = try harness { $0.pushedAuthorizationRequestEndpoint = nil }
        #expect(try await failure { try await harness.begin() } == .unsupported(.pushedAuthorization))
    }

    @Test
    func areRefusedByTheProviderInItsWords() async throws {
        let answer = #"{"error":"invalid_request","error_description":"bad \#(Harness.clientSecret.reveal())"}"#
        let harness = try harness(answer: .json(answer, status: 400))
        let rejection = try await rejection { try await harness.begin() }
        #expect(rejection.role == .pushedAuthorization)
        #expect(rejection.status == 400)
        #expect(rejection.error == "invalid_request")
        #expect(rejection.description == "bad [redacted]")
    }

    @Test(arguments: ["{}", #"{"request_uri":""}"#, #"{"request_uri":7}"#, #"{"expires_in":60}"#])
    func areUselessWithoutAReference(body: String) async throws {
        let harness = try harness(answer: .json(body, status: 201))
        let error = try await failure { try await harness.begin() }
        #expect(error == .malformed(.pushedAuthorization, reason: "it has no request_uri"))
    }

    @Test
    func followNoRedirect() async throws {
        let answer = OutboundResponse(status: 307, headers: [.location: "https://evil.example"])
        let error = try await failure { try await harness(answer: answer).begin() }
        let reason = "it is a redirect, which is never followed with credentials"
        #expect(error == .malformed(.pushedAuthorization, reason: reason))
    }

    @Test
    func cannotAddToTheURLByTheirReference() async throws {
        let harness = try harness(answer: .json(#"{"request_uri":"urn:x&redirect_uri=https://evil#y"}"#, status: 201))
        let query = try await harness.begin().url.queryParameters
        #expect(query == ["client_id": "client-1", "request_uri": "urn:x&redirect_uri=https://evil#y"])
    }

    @Test
    func proveTheKeyThatTokensWillBeBoundTo() async throws {
        let harness = try harness { $0.usesDPoP = true }
        _ = try await harness.begin()
        let request = try harness.request(.pushedAuthorization)
        let proof = try ReceivedJWT(DPoPTests.name.flatMap { request.headers[$0] })
        #expect(proof.text("htu") == "https://id.example/par")
        #expect(request.form["dpop_jkt"] != nil)
    }
}
