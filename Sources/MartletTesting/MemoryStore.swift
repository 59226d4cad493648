public import FoundationEssentials
public import Martlet
public import MartletAccounts
import Synchronization

/// An ``MartletAccounts/AccountStore`` in memory: for tests and examples. All is gone with the value.
public final class MemoryStore: AccountStore {
    private let state = Mutex(MemoryRows())
    private let clock: @Sendable () -> Date

    /// Makes an empty store.
    ///
    /// - Parameter now: the time of audit lines for calls that are not given one.
    public init(now: @escaping @Sendable () -> Date = { FixedClock.start }) {
        self.clock = now
    }

    /// The audit trail so far, in order.
    public var auditEvents: [AuditEvent] { rows.auditEvents }

    private var rows: MemoryRows { state.withLock { $0 } }

    private func write<Value: Sendable>(
        _ operation: (inout MemoryRows) throws -> Value
    ) throws(StoreError) -> Value {
        do {
            return try state.withLock { rows in
                var changed = rows
                let value = try operation(&changed)
                rows = changed
                return value
            }
        } catch let error as StoreError {
            throw error
        } catch {
            throw .corrupted("a stored value cannot be read")
        }
    }
}

extension MemoryStore {
    /// Finishes a flow; see ``MartletAccounts/AccountStore/completeFlow(_:now:)``.
    public func completeFlow(_ completion: FlowCompletion, now: Date) async throws(StoreError) -> FlowOutcome {
        try write { try $0.completeFlow(completion, now: now) }
    }

    /// A session and its user; see ``MartletAccounts/AccountStore/session(tokenHash:now:)``.
    public func session(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser? {
        try write { rows in
            guard let found = try rows.signedInUser(tokenHash: tokenHash, now: now) else { return nil }
            return SignedInUser(user: found.user, session: try rows.touch(found.session, now: now))
        }
    }

    /// Ends a session by its token; see ``MartletAccounts/AccountStore/endSession(tokenHash:)``.
    public func endSession(tokenHash: [UInt8]) async throws(StoreError) {
        let now = clock()
        try write { try $0.endSession(tokenHash: tokenHash, now: now) }
    }

    /// A user's sessions; see ``MartletAccounts/AccountStore/sessions(of:now:)``.
    public func sessions(of userID: UserID, now: Date) async throws(StoreError) -> [Session] {
        try write { try $0.liveSessions(of: userID, now: now) }
    }

    /// Ends a session by its id; see ``MartletAccounts/AccountStore/endSession(_:of:)``.
    @discardableResult
    public func endSession(_ id: SessionID, of userID: UserID) async throws(StoreError) -> Bool {
        let now = clock()
        return try write { try $0.endSession(id, of: userID, now: now) }
    }

    /// Ends a user's other sessions; see ``MartletAccounts/AccountStore/endOtherSessions(of:except:)``.
    @discardableResult
    public func endOtherSessions(of userID: UserID, except id: SessionID) async throws(StoreError) -> Int {
        let now = clock()
        return try write { try $0.endOtherSessions(of: userID, except: id, now: now) }
    }

    /// Ends sessions that a provider names; see
    /// ``MartletAccounts/AccountStore/endSessions(providerID:subject:providerSessionID:)``.
    @discardableResult
    public func endSessions(
        providerID: String, subject: String?, providerSessionID: String?
    ) async throws(StoreError) -> [UserID] {
        let now = clock()
        return try write {
            try $0.endSessions(
                providerID: providerID, subject: subject, providerSessionID: providerSessionID, now: now)
        }
    }

    /// Whether a flow was finished; see ``MartletAccounts/AccountStore/isFlowConsumed(_:)``.
    public func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        try write { try $0.isFlowConsumed(id) }
    }

    /// Uses up an id; see ``MartletAccounts/AccountStore/useOnce(_:until:)``.
    public func useOnce(_ id: FlowID, until: Date) async throws(StoreError) -> Bool {
        let now = clock()
        return try write { try $0.useOnce(id, until: until, now: now) }
    }

    /// A user's bindings; see ``MartletAccounts/AccountStore/identities(of:)``.
    public func identities(of userID: UserID) async throws(StoreError) -> [Identity] {
        try write { try $0.identities(of: userID) }
    }

    /// The binding of an account; see ``MartletAccounts/AccountStore/identity(providerID:subject:)``.
    public func identity(providerID: String, subject: String) async throws(StoreError) -> Identity? {
        try write { try $0.boundIdentity(providerID: providerID, subject: subject) }
    }

    /// Removes a binding; see ``MartletAccounts/AccountStore/unbind(providerID:of:)``.
    public func unbind(providerID: String, of userID: UserID) async throws(StoreError) -> UnbindOutcome {
        let now = clock()
        return try write { try $0.unbind(providerID: providerID, of: userID, now: now) }
    }

    /// Redeems a binding token; see ``MartletAccounts/AccountStore/redeemPendingBinding(_:now:)``.
    public func redeemPendingBinding(
        _ redemption: PendingBindingRedemption, now: Date
    ) async throws(StoreError) -> RedemptionOutcome {
        try write { try $0.redeemPendingBinding(redemption, now: now) }
    }

    /// A binding's tokens; see ``MartletAccounts/AccountStore/keptTokens(of:providerID:)``.
    public func keptTokens(of userID: UserID, providerID: String) async throws(StoreError) -> KeptTokens? {
        try write { try $0.keptTokens(of: userID, providerID: providerID) }
    }

    /// Replaces a binding's tokens; see ``MartletAccounts/AccountStore/replaceKeptTokens(_:of:ifVersion:)``.
    public func replaceKeptTokens(
        _ sealed: String, of id: IdentityID, ifVersion version: Int
    ) async throws(StoreError) -> Bool {
        let now = clock()
        return try write { try $0.replaceKeptTokens(sealed, of: id, ifVersion: version, now: now) }
    }

    /// Removes a binding's tokens; see ``MartletAccounts/AccountStore/forgetKeptTokens(of:)``.
    public func forgetKeptTokens(of id: IdentityID) async throws(StoreError) {
        let now = clock()
        try write { try $0.forgetKeptTokens(of: id, now: now) }
    }

    /// Takes over an account's email address; see ``MartletAccounts/AccountStore/updateEmail(_:providerID:subject:)``.
    @discardableResult
    public func updateEmail(
        _ email: Email?, providerID: String, subject: String
    ) async throws(StoreError) -> Bool {
        let now = clock()
        return try write { try $0.updateEmail(email, providerID: providerID, subject: subject, now: now) }
    }

    /// Takes over that an account is gone; see ``MartletAccounts/AccountStore/accountDeleted(providerID:subject:)``.
    public func accountDeleted(providerID: String, subject: String) async throws(StoreError) -> ProviderDeletion {
        let now = clock()
        return try write { try $0.accountDeleted(providerID: providerID, subject: subject, now: now) }
    }

    /// A user; see ``MartletAccounts/AccountStore/user(_:)``.
    public func user(_ id: UserID) async throws(StoreError) -> User? {
        try write { try $0.user(id) }
    }

    /// How many users there are; see ``MartletAccounts/AccountStore/userCount()``.
    public func userCount() async throws(StoreError) -> Int {
        rows.users.count
    }

    /// Lets a user sign in or not; see ``MartletAccounts/AccountStore/setEnabled(_:user:)``.
    @discardableResult
    public func setEnabled(_ isEnabled: Bool, user id: UserID) async throws(StoreError) -> Bool {
        let now = clock()
        return try write { try $0.enable(isEnabled, user: id, now: now) }
    }

    /// Removes a user; see ``MartletAccounts/AccountStore/deleteUser(_:)``.
    public func deleteUser(_ id: UserID) async throws(StoreError) -> [RemovedBinding]? {
        let now = clock()
        return try write { try $0.removeUser(id, now: now) }
    }

    /// Removes what has ended; see ``MartletAccounts/AccountStore/sweepExpired(now:limit:)``.
    public func sweepExpired(now: Date, limit: Int) async throws(StoreError) -> Int {
        try write { try $0.sweepExpired(now: now, limit: limit) }
    }

    /// Always returns; see ``MartletAccounts/AccountStore/checkReady()``.
    public func checkReady() async throws(StoreError) {}
}
