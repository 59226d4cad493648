import ArgumentParser
import Martlet
import MartletServer

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explain what is wrong with the configuration, before anything starts.",
        discussion: """
            Prints every problem with its line, then each provider with the redirect URI to register there. Providers that
            are found by discovery are asked for their metadata, and a PostgreSQL server is connected to, unless --offline is
            given.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Contact no provider and no database.")
    var offline = false

    func run() async throws {
        try await reporting {
            let settings = try configuration.load()
            say("The configuration can be used. Browsers see \(settings.publicURL); listening on \(settings.listen).")
            if settings.providers.isEmpty { say("No provider is configured: nobody can sign in yet.") }
            var isWrong = false
            if !offline, let problem = await settings.storeProblem() {
                complain("store: \(problem)")
                isWrong = true
            }
            for provider in settings.providers {
                say("\(provider.id): redirect URI \(settings.publicURL.redirectURI(providerID: provider.id))")
                if !offline, let problem = await settings.reachabilityProblem(of: provider) {
                    complain("\(provider.id): \(problem)")
                    isWrong = true
                }
            }
            if isWrong { throw ExitCode.failure }
        }
    }
}
