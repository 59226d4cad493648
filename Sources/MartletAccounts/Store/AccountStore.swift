public import FoundationEssentials

/// Keeps users, their bindings and their sessions.
///
/// Each call is one transaction: it happens wholly or not at all, also when many run at once or on several nodes. Tokens
/// are only ever given as SHA-256 hashes. Times are kept in whole milliseconds. Write a store by giving an
/// ``AccountTransaction`` its rows, and prove it with the contract suite in `MartletTesting`.
///
/// Every call throws ``StoreError``, in which case nothing was changed.
public protocol AccountStore: Sendable {
    /// Finishes a flow: uses up its id, gathers the facts, decides with ``decide(_:)`` and applies the decision.
    ///
    /// Of many calls with one flow, exactly one does something; the others give ``FlowOutcome/alreadyConsumed``.
    func completeFlow(_ completion: FlowCompletion, now: Date) async throws(StoreError) -> FlowOutcome

    /// Whether a flow was finished: asked before a code is sent, since a provider may revoke what it granted when a code
    /// comes a second time (RFC 6749 §4.1.2).
    func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool

    /// The session of a token and its user; nil if there is none, it has ended, or the user may not sign in.
    func session(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser?

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

    /// A user's bindings, oldest first.
    func identities(of userID: UserID) async throws(StoreError) -> [Identity]

    /// Removes a user's binding of a provider, but never the last one, also if two calls run at once.
    func unbind(providerID: String, of userID: UserID) async throws(StoreError) -> UnbindOutcome

    /// Binds the account that a binding token stands for to the user who is signed in. A token works once.
    func redeemPendingBinding(
        _ redemption: PendingBindingRedemption, now: Date
    ) async throws(StoreError) -> RedemptionOutcome

    /// A user, or nil.
    func user(_ id: UserID) async throws(StoreError) -> User?

    /// How many users there are.
    func userCount() async throws(StoreError) -> Int

    /// Lets a user sign in or not. Disabling ends the user's sessions.
    ///
    /// - Returns: whether there is such a user.
    @discardableResult
    func setEnabled(_ isEnabled: Bool, user id: UserID) async throws(StoreError) -> Bool

    /// Removes a user with all bindings, sessions and binding tokens.
    ///
    /// - Returns: whether there was such a user.
    @discardableResult
    func deleteUser(_ id: UserID) async throws(StoreError) -> Bool

    /// Removes what has ended: sessions, binding tokens, and the ids of flows that are too old to come back.
    ///
    /// - Parameters:
    ///   - now: the present time.
    ///   - limit: how many rows to remove at most, so that one call never takes long.
    /// - Returns: how many rows were removed; call again while it equals the limit.
    func sweepExpired(now: Date, limit: Int) async throws(StoreError) -> Int

    /// Returns if the store can be read and written now.
    func checkReady() async throws(StoreError)
}
