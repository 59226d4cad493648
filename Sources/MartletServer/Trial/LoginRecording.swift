package import FoundationEssentials
import HTTPTypes
package import Martlet

/// A login that has just happened, to be written down in the format of `martlet providers replay`, redacted.
package struct LoginRecording: Sendable {
    /// The provider as it was used.
    package var configuration: ProviderConfiguration
    /// The redirect URI that was sent.
    package var redirectURI: String
    /// What came back to it.
    package var callback: CallbackParameters
    /// What was remembered in between.
    package var pending: PendingAuthorization
    /// What was granted.
    package var tokens: Tokens
    /// What was understood.
    package var profile: UserProfile
    /// When.
    package var time: Date

    /// Puts a login together.
    package init(
        configuration: ProviderConfiguration, redirectURI: String, callback: CallbackParameters,
        pending: PendingAuthorization, tokens: Tokens, profile: UserProfile, time: Date
    ) {
        self.configuration = configuration
        self.redirectURI = redirectURI
        self.callback = callback
        self.pending = pending
        self.tokens = tokens
        self.profile = profile
        self.time = time
    }

    /// Why a login with a provider cannot be written down; nil if it can.
    package static func reasonAgainst(_ provider: Provider) -> String? {
        provider.signing == .alipay || provider.callbackSignature != nil
            ? "\(provider.name) signs what it answers, and a redacted recording would break the signature" : nil
    }

    /// The recording, with what is understood of it as its expectation.
    ///
    /// - Parameter transport: what carried the login.
    /// - Returns: the recording, and, if a replay does not understand it as the login itself, a sentence that says so.
    /// - Throws: an error of the replay, for a recording that is none.
    package func redacted(
        from transport: RecordingTransport, random: RandomSource = .system
    ) async throws -> (recording: JSONValue, problem: String?) {
        var redactor = Redactor(known: known, random: random)
        redactor.hide(
            [
                profile.subject, profile.formerSubject, profile.username, profile.name, profile.email?.value,
                profile.avatar,
            ]
            .compactMap { $0 } + profile.identifiers.values)
        var exchanges: [JSONValue] = []
        for exchange in transport.exchanges { exchanges.append(json(exchange, &redactor)) }
        var parameters: [String: JSONValue] = [:]
        for (name, value) in callback.values { parameters[name] = .string(redactor.redact(text: value, key: name)) }
        var recording: [String: JSONValue] = [
            "provider": .string(configuration.id), "configuration": settings, "redirectURI": .string(redirectURI),
            "callback": .object(parameters), "now": .string(time.formatted(.iso8601)),
            "exchanges": .array(exchanges),
        ]
        if tokens.idToken != nil { recording["verifyIDToken"] = .bool(false) }
        let result = try await Replay().run(.object(recording))
        let expected = (result.json["profile"]?.object ?? [:]).filter { $0.key != "identifiers" }
        recording["expected"] = .object(expected)
        return (.object(recording), problem(result.json, expected))
    }

    /// What must not be shown, with what stands for it.
    private var known: [String: String] {
        let pairs: [(String?, String)] = [
            (configuration.clientID, "client-id"), (configuration.clientSecret?.reveal(), settingsSecret),
            (configuration.provider.apiKey, "api-key"), (pending.state, "the-state"), (pending.nonce, "the-nonce"),
            (pending.codeVerifier?.reveal(), "the-verifier"),
            (tokens.accessToken?.reveal(), "access-token"), (tokens.refreshToken?.reveal(), "refresh-token"),
        ]
        let codes = configuration.provider.parameterNames.callbackCode.split(separator: "|")
            .map { $0.filter { $0 != " " } }.compactMap { callback.values[$0] }.map { ($0, "the-code") }
        // An access token that is a JWT is redacted as one.
        return Dictionary(
            (pairs.compactMap { value, name in value.map { ($0, name) } } + codes)
                .filter { !$0.0.isEmpty && $0.0 != tokens.idToken?.reveal() },
            uniquingKeysWith: { first, _ in first })
    }

    private func json(_ exchange: RecordingTransport.Exchange, _ redactor: inout Redactor) -> JSONValue {
        let request = exchange.request
        let body = String(decoding: exchange.response.body, as: UTF8.self)
        let isPublic = request.role == .discovery || request.role == .keys
        // The query holds what differs from login to login; the role tells calls to one address apart.
        let url = String(request.url.prefix { $0 != "?" && $0 != "#" })
        let type = exchange.response.headers[.contentType].map { ["content-type": JSONValue.string($0)] } ?? [:]
        return [
            "role": .string(request.role.rawValue), "method": .string(request.method.rawValue),
            "url": .string(redactor.redact(text: url, key: "url")),
            "status": .number(Decimal(exchange.response.status)), "headers": .object(type),
            "body": .string(isPublic ? body : redactor.redactBody(body)),
        ]
    }

    private func problem(_ replayed: JSONValue, _ expected: [String: JSONValue]) -> String? {
        if let error = replayed["error"]?["detail"]?.string { return "a replay fails: \(error)" }
        let found: [(String, Bool)] = [
            ("username", profile.username != nil), ("name", profile.name != nil), ("email", profile.email != nil),
            ("avatar", profile.avatar != nil),
        ]
        let differing = found.filter { (expected[$0.0] ?? .null != .null) != $0.1 }.map(\.0)
        let proof = expected["emailVerified"] != .bool(profile.email?.isVerified ?? false) ? ["emailVerified"] : []
        guard !(differing + proof).isEmpty else { return nil }
        return "a replay understands otherwise: \((differing + proof).joined(separator: ", "))"
    }
}

// The settings that a replay needs.
extension LoginRecording {
    /// A secret that can sign has 32 bytes.
    private var settingsSecret: String {
        let provider = configuration.provider
        let signs =
            provider.clientAuthentication == .secretJWT
            || provider.signingAlgorithms.contains { $0.rawValue.hasPrefix("HS") }
        return signs ? "client-secret-client-secret-client-secret" : "client-secret"
    }

    private var settings: JSONValue {
        var provider = configuration.provider
        var secret = configuration.clientSecret.map { _ in settingsSecret }
        // A key is never written down; with a secret in its place the answers are read alike.
        if configuration.key != nil || configuration.certificate != nil {
            secret = settingsSecret
            if provider.signedClientSecret == nil { provider.clientAuthentication = .post }
            provider.signsAuthorizationRequests = provider.signsAuthorizationRequests.map { _ in false }
        }
        if provider.apiKey != nil { provider.apiKey = "api-key" }
        provider.teamID = nil
        let base =
            Catalogue.provider(configuration.id)
            ?? provider.issuer.map { .openID(id: provider.id, name: provider.id, issuer: $0) }
            ?? Provider(id: provider.id, name: provider.id)
        var settings = Self.overlay(over: Self.json(base), making: Self.json(provider)).object ?? [:]
        for name in ["name", "localizedNames", "color", "documentation", "registration", "fieldScopes"] {
            settings[name] = nil
        }
        if Catalogue.provider(configuration.id) == nil { settings["issuer"] = provider.issuer.map { .string($0) } }
        settings["clientID"] = .string("client-id")
        settings["clientSecret"] = secret.map { .string($0) }
        return .object(settings)
    }

    private static func json(_ provider: Provider) -> JSONValue {
        (try? JSONValue(parsing: JSONEncoder().encode(provider))) ?? [:]
    }

    /// What must be laid over a value to make another; null takes a member away.
    private static func overlay(over base: JSONValue, making wanted: JSONValue) -> JSONValue {
        guard let old = base.object, let new = wanted.object else { return wanted }
        var changes = new.filter { old[$0.key] != $0.value }
        for (name, value) in changes { changes[name] = old[name].map { overlay(over: $0, making: value) } ?? value }
        for name in old.keys where new[name] == nil { changes[name] = .null }
        return .object(changes)
    }
}
