import ArgumentParser
import AsyncHTTPClient
import Hummingbird
import Logging
import NIOPosix
import Support

@main
struct ByHand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A login written by hand with the libraries that the service is made of.",
        discussion: """
            GET /start sends the browser to StubProvider, with state and PKCE in a sealed cookie; GET /callback opens it, \
            exchanges the code, fetches the profile, stores the person and a session, and sets a cookie.
            """)

    @Option(help: "The port to listen on, at 127.0.0.1.") var port: Int
    @Option(help: "The address of StubProvider, without a slash at the end.") var stub: String
    @Option(help: "How many event loops.") var threads = 1
    @Option(help: "The SQLite file; without it, nobody is stored.") var database: String?

    nonisolated func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
        settings.tracing.tracer = nil
        let client = HTTPClient(eventLoopGroup: group, configuration: settings)
        let login = Login(
            stub: stub, redirectURI: "http://127.0.0.1:\(port)/callback", client: client,
            accounts: try database.map(Accounts.init(path:)))
        let router = Router()
        router.get("/start") { _, _ in try login.start() }
        router.get("/callback") { request, _ in try await login.finish(request) }
        var logger = Logger(label: "by-hand")
        logger.logLevel = .error
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { say("ready \($0.localAddress?.port ?? 0)") }, eventLoopGroupProvider: .shared(group),
            logger: logger
        ).runService()
        try await client.shutdown()
    }
}
