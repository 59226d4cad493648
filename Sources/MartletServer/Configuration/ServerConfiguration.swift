public import Martlet
public import MartletAccounts

/// Everything an operator can set, after it was checked.
public struct ServerConfiguration: Sendable {
    /// What browsers see: scheme and authority, without a slash at the end.
    public var publicURL: PublicURL
    /// Where the service listens.
    public var listen: ListenAddress
    /// Where users, bindings and sessions are kept.
    public var store: StoreLocation
    /// How many connections are made to a database server at most.
    public var storeConnections: Int = 8
    /// For how many seconds the service goes on after it was asked to end, so that balancers see that it is not ready.
    public var shutdownDelay: Int = 0
    /// The file of secrets, newest first; made at the first start.
    public var secretsFile: String
    /// Secrets given directly (`MARTLET_SECRETS`), newest first; with them, no file is used.
    public var secrets: [Secret]
    /// Who may sign up, and what happens when an email is already known.
    public var linking: LinkingPolicy
    /// Origins besides the service's own on which a flow may end.
    public var allowedRedirectOrigins: [String]
    /// IP addresses of proxies whose `X-Forwarded-For` is believed.
    public var trustedProxies: [String]
    /// Whether providers on this machine may be spoken to over plain HTTP.
    public var insecureAllowHTTP: Bool
    /// How many requests an address may make to the sign-in routes in a minute; 0 for no limit.
    public var requestsPerMinute: Int
    /// How long a session lives, in seconds.
    public var sessionLifetime: Int
    /// For how many seconds the answer to who is signed in is given again; 0 for never.
    public var sessionCache: Int = 5
    /// How many days the lines of the audit trail are kept; 0 for ever.
    public var auditRetentionDays: Int = 365
    /// The name that pages show.
    public var productName: String
    /// The key by which the application's backend gets providers' access tokens; nil, and nobody does.
    public var serviceKey: Secret?
    /// The providers, in the order of the file.
    public var providers: [ProviderConfiguration]

    /// Scheme and authority that browsers see.
    public struct PublicURL: Hashable, Sendable, CustomStringConvertible {
        /// The origin, without a slash at the end: `https://login.example.com`.
        public let origin: String
        /// Whether browsers use HTTPS.
        public var isSecure: Bool { origin.hasPrefix("https://") }
        /// The origin.
        public var description: String { origin }

        init(origin: String) {
            self.origin = origin
        }

        /// The redirect URI that is registered with a provider.
        public func redirectURI(providerID: String) -> String {
            "\(origin)/api/auth/oauth/\(providerID)/callback"
        }
    }

    /// A host and a port to listen on.
    public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
        /// The address, or `localhost`.
        public var host: String
        /// The port; 0 takes a free one.
        public var port: Int
        /// `host:port`.
        public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

        /// Makes an address.
        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// Where data is kept.
    public enum StoreLocation: Hashable, Sendable {
        /// A SQLite database file.
        case sqlite(path: String)
        /// A PostgreSQL database, by its connection URI.
        case postgres(url: Secret)
    }
}

/// One provider, as it is configured.
public struct ProviderConfiguration: Sendable, Identifiable {
    /// The id in paths: the key in the configuration.
    public var id: String
    /// The provider's description, overrides applied.
    public var provider: Provider
    /// The id the provider gave the application.
    public var clientID: String
    /// The secret it gave.
    public var clientSecret: Secret?
    /// The private key whose public half the provider knows.
    public var key: ClientKey?
    /// The TLS certificate that the provider knows the application by.
    public var certificate: ClientCertificate?
    /// Whether people may sign in with it.
    public var isEnabled: Bool
    /// Whether its word on an email is enough to link accounts (`emailMatch: link`).
    public var trustsEmail: Bool
    /// The client ids of the operator's apps whose ID tokens sign in as well.
    public var nativeClientIDs: [String]
    /// Whether the tokens of a login are kept, sealed, for the application's backend.
    public var keepsTokens: Bool
}
