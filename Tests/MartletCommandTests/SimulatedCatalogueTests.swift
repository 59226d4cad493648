import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Martlet
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

@testable import EndToEndTests
@testable import MartletCommand
@testable import MartletServer

/// Every entry of the catalogue without a dialect of its own signs people in at the simulator, by its recording.
@Suite("The catalogue at the simulator")
struct SimulatedCatalogueTests {
    /// The entries that cannot be simulated, each with the reason.
    static let exceptions: [String: String] = ["alipay_app": phone, "qq_mini": phone, "wechat_app": phone]
    private static let phone = "its sign-in has no step in the browser"

    static let ids: [String] = Catalogue.all.map(\.id).filter {
        !Simulator.dialects.contains($0) && exceptions[$0] == nil
    }

    @Test(arguments: ids)
    func signsInThePersonOfTheRecording(id: String) async throws {
        try await Stage.run(id) { stage async throws in
            let profile = try await stage.profile(try await stage.response())
            let expected = try stage.expected()
            #expect(profile.subject == expected["id"]?.text)
            #expect(profile.username == expected["username"]?.text)
            #expect(profile.name == expected["name"]?.text)
            #expect(profile.email?.value == expected["email"]?.text)
            #expect(.bool(profile.email?.isVerified ?? false) == expected["emailVerified"])
            #expect(profile.avatar == expected["avatar"]?.text)
        }
    }

    @Test(arguments: ids)
    func sendsSomebodyBackWhoCancels(id: String) async throws {
        try await Stage.run(id) { stage async throws in
            let request = try await stage.request()
            let callback = try await stage.decide(request, "decision=cancel")
            let error = #expect(throws: CallbackError.self) {
                try stage.client.validate(callback, for: request.pending)
            }
            #expect(error == .accessDenied)
        }
    }

    @Test(arguments: ids)
    func takesACodeOnce(id: String) async throws {
        try await Stage.run(id) { stage async throws in
            let response = try await stage.response()
            _ = try await stage.profile(response)
            await #expect(throws: OAuthError.self) { try await stage.profile(response) }
        }
    }

    /// The exchange of a code names the client, but at Tencent Cloud, where it names the account's API key, and at Steam,
    /// which knows no clients.
    @Test(arguments: ids.filter { !["qcloud", "steam"].contains($0) })
    func refusesACodeOfAnotherClient(id: String) async throws {
        try await Stage.run(id) { stage async throws in
            let response = try await stage.response()
            let stranger = try stage.makeClient(id: "somebody-else")
            await #expect(throws: OAuthError.self) { try await stage.profile(response, by: stranger) }
        }
    }

    @Test(arguments: ["discogs", "flickr", "xing"])
    func refusesAnOAuth1ClientWithAnotherSecret(id: String) async throws {
        try await Stage.run(id) { stage async throws in
            let stranger = try stage.makeClient(id: stage.settings.clientID, secret: "another")
            let error = await #expect(throws: OAuthError.self) {
                try await stranger.authorizationRequest(redirectURI: stage.redirectURI)
            }
            guard case .rejected(let rejection)? = error else { throw try #require(error) }
            #expect(rejection.status == 401)
        }
    }

    @Test
    func namesEveryEntryThatCannotBeSimulated() {
        var reasons: [String: String] = [:]
        for id in Catalogue.all.map(\.id) where !Simulator.dialects.contains(id) {
            do throws(ConfigurationError) {
                _ = try SimulatedCatalogue.entry(id)
            } catch {
                reasons[id] = error.problems.map(\.description).joined()
            }
        }
        #expect(reasons.keys.sorted() == Self.exceptions.keys.sorted())
        for (id, reason) in Self.exceptions { #expect(reasons[id] == "\(id) cannot be simulated: \(reason)") }
    }

    @Test
    func holdsTheRecordingsOfTheCatalogueAsTheyAre() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "MartletServerTests/Fixtures").path()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        #expect(Set(names) == Set(Simulator.recordings.keys.map { "\($0).json" }), "run `make recordings`")
        for name in names {
            let data = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
            // Private keys are not for the program.
            let lines = String(decoding: data, as: UTF8.self)
                .replacing(/"privateKey": "[^"]*"(, )?/, with: "").split(separator: "\n")
            let held = Simulator.recordings[String(name.dropLast(5))]?.split(separator: "\n")
            #expect(held == lines, "\(name): run `make recordings`")
            #expect(held?.contains { $0.contains("PRIVATE KEY") } == false)
        }
    }

    @Test(arguments: [
        ("weibx", "weibx is no provider of the catalogue; `martlet providers list` names them all")
    ])
    func saysWhyAProviderIsNotSimulated(id: String, reason: String) {
        let error = #expect(throws: ConfigurationError.self) { try SimulatedCatalogue.recorded(["weibo", id]) }
        #expect(error?.problems.map(\.description) == [reason])
    }

    @Test
    func offersOnlyWhatIsNamed() throws {
        let recorded = try SimulatedCatalogue.recorded(["line", "github", "weibo", "weibo"])
        #expect(recorded.map(\.settings.id) == ["line", "weibo"])
        let demo = try ServerConfiguration.demo(
            port: 1, simulator: "http://127.0.0.1:2", folder: "x", simulated: Simulator.dialects,
            recorded: recorded.map(\.settings), providerIDs: ["line", "github", "weibo"])
        #expect(demo.providers.map(\.id) == ["line", "github", "weibo"])
        for (_, endpoint) in demo.providers.flatMap(\.provider.endpoints) {
            #expect(endpoint.hasPrefix("http://127.0.0.1:2/"))
        }
    }
}

/// A client of one provider, and a simulator that answers by the provider's recording.
private struct Stage: Sendable {
    static let origin = "http://127.0.0.1:9090"
    private static let keys = Result { try MartletSimulator.SigningKeys() }

    let id: String
    let settings: ProviderConfiguration
    let clock: FixedClock
    let simulator: any TestClientProtocol
    let client: OAuthClient

    /// Starts both, runs a test, and stops both.
    static func run(_ id: String, _ test: @Sendable (Stage) async throws -> Void) async throws {
        let entry = try SimulatedCatalogue.entry(id)
        let demo = try ServerConfiguration.demo(
            port: 8080, simulator: origin, folder: "unused", simulated: [], recorded: [entry.settings])
        let settings = try #require(demo.providers.first)
        let clock = FixedClock()
        let simulator = Simulator(
            configuration: .init(
                recorded: [entry.simulated], keys: try keys.get(), baseURL: origin, now: clock.read))
        let logger = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
        try await Application(router: simulator.router(), logger: logger).test(.router) { provider in
            let stage = Stage(
                id: id, settings: settings, clock: clock, simulator: provider,
                client: try makeClient(settings, settings.clientID, provider, clock))
            try await test(stage)
        }
    }

    private static func makeClient(
        _ settings: ProviderConfiguration, _ clientID: String, _ simulator: any TestClientProtocol, _ clock: FixedClock,
        secret: Secret? = nil
    ) throws -> OAuthClient {
        try OAuthClient(
            settings.provider, clientID: clientID, clientSecret: secret ?? settings.clientSecret, key: settings.key,
            transport: RelayTransport(origin: origin, client: simulator), now: clock.read)
    }

    /// Another client of the same provider.
    func makeClient(id: String, secret: Secret? = nil) throws -> OAuthClient {
        try Self.makeClient(settings, id, simulator, clock, secret: secret)
    }

    var redirectURI: String { "http://localhost:8080/api/auth/oauth/\(id)/callback" }

    func request() async throws -> AuthorizationRequest {
        try await client.authorizationRequest(redirectURI: redirectURI)
    }

    /// The callback of the recorded person's consent.
    func response() async throws -> AuthorizationResponse {
        let request = try await request()
        let callback = try await decide(request, "person=\(SimulatedProvider.personID)")
        return try client.validate(callback, for: request.pending)
    }

    /// Sends the form of the consent page.
    func decide(_ request: AuthorizationRequest, _ decision: String) async throws -> CallbackParameters {
        #expect(request.url.hasPrefix(Self.origin + "/"))
        let parts = request.url.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1)
        let answer = try await simulator.executeRequest(
            uri: String(parts[0].dropFirst(Self.origin.count)), method: .post,
            headers: [.contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: "\(parts[1])&\(decision)"))
        if let location = answer.headers[.location] {
            return try CallbackParameters(parsing: location.split(separator: "?", maxSplits: 1).last ?? "")
        }
        let page = String(buffer: answer.body)
        let fields = page.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/)
        try #require(answer.status == .ok && !fields.isEmpty, "\(page)")
        return CallbackParameters(
            Dictionary(fields.map { (String($0.output.1), String($0.output.2)) }, uniquingKeysWith: { $1 }))
    }

    func profile(_ response: AuthorizationResponse, by client: OAuthClient? = nil) async throws -> UserProfile {
        let client = client ?? self.client
        return try await client.profile(try await client.exchange(response))
    }

    /// What the recording expects to be understood.
    func expected() throws -> [String: JSONValue] {
        let lines = try #require(Simulator.recordings[id]).split(separator: "\n")
        let recordings = try lines.map { try JSONValue(parsing: $0.utf8) }
        return try #require(recordings.compactMap { $0["expected"]?.object }.first { $0["id"] != nil })
    }
}
