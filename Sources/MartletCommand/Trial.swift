import FoundationEssentials
import Martlet
import MartletServer

/// A live sign-in, begun at a terminal and ended in a browser on this machine.
struct Trial: Sendable {
    /// What came of it.
    struct Outcome: Sendable {
        let profile: UserProfile
        let tokens: Tokens
        /// The login, to be written down.
        let login: LoginRecording
    }

    /// Why it came to nothing.
    enum Failure: Error, CustomStringConvertible {
        case refused(CallbackError)
        case tooLate(Duration)

        var description: String {
            switch self {
            case .refused(.provider(let error, let words)):
                ([CallbackError.provider(error: error, description: nil).description] + [words].compactMap { $0 })
                    .joined(separator: " ").filter { !$0.isNewline }
            case .refused(let error): error.description
            case .tooLate(let limit): "Nobody came back within \(limit.components.seconds) seconds."
            }
        }
    }

    /// The provider with its credentials.
    var configuration: ProviderConfiguration
    /// What carries requests to it.
    var transport: any Transport
    /// The port to listen on; 0 takes a free one.
    var port: Int
    /// Where the provider sends the person back, if not straight to the port: the address of a tunnel to it.
    var redirectURI: String?
    /// How long to wait for the person.
    var timeLimit: Duration
    /// Where it tells what to do.
    var terminal: Terminal
    /// The clock.
    var now: @Sendable () -> Date = { Date() }

    /// Signs a person in.
    ///
    /// - Throws: ``Failure``; `OAuthError` of a step with the provider; `IOError` if the port cannot be listened on.
    func run() async throws -> Outcome {
        let client = try OAuthClient(
            configuration.provider, clientID: configuration.clientID, clientSecret: configuration.clientSecret,
            key: configuration.key, transport: transport, now: now)
        let named = redirectURI.map { URL(string: $0)?.path() ?? "" } ?? "/callback"
        let path = named.isEmpty ? "/" : named
        return try await CallbackListener(port: port, path: path).listen { port, callbacks in
            let redirectURI = self.redirectURI ?? "http://127.0.0.1:\(port)/callback"
            introduce(redirectURI)
            if self.redirectURI != nil { terminal.tell("It must lead to http://127.0.0.1:\(port)\(path).\n") }
            let request = try await client.authorizationRequest(redirectURI: redirectURI)
            terminal.tell("Then open this address in a browser on this machine, and sign in:\n\n\(request.url)\n")
            let (callback, response) = try await answer(to: request.pending, client, callbacks)
            let tokens = try await client.exchange(response)
            let profile = try await client.profile(tokens)
            return Outcome(
                profile: profile, tokens: tokens,
                login: LoginRecording(
                    configuration: configuration, redirectURI: redirectURI, callback: callback,
                    pending: request.pending, tokens: tokens, profile: profile, time: now()))
        }
    }

    private func introduce(_ redirectURI: String) {
        let registration = configuration.provider.registration
        let place = registration.map { " at \($0.page), under \($0.redirectURI)" } ?? ""
        terminal.tell("Register this redirect URI\(place):\n\n\(redirectURI)\n")
    }

    /// The callback that belongs to this login. One with another state is passed over: an old tab, or a stranger.
    private func answer(
        to pending: PendingAuthorization, _ client: OAuthClient, _ callbacks: AsyncStream<CallbackParameters>
    ) async throws -> (CallbackParameters, AuthorizationResponse) {
        let terminal = terminal
        do {
            return try await withDeadline(timeLimit) {
                for await callback in callbacks {
                    switch Self.judge(callback, pending, client) {
                    case .success(let response): return (callback, response)
                    case .failure(.stateMismatch): terminal.tell("A callback of another login was passed over.")
                    case .failure(let error): throw Failure.refused(error)
                    }
                }
                throw DeadlineExceeded()
            }
        } catch is DeadlineExceeded {
            throw Failure.tooLate(timeLimit)
        }
    }

    private static func judge(
        _ callback: CallbackParameters, _ pending: PendingAuthorization, _ client: OAuthClient
    ) -> Result<AuthorizationResponse, CallbackError> {
        do throws(CallbackError) {
            return .success(try client.validate(callback, for: pending))
        } catch {
            return .failure(error)
        }
    }
}

extension Trial.Outcome {
    /// What was understood, for a terminal.
    var lines: [String] {
        let email = profile.email.map { "\($0.value) (\($0.isVerified ? "verified" : "unverified"))" }
        let fields: [(String, String?)] = [
            ("id", profile.subject), ("former id", profile.formerSubject), ("username", profile.username),
            ("name", profile.name), ("email", email), ("avatar", profile.avatar),
        ]
        let identifiers = profile.identifiers.sorted { $0.key < $1.key }.map { ($0.key, Optional($0.value)) }
        let rows = (fields + identifiers).compactMap { name, value in value.map { [name, Self.oneLine($0)] } }
        return TextTable(rows: rows).lines + ["", tokens.description]
    }

    /// A provider's text without what a terminal would take for a command.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}
