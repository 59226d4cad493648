import FoundationEssentials

/// What a client remembers of its provider between logins: metadata, signing keys, the application's own token, nonces.
actor ProviderState {
    private let transport: any Transport
    private let now: @Sendable () -> Date
    private var metadata: (issuer: String, document: CachedDocument<ProviderMetadata>)?
    private var keys: (uri: String, document: CachedDocument<SigningKeys>)?
    private var appToken: (token: Secret, expiresAt: Date)?
    private var dpopNonces: [String: String] = [:]

    init(transport: any Transport, now: @escaping @Sendable () -> Date) {
        self.transport = transport
        self.now = now
    }

    /// An issuer's metadata, which must name an issuer that the rule allows.
    func metadata(issuer: String, rule: IssuerRule) async throws(OAuthError) -> ProviderMetadata {
        try await metadataDocument(issuer, rule).value()
    }

    /// The signing keys; fetched anew when `unknownKeyID` says that a token named one they do not hold, at most once a minute.
    func signingKeys(uri: String, unknownKeyID: Bool = false) async throws(OAuthError) -> SigningKeys {
        let document = keysDocument(uri)
        return unknownKeyID ? try await document.refetchedValue() : try await document.value()
    }

    /// Waits for fetches that are under way in the background.
    func settled() async {
        await metadata?.document.settled()
        await keys?.document.settled()
    }

    private func metadataDocument(_ issuer: String, _ rule: IssuerRule) -> CachedDocument<ProviderMetadata> {
        if let metadata, metadata.issuer == issuer { return metadata.document }
        let transport = self.transport
        let document = CachedDocument<ProviderMetadata>(role: .discovery, now: now) { () async throws(OAuthError) in
            let response = try await transport.answer(ProviderMetadata.request(issuer: issuer))
            return .init(
                value: try ProviderMetadata.parse(response, rule: rule), lifetime: response.freshLifetime)
        }
        metadata = (issuer, document)
        return document
    }

    private func keysDocument(_ uri: String) -> CachedDocument<SigningKeys> {
        if let keys, keys.uri == uri { return keys.document }
        let transport = self.transport
        let document = CachedDocument<SigningKeys>(role: .keys, now: now) { () async throws(OAuthError) in
            var request = OutboundRequest(role: .keys, url: uri)
            request.add([], encoding: .query)
            let response = try await transport.answer(request)
            return .init(value: try SigningKeys.parse(response), lifetime: response.freshLifetime)
        }
        keys = (uri, document)
        return document
    }

    // MARK: The application's own token

    /// The application's own token, if one is kept that lives for a minute more.
    func keptAppToken() -> Secret? {
        guard let appToken, appToken.expiresAt > now().addingTimeInterval(60) else { return nil }
        return appToken.token
    }

    /// Keeps the application's own token.
    func keep(appToken token: Secret, expiresAt: Date) {
        appToken = (token, expiresAt)
    }

    /// Forgets the application's own token: the provider refused it.
    func forgetAppToken() {
        appToken = nil
    }

    // MARK: DPoP

    /// The latest nonce of a server, by scheme and authority.
    func dpopNonce(of origin: String) -> String? {
        dpopNonces[origin]
    }

    /// Keeps a server's nonce.
    func keep(dpopNonce nonce: String, of origin: String) {
        dpopNonces[origin] = nonce
    }
}

extension Transport {
    /// Sends a request, turning a transport's error into the operation's.
    func answer(_ request: OutboundRequest) async throws(OAuthError) -> OutboundResponse {
        do {
            return try await send(request)
        } catch {
            throw OAuthError(error, role: request.role)
        }
    }
}
