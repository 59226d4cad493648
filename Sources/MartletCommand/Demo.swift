import ArgumentParser
import Hummingbird
import Logging
import MartletServer
import MartletSimulator
import ServiceLifecycle
import UnixSignals

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the service beside simulated providers, ready to click.",
        discussion: """
            Nothing leaves this machine and no account is needed. The data is kept in var/demo.sqlite; delete it to begin
            anew. Any provider of `martlet providers list` can be named; those that have no simulated sign-in of their own
            answer as their documentation does, for one person.
            """)

    @Option(help: "The service's port on localhost.")
    var port: UInt16 = 8080

    @Option(help: "The simulated providers' port on 127.0.0.1.")
    var simulatorPort: UInt16 = 9090

    @Option(
        name: .customLong("provider"),
        help: "Offer this provider instead of the usual ones; may be given several times.")
    var providers: [String] = []

    @Option(help: "Where the database and the secrets are kept.")
    var folder: String = "var"

    @Option(help: "How much to log.")
    var logLevel: Logger.Level = .warning

    func run() async throws {
        try await reporting {
            var log = LogOptions()
            log.logLevel = logLevel
            let logger = log.bootstrap()
            let base = "http://127.0.0.1:\(simulatorPort)"
            let recorded = try SimulatedCatalogue.recorded(providers)
            let settings = try ServerConfiguration.demo(
                port: Int(port), simulator: base, folder: folder, simulated: Simulator.dialects,
                recorded: recorded.map(\.settings), providerIDs: providers.isEmpty ? nil : providers)
            let service = try await MartletService(settings)
            let simulator = Simulator(configuration: .init(recorded: recorded.map(\.simulated))).application(
                hostname: "127.0.0.1", port: Int(simulatorPort), logger: logger
            ) { _ in say("Simulated providers:  \(base)/") }
            let server = service.application(logger: logger) { _ in
                say("Sign in here:         \(settings.publicURL)/auth/login\nStop with Ctrl-C.")
            }
            try await ServiceGroup(
                services: [simulator, server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
            ).run()
        }
    }
}
