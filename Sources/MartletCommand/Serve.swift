import ArgumentParser
import Hummingbird
import MartletServer

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the service.",
        discussion: "Check the configuration first with: martlet check")

    @OptionGroup var configuration: ConfigurationOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        try await reporting {
            let settings = try configuration.load()
            let logger = log.bootstrap()
            let service = try await MartletService(settings)
            try await service.application(logger: logger) { port in
                say("Serving \(settings.publicURL) on \(settings.listen.host):\(port)")
            }.runService()
        }
    }
}
