import FoundationEssentials
import HTTPTypes
public import Martlet

/// Runs the real request builders and parsers over recorded answers, offline.
public struct Replay: Sendable {
    /// What a replay gave.
    public struct Result: Sendable {
        /// The provider's id.
        public let providerID: String
        /// Whether the login was understood.
        public let isOK: Bool
        /// Whether it gave what was expected; nil where nothing was.
        public let matches: Bool?
        /// The line that is printed.
        public let json: JSONValue

        /// Whether this counts as a success: as expected, or, with no expectation, understood.
        public var isSuccess: Bool { matches ?? isOK }
    }

    /// Makes a replay.
    public init() {}

    /// Replays one recording.
    ///
    /// - Throws: an error whose text says why the input is no recording.
    public func run(_ recording: JSONValue) async throws -> Result {
        let recording = try ReplayRecording(recording)
        var run = Run(recording)
        do throws(ReplayFailure) {
            let client = try run.makeClient()
            try await run.login(client)
        } catch {
            run.failure = error
        }
        return run.result
    }
}

/// Why a replayed login came to nothing.
private struct ReplayFailure: Error {
    let code: String
    let detail: String
}

/// One replay under way.
private struct Run {
    let recording: ReplayRecording
    let transport: ReplayTransport
    var authorizationURL: String?
    var tokens: Tokens?
    var profile: UserProfile?
    var failure: ReplayFailure?

    init(_ recording: ReplayRecording) {
        self.recording = recording
        self.transport = ReplayTransport(exchanges: recording.exchanges)
    }

    func makeClient() throws(ReplayFailure) -> OAuthClient {
        do {
            let provider = try ProviderConfiguration(replaying: recording)
            let now = recording.now
            return try OAuthClient(
                provider.provider, clientID: provider.clientID, clientSecret: provider.clientSecret,
                key: provider.key,
                transport: transport, random: .system, now: { now }, verifiesIDTokens: recording.verifiesIDToken)
        } catch {
            throw ReplayFailure(code: "CONFIGURATION_INVALID", detail: "\(error)")
        }
    }

    mutating func login(_ client: OAuthClient) async throws(ReplayFailure) {
        do throws(OAuthError) {
            tokens = try await exchange(client)
        } catch {
            throw failure(error, code: "OAUTH_TOKEN_EXCHANGE_FAILED")
        }
        guard let tokens else { return }
        do throws(OAuthError) {
            profile = try await client.profile(tokens)
        } catch {
            throw failure(error, code: "OAUTH_USER_INFO_FAILED")
        }
    }

    private mutating func exchange(_ client: OAuthClient) async throws(OAuthError) -> Tokens? {
        guard client.provider.authorizationEndpoint != nil || client.provider.issuer != nil else {
            return try await client.exchange(loginCode: Secret(recording.callback["code"] ?? ""))
        }
        let request = try await client.authorizationRequest(
            redirectURI: recording.redirectURI, state: recording.callback["state"])
        authorizationURL = request.url
        var pending = request.pending
        pending.nonce = recording.nonce
        var callback = recording.callback
        callback["state"] = callback["state"] ?? pending.state
        let response: AuthorizationResponse
        do throws(CallbackError) {
            response = try client.validate(CallbackParameters(callback), for: pending)
        } catch {
            failure = ReplayFailure(code: error.contractCode, detail: error.description)
            return nil
        }
        return try await client.exchange(response)
    }

    private func failure(_ error: OAuthError, code: String) -> ReplayFailure {
        if let request = transport.unanswered {
            return ReplayFailure(code: "NO_RECORDED_ANSWER", detail: "\(request.method.rawValue) \(request.url)")
        }
        var detail = error.description
        if case .rejected(let rejection) = error, let words = rejection.description { detail += " \(words)" }
        return ReplayFailure(code: code, detail: detail)
    }
}

extension Run {
    var result: Replay.Result {
        var line: [String: JSONValue] = [
            "ok": .bool(failure == nil), "provider": .string(recording.providerID),
            "requests": .array(transport.asked.map(\.json)),
        ]
        if let authorizationURL { line["authorizationURL"] = .string(authorizationURL) }
        if let failure {
            line["error"] = ["code": .string(failure.code), "detail": .string(failure.detail)]
        } else if let tokens, let profile {
            line["tokens"] = tokens.replayed
            line["profile"] = profile.replayed
            line["raw"] = profile.raw
        }
        let asked = transport.asked.flatMap(\.differences)
        let differences =
            recording.expected == nil && asked.isEmpty ? nil : compare(recording.expected ?? [:], with: line) + asked
        if let differences {
            line["matches"] = .bool(differences.isEmpty)
            line["differences"] = .array(differences)
        }
        return Replay.Result(
            providerID: recording.providerID, isOK: failure == nil, matches: differences?.isEmpty,
            json: .object(line))
    }

    private func compare(_ expected: [String: JSONValue], with line: [String: JSONValue]) -> [JSONValue] {
        expected.sorted { $0.key < $1.key }.compactMap { field, wanted in
            let actual =
                switch field {
                case "ok": line["ok"]
                case "error": line["error"]?["code"]
                default: line["profile"]?[field]
                }
            guard (actual?.text ?? "") != (wanted.text ?? "") else { return nil }
            return ["field": .string(field), "expected": wanted, "actual": actual ?? .null]
        }
    }
}

extension Tokens {
    fileprivate var replayed: JSONValue {
        [
            "accessToken": JSONValue(accessToken?.reveal()), "refreshToken": JSONValue(refreshToken?.reveal()),
            "tokenType": .string(tokenType), "expiresIn": expiresIn.map { .number(Decimal($0)) } ?? .null,
            "scope": .array(scopes.map { .string($0) }), "idToken": JSONValue(idToken?.reveal()),
        ]
    }
}

extension UserProfile {
    fileprivate var replayed: JSONValue {
        [
            "id": .string(subject), "username": JSONValue(username), "name": JSONValue(name),
            "email": JSONValue(email?.value), "emailVerified": .bool(email?.isVerified ?? false),
            "avatar": JSONValue(avatar),
            "identifiers": .object(identifiers.mapValues { .string($0) }),
        ]
    }
}

extension CallbackError {
    fileprivate var contractCode: String {
        switch self {
        case .accessDenied: "OAUTH_ACCESS_DENIED"
        case .provider, .missingCode: "OAUTH_PROVIDER_ERROR"
        default: "OAUTH_STATE_INVALID"
        }
    }
}
