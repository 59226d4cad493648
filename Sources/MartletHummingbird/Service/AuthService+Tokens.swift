import Logging
import Martlet
import MartletAccounts

// The tokens that providers granted: fresh ones for the application's backend, and their end.
extension AuthService {
    /// An access token of a user at a provider, refreshed if it has less than a minute left.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/bindingNotFound`` if no tokens are kept,
    ///   ``AuthErrorCode/tokenExchangeFailed`` or ``AuthErrorCode/providerUnavailable`` if they cannot be refreshed.
    func accessToken(of userID: UserID, at provider: AuthProvider, _ logger: Logger) async throws(AuthProblem)
        -> KeptGrant
    {
        let (kept, grant) = try await keptGrant(of: userID, at: provider)
        if grant.isFresh(now: now()) { return grant }
        do {
            return try await refreshes.run(kept.identity.id) { () async throws(AuthProblem) in
                // A refresh may have ended since: its refresh token must not be used a second time.
                let (kept, grant) = try await keptGrant(of: userID, at: provider)
                return grant.isFresh(now: now()) ? grant : try await refreshed(kept, grant, at: provider, logger)
            }
        } catch {
            // Another node may have used the refresh token a moment before.
            let (latest, grant) = try await keptGrant(of: userID, at: provider)
            if latest.version != kept.version, grant.isFresh(now: now()) { return grant }
            throw error
        }
    }

    private func keptGrant(
        of userID: UserID, at provider: AuthProvider
    ) async throws(AuthProblem) -> (KeptTokens, KeptGrant) {
        let kept = try await stored { try await store.keptTokens(of: userID, providerID: provider.id) }
        // Without `keepsTokens`, a token may still be kept so that it can be revoked.
        guard provider.keepsTokens, let kept, let grant = vault.open(kept.sealed, of: kept.identity) else {
            throw AuthProblem(.bindingNotFound, detail: "No tokens of \(provider.name) are kept for this user.")
        }
        return (kept, grant)
    }

    private func refreshed(
        _ kept: KeptTokens, _ grant: KeptGrant, at provider: AuthProvider, _ logger: Logger
    ) async throws(AuthProblem) -> KeptGrant {
        guard let refreshToken = grant.refreshToken else {
            throw AuthProblem(
                .tokenExchangeFailed, detail: "The access token has ended, and \(provider.name) gave no refresh token.")
        }
        let client = provider.client
        let begun = ContinuousClock.now
        let tokens = try await withinDeadline(provider, logger) {
            try await step(.tokenExchangeFailed) { () throws(OAuthError) in
                try await client.unverifiedRefresh(refreshToken)
            }
        }
        var fresh = KeptGrant(tokens)
        fresh.subject = grant.subject
        if fresh.scopes.isEmpty { fresh.scopes = grant.scopes }
        do {
            let left = options.providerDeadline - begun.duration(to: .now)
            _ = try await withinDeadline(provider, logger, of: max(left, .zero)) {
                try await step(.tokenExchangeFailed) { () throws(OAuthError) in
                    try await client.verified(tokens, subject: grant.subject)
                }
            }
        } catch {
            // The provider may accept only the new refresh token from now on; the access token is not to be trusted.
            fresh.accessToken = nil
            _ = try await keep(fresh, inPlaceOf: kept, at: provider, logger)
            throw error
        }
        return try await keep(fresh, inPlaceOf: kept, at: provider, logger)
    }

    /// Keeps what a provider granted anew.
    ///
    /// - Returns: what is kept now, which is another node's if that one was faster.
    private func keep(
        _ fresh: KeptGrant, inPlaceOf kept: KeptTokens, at provider: AuthProvider, _ logger: Logger
    ) async throws(AuthProblem) -> KeptGrant {
        guard let sealed = vault.seal(fresh, providerID: provider.id, subject: kept.identity.subject) else {
            throw AuthProblem(.internalError)
        }
        if try await replace(kept, by: sealed) { return fresh }
        let present = try await stored { try await store.keptTokens(of: kept.identity.userID, providerID: provider.id) }
        if present == nil {
            // The account was unlinked while the provider was asked: what it granted meanwhile must not outlive that.
            await revoke([RemovedBinding(identity: kept.identity, sealedTokens: sealed)], logger)
        }
        guard let present, present.identity.id == kept.identity.id,
            let grant = vault.open(present.sealed, of: present.identity)
        else {
            throw AuthProblem(.bindingNotFound, detail: "No tokens of \(provider.name) are kept for this user.")
        }
        return grant.isFresh(now: now()) || present.sealed == sealed ? grant : fresh
    }

    /// Writes in place of tokens of a version. A store that cannot be written for a moment is tried again, since nobody else has
    /// what the provider granted.
    private func replace(_ kept: KeptTokens, by sealed: String) async throws(AuthProblem) -> Bool {
        var pause = Duration.milliseconds(100)
        while true {
            do throws(AuthProblem) {
                return try await stored {
                    try await store.replaceKeptTokens(sealed, of: kept.identity.id, ifVersion: kept.version)
                }
            } catch {
                guard pause < .seconds(2), (try? await Task.sleep(for: pause)) != nil else { throw error }
                pause *= 4
            }
        }
    }

    /// Revokes what was kept with bindings that are gone, at providers that take tokens back (RFC 7009).
    ///
    /// All are asked at once, and a provider that cannot be reached keeps nobody from leaving: its failure is logged.
    func revoke(_ removed: [RemovedBinding], _ logger: Logger) async {
        await withTaskGroup { group in
            for binding in removed {
                group.addTask { await revoke(binding, logger) }
            }
        }
    }

    private func revoke(_ binding: RemovedBinding, _ logger: Logger) async {
        guard let provider = try? provider(binding.identity.providerID),
            let grant = binding.sealedTokens.flatMap({ vault.open($0, of: binding.identity) }),
            let token = grant.refreshToken ?? grant.accessToken
        else { return }
        let client = provider.client
        let hint: TokenTypeHint = grant.refreshToken == nil ? .accessToken : .refreshToken
        _ = try? await withinDeadline(provider, logger) {
            try await step(.providerError) { () throws(OAuthError) in
                do throws(OAuthError) {
                    try await client.revoke(token, hint: hint)
                } catch .unsupported {}
            }
        }
    }
}
