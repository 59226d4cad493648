public import FoundationEssentials
import HTTPTypes
public import Hummingbird
import Logging
public import Martlet
public import MartletAccounts

/// Signing in, between HTTP and the store: begins flows, finishes them, and knows who is signed in.
public struct AuthService: Sendable {
    /// How the service is set up.
    public struct Options: Sendable {
        /// Scheme and authority that browsers see, without a slash at the end.
        public var origin: String
        /// Who may sign up, and what happens when an email is already known.
        public var policy: LinkingPolicy = LinkingPolicy()
        /// Origins besides the service's own on which a flow may end.
        public var allowedRedirectOrigins: [String] = []
        /// How long a session lives, in seconds.
        public var sessionLifetime: Int = 30 * 86_400
        /// IP addresses of proxies whose `X-Forwarded-For` is believed.
        public var trustedProxies: [String] = []
        /// How long all calls to a provider may take in one login.
        public var providerDeadline: Duration = .seconds(9)

        /// The defaults for an origin.
        public init(origin: String) {
            self.origin = origin
        }
    }

    /// The providers in the order they are shown.
    public let providers: [AuthProvider]
    /// How the service is set up.
    public let options: Options
    /// The cookies.
    public let cookies: AuthCookies

    let store: any AccountStore
    let jar: FlowCookieJar
    let flowsUnderWay: FlowsUnderWay = FlowsUnderWay()
    let keyring: Keyring
    let clientAddress: ClientAddress
    let random: RandomSource
    let now: @Sendable () -> Date
    private let providersByID: [String: AuthProvider]

    /// Makes a service.
    public init(
        options: Options, providers: [AuthProvider], store: any AccountStore, keyring: Keyring,
        random: RandomSource = .system, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.options = options
        self.providers = providers
        self.providersByID = Dictionary(providers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.store = store
        self.keyring = keyring
        self.clientAddress = ClientAddress(trustedProxies: options.trustedProxies)
        self.random = random
        self.now = now
        self.cookies = AuthCookies(isSecure: options.origin.hasPrefix("https://"))
        self.jar = FlowCookieJar(cookies: cookies, keyring: keyring, random: random, now: now)
    }

    /// The provider of an id.
    func provider(_ id: String) throws(AuthProblem) -> AuthProvider {
        guard let provider = providersByID[id] else { throw AuthProblem(.providerNotFound) }
        return provider
    }

    /// Who is signed in, by the request's session cookie.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/unavailable`` if the store fails.
    public func signedInUser(_ request: Request) async throws(AuthProblem) -> SignedInUser? {
        guard let token = cookies.sessionToken(in: request) else { return nil }
        return try await stored { try await store.session(tokenHash: token.hash, now: now()) }
    }

    /// The bindings of a user.
    public func identities(of user: User) async throws(AuthProblem) -> [Identity] {
        try await stored { try await store.identities(of: user.id) }
    }

    /// Ends the request's session.
    ///
    /// - Returns: the cookie that removes it from the browser.
    func signOut(_ request: Request) async throws(AuthProblem) -> Cookie {
        if let token = cookies.sessionToken(in: request) {
            try await stored { try await store.endSession(tokenHash: token.hash) }
        }
        return cookies.endedSession()
    }

    /// Runs a call to the store, turning its error into the contract's.
    func stored<Value>(_ work: () async throws -> Value) async throws(AuthProblem) -> Value {
        do {
            return try await work()
        } catch {
            Logger(label: "martlet.store").error("The store failed.", metadata: ["reason": "\(error)"])
            throw AuthProblem(.unavailable)
        }
    }
}
