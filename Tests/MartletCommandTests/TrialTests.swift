import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Martlet
import MartletSimulator
import MartletTesting
import NIOCore
import Synchronization
import Testing

@testable import EndToEndTests
@testable import MartletCommand
@testable import MartletServer

/// `martlet providers try`, from the redirect URI to the recording, with a simulator for the vendor.
@Suite("Trying a provider")
struct TrialTests {
    /// GitHub has a list of addresses, WeChat an odd token request, Apple a form post and a key, Weibo answers from its
    /// recording, and the OpenID provider is found by discovery.
    @Test(arguments: ["github", "wechat_open", "apple", "weibo", "openid", "dingtalk"])
    func signsInAndWritesARecordingThatReplaysAlike(id: String) async throws {
        try await TrialStage.run(id) { stage async throws in
            let outcome = try await stage.walk()
            let (recording, problem) = try await outcome.login.redacted(
                from: stage.transport, random: SeededRandom().source)
            #expect(problem == nil)
            let replayed = try await Replay().run(recording)
            #expect(replayed.matches == true, "\(replayed.json.serialized())")
            let profile = outcome.profile
            let text = recording.serialized()
            let secrets = [
                stage.configuration.clientSecret?.reveal(), outcome.tokens.accessToken?.reveal(),
                outcome.tokens.refreshToken?.reveal(), outcome.login.callback.values["code"],
                outcome.login.pending.state,
                profile.subject, profile.email?.value, profile.name,
            ]
            for secret in secrets.compactMap({ $0 }) { #expect(!text.contains(secret), "\(secret)") }
            let understood = recording["expected"]
            #expect(understood?["id"]?.text?.count == profile.subject.count)
            #expect(understood?["emailVerified"] == .bool(profile.email?.isVerified ?? false))
        }
    }

    @Test
    func saysWhatToRegisterAndWhatToOpen() async throws {
        try await TrialStage.run("github") { stage async throws in
            let outcome = try await stage.walk()
            let told = stage.told.joined(separator: "\n")
            #expect(
                told.hasPrefix(
                    "Register this redirect URI at https://github.com/settings/developers, under Authorization callback URL:"
                ))
            #expect(told.contains("\n\n\(outcome.login.redirectURI)\n"))
            #expect(outcome.login.redirectURI.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\/callback/) != nil)
            #expect(outcome.lines.contains { $0.hasPrefix("id") && $0.hasSuffix(outcome.profile.subject) })
            #expect(!outcome.lines.joined().contains(outcome.tokens.accessToken?.reveal() ?? "none"))
        }
    }

    @Test
    func saysThatThePersonDeclined() async throws {
        try await TrialStage.run("github") { stage async throws in
            let failure = await #expect(throws: Trial.Failure.self) {
                _ = try await stage.walk(decision: "decision=cancel")
            }
            #expect(failure?.description == "The login was cancelled at the provider.")
        }
    }

    @Test
    func passesOverTheCallbackOfAnotherLogin() async throws {
        try await TrialStage.run("github") { stage async throws in
            let outcome = try await stage.walk(before: "code=stolen&state=another")
            #expect(outcome.profile.username != nil)
            #expect(stage.told.contains("A callback of another login was passed over."))
        }
    }

    @Test
    func endsWhenNobodyComes() async throws {
        try await TrialStage.run("github", timeLimit: .zero) { stage async throws in
            let failure = await #expect(throws: Trial.Failure.self) { _ = try await stage.trial.run() }
            #expect(failure?.description == "Nobody came back within 0 seconds.")
        }
    }

    @Test
    func sendsTheRedirectURIOfATunnel() async throws {
        try await TrialStage.run("github", redirectURI: "https://tunnel.example/back") { stage async throws in
            let outcome = try await stage.walk()
            #expect(outcome.login.redirectURI == "https://tunnel.example/back")
        }
    }

    @Test(arguments: [("wechat_mini", false), ("wechat_app", false), ("github", true), ("auth0", true)])
    func refusesProvidersWithoutABrowser(id: String, isTried: Bool) throws {
        let provider = try #require(Catalogue.provider(id))
        #expect((TrialSettings.reasonAgainst(provider) == nil) == isTried)
    }

    @Test(arguments: [("alipay", false), ("shopify", false), ("github", true)])
    func recordsNothingThatIsSigned(id: String, isRecorded: Bool) throws {
        #expect((LoginRecording.reasonAgainst(try #require(Catalogue.provider(id))) == nil) == isRecorded)
    }
}

/// The settings of a provider that is tried.
@Suite("Settings of a trial")
struct TrialSettingsTests {
    private func settings(
        _ id: String, _ environment: [String: String], answers: [String: String] = [:]
    ) throws -> (ProviderConfiguration, asked: [String]) {
        let asked = Lines()
        let terminal = Terminal(tell: { _ in }) { question, isSecret in
            asked.add(isSecret ? "\(question) secretly" : question)
            return answers[question]
        }
        let provider = try #require(Catalogue.provider(id))
        let made = try TrialSettings(provider: provider, environment: environment, terminal: terminal).configuration()
        return (made, asked.all)
    }

    @Test
    func areTakenFromTheEnvironment() throws {
        let (made, asked) = try settings(
            "github",
            [
                "MARTLET_PROVIDERS_GITHUB_CLIENT_ID": "an-id", "MARTLET_PROVIDERS_GITHUB_CLIENT_SECRET": "a-secret",
                "MARTLET_PROVIDERS_GITHUB_SCOPES": "read:user", "MARTLET_PUBLIC_URL": "nonsense",
            ])
        #expect(asked.isEmpty)
        #expect(made.clientID == "an-id" && made.clientSecret == "a-secret" && made.provider.scopes == ["read:user"])
    }

    @Test
    func areAskedForByTheVendorsWords() throws {
        let (made, asked) = try settings(
            "wechat_work", ["MARTLET_PROVIDERS_WECHAT_WORK_CLIENT_ID": "ww1"],
            answers: [
                "Secret (clientSecret)": "s",
                "Parameter of the authorization request (authorizeParameters.agentid)": "1000002",
            ])
        #expect(
            asked == [
                "Secret (clientSecret) secretly",
                "Parameter of the authorization request (authorizeParameters.agentid)",
            ])
        #expect(made.clientSecret == "s" && made.provider.authorizeParameters["agentid"] == "1000002")
    }

    @Test
    func chooseOneOfSeveralParameters() throws {
        let question =
            "Parameter of the authorization request, as name=value (authorizeParameters.connection or "
            + "authorizeParameters.organization or authorizeParameters.provider)"
        let (made, _) = try settings(
            "workos", ["MARTLET_PROVIDERS_WORKOS_CLIENT_ID": "i", "MARTLET_PROVIDERS_WORKOS_CLIENT_SECRET": "s"],
            answers: [question: "provider=GoogleOAuth"])
        #expect(made.provider.authorizeParameters["provider"] == "GoogleOAuth")
        #expect(made.provider.authorizeParameters["connection"] == nil)
    }

    /// A trial keeps no account.
    @Test
    func takeAHandleForASubject() throws {
        let (made, _) = try settings(
            "bitly", ["MARTLET_PROVIDERS_BITLY_CLIENT_ID": "i", "MARTLET_PROVIDERS_BITLY_CLIENT_SECRET": "s"])
        #expect(made.provider.insecureAllowHandleAsSubject)
    }

    @Test
    func areNotThoseOfAProviderWhoseIdBeginsAlike() throws {
        let (made, asked) = try settings(
            "qq", ["MARTLET_PROVIDERS_QQ_CLIENT_ID": "i", "MARTLET_PROVIDERS_QQ_MINI_CLIENT_SECRET": "other"],
            answers: ["APP Key (clientSecret)": "s"])
        #expect(asked == ["APP Key (clientSecret) secretly"] && made.clientSecret == "s")
    }

    @Test
    func areComplainedOfWhenNobodyAnswers() {
        let error = #expect(throws: ConfigurationError.self) {
            _ = try settings("github", ["MARTLET_PROVIDERS_GITHUB_CLIENT_ID": "i"])
        }
        #expect(
            error?.problems.map(\.description) == [
                "clientSecret of github is missing (Client secret): set MARTLET_PROVIDERS_GITHUB_CLIENT_SECRET"
            ])
    }
}

/// Lines that were written from anywhere.
private final class Lines: Sendable {
    private let lines: Mutex<[String]> = Mutex([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

/// A trial, and a person at a browser.
private struct TrialStage: Sendable {
    static let origin = "http://127.0.0.1:9090"

    let configuration: ProviderConfiguration
    let transport: RecordingTransport
    let simulator: any TestClientProtocol
    let person: String
    let trial: Trial
    private let lines: Lines
    private let addresses: AsyncStream<String>

    var told: [String] { lines.all }

    static func run(
        _ id: String, timeLimit: Duration = .seconds(60), redirectURI: String? = nil,
        _ test: @Sendable (TrialStage) async throws -> Void
    ) async throws {
        let recorded = try SimulatedCatalogue.recorded([id])
        let demo = try ServerConfiguration.demo(
            port: 8080, simulator: origin, folder: "unused", simulated: Simulator.dialects,
            recorded: recorded.map(\.settings), providerIDs: [id])
        var configuration = try #require(demo.providers.first)
        configuration.clientSecret = configuration.clientSecret.map { _ in "demo-secret" }
        let settings = configuration
        let simulator = Simulator(configuration: .init(recorded: recorded.map(\.simulated), baseURL: origin))
        let logger = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
        try await Application(router: simulator.router(), logger: logger).test(.router) { provider in
            let transport = RecordingTransport(RelayTransport(origin: origin, client: provider))
            let lines = Lines()
            let (addresses, shown) = AsyncStream.makeStream(of: String.self)
            let terminal = Terminal(
                tell: { text in
                    lines.add(text)
                    if let url = text.split(separator: "\n").first(where: { $0.hasPrefix(origin) }) {
                        shown.yield(String(url))
                    }
                }, ask: { _, _ in nil })
            let trial = Trial(
                configuration: settings, transport: transport, port: 0, redirectURI: redirectURI,
                timeLimit: timeLimit, terminal: terminal)
            try await test(
                TrialStage(
                    configuration: settings, transport: transport, simulator: provider,
                    person: "person=" + (recorded.isEmpty ? "ada" : SimulatedProvider.personID), trial: trial,
                    lines: lines, addresses: addresses))
        }
    }

    /// Runs the trial while the person opens the address and decides.
    func walk(decision: String? = nil, before: String? = nil) async throws -> Trial.Outcome {
        try await withThrowingTaskGroup(of: Trial.Outcome?.self) { group in
            group.addTask { try await trial.run() }
            group.addTask {
                for await address in addresses {
                    try await visit(address, decision ?? person, before: before)
                    break
                }
                return nil
            }
            for try await outcome in group {
                if let outcome {
                    group.cancelAll()
                    return outcome
                }
            }
            throw CancellationError()
        }
    }

    private func visit(_ address: String, _ decision: String, before: String?) async throws {
        let parts = address.prefix { $0 != "#" }.split(separator: "?", maxSplits: 1)
        let answer = try await simulator.executeRequest(
            uri: String(parts[0].dropFirst(Self.origin.count)), method: .post,
            headers: [.contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: "\(parts[1])&\(decision)"))
        let page = String(buffer: answer.body)
        let action = answer.headers[.location] ?? page.firstMatch(of: /action="([^"]*)"/).map { String($0.output.1) }
        let target = try #require(action, "\(page)")
        let query = target.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init)
        let fields = page.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/)
            .map { (name: String($0.output.1), value: Self.unescaped(String($0.output.2))) }
        if let before { try await comeBack(query: before) }
        if let query { try await comeBack(query: query) } else { try await comeBack(form: FormEncoding.encode(fields)) }
    }

    private static func unescaped(_ text: String) -> String {
        [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")].reduce(text) {
            $0.replacing($1.0, with: $1.1)
        }
    }

    /// Calls the listener as the browser does. The port is that of the redirect URI which was told, or of the tunnel's end.
    private func comeBack(query: String? = nil, form: String? = nil) async throws {
        let address = try #require(
            told.compactMap { $0.firstMatch(of: /(http:\/\/127\.0\.0\.1:\d+\/(?:callback|back))\b/) }.first)
        var options = HTTPTransport.Options()
        options.insecureAllowHTTPToLoopback = true
        let url = String(address.output.1) + (query.map { "?\($0)" } ?? "")
        let request = OutboundRequest(
            role: .userInfo, method: form == nil ? .get : .post, url: url,
            headers: form == nil ? [:] : [.contentType: "application/x-www-form-urlencoded"], body: form)
        let answer = try await HTTPTransport(options: options).send(request)
        #expect(answer.status == 200)
    }
}
