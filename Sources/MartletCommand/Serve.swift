import ArgumentParser
import MartletServer

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the service.",
        discussion: """
            Check the configuration first with: martlet check

            Ends on SIGTERM or SIGINT, once what is under way is answered.
            """)

    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        try await reporting {
            let settings = try configuration.load()
            let logger = log.bootstrap()
            let service = try await MartletService(settings)
            try await service.run(logger: logger) { port in
                say("Serving \(settings.publicURL) on \(settings.listen.host):\(port)")
            }
        }
    }
}
