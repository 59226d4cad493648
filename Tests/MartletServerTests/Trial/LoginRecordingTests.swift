import Martlet
import MartletTesting
import Testing

@testable import MartletServer

/// A login at every entry of the catalogue, played from its fixture, is written down and understood again.
@Suite("Recording a login")
struct LoginRecordingTests {
    static let fixtures: [CatalogueFixture] = CatalogueFixture.all.filter { fixture in
        guard let provider = Catalogue.provider(fixture.id) else { return false }
        return provider.hasBrowserStep && LoginRecording.reasonAgainst(provider) == nil
    }

    @Test(arguments: fixtures)
    func isUnderstoodAlikeAtEveryEntry(fixture: CatalogueFixture) async throws {
        let json = try #require(
            try fixture.recordings().first { $0["expected"]?["ok"] != .bool(false) })
        let recorded = try ReplayRecording(json)
        let (login, transport) = try await login(recorded)
        let (recording, problem) = try await login.redacted(from: transport, random: SeededRandom().source)
        #expect(problem == nil, "\(recording.serialized())")
        let replayed = try await Replay().run(recording)
        #expect(replayed.matches == true)
        let expected = try #require(recording["expected"])
        #expect(expected["id"]?.text?.count == login.profile.subject.count || login.profile.subject.contains("@"))
        for value in [login.profile.email?.value, login.profile.name].compactMap({ $0 }) where value.count > 2 {
            #expect(!recording.serialized().contains(value))
        }
    }

    private func login(_ recorded: ReplayRecording) async throws -> (LoginRecording, RecordingTransport) {
        let configuration = try ProviderConfiguration(replaying: recorded)
        let transport = RecordingTransport(ReplayTransport(exchanges: recorded.exchanges))
        let now = recorded.now
        let client = try OAuthClient(
            configuration.provider, clientID: configuration.clientID, clientSecret: configuration.clientSecret,
            key: configuration.key, transport: transport, random: .system, now: { now },
            verifiesIDTokens: recorded.verifiesIDToken)
        let request = try await client.authorizationRequest(
            redirectURI: recorded.redirectURI, state: recorded.callback["state"])
        var pending = request.pending
        pending.nonce = recorded.nonce
        let callback = CallbackParameters(recorded.callback.merging(["state": pending.state]) { $1 })
        let tokens = try await client.exchange(try client.validate(callback, for: pending))
        let profile = try await client.profile(tokens)
        return (
            LoginRecording(
                configuration: configuration, redirectURI: recorded.redirectURI, callback: callback, pending: pending,
                tokens: tokens, profile: profile, time: recorded.now), transport
        )
    }
}
