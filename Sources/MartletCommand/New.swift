import ArgumentParser
import Martlet
import MartletServer

struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Draft an entry for a provider out of what it says of itself.",
        discussion: """
            The metadata are looked for where OpenID Connect Discovery and RFC 8414 put them. What a person must decide is
            asked in comments. Try the result: martlet providers try ID --config FILE
            """)

    @Argument(help: "The issuer, such as https://login.example.com/realms/main, or the address of its metadata.")
    var place: String

    @Option(help: "The id in paths and settings. Default: made of the host.")
    var id: String?

    @Option(help: "The name that people see. Default: made of the host.")
    var name: String?

    @Flag(help: "Print a literal for the catalogue in Swift, not a part of a configuration file.")
    var swift = false

    @Flag(help: "Allow http:// to this machine.")
    var allowHTTP = false

    func run() async throws {
        if place.hasPrefix("http://"), !allowHTTP {
            complain("\(place) is plain http; to ask a provider on this machine, add --allow-http")
            throw ExitCode.failure
        }
        var options = HTTPTransport.Options()
        options.insecureAllowHTTPToLoopback = allowHTTP
        do throws(DiscoveredProvider.Failure) {
            let found = try await DiscoveredProvider.find(place, transport: HTTPTransport(options: options))
            let draft = ProviderDraft(found, id: id, name: name)
            say(String((swift ? draft.swift() : draft.yaml()).dropLast()))
        } catch {
            complain(error.description)
            throw ExitCode.failure
        }
    }
}
