import ArgumentParser
import FoundationEssentials
import Martlet
import MartletServer

struct Try: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Sign in at a provider from this terminal, and print what it says of you.",
        discussion: """
            The client id and secret are taken from the environment (`martlet providers show ID --setup` names the
            variables), or from a configuration with --config, and asked for if missing. With --record, the login is also
            written down in the format of `martlet providers replay`: secrets, codes and tokens replaced, addresses, names and
            ids disguised. Read the file before you publish it: what else the provider answered stays as it came.

            Many vendors take http://127.0.0.1 as a redirect URI. For one that does not, lead a tunnel with an https address
            to the port, and name that address by --redirect-uri.
            """)

    @Argument(help: "The provider's id: of the catalogue, or, with --config, of the configuration.")
    var id: String

    @OptionGroup var file: ConfigurationOptions

    @Option(help: "The port on 127.0.0.1 that the browser comes back to.")
    var port: UInt16 = 8090

    @Option(help: "The redirect URI to send, if it is not http://127.0.0.1:PORT/callback; it must lead there.")
    var redirectURI: String?

    @Option(help: "How long to wait for you, in seconds.")
    var timeout: Int = 300

    @Option(help: "Write a redacted recording to this file.")
    var record: String?

    @Flag(help: "Print the provider's own answer too.")
    var raw = false

    @Option(
        help:
            "Ask simulated providers at this address, such as http://127.0.0.1:9090 of `martlet demo`, not the vendor.")
    var simulator: String?

    func run() async throws {
        try await reporting {
            let (configuration, allowsHTTP) = try settings()
            if record != nil, let reason = LoginRecording.reasonAgainst(configuration.provider) { throw failed(reason) }
            var options = HTTPTransport.Options()
            options.insecureAllowHTTPToLoopback = allowsHTTP
            let transport = RecordingTransport(HTTPTransport(options: options, certificate: configuration.certificate))
            let trial = Trial(
                configuration: configuration, transport: transport, port: Int(port), redirectURI: redirectURI,
                timeLimit: .seconds(timeout), terminal: .standard)
            let outcome = try await attempt(trial)
            outcome.lines.forEach { say($0) }
            if raw { say(outcome.profile.raw.serialized()) }
            if let record { try await write(outcome, transport, to: record) }
        }
    }

    /// The provider's settings, and whether it may be spoken to over plain HTTP on this machine.
    private func settings() throws -> (ProviderConfiguration, Bool) {
        var configuration: ProviderConfiguration
        var allowsHTTP = simulator != nil
        if file.configuration == nil {
            let provider = try catalogueEntry(id)
            if let reason = TrialSettings.reasonAgainst(provider) { throw failed(reason) }
            configuration = try TrialSettings(
                provider: provider, environment: Environment.variables, terminal: .standard
            ).configuration()
        } else {
            let all = try file.load()
            guard let found = all.providers.first(where: { $0.id == id }) else {
                throw failed("the configuration has no provider \(id); without --config, the catalogue's is tried")
            }
            configuration = found
            allowsHTTP = allowsHTTP || all.insecureAllowHTTP
        }
        if let simulator { configuration.provider = configuration.provider.relocated(under: simulator) }
        return (configuration, allowsHTTP)
    }

    private func attempt(_ trial: Trial) async throws -> Trial.Outcome {
        do {
            return try await trial.run()
        } catch let error as Trial.Failure {
            throw failed(error.description)
        } catch let error as OAuthError {
            guard case .rejected(let rejection) = error, let words = rejection.description else {
                throw failed(error.description)
            }
            throw failed("\(error.description) \(words)")
        }
    }

    private func write(_ outcome: Trial.Outcome, _ transport: RecordingTransport, to path: String) async throws {
        let (recording, problem) = try await outcome.login.redacted(from: transport)
        guard FileManager.default.createFile(atPath: path, contents: Data((recording.serialized() + "\n").utf8)) else {
            throw failed("\(path) cannot be written")
        }
        if let problem { throw failed("\(path) was written, but \(problem)") }
        say(
            "\nWritten to \(path); `martlet providers replay \(path)` understands the same. Read it before you publish it."
        )
    }

    private func failed(_ message: String) -> ExitCode {
        complain(message)
        return .failure
    }
}
