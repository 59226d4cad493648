import Hummingbird
import Martlet
import MartletHummingbird
import MartletSQLite

/// An application with its own users table, its own sessions and its own pages, that mounts Martlet's routes.
///
/// Try it with the simulated providers (`make demo`) running beside it:
///
///     swift run OwnUsers
///
/// and open http://localhost:8000/.
@main
struct OwnUsers {
    static func main() async throws {
        let app = Application(
            router: try router(
                people: try People(path: "people.sqlite"), store: try SQLiteStore(path: "martlet.sqlite"),
                simulator: "http://127.0.0.1:9090"),
            configuration: .init(address: .hostname("localhost", port: 8000)))
        try await app.runService()
    }

    /// The application's routes: its own pages, and Martlet's under `/api/auth`.
    static func router(
        people: People, store: SQLiteStore, simulator: String, transport: (any Transport)? = nil
    ) throws -> Router<BasicRequestContext> {
        var limits = HTTPTransport.Options()
        limits.insecureAllowHTTPToLoopback = true
        let providers = try [Provider.github, .gitee].map { provider in
            AuthProvider(
                id: provider.id, name: provider.name, iconURL: "",
                client: try OAuthClient(
                    provider.relocated(under: simulator), clientID: "own-users", clientSecret: "secret",
                    transport: transport ?? HTTPTransport(options: limits)))
        }
        var options = AuthService.Options(origin: "http://localhost:8000")
        options.loginPage = LandingURL(ownPath: "/")
        options.profilePage = LandingURL(ownPath: "/")
        let service = AuthService(
            options: options, providers: providers, store: store, keyring: .ephemeral, application: people)
        let router = Router()
        AuthRoutes(service).add(to: router)
        HomePage(people: people, service: service).add(to: router)
        return router
    }
}
