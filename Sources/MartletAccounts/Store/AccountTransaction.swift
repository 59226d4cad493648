public import FoundationEssentials
public import Martlet

/// The rows of a store within one transaction: what a store implements, so that the rules above them are written once.
///
/// Every read sees the writes before it, no other transaction interleaves with what was read, and an error undoes all.
/// Extensions of this protocol hold the operations: ``completeFlow(_:now:)``, ``redeemPendingBinding(_:now:)``,
/// ``unbind(providerID:of:now:)`` and the others; a store's call is one of them inside a transaction.
///
/// An implementation may throw any error; the store turns it into a ``StoreError``.
public protocol AccountTransaction {
    // MARK: Flows

    /// Remembers that a flow, or anything else that works once, is used up.
    ///
    /// - Returns: false, without a change, if that was remembered already.
    mutating func consumeFlow(_ id: FlowID, rememberedUntil: Date) throws -> Bool

    /// Whether a flow is remembered as used up.
    func isFlowConsumed(_ id: FlowID) throws -> Bool

    // MARK: Users

    /// A user, or nil.
    func user(_ id: UserID) throws -> User?

    /// How many users there are.
    func userCount() throws -> Int

    /// Whether there are users: a look that costs little.
    func hasUsers() throws -> Bool

    /// The user of a binding whose provider vouches for an email address. A user's own address proves nothing: it is a copy.
    ///
    /// Of several, one whose proof is trusted comes first, then the oldest.
    /// - Parameter comparisonKey: the address as ``Martlet/Email/comparisonKey`` gives it.
    func verifiedEmailOwner(comparisonKey: String) throws -> (userID: UserID, proofIsTrusted: Bool)?

    /// Makes an enabled user from a profile.
    mutating func insertUser(_ profile: UserProfile, createdAt: Date) throws -> User

    /// Sets whether a user may sign in; false if there is no such user.
    mutating func setEnabled(_ isEnabled: Bool, user id: UserID) throws -> Bool

    /// Replaces a user's own email address.
    mutating func setEmail(_ email: Email?, user id: UserID) throws

    /// Removes a user and all that belongs to the user, except the audit trail; false if there is no such user.
    mutating func deleteUser(_ id: UserID) throws -> Bool

    // MARK: Identities

    /// The binding of an account, by the exact bytes of its subject.
    func identity(providerID: String, subject: String) throws -> Identity?

    /// A user's bindings, oldest first.
    func identities(of userID: UserID) throws -> [Identity]

    /// Binds an account.
    mutating func insertIdentity(
        _ profile: UserProfile, providerID: String, userID: UserID, emailIsTrusted: Bool, boundAt: Date
    ) throws -> Identity

    /// Whether the provider of a binding was trusted for email when the binding was last written.
    func emailIsTrusted(_ id: IdentityID) throws -> Bool

    /// Replaces all columns of a binding, found by its id, with these.
    mutating func updateIdentity(_ identity: Identity, emailIsTrusted: Bool) throws

    /// Removes a binding and its tokens.
    mutating func deleteIdentity(_ id: IdentityID) throws

    // MARK: Kept tokens

    /// The row of a binding's tokens; nil if it never had any.
    func keptTokensRow(of id: IdentityID) throws -> KeptTokensRow?

    /// Writes the row of a binding's tokens, whether there was one or not.
    mutating func setKeptTokensRow(_ row: KeptTokensRow, of id: IdentityID) throws

    // MARK: Sessions

    /// The session of a token, ended or not.
    func session(tokenHash: [UInt8]) throws -> Session?

    /// All of a user's sessions, ended or not, newest first.
    func sessions(of userID: UserID) throws -> [Session]

    /// All sessions begun with a provider and with the exact bytes of these, ended or not, where nil is any; the
    /// operations above give at least one.
    func sessions(providerID: String, subject: String?, providerSessionID: String?) throws -> [Session]

    /// Keeps a new session.
    mutating func insertSession(_ session: Session, tokenHash: [UInt8]) throws

    /// Sets when a session was last used.
    mutating func setLastSeen(_ time: Date, session id: SessionID) throws

    /// Removes a session.
    mutating func deleteSession(_ session: Session) throws

    // MARK: Pending bindings

    /// Keeps a binding token.
    mutating func insertPendingBinding(_ binding: PendingBinding) throws

    /// What a binding token stands for, expired or not.
    func pendingBinding(tokenHash: [UInt8]) throws -> PendingBinding?

    /// Removes a binding token.
    mutating func deletePendingBinding(tokenHash: [UInt8]) throws

    // MARK: Housekeeping

    /// Removes up to `limit` rows of a kind that ended at `now` or before, the oldest first, and tells how many.
    ///
    /// While another node removes rows, it removes none and does not wait.
    mutating func deleteExpired(_ rows: ExpiringRows, now: Date, limit: Int) throws -> Int

    /// Adds to the audit trail.
    mutating func record(_ event: AuditEvent) throws

    /// Tells other nodes, once the transaction is committed, that sessions of users have ended, or the users were changed,
    /// disabled or removed. By default nobody is told.
    mutating func announceChanges(of users: Set<UserID>) throws
}

extension AccountTransaction {
    /// Tells nobody.
    public mutating func announceChanges(of users: Set<UserID>) throws {}
}

/// The kinds of rows that end by themselves.
public enum ExpiringRows: String, Hashable, Sendable, CaseIterable {
    /// Sessions.
    case sessions
    /// Binding tokens.
    case pendingBindings
    /// Ids that are used up.
    case consumedFlows
    /// Lines of the audit trail, which end when they were written.
    case auditEvents
}
