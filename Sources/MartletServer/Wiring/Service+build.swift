public import FoundationEssentials
public import Hummingbird
public import Logging
public import Martlet
public import MartletAccounts
import MartletHummingbird
import MartletPostgres
import MartletSQLite
import NIOCore

/// The service, wired: configuration in, application out.
public struct MartletService: Sendable {
    let configuration: ServerConfiguration
    private let store: any AccountStore
    private let auth: AuthService
    private let renderer: PageRenderer
    let draining = Draining()

    /// Opens the store, reads the secrets and makes a client for each enabled provider.
    ///
    /// No provider is contacted: one that is down does not keep the service from starting.
    ///
    /// - Throws: ``ConfigurationError``, or `StoreError` if the store cannot be opened.
    public init(_ configuration: ServerConfiguration) async throws {
        let lifetime = Double(configuration.sessionCache)
        let store: any AccountStore =
            switch configuration.store {
            case .sqlite(let path): CachedStore(try SQLiteStore(path: path), lifetime: lifetime)
            case .postgres(let url):
                CachedStore(
                    try await PostgresStore(url: url, connections: configuration.storeConnections), lifetime: lifetime)
            }
        try self.init(configuration, store: store)
    }

    /// Wires the service over a store that is open already.
    ///
    /// - Parameters:
    ///   - configuration: the settings.
    ///   - store: where users, bindings and sessions are kept.
    ///   - transport: how providers are asked; by default over HTTP, as the settings allow.
    ///   - now: the clock.
    /// - Throws: ``ConfigurationError``.
    public init(
        _ configuration: ServerConfiguration, store: any AccountStore, transport: (any Transport)? = nil,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        let keyring =
            configuration.secrets.isEmpty
            ? try SecretsFile.loadOrCreate(path: configuration.secretsFile)
            : try Keyring(secrets: configuration.secrets)
        var options = AuthService.Options(origin: configuration.publicURL.origin)
        options.policy = configuration.linking
        options.allowedRedirectOrigins = configuration.allowedRedirectOrigins
        options.sessionLifetime = configuration.sessionLifetime
        options.linkConfirmationPath = PagePaths.standard.link
        options.trustedProxies = configuration.trustedProxies
        options.requestsPerMinute = configuration.requestsPerMinute
        options.serviceKey = configuration.serviceKey
        self.configuration = configuration
        self.store = store
        self.auth = AuthService(
            options: options,
            providers: try configuration.authProviders(transport: transport, keyring: keyring, now: now),
            store: store, keyring: keyring, now: now)
        self.renderer = try PageRenderer()
    }

    /// All routes.
    public func router() -> Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        addRoutes(to: router)
        return router
    }

    /// Adds middleware and routes to a router.
    func addRoutes(to router: some RouterMethods<ServerContext>) {
        let pages = PageRoutes(service: auth, renderer: renderer, productName: configuration.productName)
        let headers = SecurityHeaders(
            isSecure: configuration.publicURL.isSecure, allowsLoopbackImages: configuration.insecureAllowHTTP)
        let guarded = router.addMiddleware {
            headers
            DrainingHeader(draining: draining)
            ErrorPages(pages: pages)
        }
        AuthRoutes(auth).add(to: guarded)
        HealthRoutes(store: store, draining: draining).add(to: guarded)
        DescriptionRoutes().add(to: guarded)
        pages.add(to: guarded)
    }

    /// The service as an application that listens where the configuration says.
    ///
    /// - Parameters:
    ///   - logger: where the server logs.
    ///   - onReady: called with the port once the server listens.
    public func application(
        logger: Logger, onReady: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let address = configuration.listen
        return Application(
            router: router(),
            server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: .init(address: .hostname(address.host, port: address.port), serverName: nil),
            services: [
                Sweeper(store: store, auditRetentionDays: configuration.auditRetentionDays, logger: logger),
                NodeNewsFollower(store: store),
            ],
            onServerRunning: { await onReady($0.localAddress?.port ?? address.port) }, logger: logger)
    }

    /// Longer than the front server keeps idle connections by default (nginx: 60 s): it should be the one that closes
    /// them, since a connection can be closed here while a request is on its way.
    private static let idleTimeout: TimeAmount = .seconds(75)
}

extension ServerConfiguration {
    /// How a provider is asked, if nothing else is said.
    func transport(_ certificate: ClientCertificate?) -> HTTPTransport {
        var options = HTTPTransport.Options()
        options.insecureAllowHTTPToLoopback = insecureAllowHTTP
        return HTTPTransport(options: options, certificate: certificate)
    }

    /// A client for each enabled provider.
    func authProviders(
        transport: (any Transport)?, keyring: Keyring, now: @escaping @Sendable () -> Date
    ) throws -> [AuthProvider] {
        try providers.filter(\.isEnabled).map { provider in
            AuthProvider(
                id: provider.id, name: provider.provider.name, iconURL: PagePaths.standard.icon(of: provider.id),
                client: try OAuthClient(
                    provider.provider, clientID: provider.clientID, clientSecret: provider.clientSecret,
                    key: provider.key, dpopKey: keyring.clientKey(purpose: .dpopKey, context: provider.id),
                    transport: transport ?? self.transport(provider.certificate), now: now),
                isTrustedForEmail: provider.trustsEmail, nativeClientIDs: provider.nativeClientIDs,
                keepsTokens: provider.keepsTokens)
        }
    }
}
