import FoundationEssentials
import Martlet
import Synchronization

/// The users whose sessions, or whose own rows, a transaction has changed so that an earlier answer may be wrong.
final class ChangedUsers: Sendable {
    private let state = Mutex<Set<UserID>>([])

    /// Their ids; of all runs, if the transaction ran more than once.
    var ids: Set<UserID> { state.withLock { $0 } }

    func insert(_ id: UserID) {
        state.withLock { _ = $0.insert(id) }
    }
}

/// The rows of a transaction, and a note of whom it changes. All operations go through it, so none can forget.
struct WatchedTransaction: AccountTransaction {
    var rows: any AccountTransaction
    let changed: ChangedUsers

    // MARK: What is noted

    mutating func setEnabled(_ isEnabled: Bool, user id: UserID) throws -> Bool {
        changed.insert(id)
        return try rows.setEnabled(isEnabled, user: id)
    }

    mutating func setEmail(_ email: Email?, user id: UserID) throws {
        changed.insert(id)
        try rows.setEmail(email, user: id)
    }

    mutating func deleteUser(_ id: UserID) throws -> Bool {
        changed.insert(id)
        return try rows.deleteUser(id)
    }

    mutating func deleteSession(_ session: Session) throws {
        changed.insert(session.userID)
        try rows.deleteSession(session)
    }

    // MARK: What is not

    mutating func consumeFlow(_ id: FlowID, rememberedUntil: Date) throws -> Bool {
        try rows.consumeFlow(id, rememberedUntil: rememberedUntil)
    }

    func isFlowConsumed(_ id: FlowID) throws -> Bool { try rows.isFlowConsumed(id) }

    func user(_ id: UserID) throws -> User? { try rows.user(id) }

    func userCount() throws -> Int { try rows.userCount() }

    func hasUsers() throws -> Bool { try rows.hasUsers() }

    func verifiedEmailOwner(comparisonKey: String) throws -> (userID: UserID, proofIsTrusted: Bool)? {
        try rows.verifiedEmailOwner(comparisonKey: comparisonKey)
    }

    mutating func insertUser(_ profile: UserProfile, createdAt: Date) throws -> User {
        try rows.insertUser(profile, createdAt: createdAt)
    }

    func identity(providerID: String, subject: String) throws -> Identity? {
        try rows.identity(providerID: providerID, subject: subject)
    }

    func identities(of userID: UserID) throws -> [Identity] { try rows.identities(of: userID) }

    mutating func insertIdentity(
        _ profile: UserProfile, providerID: String, userID: UserID, emailIsTrusted: Bool, boundAt: Date
    ) throws -> Identity {
        try rows.insertIdentity(
            profile, providerID: providerID, userID: userID, emailIsTrusted: emailIsTrusted, boundAt: boundAt)
    }

    func emailIsTrusted(_ id: IdentityID) throws -> Bool { try rows.emailIsTrusted(id) }

    mutating func updateIdentity(_ identity: Identity, emailIsTrusted: Bool) throws {
        try rows.updateIdentity(identity, emailIsTrusted: emailIsTrusted)
    }

    mutating func deleteIdentity(_ id: IdentityID) throws { try rows.deleteIdentity(id) }

    func keptTokensRow(of id: IdentityID) throws -> KeptTokensRow? { try rows.keptTokensRow(of: id) }

    mutating func setKeptTokensRow(_ row: KeptTokensRow, of id: IdentityID) throws {
        try rows.setKeptTokensRow(row, of: id)
    }

    func session(tokenHash: [UInt8]) throws -> Session? { try rows.session(tokenHash: tokenHash) }

    func sessions(of userID: UserID) throws -> [Session] { try rows.sessions(of: userID) }

    func sessions(providerID: String, subject: String?, providerSessionID: String?) throws -> [Session] {
        try rows.sessions(providerID: providerID, subject: subject, providerSessionID: providerSessionID)
    }

    mutating func insertSession(_ session: Session, tokenHash: [UInt8]) throws {
        try rows.insertSession(session, tokenHash: tokenHash)
    }

    mutating func setLastSeen(_ time: Date, session id: SessionID) throws {
        try rows.setLastSeen(time, session: id)
    }

    mutating func insertPendingBinding(_ binding: PendingBinding) throws { try rows.insertPendingBinding(binding) }

    func pendingBinding(tokenHash: [UInt8]) throws -> PendingBinding? { try rows.pendingBinding(tokenHash: tokenHash) }

    mutating func deletePendingBinding(tokenHash: [UInt8]) throws {
        try rows.deletePendingBinding(tokenHash: tokenHash)
    }

    mutating func deleteExpired(_ rows: ExpiringRows, now: Date, limit: Int) throws -> Int {
        try self.rows.deleteExpired(rows, now: now, limit: limit)
    }

    mutating func record(_ event: AuditEvent) throws { try rows.record(event) }

    mutating func announceChanges(of users: Set<UserID>) throws { try rows.announceChanges(of: users) }
}
