public import FoundationEssentials

/// A client of one provider: everything between "sign in with …" and knowing who it is.
///
/// ```swift
/// let github = try OAuthClient(.github, clientID: "…", clientSecret: "…")
/// let request = try await github.authorizationRequest(redirectURI: "https://app.example/callback")
/// // send the browser to request.url, keep request.pending; then, at the callback:
/// let answer = try github.validate(CallbackParameters(parsing: query), for: pending)
/// let tokens = try await github.exchange(answer)
/// let profile = try await github.profile(tokens)
/// ```
///
/// A client is a value; copies share what they remember of the provider (metadata, keys). Make one for each provider and
/// keep it.
public struct OAuthClient: Sendable {
    /// The provider, with `{domain}`, `{tenant}` and `{clientID}` filled in.
    public let provider: Provider
    /// The id the provider gave the application.
    public let clientID: String

    let clientSecret: Secret?
    let key: ClientKey?
    let dpop: DPoPProver?
    let transport: any Transport
    let random: RandomSource
    let now: @Sendable () -> Date
    let state: ProviderState
    let verifiesIDTokens: Bool

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - provider: an entry of the catalogue, or one of your own.
    ///   - clientID: the id the provider gave the application.
    ///   - clientSecret: the secret it gave; nil for a public client.
    ///   - key: the private key whose public half the provider knows: for `private_key_jwt`, signed requests, and Apple's
    ///     client secret.
    ///   - dpopKey: the key that tokens are bound to, where ``Provider/usesDPoP`` says so; by default a new one. Give one
    ///     where a login or a refresh may go on in another process.
    ///   - transport: how requests are sent; by default a process-wide HTTP client.
    ///   - random: where states, nonces and code verifiers come from.
    ///   - now: the clock.
    /// - Throws: ``OAuthError/misconfigured(_:)`` if the client id is empty, an endpoint is no absolute URL, a
    ///   placeholder of an endpoint has no value, a secret or key that the provider needs is missing or too short, or the
    ///   provider knows people by a handle and ``Provider/insecureAllowHandleAsSubject`` is not set.
    public init(
        _ provider: Provider, clientID: String, clientSecret: Secret? = nil, key: ClientKey? = nil,
        dpopKey: ClientKey? = nil, transport: any Transport = HTTPTransport.shared, random: RandomSource = .system,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws(OAuthError) {
        try self.init(
            provider, clientID: clientID, clientSecret: clientSecret, key: key, dpopKey: dpopKey, transport: transport,
            random: random, now: now, verifiesIDTokens: true)
        try Self.check(self.provider, clientSecret: clientSecret, key: key)
    }

    /// Makes a client that, for replaying recordings only, may read ID tokens without verifying them.
    package init(
        _ provider: Provider, clientID: String, clientSecret: Secret?, key: ClientKey? = nil, dpopKey: ClientKey? = nil,
        transport: any Transport, random: RandomSource, now: @escaping @Sendable () -> Date, verifiesIDTokens: Bool
    ) throws(OAuthError) {
        guard !clientID.isEmpty else { throw .misconfigured("the client id of \(provider.id) is empty") }
        self.provider = try provider.resolvingPlaceholders(clientID: clientID)
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.key = key
        self.dpop = provider.usesDPoP ? DPoPProver(key: dpopKey ?? .generated(), random: random) : nil
        self.transport = transport
        self.random = random
        self.now = now
        self.state = ProviderState(transport: transport, now: now)
        self.verifiesIDTokens = verifiesIDTokens
    }

    /// Where the provider's endpoints are, by its entry and, where that is silent, by discovery.
    func endpoints() async throws(OAuthError) -> ProviderEndpoints {
        let hasSecret = clientSecret != nil || provider.signedClientSecret != nil
        guard provider.needsDiscovery, let issuer = provider.issuer else {
            return ProviderEndpoints(provider, hasSecret: hasSecret, hasKey: key != nil)
        }
        let rule = IssuerRule(issuer: provider.tenancy?.issuer ?? issuer, tenancy: provider.tenancy)
        return ProviderEndpoints(
            provider, metadata: try await state.metadata(issuer: issuer, rule: rule), hasSecret: hasSecret,
            hasKey: key != nil)
    }

    /// Checks that the provider can be used: fetches its metadata where discovery is needed.
    ///
    /// - Throws: ``OAuthError`` that says what is wrong.
    public func check() async throws(OAuthError) {
        _ = try await endpoints()
    }
}

extension Provider {
    /// The endpoints, each with the path to it: for checking and filling in.
    static let endpointFields: [(name: String, path: any WritableKeyPath<Provider, String?> & Sendable)] = [
        ("issuer", \.issuer), ("authorizationEndpoint", \.authorizationEndpoint), ("tokenEndpoint", \.tokenEndpoint),
        ("userInfoEndpoint", \.userInfoEndpoint), ("jwksURI", \.jwksURI), ("refreshEndpoint", \.refreshEndpoint),
        ("revocationEndpoint", \.revocationEndpoint), ("introspectionEndpoint", \.introspectionEndpoint),
        ("deviceAuthorizationEndpoint", \.deviceAuthorizationEndpoint),
        ("pushedAuthorizationRequestEndpoint", \.pushedAuthorizationRequestEndpoint),
        ("endSessionEndpoint", \.endSessionEndpoint), ("tenancy.issuer", \.tenancyIssuer),
        ("temporaryCredentialRequest.endpoint", \.[optional: \.temporaryCredentialRequest]),
        ("appTokenRequest.endpoint", \.[optional: \.appTokenRequest]),
        ("subjectRequest.endpoint", \.[optional: \.subjectRequest]),
        ("detailRequest.endpoint", \.[optional: \.detailRequest]),
        ("emailsRequest.endpoint", \.[optional: \.emailsRequest]),
    ]

    /// The endpoints that the entry names, each with its field.
    package var endpoints: [(name: String, endpoint: String)] {
        Self.endpointFields.compactMap { field in self[keyPath: field.path].map { (field.name, $0) } }
    }

    /// This provider with every endpoint changed by a function.
    package func mappingEndpoints<Failure: Error>(
        _ change: (_ name: String, _ endpoint: String) throws(Failure) -> String
    ) throws(Failure) -> Provider {
        var provider = self
        for field in Self.endpointFields {
            if let endpoint = provider[keyPath: field.path] {
                provider[keyPath: field.path] = try change(field.name, endpoint)
            }
        }
        return provider
    }

    func resolvingPlaceholders(clientID: String) throws(OAuthError) -> Provider {
        if let domain,
            URL(string: "https://\(domain)/")?.host() == nil || domain.contains(where: { "/?#@".contains($0) })
        {
            throw .misconfigured("the domain of \(id) is not a host name")
        }
        let values = [
            "domain": domain, "tenant": tenant.map(FormEncoding.percentEncode),
            "clientID": FormEncoding.percentEncode(clientID),
        ]
        let resolved = try mappingEndpoints { name, endpoint throws(OAuthError) in
            var text = endpoint
            for (placeholder, value) in values where text.contains("{\(placeholder)}") {
                guard let value else { throw .misconfigured("\(name) of \(id) needs \(placeholder)") }
                text = text.split(separator: "{\(placeholder)}", omittingEmptySubsequences: false).joined(
                    separator: value)
            }
            guard let url = URL(string: Self.knownPart(of: text)), url.scheme != nil,
                url.host()?.isEmpty == false
            else {
                throw .misconfigured("\(name) of \(id) is not an absolute URL")
            }
            return text
        }
        guard
            resolved.issuer != nil || resolved.tokenEndpoint != nil || resolved.appTokenRequest != nil
                || resolved.signing?.replacesTokens == true
        else {
            throw .misconfigured("\(id) has neither an issuer nor a token endpoint")
        }
        return resolved
    }

    /// An endpoint up to its first placeholder of what is only known at a call. A host must stand before it: no answer may
    /// decide where secrets go.
    private static func knownPart(of endpoint: String) -> String {
        let parts = endpoint.split(separator: "{$", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count > 1, let path = parts[0].split(separator: "://").dropFirst().first else { return endpoint }
        return path.contains("/") ? String(parts[0]) : ""
    }

    private var tenancyIssuer: String? {
        get { tenancy?.issuer }
        set { if let newValue { tenancy?.issuer = newValue } }
    }

    private subscript(optional path: any WritableKeyPath<Provider, ProviderCall?> & Sendable) -> String? {
        get { self[keyPath: path]?.endpoint }
        set { self[keyPath: path]?.endpoint = newValue }
    }
}
