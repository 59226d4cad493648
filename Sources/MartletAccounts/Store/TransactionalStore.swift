public import FoundationEssentials
public import Martlet

/// A store that runs operations on rows within transactions: with ``read(_:)`` and ``write(_:)``, every call of
/// ``AccountStore`` is there.
public protocol TransactionalStore: AccountStore {
    /// The time of audit lines for calls that are not given one.
    var clock: @Sendable () -> Date { get }

    /// Runs an operation that changes nothing. What it reads with several statements need not be of one moment.
    func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value

    /// Runs an operation in a transaction that no other interleaves with; an error undoes all of it. The operation may run
    /// again after a conflict with another transaction.
    func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value

    /// Hears what transactions of other nodes announce, until the task is cancelled or it turns out that there is nothing
    /// to hear. By default there is nothing.
    ///
    /// - Parameter heard: called for each announcement in turn, also for this node's own.
    func hear(_ heard: @escaping @Sendable (NodeNews) -> Void) async
}

extension TransactionalStore {
    /// Returns at once.
    public func hear(_ heard: @escaping @Sendable (NodeNews) -> Void) async {}
}

// Flows and sessions.
extension TransactionalStore {
    /// Finishes a flow; see ``AccountStore/completeFlow(_:now:)``.
    public func completeFlow(_ completion: FlowCompletion, now: Date) async throws(StoreError) -> FlowOutcome {
        try await write { try $0.completeFlow(completion, now: now) }
    }

    /// Whether a flow was finished; see ``AccountStore/isFlowConsumed(_:)``.
    public func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        try await read { try $0.isFlowConsumed(id) }
    }

    /// Uses up an id; see ``AccountStore/useOnce(_:until:)``.
    public func useOnce(_ id: FlowID, until: Date) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.useOnce(id, until: until, now: now) }
    }

    /// A session and its user; see ``AccountStore/session(tokenHash:now:)``.
    public func session(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser? {
        let found = try await read { try $0.signedInUser(tokenHash: tokenHash, now: now) }
        guard let found, found.session.isDueForLastSeen(now: now) else { return found }
        do {
            return SignedInUser(user: found.user, session: try await write { try $0.touch(found.session, now: now) })
        } catch StoreError.unavailable {
            // A note of when somebody was last seen must not lock everybody out while the store cannot be written.
            return found
        }
    }

    /// Ends a session by its token; see ``AccountStore/endSession(tokenHash:)``.
    public func endSession(tokenHash: [UInt8]) async throws(StoreError) {
        let now = clock()
        try await write { try $0.endSession(tokenHash: tokenHash, now: now) }
    }

    /// A user's sessions; see ``AccountStore/sessions(of:now:)``.
    public func sessions(of userID: UserID, now: Date) async throws(StoreError) -> [Session] {
        try await read { try $0.liveSessions(of: userID, now: now) }
    }

    /// Ends a session by its id; see ``AccountStore/endSession(_:of:)``.
    @discardableResult
    public func endSession(_ id: SessionID, of userID: UserID) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.endSession(id, of: userID, now: now) }
    }

    /// Ends a user's other sessions; see ``AccountStore/endOtherSessions(of:except:)``.
    @discardableResult
    public func endOtherSessions(of userID: UserID, except id: SessionID) async throws(StoreError) -> Int {
        let now = clock()
        return try await write { try $0.endOtherSessions(of: userID, except: id, now: now) }
    }

    /// Ends sessions that a provider names; see ``AccountStore/endSessions(providerID:subject:providerSessionID:)``.
    @discardableResult
    public func endSessions(
        providerID: String, subject: String?, providerSessionID: String?
    ) async throws(StoreError) -> [UserID] {
        let now = clock()
        return try await write {
            try $0.endSessions(
                providerID: providerID, subject: subject, providerSessionID: providerSessionID, now: now)
        }
    }
}

// Users, their bindings and tokens, and housekeeping.
extension TransactionalStore {
    /// A user's bindings; see ``AccountStore/identities(of:)``.
    public func identities(of userID: UserID) async throws(StoreError) -> [Identity] {
        try await read { try $0.identities(of: userID) }
    }

    /// The binding of an account; see ``AccountStore/identity(providerID:subject:)``.
    public func identity(providerID: String, subject: String) async throws(StoreError) -> Identity? {
        try await read { try $0.boundIdentity(providerID: providerID, subject: subject) }
    }

    /// Removes a binding; see ``AccountStore/unbind(providerID:of:)``.
    public func unbind(providerID: String, of userID: UserID) async throws(StoreError) -> UnbindOutcome {
        let now = clock()
        return try await write { try $0.unbind(providerID: providerID, of: userID, now: now) }
    }

    /// Redeems a binding token; see ``AccountStore/redeemPendingBinding(_:now:)``.
    public func redeemPendingBinding(
        _ redemption: PendingBindingRedemption, now: Date
    ) async throws(StoreError) -> RedemptionOutcome {
        try await write { try $0.redeemPendingBinding(redemption, now: now) }
    }

    /// A binding's tokens; see ``AccountStore/keptTokens(of:providerID:)``.
    public func keptTokens(of userID: UserID, providerID: String) async throws(StoreError) -> KeptTokens? {
        try await read { try $0.keptTokens(of: userID, providerID: providerID) }
    }

    /// Replaces a binding's tokens; see ``AccountStore/replaceKeptTokens(_:of:ifVersion:)``.
    public func replaceKeptTokens(
        _ sealed: String, of id: IdentityID, ifVersion version: Int
    ) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.replaceKeptTokens(sealed, of: id, ifVersion: version, now: now) }
    }

    /// Removes a binding's tokens; see ``AccountStore/forgetKeptTokens(of:)``.
    public func forgetKeptTokens(of id: IdentityID) async throws(StoreError) {
        let now = clock()
        try await write { try $0.forgetKeptTokens(of: id, now: now) }
    }

    /// Takes over an account's email address; see ``AccountStore/updateEmail(_:providerID:subject:)``.
    @discardableResult
    public func updateEmail(
        _ email: Email?, providerID: String, subject: String
    ) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.updateEmail(email, providerID: providerID, subject: subject, now: now) }
    }

    /// Takes over that an account is gone; see ``AccountStore/accountDeleted(providerID:subject:)``.
    public func accountDeleted(providerID: String, subject: String) async throws(StoreError) -> ProviderDeletion {
        let now = clock()
        return try await write { try $0.accountDeleted(providerID: providerID, subject: subject, now: now) }
    }

    /// A user; see ``AccountStore/user(_:)``.
    public func user(_ id: UserID) async throws(StoreError) -> User? {
        try await read { try $0.user(id) }
    }

    /// How many users there are; see ``AccountStore/userCount()``.
    public func userCount() async throws(StoreError) -> Int {
        try await read { try $0.userCount() }
    }

    /// Lets a user sign in or not; see ``AccountStore/setEnabled(_:user:)``.
    @discardableResult
    public func setEnabled(_ isEnabled: Bool, user id: UserID) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.enable(isEnabled, user: id, now: now) }
    }

    /// Removes a user; see ``AccountStore/deleteUser(_:)``.
    public func deleteUser(_ id: UserID) async throws(StoreError) -> [RemovedBinding]? {
        let now = clock()
        return try await write { try $0.removeUser(id, now: now) }
    }

    /// Removes what has ended; see ``AccountStore/sweepExpired(now:auditBefore:limit:)``.
    public func sweepExpired(now: Date, auditBefore: Date?, limit: Int) async throws(StoreError) -> Int {
        try await write { try $0.sweepExpired(now: now, auditBefore: auditBefore, limit: limit) }
    }

    /// Returns if a write can be begun; see ``AccountStore/checkReady()``.
    public func checkReady() async throws(StoreError) {
        _ = try await write { try $0.hasUsers() }
    }
}
