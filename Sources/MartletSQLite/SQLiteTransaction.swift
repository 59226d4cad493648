import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts

/// The rows of a SQLite database within one transaction, or, to read only, without one. Writers are immediate transactions, one at a time, so what was
/// read stays true until the commit; the unique indexes have the last word all the same.
struct SQLiteTransaction: AccountTransaction {
    let database: Database

    // MARK: Flows

    func consumeFlow(_ id: FlowID, rememberedUntil: Date) throws -> Bool {
        try execute(
            "INSERT INTO consumed_flows (id, expires_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
            arguments: [id.rawValue, rememberedUntil.millisecondsSince1970])
        return database.changesCount == 1
    }

    func isFlowConsumed(_ id: FlowID) throws -> Bool {
        try isTrue("SELECT EXISTS (SELECT 1 FROM consumed_flows WHERE id = ?)", arguments: [id.rawValue])
    }

    // MARK: Users

    func user(_ id: UserID) throws -> User? {
        try first("SELECT \(User.columns) FROM users WHERE id = ?", arguments: [id.rawValue], User.init)
    }

    func userCount() throws -> Int {
        try first("SELECT count(*) FROM users") { $0[0] } ?? 0
    }

    func hasUsers() throws -> Bool {
        try isTrue("SELECT EXISTS (SELECT 1 FROM users)")
    }

    func verifiedEmailOwner(comparisonKey: String) throws -> (userID: UserID, proofIsTrusted: Bool)? {
        let sql = "SELECT user_id, email_is_trusted FROM identities WHERE email_key = ?"
        // SQLite would sort even what is not there.
        let owners = try all(sql, arguments: [comparisonKey]) {
            (userID: UserID(rawValue: $0[0]), proofIsTrusted: $0[1] as Bool)
        }
        let trusted = owners.filter(\.proofIsTrusted)
        return (trusted.isEmpty ? owners : trusted).min { $0.userID < $1.userID }
    }

    func insertUser(_ profile: UserProfile, createdAt: Date) throws -> User {
        try execute(
            """
            INSERT INTO users (name, email, email_key, avatar, is_enabled, created_at) VALUES (?, ?, ?, ?, 1, ?)
            """,
            arguments: [
                profile.name, profile.email?.value, profile.email?.matchingKey, profile.avatar,
                createdAt.millisecondsSince1970,
            ])
        return User(
            id: UserID(rawValue: database.lastInsertedRowID), name: profile.name, email: profile.email,
            avatar: profile.avatar, isEnabled: true, createdAt: createdAt)
    }

    func setEnabled(_ isEnabled: Bool, user id: UserID) throws -> Bool {
        try execute("UPDATE users SET is_enabled = ? WHERE id = ?", arguments: [isEnabled, id.rawValue])
        return database.changesCount == 1
    }

    func setEmail(_ email: Email?, user id: UserID) throws {
        try execute(
            "UPDATE users SET email = ?, email_key = ? WHERE id = ?",
            arguments: [email?.value, email?.matchingKey, id.rawValue])
    }

    func deleteUser(_ id: UserID) throws -> Bool {
        try execute("DELETE FROM users WHERE id = ?", arguments: [id.rawValue])
        return database.changesCount == 1
    }

    // MARK: Housekeeping

    func deleteExpired(_ rows: ExpiringRows, now: Date, limit: Int) throws -> Int {
        let (table, end) =
            switch rows {
            case .sessions: ("sessions", "expires_at")
            case .pendingBindings: ("pending_bindings", "expires_at")
            case .consumedFlows: ("consumed_flows", "expires_at")
            case .auditEvents: ("audit_events", "occurred_at")
            }
        try execute(
            """
            DELETE FROM \(table)
            WHERE rowid IN (SELECT rowid FROM \(table) WHERE \(end) <= ? ORDER BY \(end) LIMIT ?)
            """,
            arguments: [now.millisecondsSince1970, max(0, limit)])
        return database.changesCount
    }

    func record(_ event: AuditEvent) throws {
        try execute(
            "INSERT INTO audit_events (event, user_id, provider_id, occurred_at) VALUES (?, ?, ?, ?)",
            arguments: [
                event.kind.rawValue, event.userID?.rawValue, event.providerID, event.time.millisecondsSince1970,
            ])
    }
}
