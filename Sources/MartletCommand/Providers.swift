public import ArgumentParser
import FoundationEssentials
import Martlet
public import MartletServer

struct Providers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the providers that are known, try one, or describe a new one.",
        subcommands: [List.self, Show.self, New.self, Try.self, ReplayCommand.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the catalogue.")

        @Argument(help: "Only entries whose id or name contains all these words.")
        var words: [String] = []

        @Flag(help: "Print a JSON array, with more facts.")
        var json = false

        @Flag(help: "Print a page in Markdown: the table, and how each provider is set up.")
        var markdown = false

        @Option(help: "Write the icons that the page shows into this folder, each as ID.svg; nothing is printed.")
        var icons: String?

        @OptionGroup var language: LanguageOption

        func validate() throws {
            if [json, markdown, icons != nil].count(where: { $0 }) > 1 {
                throw ValidationError("--json, --markdown and --icons exclude each other")
            }
        }

        func run() async throws {
            let providers = ProviderTable.matching(words, in: Catalogue.all)
            guard !providers.isEmpty else {
                complain("no entry of the catalogue has \(words.joined(separator: " and ")) in its id or name")
                throw ExitCode.failure
            }
            if let icons {
                try writeIcons(of: providers, to: icons)
            } else if markdown {
                say(String(ProviderTable.markdown(providers, language: language.value).dropLast()))
            } else if json {
                say(ProviderTable.json(providers).serialized())
            } else {
                say(String(ProviderTable.text(providers, language: language.value).dropLast()))
            }
        }

        private func writeIcons(of providers: [Provider], to folder: String) throws {
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                for provider in providers {
                    let data = Data(ProviderTable.icon(of: provider).utf8)
                    try data.write(to: URL(filePath: folder).appending(path: "\(provider.id).svg"))
                }
            } catch {
                complain("\(folder) cannot be written: \(error)")
                throw ExitCode.failure
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print an entry in the form of the configuration file, or the steps that set it up.",
            discussion: "What is printed without --setup can be copied, changed and used.")

        @Argument(help: "The provider's id, as `martlet providers list` prints it.")
        var id: String

        @Flag(help: "Print what to do so that people can sign in: where to register, what to copy where.")
        var setup = false

        @Option(help: "The service's address, for the redirect URI that --setup prints.")
        var publicURL: String = "PUBLIC_URL"

        @OptionGroup var language: LanguageOption

        func run() async throws {
            let provider = try catalogueEntry(id)
            if setup {
                let steps = ProviderSetup(provider, language: language.value, publicURL: publicURL)
                say(String(steps.text().dropLast()))
            } else {
                say(String(try provider.configurationText().dropLast()))
            }
        }
    }
}

/// The option that names a language.
struct LanguageOption: ParsableArguments {
    @Option(help: "The language: en or zh-Hans. Default: that of the terminal ($LANG).")
    var language: GuideLanguage?

    /// The language to write in.
    var value: GuideLanguage { language ?? GuideLanguage(environment: Environment.variables) }
}

extension GuideLanguage: ExpressibleByArgument {}

/// An entry of the catalogue.
///
/// - Throws: exit status 1 after a complaint, if there is none of that id.
func catalogueEntry(_ id: String) throws -> Provider {
    guard let provider = Catalogue.provider(id) else {
        let alike = ProviderTable.matching([id], in: Catalogue.all).map(\.id)
        complain(
            "there is no catalogue entry \(id); "
                + (alike.isEmpty
                    ? "`martlet providers list` shows them" : "did you mean \(alike.joined(separator: ", "))?"))
        throw ExitCode.failure
    }
    return provider
}
