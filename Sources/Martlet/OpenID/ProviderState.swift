import FoundationEssentials

/// What a client remembers of its provider between logins: metadata, signing keys, the application's own token.
///
/// Fetches of the same thing are joined into one. What was fetched once is kept and used on while the provider is down.
actor ProviderState {
    private struct Kept<Value: Sendable> {
        var value: Value
        var fetchedAt: Date
    }

    private let transport: any Transport
    private let now: @Sendable () -> Date
    private var metadata: Kept<ProviderMetadata>?
    private var keys: Kept<SigningKeys>?
    private var lastKeyFetch: Date?
    private var appToken: (token: Secret, expiresAt: Date)?
    private var metadataFetch: Task<ProviderMetadata, any Error>?
    private var keysFetch: Task<SigningKeys, any Error>?

    /// How long metadata and keys are used before they are fetched again, in seconds.
    private let lifetime: Double = 3600
    /// The shortest time between two fetches of keys for an unknown key id, in seconds.
    private let refetchInterval: Double = 60

    init(transport: any Transport, now: @escaping @Sendable () -> Date) {
        self.transport = transport
        self.now = now
    }

    /// An issuer's metadata.
    func metadata(issuer: String) async throws(OAuthError) -> ProviderMetadata {
        if let kept = metadata, now().timeIntervalSince(kept.fetchedAt) < lifetime { return kept.value }
        let transport = self.transport
        let fetch =
            metadataFetch
            ?? Task {
                let response = try await transport.answer(ProviderMetadata.request(issuer: issuer))
                return try ProviderMetadata.parse(response, issuer: issuer)
            }
        metadataFetch = fetch
        defer { metadataFetch = nil }
        do {
            let value = try await Self.value(of: fetch, role: .discovery)
            metadata = Kept(value: value, fetchedAt: now())
            return value
        } catch {
            if let kept = metadata { return kept.value }
            throw error
        }
    }

    /// The signing keys; fetched anew when `unknownKeyID` says that a token named one they do not hold, at most once a minute.
    func signingKeys(uri: String, unknownKeyID: Bool = false) async throws(OAuthError) -> SigningKeys {
        if let kept = keys {
            let sinceFetch = now().timeIntervalSince(lastKeyFetch ?? kept.fetchedAt)
            let isFresh = now().timeIntervalSince(kept.fetchedAt) < lifetime
            if unknownKeyID ? sinceFetch < refetchInterval : isFresh { return kept.value }
        }
        let transport = self.transport
        let fetch =
            keysFetch
            ?? Task {
                var request = OutboundRequest(role: .keys, url: uri)
                request.add([], encoding: .query)
                return try SigningKeys.parse(try await transport.answer(request))
            }
        keysFetch = fetch
        lastKeyFetch = now()
        defer { keysFetch = nil }
        do {
            let value = try await Self.value(of: fetch, role: .keys)
            keys = Kept(value: value, fetchedAt: now())
            return value
        } catch {
            if let kept = keys { return kept.value }
            throw error
        }
    }

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

    private static func value<Value: Sendable>(
        of fetch: Task<Value, any Error>, role: OutboundRequest.Role
    ) async throws(OAuthError) -> Value {
        do {
            return try await fetch.value
        } catch let error as OAuthError {
            throw error
        } catch {
            throw .unreachable(role, reason: "\(error)")
        }
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
