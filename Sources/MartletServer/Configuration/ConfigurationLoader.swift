import FoundationEssentials
import Martlet
import MartletAccounts
import NIOCore

extension ServerConfiguration {
    /// Reads the configuration: the environment over the file over the defaults.
    ///
    /// - Parameters:
    ///   - path: the file, YAML or JSON; nil for none.
    ///   - environment: the environment's variables.
    /// - Throws: ``ConfigurationError`` with every problem at once.
    public static func load(
        path: String?, environment: [String: String]
    ) throws(ConfigurationError) -> ServerConfiguration {
        guard let path else { return try parse("", file: "no configuration file", environment: environment) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(problems: [
                ConfigurationProblem(
                    place: path,
                    "the configuration file cannot be read; name one with --config, or set MARTLET_… variables")
            ])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationError(problems: [ConfigurationProblem(place: path, "the file is not UTF-8 text")])
        }
        return try parse(text, file: path, environment: environment)
    }

    /// Reads the configuration from a text, complaining by the file name given.
    public static func parse(
        _ text: String, file: String, environment: [String: String] = [:]
    ) throws(ConfigurationError) -> ServerConfiguration {
        var root = try ConfigurationNode.parse(text, file: file)
        var reader = ConfigurationReader()
        guard case .map = root.content else {
            throw ConfigurationError(problems: [
                ConfigurationProblem(place: root.place, "expected a map of settings, like `publicURL: …`")
            ])
        }
        EnvironmentOverlay(environment).apply(to: &root, reader: &reader)
        let configuration = interpret(root, &reader)
        guard reader.problems.isEmpty else { throw ConfigurationError(problems: reader.problems) }
        return configuration
    }

    static let keys = [
        "publicURL", "listen", "store", "secretsFile", "secrets", "signUp", "emailMatch", "allowedRedirectOrigins",
        "trustedProxies", "requestsPerMinute", "insecureAllowHTTP", "sessionLifetime", "productName", "providers",
        "serviceKey", "serviceKeyFile", "storeConnections", "shutdownDelay", "sessionCache",
        "auditRetentionDays",
    ]

    private static func interpret(
        _ root: ConfigurationNode, _ reader: inout ConfigurationReader
    ) -> ServerConfiguration {
        reader.rejectUnknownKeys(in: root, known: keys)
        let allowsHTTP = reader.flag(root["insecureAllowHTTP"], key: "insecureAllowHTTP", default: false)
        var linking = LinkingPolicy()
        linking.signUp = reader.choice(root["signUp"], key: "signUp", default: linking.signUp)
        linking.emailMatch = reader.choice(root["emailMatch"], key: "emailMatch", default: linking.emailMatch)
        return ServerConfiguration(
            publicURL: publicURL(root["publicURL"], &reader), listen: listen(root["listen"], &reader),
            store: store(root["store"], &reader),
            storeConnections: reader.integer(
                root["storeConnections"], key: "storeConnections", default: 8, in: 1...200),
            shutdownDelay: reader.integer(root["shutdownDelay"], key: "shutdownDelay", default: 0, in: 0...300),
            secretsFile: reader.text(root["secretsFile"], key: "secretsFile") ?? "var/secrets",
            secrets: secrets(root["secrets"], &reader), linking: linking,
            allowedRedirectOrigins: origins(root["allowedRedirectOrigins"], &reader),
            trustedProxies: addresses(root["trustedProxies"], &reader),
            insecureAllowHTTP: allowsHTTP,
            requestsPerMinute: reader.integer(
                root["requestsPerMinute"], key: "requestsPerMinute", default: 300, in: 0...1_000_000),
            sessionLifetime: reader.integer(
                root["sessionLifetime"], key: "sessionLifetime", default: 30 * 86_400, in: 60...(400 * 86_400)),
            sessionCache: reader.integer(root["sessionCache"], key: "sessionCache", default: 5, in: 0...60),
            auditRetentionDays: reader.integer(
                root["auditRetentionDays"], key: "auditRetentionDays", default: 365, in: 0...36_500),
            productName: reader.text(root["productName"], key: "productName") ?? "Martlet",
            serviceKey: serviceKey(root, &reader),
            providers: reader.entries(
                root["providers"], key: "providers", of: "each provider's id, a colon, and its settings below"
            ).compactMap { browserProvider($0, allowsHTTP: allowsHTTP, &reader) })
    }

    /// A provider that people can sign in with in a browser; the service has no other way yet to reach them.
    private static func browserProvider(
        _ entry: ConfigurationNode.Entry, allowsHTTP: Bool, _ reader: inout ConfigurationReader
    ) -> ProviderConfiguration? {
        let configured = ProviderConfiguration(entry, allowsHTTP: allowsHTTP, &reader)
        if let provider = configured?.provider, provider.authorizationEndpoint == nil, provider.issuer == nil {
            reader.complain(
                place: entry.keyPlace, key: "providers.\(entry.key)",
                "\(provider.name) has no sign-in in a browser; the library can use it, this service cannot")
        }
        for name in configured?.provider.missingAuthorizeParameters ?? [] {
            reader.complain(
                place: entry.keyPlace, key: "providers.\(entry.key).authorizeParameters.\(name)",
                "is missing: the provider refuses a login without it")
        }
        return configured
    }

    private static func publicURL(_ node: ConfigurationNode?, _ reader: inout ConfigurationReader) -> PublicURL {
        let fallback = "http://localhost:8080"
        let text = reader.text(node, key: "publicURL") ?? fallback
        guard let origin = Origin(text) else {
            reader.complain(node, key: "publicURL", "expected scheme and host only, like https://login.example.com")
            return PublicURL(origin: fallback)
        }
        if !origin.isSecure, !origin.isLoopback {
            reader.complain(
                node, key: "publicURL", "http is for localhost only: sign-in over the network needs https")
        }
        return PublicURL(origin: origin.text)
    }

    private static func listen(_ node: ConfigurationNode?, _ reader: inout ConfigurationReader) -> ListenAddress {
        let fallback = ListenAddress(host: "127.0.0.1", port: 8080)
        guard let text = reader.text(node, key: "listen") else { return fallback }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            reader.complain(node, key: "listen", "expected an address and a port, like 127.0.0.1:8080")
            return fallback
        }
        let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
        return ListenAddress(host: host.isEmpty ? "0.0.0.0" : host, port: Int(port))
    }

    private static func store(_ node: ConfigurationNode?, _ reader: inout ConfigurationReader) -> StoreLocation {
        let text = reader.text(node, key: "store") ?? "sqlite:var/martlet.sqlite"
        guard let location = StoreLocation(text) else {
            reader.complain(
                node, key: "store",
                "expected sqlite: and the path of a file, like sqlite:var/martlet.sqlite, or the URI of a PostgreSQL "
                    + "database, like postgres://martlet@db.internal/martlet?passfile=/run/secrets/pgpass")
            return .sqlite(path: "var/martlet.sqlite")
        }
        return location
    }

    private static func secrets(_ node: ConfigurationNode?, _ reader: inout ConfigurationReader) -> [Secret] {
        let secrets = reader.texts(node, key: "secrets").map { Secret($0) }
        if !secrets.isEmpty, (try? Keyring(secrets: secrets)) == nil {
            reader.complain(
                node, key: "secrets",
                "each needs at least 32 random bytes as URL-safe base64; `martlet secret generate` makes one")
        }
        return secrets
    }

    private static func serviceKey(_ root: ConfigurationNode, _ reader: inout ConfigurationReader) -> Secret? {
        let key = reader.secret(root["serviceKey"], file: root["serviceKeyFile"], key: "serviceKey")
        if let key, key.reveal().utf8.count < 32 {
            reader.complain(
                root["serviceKey"] ?? root["serviceKeyFile"], key: "serviceKey",
                "needs at least 32 characters; `martlet secret generate` makes one")
        }
        return key
    }

    private static func addresses(_ node: ConfigurationNode?, _ reader: inout ConfigurationReader) -> [String] {
        reader.texts(node, key: "trustedProxies").compactMap { text in
            if let address = try? SocketAddress(ipAddress: text, port: 0).ipAddress { return address }
            reader.complain(node, key: "trustedProxies", "\(text) is not an IP address, like 10.0.0.5 or ::1")
            return nil
        }
    }

    private static func origins(_ node: ConfigurationNode?, _ reader: inout ConfigurationReader) -> [String] {
        reader.texts(node, key: "allowedRedirectOrigins").compactMap { text in
            if let origin = Origin(text) { return origin.text }
            reader.complain(
                node, key: "allowedRedirectOrigins",
                "\(text) is not an origin: expected scheme, host and port only, like https://app.example.com")
            return nil
        }
    }
}

/// Scheme, host and port of a URL that has nothing else.
struct Origin: Hashable, Sendable {
    let text: String
    let isSecure: Bool
    let isLoopback: Bool

    init?(_ text: String) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let url = URL(string: trimmed), let scheme = url.scheme?.lowercased(), let host = url.host(),
            ["http", "https"].contains(scheme), !host.isEmpty, url.path().isEmpty, url.query() == nil,
            url.fragment() == nil, url.user() == nil, !trimmed.contains("@"), !trimmed.contains("*")
        else { return nil }
        self.text = trimmed.lowercased()
        self.isSecure = scheme == "https"
        self.isLoopback = Martlet.isLoopback(host: host)
    }
}
