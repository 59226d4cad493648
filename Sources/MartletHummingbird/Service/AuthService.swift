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
        /// The page where a login ends unless the flow says otherwise, and where errors are shown.
        public var loginPage: LandingURL = .login
        /// The page where a binding ends unless the flow says otherwise.
        public var profilePage: LandingURL = .profile
        /// A path of the application's own page that asks whether an account is to be linked, given `provider` and, if
        /// there was one, `redirect_uri`. A browser that begins a link from elsewhere than this site is sent there; with
        /// nil, the default, it is refused. The page begins the link itself by a link to
        /// `/api/auth/oauth/{provider}/authorize?bind=1`, and must not be shown in a frame.
        public var linkConfirmationPath: String?
        /// How many requests an address may make to the sign-in routes in a minute; 0 for no limit.
        public var requestsPerMinute: Int = 300
        /// The key by which the application's backend gets providers' access tokens; nil, and nobody does.
        public var serviceKey: Secret?
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
    let application: (any ApplicationSessions)?
    let rateLimiter: RateLimiter?
    let flowsUnderWay: FlowsUnderWay = FlowsUnderWay()
    let refreshes: JoinedWork<IdentityID, KeptGrant, AuthProblem> = JoinedWork()
    let keyring: Keyring
    let vault: TokenVault
    let clientAddress: ClientAddress
    let random: RandomSource
    let now: @Sendable () -> Date
    private let providersByID: [String: AuthProvider]

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - options: how the service is set up.
    ///   - providers: the providers in the order they are shown.
    ///   - store: where users and bindings are kept, and sessions unless the application keeps them.
    ///   - keyring: seals cookies and states; the same on every node.
    ///   - application: the application, where it keeps its own sessions; by default the store keeps them.
    ///   - random: where states and tokens come from.
    ///   - now: the clock.
    public init(
        options: Options, providers: [AuthProvider], store: any AccountStore, keyring: Keyring,
        application: (any ApplicationSessions)? = nil,
        random: RandomSource = .system, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.options = options
        self.providers = providers
        self.providersByID = Dictionary(providers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.store = store
        self.application = application
        self.rateLimiter = options.requestsPerMinute > 0 ? RateLimiter(perMinute: options.requestsPerMinute) : nil
        self.keyring = keyring
        self.vault = TokenVault(keyring: keyring)
        self.clientAddress = ClientAddress(trustedProxies: options.trustedProxies)
        self.random = random
        self.now = now
        self.cookies = AuthCookies(isSecure: options.origin.hasPrefix("https://"))
        self.jar = FlowCookieJar(cookies: cookies, keyring: keyring, random: random, now: now)
    }

    /// Whether the store keeps sessions, and not the application.
    var keepsSessions: Bool { application == nil }

    /// The provider of an id.
    func provider(_ id: String) throws(AuthProblem) -> AuthProvider {
        guard let provider = providersByID[id] else { throw AuthProblem(.providerNotFound) }
        return provider
    }

    /// Who is signed in, by the request's session cookie, or by the application's word.
    ///
    /// A request that changes nothing may be answered from memory, by what was so a few seconds ago; for any other, the
    /// store is asked.
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/unavailable`` if the store or the application fails.
    public func signedInUser(_ request: Request) async throws(AuthProblem) -> SignedInUser? {
        try await signedInUser(request, mayBeRecent: request.changesNothing)
    }

    func signedInUser(_ request: Request, mayBeRecent: Bool) async throws(AuthProblem) -> SignedInUser? {
        if application != nil {
            guard let present = try await applicationSession(request),
                let user = try await stored({ try await store.user(present.userID) }), user.isEnabled
            else { return nil }
            return SignedInUser(user: user, session: Session(present, now: now()))
        }
        guard let token = cookies.sessionToken(in: request) else { return nil }
        return try await stored {
            mayBeRecent
                ? try await store.recentSession(tokenHash: token.hash, now: now())
                : try await store.session(tokenHash: token.hash, now: now())
        }
    }

    /// The session that the application says a request comes in.
    private func applicationSession(_ request: Request) async throws(AuthProblem) -> ApplicationSession? {
        try await stored { try await application?.session(of: request) }
    }

    /// The cookies that carry a new session: of the store's, or of the application's.
    func sessionCookies(
        _ user: User, providerID: String, isNew: Bool, _ token: SessionToken, _ request: Request
    ) async throws(AuthProblem) -> [Cookie] {
        guard let application else { return [cookies.session(token, maxAge: options.sessionLifetime)] }
        return try await stored {
            try await application.signIn(user, providerID: providerID, isNew: isNew, request: request)
        }
    }

    /// Who keeps the sessions, and, if the application does, in which one a request comes.
    func sessionKeeper(_ request: Request) async throws(AuthProblem) -> SessionKeeper {
        application == nil ? .store : .application(present: try await applicationSession(request))
    }

    /// The bindings of a user.
    public func identities(of user: User) async throws(AuthProblem) -> [Identity] {
        try await stored { try await store.identities(of: user.id) }
    }

    /// Runs a call to the store, turning its error into the contract's.
    func stored<Value>(_ work: () async throws -> Value) async throws(AuthProblem) -> Value {
        do {
            return try await work()
        } catch {
            Logger(label: "martlet.store").error(
                "The store or the application failed.", metadata: ["reason": "\(error)"])
            throw AuthProblem(.unavailable)
        }
    }
}

extension Request {
    /// Whether its method is one that changes nothing.
    var changesNothing: Bool { method == .get || method == .head }
}
