import FoundationEssentials
import Martlet
import MartletAccounts

/// The rows of a ``MemoryStore``: a value, so that a transaction works on a copy and an error undoes everything.
struct MemoryRows: AccountTransaction, Sendable {
    struct StoredIdentity: Sendable {
        var record: Identity
        var emailIsTrusted: Bool
    }

    struct StoredSession: Sendable {
        var session: Session
        var tokenHash: [UInt8]
        var number: Int64
    }

    var consumedFlows: [FlowID: Date] = [:]
    var users: [UserID: User] = [:]
    var identities: [IdentityID: StoredIdentity] = [:]
    var keptTokens: [IdentityID: KeptTokensRow] = [:]
    var sessions: [SessionID: StoredSession] = [:]
    var pendingBindings: [[UInt8]: PendingBinding] = [:]
    var auditEvents: [AuditEvent] = []
    var announcements: [UserID] = []
    private var lastNumber: Int64 = 0

    mutating func nextNumber() -> Int64 {
        lastNumber += 1
        return lastNumber
    }

    // MARK: Flows

    mutating func consumeFlow(_ id: FlowID, rememberedUntil: Date) throws -> Bool {
        guard consumedFlows[id] == nil else { return false }
        consumedFlows[id] = rememberedUntil
        return true
    }

    func isFlowConsumed(_ id: FlowID) throws -> Bool {
        consumedFlows[id] != nil
    }

    // MARK: Users

    func user(_ id: UserID) throws -> User? {
        users[id]
    }

    func userCount() throws -> Int { users.count }

    func hasUsers() throws -> Bool { !users.isEmpty }

    func verifiedEmailOwner(comparisonKey: String) throws -> (userID: UserID, proofIsTrusted: Bool)? {
        identities.values
            .filter { $0.record.email?.matchingKey == comparisonKey }
            .map { (userID: $0.record.userID, proofIsTrusted: $0.emailIsTrusted) }
            .min { ($0.proofIsTrusted ? 0 : 1, $0.userID) < ($1.proofIsTrusted ? 0 : 1, $1.userID) }
    }

    mutating func insertUser(_ profile: UserProfile, createdAt: Date) throws -> User {
        let user = User(
            id: UserID(rawValue: nextNumber()), name: profile.name, email: profile.email, avatar: profile.avatar,
            isEnabled: true, createdAt: createdAt)
        users[user.id] = user
        return user
    }

    mutating func setEnabled(_ isEnabled: Bool, user id: UserID) throws -> Bool {
        guard users[id] != nil else { return false }
        users[id]?.isEnabled = isEnabled
        return true
    }

    mutating func setEmail(_ email: Email?, user id: UserID) throws {
        users[id]?.email = email
    }

    mutating func deleteUser(_ id: UserID) throws -> Bool {
        guard users[id] != nil else { return false }
        for identity in try identities(of: id) { try deleteIdentity(identity.id) }
        users[id] = nil
        sessions = sessions.filter { $0.value.session.userID != id }
        pendingBindings = pendingBindings.filter { $0.value.userID != id }
        return true
    }

    // MARK: Identities

    func identity(providerID: String, subject: String) throws -> Identity? {
        identities.values.lazy.map(\.record).first { Self.isAccount($0, providerID: providerID, subject: subject) }
    }

    func identities(of userID: UserID) throws -> [Identity] {
        identities.values.map(\.record).filter { $0.userID == userID }
            .sorted { $0.id < $1.id }
    }

    mutating func insertIdentity(
        _ profile: UserProfile, providerID: String, userID: UserID, emailIsTrusted: Bool, boundAt: Date
    ) throws -> Identity {
        guard users[userID] != nil else { throw StoreError.conflict("there is no such user") }
        let identity = Identity(
            id: IdentityID(rawValue: nextNumber()), userID: userID, providerID: providerID, subject: profile.subject,
            username: profile.username, name: profile.name, email: profile.email, avatar: profile.avatar,
            identifiers: profile.identifiers, boundAt: boundAt, lastSignInAt: boundAt)
        try updateIdentity(identity, emailIsTrusted: emailIsTrusted)
        return identity
    }

    func emailIsTrusted(_ id: IdentityID) throws -> Bool {
        identities[id]?.emailIsTrusted ?? false
    }

    mutating func updateIdentity(_ identity: Identity, emailIsTrusted: Bool) throws {
        let others = identities.values.map(\.record).filter { $0.id != identity.id }
        let clashes = others.contains {
            Self.isAccount($0, providerID: identity.providerID, subject: identity.subject)
                || ($0.userID == identity.userID && $0.providerID == identity.providerID)
        }
        guard !clashes else { throw StoreError.conflict("the account or its provider is bound already") }
        identities[identity.id] = StoredIdentity(record: identity, emailIsTrusted: emailIsTrusted)
    }

    mutating func deleteIdentity(_ id: IdentityID) throws {
        identities[id] = nil
        keptTokens[id] = nil
    }

    private static func isAccount(_ identity: Identity, providerID: String, subject: String) -> Bool {
        identity.providerID == providerID && isSame(identity.subject, subject)
    }

    /// Strings that are canonically equivalent are equal in Swift, but are the subjects of two people.
    static func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }

    // MARK: Kept tokens

    func keptTokensRow(of id: IdentityID) throws -> KeptTokensRow? {
        keptTokens[id]
    }

    mutating func setKeptTokensRow(_ row: KeptTokensRow, of id: IdentityID) throws {
        guard identities[id] != nil else { throw StoreError.conflict("there is no such binding") }
        keptTokens[id] = row
    }

    // MARK: Housekeeping

    mutating func deleteExpired(_ rows: ExpiringRows, now: Date, limit: Int) throws -> Int {
        switch rows {
        case .sessions: Self.remove(from: &sessions, limit) { $0.session.expiresAt <= now }
        case .pendingBindings: Self.remove(from: &pendingBindings, limit) { $0.expiresAt <= now }
        case .consumedFlows: Self.remove(from: &consumedFlows, limit) { $0 <= now }
        case .auditEvents: removeAuditEvents(upTo: now, limit)
        }
    }

    private mutating func removeAuditEvents(upTo time: Date, _ limit: Int) -> Int {
        let before = auditEvents.count
        var left = max(0, limit)
        auditEvents.removeAll { event in
            guard left > 0, event.time <= time else { return false }
            left -= 1
            return true
        }
        return before - auditEvents.count
    }

    private static func remove<Key: Hashable, Value>(
        from rows: inout [Key: Value], _ limit: Int, where hasEnded: (Value) -> Bool
    ) -> Int {
        let keys = rows.filter { hasEnded($0.value) }.keys.prefix(max(0, limit))
        for key in keys { rows[key] = nil }
        return keys.count
    }

    mutating func record(_ event: AuditEvent) throws {
        auditEvents.append(event)
    }

    mutating func announceChanges(of users: Set<UserID>) throws {
        announcements += users.sorted()
    }
}
