import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting

/// A client of one provider over a scripted transport, with a clock that stands still and repeatable randomness.
struct Harness {
    static let redirectURI = "https://app.example/callback"
    static let clientSecret: Secret = "client-secret-4711"
    static let code: Secret = "authorization-code-0815"

    let transport = ScriptedTransport()
    let clock = FixedClock()
    let client: OAuthClient

    init(
        _ provider: Provider, clientID: String = "client-1", clientSecret: Secret? = Harness.clientSecret,
        key: ClientKey? = nil, dpopKey: ClientKey? = nil
    ) throws {
        client = try OAuthClient(
            provider.completed, clientID: clientID, clientSecret: clientSecret, key: key, dpopKey: dpopKey,
            transport: transport, random: SeededRandom().source, now: clock.read)
    }

    /// A request for authorization with a known state.
    func begin(scopes: [String]? = nil, parameters: [String: String] = [:]) async throws -> AuthorizationRequest {
        try await client.authorizationRequest(
            redirectURI: Self.redirectURI, state: "state-1", scopes: scopes, parameters: parameters)
    }

    /// A callback that was accepted.
    func authorized(
        scopes: [String]? = nil, parameters: [String: String] = ["code": Harness.code.reveal()]
    ) async throws -> AuthorizationResponse {
        let pending = try await begin(scopes: scopes).pending
        let callback = CallbackParameters(parameters.merging(["state": "state-1"]) { $1 })
        return try client.validate(callback, for: pending)
    }

    /// Exchanges a code for the token answer given.
    func tokens(_ answer: OutboundResponse, scopes: [String]? = nil) async throws -> Tokens {
        transport.on(.token, answer)
        return try await client.exchange(try await authorized(scopes: scopes))
    }

    /// Exchanges a code for the token answer given.
    func tokens(_ json: String, scopes: [String]? = nil) async throws -> Tokens {
        try await tokens(.json(json), scopes: scopes)
    }

    /// The only request of a role.
    func request(_ role: OutboundRequest.Role) throws -> OutboundRequest {
        let requests = transport.requests(role)
        guard let first = requests.first, requests.count == 1 else {
            throw TestFailure("there are \(requests.count) \(role.rawValue) requests instead of one")
        }
        return first
    }
}

/// A test cannot go on.
struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The error of the library that an operation must throw.
func failure<Value>(of operation: () async throws -> Value) async throws -> OAuthError {
    do {
        _ = try await operation()
    } catch let error as OAuthError {
        return error
    }
    throw TestFailure("nothing was thrown")
}

/// The provider's rejection that an operation must throw.
func rejection<Value>(of operation: () async throws -> Value) async throws -> Rejection {
    let error = try await failure(of: operation)
    guard case .rejected(let rejection) = error else { throw TestFailure("the error is \(error)") }
    return rejection
}

extension Provider {
    /// This provider with a value for each setting that is the application's owner's to give.
    var completed: Provider {
        var provider = self
        if signedClientSecret != nil, teamID == nil { provider.teamID = "my-team" }
        provider.insecureAllowHandleAsSubject = profile.idIsHandle
        provider.domain = domain ?? "id.example"
        provider.tenant = tenant ?? "my-tenant"
        provider.apiKey = apiKey ?? "my-api-key"
        for names in missingAuthorizeParameters {
            let name = String(names.prefix { $0 != " " })
            provider.authorizeParameters[name] = "my-\(name)"
        }
        return provider
    }
}

extension OutboundRequest {
    /// The URL without its query.
    var endpoint: String { String(url.prefix { $0 != "?" }) }

    /// The parameters in the query, name to value.
    var query: [String: String] { url.queryParameters }

    /// The parameters in a form body, name to value.
    var form: [String: String] { Self.parameters(body ?? "") }

    /// The JSON body.
    var json: JSONValue? { body.flatMap { try? JSONValue(parsing: $0.utf8) } }

    /// The token of a Bearer header, or nil.
    var bearer: String? {
        headers[.authorization].flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
    }

    static func parameters(_ text: some StringProtocol) -> [String: String] {
        Dictionary((FormEncoding.decode(String(text)) ?? []).map { ($0.name, $0.value) }) { "\($0) and \($1)" }
    }
}

extension String {
    /// The parameters in a URL's query, name to value; a repeated one shows both values.
    var queryParameters: [String: String] {
        let query = prefix { $0 != "#" }.split(separator: "?", maxSplits: 1).dropFirst().first
        return OutboundRequest.parameters(query ?? "")
    }
}
