public import FoundationEssentials
public import Martlet

/// Keeps users, their bindings and their sessions.
///
/// Each call is one transaction: it happens wholly or not at all, also when many run at once or on several nodes. Tokens
/// are only ever given as SHA-256 hashes. Times are kept in whole milliseconds. Write a store by giving an
/// ``AccountTransaction`` its rows, and prove it with the contract suite in `MartletTesting`.
///
/// Every call throws ``StoreError``, in which case nothing was changed, unless its text says that the outcome is not known.
public protocol AccountStore: Sendable {
    /// Finishes a flow: uses up its id, gathers the facts, decides with ``decide(_:)`` and applies the decision.
    ///
    /// Of many calls with one id, exactly one does something; the others give ``FlowOutcome/alreadyConsumed``, and so
    /// does a call from ``FlowCompletion/rememberedUntil`` on.
    func completeFlow(_ completion: FlowCompletion, now: Date) async throws(StoreError) -> FlowOutcome

    /// Whether a flow was finished: asked before a code is sent, since a provider may revoke what it granted when a code
    /// comes a second time (RFC 6749 §4.1.2).
    func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool

    /// Uses up an id that is no login's, such as that of a logout token (its `jti`).
    ///
    /// - Parameters:
    ///   - id: ``TextID/init(digestOf:)`` of what must not come a second time.
    ///   - until: when what the id stands for ends; so long it is remembered.
    /// - Returns: true the first time; false after that, and from `until` on.
    func useOnce(_ id: FlowID, until: Date) async throws(StoreError) -> Bool

    /// The session of a token and its user; nil if there is none, it has ended, or the user may not sign in.
    func session(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser?

    /// The same, as it was a few seconds ago at most: for requests that change nothing. By default, as it is now.
    func recentSession(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser?

    /// Ends the session of a token, if there is one.
    func endSession(tokenHash: [UInt8]) async throws(StoreError)

    /// A user's sessions that have not ended, newest first.
    func sessions(of userID: UserID, now: Date) async throws(StoreError) -> [Session]

    /// Ends a session of a user by its public id.
    ///
    /// - Returns: whether the user had such a session.
    @discardableResult
    func endSession(_ id: SessionID, of userID: UserID) async throws(StoreError) -> Bool

    /// Ends a user's sessions except one.
    ///
    /// - Returns: how many ended.
    @discardableResult
    func endOtherSessions(of userID: UserID, except id: SessionID) async throws(StoreError) -> Int

    /// Ends the sessions that were begun with a provider and that its logout names (OpenID Connect Back-Channel
    /// Logout 1.0 §2.6 and §2.7, Front-Channel Logout 1.0 §2).
    ///
    /// With both a subject and a session id, both must match; with one, that one; with none, nothing ends.
    /// - Parameters:
    ///   - providerID: the provider that the sessions were begun with.
    ///   - subject: the `sub` of their ID tokens.
    ///   - providerSessionID: the `sid` of their ID tokens.
    /// - Returns: the users whose sessions ended, each once, oldest first.
    @discardableResult
    func endSessions(
        providerID: String, subject: String?, providerSessionID: String?
    ) async throws(StoreError) -> [UserID]

    /// A user's bindings, oldest first.
    func identities(of userID: UserID) async throws(StoreError) -> [Identity]

    /// The binding of an account, by the exact bytes of its subject; nil if it is bound to nobody.
    func identity(providerID: String, subject: String) async throws(StoreError) -> Identity?

    /// Removes a user's binding of a provider, but never the last one, also if two calls run at once.
    func unbind(providerID: String, of userID: UserID) async throws(StoreError) -> UnbindOutcome

    /// Binds the account that a binding token stands for to the user who is signed in. A token works once.
    func redeemPendingBinding(
        _ redemption: PendingBindingRedemption, now: Date
    ) async throws(StoreError) -> RedemptionOutcome

    /// The provider's tokens that are kept with a user's binding; nil if there are none.
    func keptTokens(of userID: UserID, providerID: String) async throws(StoreError) -> KeptTokens?

    /// Replaces tokens that are kept with a binding, if they are still those of a version: of two that refresh the same
    /// tokens at once, one replaces them. The version then is one greater.
    ///
    /// - Parameters:
    ///   - sealed: the new tokens, sealed by the caller in a text without NUL characters.
    ///   - id: the binding.
    ///   - version: the version that was refreshed.
    /// - Returns: false, without a change, if the tokens were replaced, forgotten or removed meanwhile.
    func replaceKeptTokens(
        _ sealed: String, of id: IdentityID, ifVersion version: Int
    ) async throws(StoreError) -> Bool

    /// Removes the tokens that are kept with a binding, if there are any, and leaves the binding.
    func forgetKeptTokens(of id: IdentityID) async throws(StoreError)

    /// Takes over the email address that a provider now tells of an account; nil if it has none any more.
    ///
    /// The user's own copy changes too if it was the same address, unless another provider vouches for that one.
    /// - Returns: whether the account is bound to a user.
    @discardableResult
    func updateEmail(_ email: Email?, providerID: String, subject: String) async throws(StoreError) -> Bool

    /// Takes over that an account no longer exists at its provider: removes its binding, and ends its user's sessions
    /// that were begun with the provider. Removes the user too if that was the last binding.
    func accountDeleted(providerID: String, subject: String) async throws(StoreError) -> ProviderDeletion

    /// A user, or nil.
    func user(_ id: UserID) async throws(StoreError) -> User?

    /// How many users there are.
    func userCount() async throws(StoreError) -> Int

    /// Lets a user sign in or not. Disabling ends the user's sessions.
    ///
    /// - Returns: whether there is such a user.
    @discardableResult
    func setEnabled(_ isEnabled: Bool, user id: UserID) async throws(StoreError) -> Bool

    /// Removes a user with all bindings, kept tokens, sessions and binding tokens.
    ///
    /// - Returns: the bindings that were removed, oldest first; nil if there was no such user.
    func deleteUser(_ id: UserID) async throws(StoreError) -> [RemovedBinding]?

    /// Removes what has ended: sessions, binding tokens, used ids of what is too old to come back, and old lines of the
    /// audit trail. While another node of a database server does, nothing is removed.
    ///
    /// - Parameters:
    ///   - now: the present time.
    ///   - auditBefore: lines of the audit trail from then or before are removed too; with nil, none.
    ///   - limit: how many rows to remove at most, so that one call never takes long.
    /// - Returns: how many rows were removed; call again while it equals the limit.
    func sweepExpired(now: Date, auditBefore: Date?, limit: Int) async throws(StoreError) -> Int

    /// Returns if the store can be read and written now; asked by health checks, so it leaves nothing behind.
    func checkReady() async throws(StoreError)

    /// Takes over what other nodes on the same database tell, until the task is cancelled. Returns at once if the store
    /// keeps nothing in memory or hears nothing, as by default.
    func followOtherNodes() async
}

extension AccountStore {
    /// Asks the store itself; see ``session(tokenHash:now:)``.
    public func recentSession(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser? {
        try await session(tokenHash: tokenHash, now: now)
    }

    /// Returns at once.
    public func followOtherNodes() async {}
}
