import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletHummingbird
import MartletSimulator
import MartletTesting
import NIOCore
import Synchronization
import Testing

/// What an application that keeps its own sessions is told when a provider ends something.
@Suite struct ApplicationNewsTests {
    private static let origin = "http://localhost:8000"

    private func run(
        _ application: RecordingApplication, _ test: @Sendable (Deployment) async throws -> Void
    ) async throws {
        let (clock, store) = (FixedClock(), MemoryStore())
        let simulator = Simulator(
            configuration: .init(
                keys: try Deployment.keys.get(), baseURL: Deployment.simulatorOrigin, now: clock.read))
        try await Application(router: simulator.router()).test(.router) { provider in
            let relay = RelayTransport(origin: Deployment.simulatorOrigin, client: provider)
            var apple = Provider.apple
            apple.teamID = "TEAM123456"
            let openID = Provider.openID(id: "openid", name: "OpenID", issuer: "\(Deployment.simulatorOrigin)/openid")
            let providers = try [apple.relocated(under: Deployment.simulatorOrigin), openID, .github].map { provider in
                AuthProvider(
                    id: provider.id, name: provider.name, iconURL: "",
                    client: try OAuthClient(
                        provider.relocated(under: Deployment.simulatorOrigin), clientID: "martlet-demo",
                        clientSecret: provider.signedClientSecret == nil ? "secret" : nil,
                        key: provider.signedClientSecret == nil ? nil : .generated(keyID: "KEY1234567"),
                        transport: relay, now: clock.read))
            }
            let router = Router()
            AuthRoutes(
                AuthService(
                    options: .init(origin: Self.origin), providers: providers, store: store, keyring: .ephemeral,
                    application: application, now: clock.read)
            ).add(to: router)
            try await Application(router: router).test(.router) { client in
                try await test(
                    Deployment(
                        clock: clock, store: store, simulator: simulator, serviceOrigin: Self.origin, service: client,
                        provider: provider))
            }
        }
    }

    private func tell(
        _ deployment: Deployment, _ type: String, of person: String = "ada"
    ) async throws -> HTTPResponse.Status {
        let payload = try await deployment.appleNotification(type, of: person)
        return try await deployment.post(
            json: ["payload": .string(payload)], to: "/api/auth/oauth/apple/notifications"
        ).status
    }

    @Test func endsTheSessionsThatABackChannelLogoutNames() async throws {
        let application = RecordingApplication()
        try await run(application) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("openid")
            let token = try deployment.simulator.logoutToken(for: "martlet-demo", person: "ada")
            let path = "/api/auth/oauth/openid/backchannel-logout"
            #expect(try await deployment.post(form: [("logout_token", token)], to: path).status == .ok)
            #expect(application.news == ["ended 1 openid"])
            #expect(try await deployment.post(form: [("logout_token", token)], to: path).status == .ok)
            #expect(application.news == ["ended 1 openid"])
            #expect(try await browser.session() == nil)
        }
    }

    @Test func isToldAgainWhenItFailed() async throws {
        let application = RecordingApplication()
        try await run(application) { deployment in
            try await Browser(deployment).signIn("openid")
            let token = try deployment.simulator.logoutToken(for: "martlet-demo", person: "ada")
            let path = "/api/auth/oauth/openid/backchannel-logout"
            application.fails(true)
            let failed = try await deployment.post(form: [("logout_token", token)], to: path)
            #expect(failed.status == .serviceUnavailable)
            application.fails(false)
            #expect(try await deployment.post(form: [("logout_token", token)], to: path).status == .ok)
            #expect(application.news == ["ended 1 openid"])
        }
    }

    @Test func endsTheSessionsOfAConsentThatWasTakenBack() async throws {
        let application = RecordingApplication()
        try await run(application) { deployment in
            _ = try await Browser(deployment).signIn("apple", idToken: try await deployment.appleToken())
            #expect(try await tell(deployment, "consent-revoked") == .ok)
            #expect(application.news == ["ended 1 apple"])
        }
    }

    @Test func removesAUserWhoseLastAccountIsGone() async throws {
        let application = RecordingApplication()
        try await run(application) { deployment in
            _ = try await Browser(deployment).signIn("apple", idToken: try await deployment.appleToken())
            #expect(try await tell(deployment, "account-delete") == .ok)
            #expect(application.news == ["ended 1 apple", "removed 1"])
            #expect(try await deployment.store.userCount() == 0)
        }
    }

    @Test func keepsAUserWhomItCannotRemoveUntilItIsToldAgain() async throws {
        let application = RecordingApplication()
        try await run(application) { deployment in
            _ = try await Browser(deployment).signIn("apple", idToken: try await deployment.appleToken())
            let payload = try await deployment.appleNotification("account-delete")
            let path = "/api/auth/oauth/apple/notifications"
            application.refusesToRemove(true)
            let failed = try await deployment.post(json: ["payload": .string(payload)], to: path)
            #expect(failed.status == .serviceUnavailable)
            #expect(try await deployment.store.userCount() == 1)
            application.refusesToRemove(false)
            #expect(try await deployment.post(json: ["payload": .string(payload)], to: path).status == .ok)
            #expect(application.news.last == "removed 1")
            #expect(try await deployment.store.userCount() == 0)
        }
    }

    @Test func keepsAUserWhoHasOtherAccounts() async throws {
        let application = RecordingApplication()
        try await run(application) { deployment in
            let browser = Browser(deployment)
            _ = try await browser.signIn("apple", idToken: try await deployment.appleToken())
            try await browser.open(try await browser.visitProviderToLink("github", as: "ada"))
            #expect(try await tell(deployment, "account-delete") == .ok)
            #expect(application.news == ["ended 1 apple"])
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test func signsInByAnIDTokenInItsOwnWay() async throws {
        try await run(RecordingApplication()) { deployment in
            let browser = Browser(deployment)
            let answer = try await browser.signIn("apple", idToken: try await deployment.appleToken())
            #expect(answer.json["expiresAt"] == .null)
            #expect(browser.cookies.keys.sorted() == ["own"])
            #expect(try await browser.session() != nil)
        }
    }

    @Test(arguments: ["/api/auth/logout", "/api/auth/oauth/openid/logout", "/api/auth/oauth/openid/logout/callback"])
    func isLeftItsOwnSignOut(path: String) async throws {
        try await run(RecordingApplication()) { deployment in
            let method: HTTPRequest.Method = path.hasSuffix("auth/logout") ? .post : .get
            let answer = try await deployment.service.executeRequest(
                uri: path, method: method, headers: [:], body: nil)
            #expect(answer.status == .notFound)
        }
    }
}

/// An application that writes down what it is told.
private final class RecordingApplication: ApplicationSessions {
    private struct State: Sendable {
        var users: [String: UserID] = [:]
        var news: [String] = []
        var fails = false
        var refusesToRemove = false
    }

    private let state: Mutex<State> = Mutex(State())

    var news: [String] { state.withLock { $0.news } }

    func fails(_ fails: Bool) {
        state.withLock { $0.fails = fails }
    }

    func refusesToRemove(_ refuses: Bool) {
        state.withLock { $0.refusesToRemove = refuses }
    }

    func session(of request: Request) async throws -> ApplicationSession? {
        guard let token = request.cookies["own"]?.value, let id = state.withLock({ $0.users[token] }) else {
            return nil
        }
        return ApplicationSession(userID: id, key: Secret(token))
    }

    func signIn(_ user: User, providerID: String, isNew: Bool, request: Request) async throws -> [Cookie] {
        let token = RandomSource.system.token()
        state.withLock { $0.users[token] = user.id }
        return [Cookie(name: "own", value: token, path: "/")]
    }

    func endSessions(of userID: UserID, providerID: String) async throws {
        try state.withLock { state in
            guard !state.fails else { throw StoreError.unavailable("not now") }
            state.news.append("ended \(userID) \(providerID)")
            state.users = state.users.filter { $0.value != userID }
        }
    }

    func removeUser(_ userID: UserID) async throws {
        try state.withLock { state in
            guard !state.refusesToRemove else { throw StoreError.unavailable("not now") }
            state.news.append("removed \(userID)")
        }
    }
}
