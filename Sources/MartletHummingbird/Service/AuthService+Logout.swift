import FoundationEssentials
import Hummingbird
import Logging
import Martlet
import MartletAccounts

/// A person who signed out here and may sign out at the provider too.
struct PendingLogout: Hashable, Sendable, Codable {
    let providerID: String
    /// Comes back with the person (OpenID Connect RP-Initiated Logout 1.0 §2).
    let state: String
    /// The ID token of the session that ended, where one was kept.
    let idToken: Secret?
    let startedAt: Date
}

// Signing out here and at the provider, begun on either side.
extension AuthService {
    /// The ID token of a login, sealed for the session that begins, where the provider has an end of sessions to use it at.
    func idTokenForLogout(_ tokens: Tokens, _ provider: AuthProvider) async -> String? {
        guard keepsSessions, let idToken = tokens.idToken, tokens.identity != nil,
            (try? await provider.client.supportsLogout()) == true
        else { return nil }
        return keyring.seal(Array(idToken.reveal().utf8), purpose: .idToken, context: provider.id)
    }

    /// Ends the request's session.
    ///
    /// - Returns: the cookies to set, and the provider at which the person may sign out too, if there is one.
    func signOut(_ request: Request) async throws(AuthProblem) -> (cookies: [Cookie], provider: AuthProvider?) {
        guard let token = cookies.sessionToken(in: request) else { return ([cookies.endedSession()], nil) }
        let session = try await stored { try await store.session(tokenHash: token.hash, now: now()) }?.session
        try await stored { try await store.endSession(tokenHash: token.hash) }
        guard let id = session?.providerID, let provider = try? provider(id), session?.providerSubject != nil,
            (try? await provider.client.supportsLogout()) == true
        else { return ([cookies.endedSession()], nil) }
        let idToken = session?.sealedIDToken.flatMap { keyring.open($0, purpose: .idToken, context: id) }
        let pending = PendingLogout(
            providerID: id, state: random.token(), idToken: idToken.map { Secret(String(decoding: $0, as: UTF8.self)) },
            startedAt: now())
        guard let cookie = logoutCookie(pending) else { return ([cookies.endedSession()], nil) }
        return ([cookies.endedSession(), cookie], provider)
    }

    /// The cookie of a logout; without the ID token where it would be larger than a browser keeps.
    private func logoutCookie(_ pending: PendingLogout) -> Cookie? {
        guard let json = try? JSONEncoder().encode(pending) else { return nil }
        let sealed = keyring.seal([UInt8](json), purpose: .logoutState, context: "")
        guard sealed.utf8.count > 3800 else { return cookies.logout(sealed) }
        guard pending.idToken != nil else { return nil }
        return logoutCookie(
            PendingLogout(
                providerID: pending.providerID, state: pending.state, idToken: nil, startedAt: pending.startedAt))
    }

    /// The logout that a browser has under way at a provider.
    private func pendingLogout(_ request: Request, at provider: AuthProvider) throws(AuthProblem) -> PendingLogout {
        guard
            let pending = cookies.sealedLogout(in: request)
                .flatMap({ keyring.open($0, purpose: .logoutState, context: "") })
                .flatMap({ try? JSONDecoder().decode(PendingLogout.self, from: Data($0)) }),
            pending.providerID == provider.id
        else { throw AuthProblem(.stateInvalid) }
        guard now().timeIntervalSince(pending.startedAt) <= Double(AuthCookies.flowLifetime) else {
            throw AuthProblem(.stateExpired)
        }
        return pending
    }

    /// Where to send a browser whose session ended here, so that it ends at the provider too.
    func logoutURL(
        at provider: AuthProvider, _ request: Request, _ logger: Logger
    ) async throws(AuthProblem) -> String {
        let pending = try pendingLogout(request, at: provider)
        let client = provider.client
        let returnURI = "\(options.origin)/api/auth/oauth/\(provider.id)/logout/callback"
        return try await withinDeadline(provider, logger) {
            try await step(.providerError) { () throws(OAuthError) in
                try await client.logoutURL(
                    idToken: pending.idToken, postLogoutRedirectURI: returnURI, state: pending.state)
            }
        }
    }

    /// Judges the return of a browser that signed out at the provider.
    func finishLogout(state: String?, at provider: AuthProvider, _ request: Request) throws(AuthProblem) {
        let pending = try pendingLogout(request, at: provider)
        guard let state, constantTimeEqual(state, pending.state) else { throw AuthProblem(.stateInvalid) }
    }

    // MARK: Begun at the provider

    /// Ends the sessions that a logout token names (OpenID Connect Back-Channel Logout 1.0 §2.7).
    ///
    /// A token that was obeyed before does nothing.
    func endSessions(
        logoutToken: Secret, of provider: AuthProvider, _ logger: Logger
    ) async throws(AuthProblem) {
        let client = provider.client
        guard client.provider.issuer != nil else {
            throw AuthProblem(.badRequest, detail: "\(provider.name) sends no logout tokens.")
        }
        let token = try await withinDeadline(provider, logger) {
            try await step(.badRequest) { () throws(OAuthError) in try await client.verify(logoutToken: logoutToken) }
        }
        let id = FlowID(digestOf: Secret("\(provider.id) \(token.id)"))
        guard try await !stored({ try await store.isFlowConsumed(id) }) else { return }
        try await endSessions(subject: token.subject, sessionID: token.sessionID, of: provider)
        let end = token.expiresAt.addingTimeInterval(Double(client.provider.clockSkew))
        _ = try await stored { try await store.useOnce(id, until: end) }
    }

    /// Ends the sessions begun with a session of the provider (OpenID Connect Front-Channel Logout 1.0 §3).
    func endSessions(providerSessionID: String, of provider: AuthProvider) async throws(AuthProblem) {
        try await endSessions(subject: nil, sessionID: providerSessionID, of: provider)
    }

    private func endSessions(
        subject: String?, sessionID: String?, of provider: AuthProvider
    ) async throws(AuthProblem) {
        _ = try await stored {
            try await store.endSessions(providerID: provider.id, subject: subject, providerSessionID: sessionID)
        }
        // An application knows its sessions by user and provider only.
        guard let application, let subject else { return }
        try await stored {
            guard let identity = try await store.identity(providerID: provider.id, subject: subject) else { return }
            try await application.endSessions(of: identity.userID, providerID: provider.id)
        }
    }

    // MARK: Changes to an account at the provider

    /// Does what a provider's notification asks for. One that was obeyed before does nothing.
    func obey(notification: Secret, of provider: AuthProvider, _ logger: Logger) async throws(AuthProblem) {
        let client = provider.client
        let audiences = provider.nativeClientIDs
        guard client.provider.notifications != nil else {
            throw AuthProblem(.badRequest, detail: "\(provider.name) sends no notifications.")
        }
        let told = try await withinDeadline(provider, logger) {
            try await step(.badRequest) { () throws(OAuthError) in
                try await client.verify(notification: notification, audiences: audiences)
            }
        }
        let id = FlowID(digestOf: Secret("\(provider.id) \(told.id)"))
        guard try await !stored({ try await store.isFlowConsumed(id) }) else { return }
        try await obey(told, of: provider)
        _ = try await stored { try await store.useOnce(id, until: told.issuedAt.addingTimeInterval(2 * 86_400)) }
        logger.info(
            "A provider told of a change to an account.",
            metadata: ["provider": "\(provider.id)", "change": "\(told.change.name)"])
    }

    private func obey(_ told: AccountNotification, of provider: AuthProvider) async throws(AuthProblem) {
        switch told.change {
        case .accountDeleted: try await removeAccount(told.subject, of: provider)
        case .consentRevoked: try await revokeConsent(told.subject, of: provider)
        case .emailDisabled(let address):
            try await setEmail(address, isVerified: false, subject: told.subject, of: provider)
        case .emailEnabled(let address):
            try await setEmail(address, isVerified: true, subject: told.subject, of: provider)
        case .other: return
        }
    }

    private func removeAccount(_ subject: String, of provider: AuthProvider) async throws(AuthProblem) {
        if let application {
            try await stored {
                guard let identity = try await store.identity(providerID: provider.id, subject: subject) else { return }
                try await application.endSessions(of: identity.userID, providerID: provider.id)
                // The user goes with the last binding, and what the application keeps of them goes first.
                guard try await store.identities(of: identity.userID).count == 1 else { return }
                try await application.removeUser(identity.userID)
            }
        }
        _ = try await stored { try await store.accountDeleted(providerID: provider.id, subject: subject) }
    }

    /// The person stays linked, since the same account may be allowed again, but nothing of the consent is left.
    private func revokeConsent(_ subject: String, of provider: AuthProvider) async throws(AuthProblem) {
        try await endSessions(subject: subject, sessionID: nil, of: provider)
        try await stored {
            guard let identity = try await store.identity(providerID: provider.id, subject: subject) else { return }
            try await store.forgetKeptTokens(of: identity.id)
        }
    }

    private func setEmail(
        _ address: String?, isVerified: Bool, subject: String, of provider: AuthProvider
    ) async throws(AuthProblem) {
        guard let email = address.flatMap({ Email($0, isVerified: isVerified) }) else { return }
        _ = try await stored { try await store.updateEmail(email, providerID: provider.id, subject: subject) }
    }
}

extension AccountNotification.Change {
    /// What changed, for a log; no personal data.
    fileprivate var name: String {
        switch self {
        case .accountDeleted: "account deleted"
        case .consentRevoked: "consent revoked"
        case .emailDisabled: "email disabled"
        case .emailEnabled: "email enabled"
        case .other: "unknown"
        }
    }
}
