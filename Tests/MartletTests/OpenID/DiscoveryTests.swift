import HTTPTypes
import MartletTesting
import Testing

@testable import Martlet

@Suite("Discovery")
struct DiscoveryTests {
    private func harness(_ issuer: String = OpenIDWorld.issuer) throws -> Harness {
        try Harness(.openID(id: "example", name: "Example", issuer: issuer))
    }

    private func metadata(_ changes: [String: JSONValue] = [:]) -> OutboundResponse {
        .json(OpenIDWorld.metadata.merging(.object(changes)).serialized())
    }

    @Test(arguments: [
        ("https://id.example", "https://id.example/.well-known/openid-configuration"),
        ("https://id.example/", "https://id.example/.well-known/openid-configuration"),
        ("https://id.example/realms/a", "https://id.example/realms/a/.well-known/openid-configuration"),
        ("https://id.example:8443", "https://id.example:8443/.well-known/openid-configuration"),
    ])
    func asksUnderTheIssuer(issuer: String, url: String) async throws {
        let harness = try harness(issuer)
        harness.transport.on(.discovery, metadata(["issuer": .string(issuer)]))
        try await harness.client.check()
        let request = try harness.request(.discovery)
        #expect(request.url == url)
        #expect(request.method == .get)
    }

    @Test
    func sendsThePersonWhereTheMetadataSays() async throws {
        let harness = try harness()
        harness.transport.on(.discovery, metadata())
        let request = try await harness.begin()
        #expect(request.url.hasPrefix("https://id.example/authorize?"))
        #expect(request.pending.issuer == "https://id.example")
        #expect(request.pending.nonce != nil)
    }

    @Test
    func prefersTheEndpointsOfTheEntry() async throws {
        var provider = Provider.openID(id: "example", name: "Example", issuer: OpenIDWorld.issuer)
        provider.authorizationEndpoint = "https://mine.example/authorize"
        let harness = try Harness(provider)
        harness.transport.on(.discovery, metadata())
        #expect(try await harness.begin().url.hasPrefix("https://mine.example/authorize?"))
    }

    @Test
    func asksNothingWhenTheEntryNamesEveryEndpoint() async throws {
        let harness = try Harness(.google)
        try await harness.client.check()
        #expect(harness.transport.requests.isEmpty)
    }

    @Test(arguments: ["https://evil.example", "https://id.example/", "http://id.example", "https://ID.example", ""])
    func refusesMetadataOfAnotherIssuer(issuer: String) async throws {
        let harness = try harness()
        harness.transport.on(.discovery, metadata(["issuer": .string(issuer)]))
        let error = try await failure { try await harness.client.check() }
        let reason = "it names the issuer \(issuer), not https://id.example"
        #expect(error == .malformed(.discovery, reason: reason))
    }

    @Test
    func namesAForgedIssuerOnOneShortLine() async throws {
        let harness = try harness()
        let forged = "https://a\r\nforged line" + String(repeating: "x", count: 10_000)
        harness.transport.on(.discovery, metadata(["issuer": .string(forged)]))
        let text = try await failure { try await harness.client.check() }.description
        #expect(!text.contains { $0.isNewline })
        #expect(text.count < 500)
    }

    @Test(arguments: ["", "[]", "{}", "<html>", #"{"issuer":1}"#, #"{"issuer":"https://id.example","jwks_uri":7}"#])
    func refusesWhatIsNoMetadata(body: String) async throws {
        let harness = try harness()
        harness.transport.on(.discovery, .json(body))
        let error = try await failure { try await harness.client.check() }
        #expect(error == .malformed(.discovery, reason: "it is not an OpenID provider's metadata"))
    }

    @Test(arguments: [302, 404, 500])
    func refusesAnyOtherStatus(status: Int) async throws {
        let harness = try harness()
        harness.transport.on(.discovery, .json(OpenIDWorld.metadata.serialized(), status: status))
        let rejection = try await rejection { try await harness.client.check() }
        #expect(rejection == Rejection(role: .discovery, status: status, error: nil, description: nil))
    }

    // MARK: What is remembered

    @Test
    func keepsMetadataAsLongAsTheAnswerSays() async throws {
        let harness = try harness()
        var answer = metadata()
        answer.headers[.cacheControl] = "public, max-age=7200"
        harness.transport.on(.discovery, answer)
        for _ in 0..<3 { try await harness.client.check() }
        harness.clock.advance(by: 5759)
        try await harness.client.check()
        await harness.client.state.settled()
        #expect(harness.transport.requests.count == 1)
        harness.clock.advance(by: 1)
        try await harness.client.check()
        await harness.client.state.settled()
        #expect(harness.transport.requests.count == 2)
    }

    @Test
    func letsNobodyWaitForTheNextMetadata() async throws {
        let harness = try harness()
        let moved = metadata(["authorization_endpoint": .string("https://id.example/new")])
        harness.transport.on(.discovery, metadata(), moved)
        #expect(try await harness.begin().url.hasPrefix("https://id.example/authorize?"))
        harness.clock.advance(by: 3599)
        #expect(try await harness.begin().url.hasPrefix("https://id.example/authorize?"))
        await harness.client.state.settled()
        #expect(try await harness.begin().url.hasPrefix("https://id.example/new?"))
        #expect(harness.transport.requests.count == 2)
    }

    @Test
    func usesWhatItKnowsWhileTheProviderIsDown() async throws {
        let harness = try harness()
        harness.transport.on(.discovery, metadata(), .json("", status: 503))
        try await harness.client.check()
        harness.clock.advance(by: 86_400)
        for _ in 0..<5 { try await harness.client.check() }
        #expect(harness.transport.requests.count == 2)
    }

    @Test
    func asksAgainAfterAFailure() async throws {
        let harness = try harness()
        harness.transport.on(.discovery, .json("", status: 503), metadata())
        _ = try await rejection { try await harness.client.check() }
        try await harness.client.check()
    }

    @Test
    func reportsAProviderThatIsDownFromTheBeginning() async throws {
        let harness = try harness()
        harness.transport.on(.discovery) { (_) throws(TransportError) in throw .timedOut }
        #expect(try await failure { try await harness.client.check() } == .timedOut(.discovery))
    }

    @Test
    func joinsFetchesThatOverlap() async throws {
        let transport = HeldTransport(answer: metadata())
        let client = try OAuthClient(
            .openID(id: "example", name: "Example", issuer: OpenIDWorld.issuer), clientID: "client-1",
            transport: transport, now: FixedClock().read)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { try await client.check() } }
            await transport.waitForARequest()
            transport.release()
            try await group.waitForAll()
        }
        #expect(transport.count == 1)
    }

    @Test
    func findsEveryEndpointOfTheMetadata() async throws {
        let harness = try harness()
        harness.transport.on(
            .discovery,
            metadata([
                "revocation_endpoint": .string("https://id.example/revoke"),
                "introspection_endpoint": .string("https://id.example/introspect"),
                "device_authorization_endpoint": .string("https://id.example/device"),
            ]))
        harness.transport.on(.revocation, OutboundResponse(status: 200))
        harness.transport.on(.introspection, .json(#"{"active":true}"#))
        harness.transport.on(.deviceAuthorization, .json(DeviceFlowTests.started))
        try await harness.client.revoke("token-1")
        _ = try await harness.client.introspect("token-1")
        _ = try await harness.client.deviceAuthorization()
        #expect(try harness.request(.revocation).url == "https://id.example/revoke")
        #expect(try harness.request(.introspection).url == "https://id.example/introspect")
        #expect(try harness.request(.deviceAuthorization).url == "https://id.example/device")
    }
}
