import FoundationEssentials
import Martlet
import MartletTesting
import Synchronization

/// An OpenID provider that a test may make misbehave, and a client of it.
final class OpenIDWorld: Sendable {
    static let issuer = "https://id.example"
    static let accessToken = "access-token-1"
    static let metadata = JSONValue.object([
        "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/authorize"),
        "token_endpoint": .string(issuer + "/token"), "userinfo_endpoint": .string(issuer + "/userinfo"),
        "jwks_uri": .string(issuer + "/keys"),
    ])

    private struct Answers: Sendable {
        var token = "{}"
        var keys: OutboundResponse
    }

    let harness: Harness
    private let answers: Mutex<Answers>

    var client: OAuthClient { harness.client }
    var clock: FixedClock { harness.clock }
    var keyFetches: Int { harness.transport.requests(.keys).count }

    /// Makes a provider whose key set holds these keys.
    init(
        keys: [JSONValue], metadata changes: JSONValue = [:], clientSecret: Secret? = Harness.clientSecret,
        key: ClientKey? = nil, dpopKey: ClientKey? = nil, _ configure: (inout Provider) -> Void = { _ in }
    ) throws {
        var provider = Provider.openID(id: "example", name: "Example", issuer: Self.issuer)
        configure(&provider)
        harness = try Harness(provider, clientSecret: clientSecret, key: key, dpopKey: dpopKey)
        answers = Mutex(Answers(keys: Self.keySet(keys)))
        harness.transport.on(.discovery, .json(Self.metadata.merging(changes).serialized()))
        harness.transport.on(.keys) { [weak self] (_) throws(TransportError) in
            self?.answers.withLock { $0.keys } ?? .json("{}", status: 500)
        }
        harness.transport.on(.token) { [weak self] (_) throws(TransportError) in
            .json(self?.answers.withLock { $0.token } ?? "{}")
        }
    }

    /// Makes a provider with one key.
    convenience init(
        _ signer: IDTokenSigner, metadata changes: JSONValue = [:], clientSecret: Secret? = Harness.clientSecret,
        _ configure: (inout Provider) -> Void = { _ in }
    ) throws {
        try self.init(keys: [try signer.jwk()], metadata: changes, clientSecret: clientSecret, configure)
    }

    private static func keySet(_ keys: [JSONValue]) -> OutboundResponse {
        .json(JSONValue.object(["keys": .array(keys)]).serialized())
    }

    /// Replaces the key set.
    func publish(_ keys: JSONValue...) {
        answers.withLock { $0.keys = Self.keySet(keys) }
    }

    /// Answers the next requests for keys so.
    func answerKeys(_ response: OutboundResponse) {
        answers.withLock { $0.keys = response }
    }

    /// The claims of a good ID token; members given replace them, and null takes one away.
    func claims(nonce: String?, _ changes: [String: JSONValue] = [:]) -> JSONValue {
        let now = Int(clock.now.timeIntervalSince1970)
        let usual: [String: JSONValue] = [
            "iss": .string(Self.issuer), "sub": .string("248289761001"), "aud": .string("client-1"),
            "iat": .number(Decimal(now)), "exp": .number(Decimal(now + 600)), "nonce": JSONValue(nonce),
        ]
        return .object(usual.merging(changes) { $1 }.filter { $0.value != .null })
    }

    /// A login whose ID token has these claims and this header.
    @discardableResult
    func signIn(
        _ signer: IDTokenSigner, claims changes: [String: JSONValue] = [:], header: [String: JSONValue] = [:],
        parameters: [String: String] = [:]
    ) async throws -> Tokens {
        try await signIn(parameters: parameters) { nonce in
            try signer.sign(self.claims(nonce: nonce, changes), header: header)
        }
    }

    /// A login with the ID token that a function makes for the nonce that was sent; without one, none comes.
    @discardableResult
    func signIn(
        parameters: [String: String] = [:], _ makeToken: (_ nonce: String?) throws -> Secret?
    ) async throws -> Tokens {
        let pending = try await harness.begin(parameters: parameters).pending
        let callback = CallbackParameters(["code": Harness.code.reveal(), "state": "state-1"])
        let response = try client.validate(callback, for: pending)
        var answer: [String: JSONValue] = [
            "access_token": .string(Self.accessToken), "token_type": .string("Bearer"),
        ]
        answer["id_token"] = try makeToken(pending.nonce).map { .string($0.reveal()) }
        let text = JSONValue.object(answer).serialized()
        answers.withLock { $0.token = text }
        return try await client.exchange(response)
    }

    /// Why a login's ID token was not trusted.
    func distrust(
        _ signer: IDTokenSigner, claims changes: [String: JSONValue] = [:], header: [String: JSONValue] = [:],
        parameters: [String: String] = [:]
    ) async throws -> IDTokenError {
        try await distrust(parameters: parameters) { nonce in
            try signer.sign(self.claims(nonce: nonce, changes), header: header)
        }
    }

    /// Why the ID token that a function makes was not trusted.
    func distrust(
        parameters: [String: String] = [:], _ makeToken: (_ nonce: String?) throws -> Secret?
    ) async throws -> IDTokenError {
        let error = try await failure { try await signIn(parameters: parameters, makeToken) }
        guard case .untrustedIDToken(let reason) = error else { throw TestFailure("the error is \(error)") }
        return reason
    }
}
