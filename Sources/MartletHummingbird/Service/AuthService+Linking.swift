public import Hummingbird
public import Logging
public import MartletAccounts

extension AuthService {
    /// Who is signed in.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/unauthorized`` if nobody is.
    public func requireUser(_ request: Request) async throws(AuthProblem) -> SignedInUser {
        try await requireUser(request, mayBeRecent: request.changesNothing)
    }

    /// Who is signed in; with `mayBeRecent`, by what was so a few seconds ago.
    func requireUser(_ request: Request, mayBeRecent: Bool) async throws(AuthProblem) -> SignedInUser {
        guard let signedIn = try await signedInUser(request, mayBeRecent: mayBeRecent) else {
            throw AuthProblem(.unauthorized)
        }
        return signedIn
    }

    /// Removes a user's binding of a provider, which may be one that is no longer configured, and revokes the tokens that
    /// were kept with it.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/lastBinding``, ``AuthErrorCode/bindingNotFound`` or
    ///   ``AuthErrorCode/providerNotFound``.
    public func unbind(
        providerID: String, of user: User, _ logger: Logger
    ) async throws(AuthProblem) {
        switch try await stored({ try await store.unbind(providerID: providerID, of: user.id) }) {
        case .unbound(let removed): await revoke([removed], logger)
        case .lastBinding: throw AuthProblem(.lastBinding)
        case .notFound:
            _ = try provider(providerID)
            throw AuthProblem(.bindingNotFound)
        }
    }

    /// Binds the account that a binding token stands for to the user of the request's session. A token works once.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/bindingTokenInvalid``, ``AuthErrorCode/unauthorized``,
    ///   ``AuthErrorCode/bindingUserMismatch`` or ``AuthErrorCode/alreadyBound``.
    public func redeem(bindingToken text: String, _ request: Request) async throws(AuthProblem) -> Identity {
        _ = try await requireUser(request)
        guard let token = BindingToken(text), let browser = cookies.bindingBrowser(in: request) else {
            throw AuthProblem(.bindingTokenInvalid)
        }
        let redemption = PendingBindingRedemption(
            tokenHash: token.hash, browserBindingHash: browser.hash,
            sessionTokenHash: cookies.sessionToken(in: request)?.hash, sessionKeeper: try await sessionKeeper(request),
            providerIDs: Set(providers.map(\.id)))
        switch try await stored({ try await store.redeemPendingBinding(redemption, now: now()) }) {
        case .bound(let identity): return identity
        case .invalidToken: throw AuthProblem(.bindingTokenInvalid)
        case .refused(let refusal): throw AuthProblem(refusal)
        }
    }

    /// A user's sessions that have not ended, newest first.
    public func sessions(of user: User) async throws(AuthProblem) -> [Session] {
        try await stored { try await store.sessions(of: user.id, now: now()) }
    }

    /// Ends one session of a user.
    ///
    /// - Returns: whether the user had it.
    public func endSession(_ id: SessionID, of user: User) async throws(AuthProblem) -> Bool {
        try await stored { try await store.endSession(id, of: user.id) }
    }

    /// Ends a user's sessions but the present one.
    ///
    /// - Returns: how many ended.
    public func endOtherSessions(than present: SignedInUser) async throws(AuthProblem) -> Int {
        try await stored { try await store.endOtherSessions(of: present.user.id, except: present.session.id) }
    }

    /// Removes a user with bindings, sessions and binding tokens, and revokes the tokens that were kept. An application that
    /// keeps its own sessions first removes what it keeps of them.
    ///
    /// - Throws: ``AuthProblem`` with ``AuthErrorCode/unavailable`` if the application or the store fails.
    public func delete(_ user: User, _ logger: Logger) async throws(AuthProblem) {
        try await stored { try await application?.removeUser(user.id) }
        await revoke(try await stored { try await store.deleteUser(user.id) } ?? [], logger)
    }
}
