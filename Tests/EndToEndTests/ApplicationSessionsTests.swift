import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletHummingbird
import MartletSimulator
import MartletTesting
import Synchronization
import Testing

/// What the routes ask of an application that keeps its own sessions.
@Suite struct ApplicationSessionsTests {
    private func run(
        _ application: any ApplicationSessions, _ test: @Sendable @escaping (Deployment) async throws -> Void
    ) async throws {
        let (clock, store) = (FixedClock(), MemoryStore())
        let simulator = Simulator(
            configuration: .init(keys: try Deployment.keys.get(), baseURL: Deployment.simulatorOrigin))
        try await Application(router: simulator.router()).test(.router) { provider in
            let relay = RelayTransport(origin: Deployment.simulatorOrigin, client: provider)
            let github = AuthProvider(
                id: "github", name: "GitHub", iconURL: "",
                client: try OAuthClient(
                    Provider.github.relocated(under: Deployment.simulatorOrigin), clientID: "own",
                    clientSecret: "secret", transport: relay))
            let router = Router()
            AuthRoutes(
                AuthService(
                    options: .init(origin: "http://localhost:8000"), providers: [github], store: store,
                    keyring: .ephemeral, application: application)
            ).add(to: router)
            try await Application(router: router).test(.router) { client in
                try await test(
                    Deployment(
                        clock: clock, store: store, simulator: simulator, serviceOrigin: "http://localhost:8000",
                        service: client, provider: provider))
            }
        }
    }

    @Test func tellsTheProviderOfASession() async throws {
        let sessions = Sessions()
        try await run(sessions) { deployment in
            try await Browser(deployment).signIn("github")
            #expect(sessions.providers == ["github"])
        }
    }

    @Test func removesAUserThoughTheApplicationKeepsNothing() async throws {
        let sessions = Sessions()
        try await run(sessions) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            #expect(try await browser.change(.delete, "/api/auth/account").status == .ok)
            #expect(try await deployment.store.userCount() == 0)
            #expect(try await browser.session() == nil)
            try await sessions.endSessions(of: UserID(rawValue: 1), providerID: "github")
        }
    }

    @Test func keepsAUserWhomTheApplicationCannotRemove() async throws {
        let application = UnwillingApplication()
        try await run(application) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let answer = try await browser.change(.delete, "/api/auth/account")
            #expect(answer.status == .serviceUnavailable && answer.problemCode == "SERVICE_UNAVAILABLE")
            #expect(try await deployment.store.userCount() == 1)
            #expect(try await browser.session() != nil)
            application.isWilling.withLock { $0 = true }
            #expect(try await browser.change(.delete, "/api/auth/account").status == .ok)
            #expect(try await deployment.store.userCount() == 0)
        }
    }
}

/// Sessions of an application that leaves out what it need not do.
private final class Sessions: ApplicationSessions {
    private let users: Mutex<[String: UserID]> = Mutex([:])
    private let providerIDs: Mutex<[String]> = Mutex([])

    var providers: [String] { providerIDs.withLock { $0 } }

    func session(of request: Request) async throws -> ApplicationSession? {
        guard let token = request.cookies["own"]?.value, let id = users.withLock({ $0[token] }) else { return nil }
        return ApplicationSession(userID: id, key: Secret(token))
    }

    func signIn(_ user: User, providerID: String, isNew: Bool, request: Request) async throws -> [Cookie] {
        let token = RandomSource.system.token()
        users.withLock { $0[token] = user.id }
        providerIDs.withLock { $0.append(providerID) }
        return [Cookie(name: "own", value: token, path: "/")]
    }
}

/// An application that cannot remove a user at first.
private final class UnwillingApplication: ApplicationSessions {
    let isWilling: Mutex<Bool> = Mutex(false)
    private let sessions = Sessions()

    func session(of request: Request) async throws -> ApplicationSession? {
        try await sessions.session(of: request)
    }

    func signIn(_ user: User, providerID: String, isNew: Bool, request: Request) async throws -> [Cookie] {
        try await sessions.signIn(user, providerID: providerID, isNew: isNew, request: request)
    }

    func removeUser(_ userID: UserID) async throws {
        guard isWilling.withLock({ $0 }) else { throw StoreError.unavailable("not now") }
    }
}
