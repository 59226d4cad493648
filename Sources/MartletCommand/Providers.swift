import ArgumentParser
import FoundationEssentials
import Martlet
import MartletServer

struct Providers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the providers that are known.",
        subcommands: [List.self, Show.self, ReplayCommand.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the catalogue.")

        @Flag(help: "Print a JSON array.")
        var json = false

        @Flag(help: "Print a page in Markdown: the catalogue's protocols, scopes, email proofs and documentation.")
        var markdown = false

        func validate() throws {
            if json && markdown { throw ValidationError("--json and --markdown exclude each other") }
        }

        func run() async throws {
            if markdown {
                say(String(ProviderTable.markdown(Catalogue.all).dropLast()))
            } else if json {
                let entries = Catalogue.all.map { provider -> JSONValue in
                    [
                        "id": .string(provider.id), "name": .string(provider.name),
                        "documentation": provider.documentation.map { .string($0) } ?? .null,
                    ]
                }
                say(JSONValue.array(entries).serialized())
            } else {
                let width = Catalogue.all.map(\.id.count).max() ?? 0
                for provider in Catalogue.all {
                    say(provider.id + String(repeating: " ", count: width + 2 - provider.id.count) + provider.name)
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print an entry in the form of the configuration file, to be copied, changed and used.")

        @Argument(help: "The provider's id, as `martlet providers list` prints it.")
        var id: String

        func run() async throws {
            guard let provider = Catalogue.provider(id) else {
                complain("there is no catalogue entry \(id); `martlet providers list` shows them")
                throw ExitCode.failure
            }
            say(String(try provider.configurationText().dropLast()))
        }
    }
}
