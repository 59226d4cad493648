import FoundationEssentials
import Martlet
import MartletAccounts

/// The rows of a PostgreSQL database within one transaction.
struct PostgresTransaction: AccountTransaction {
    let connection: PostgresConnection
    /// Whether changes are announced.
    let hasNews: Bool

    // MARK: Flows

    func consumeFlow(_ id: FlowID, rememberedUntil: Date) throws -> Bool {
        try connection.change(
            "INSERT INTO consumed_flows (id, expires_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
            [.text(id.rawValue), .time(rememberedUntil)]) == 1
    }

    func isFlowConsumed(_ id: FlowID) throws -> Bool {
        try !connection.query("SELECT 1 FROM consumed_flows WHERE id = $1", [.text(id.rawValue)]).isEmpty
    }

    // MARK: Users

    func user(_ id: UserID) throws -> User? {
        try connection.query("SELECT * FROM users WHERE id = $1", [.number(id.rawValue)]).first.map(User.init)
    }

    func userCount() throws -> Int {
        Int(try connection.query("SELECT count(*) AS count FROM users").first?.number("count") ?? 0)
    }

    func hasUsers() throws -> Bool {
        try !connection.query("SELECT 1 FROM users LIMIT 1").isEmpty
    }

    func verifiedEmailOwner(comparisonKey: String) throws -> (userID: UserID, proofIsTrusted: Bool)? {
        let sql = """
            SELECT user_id, email_is_trusted FROM identities WHERE email_key = $1
            ORDER BY email_is_trusted DESC, user_id LIMIT 1
            """
        return try connection.query(sql, [.text(comparisonKey)]).first
            .map { (UserID(rawValue: try $0.number("user_id")), try $0.flag("email_is_trusted")) }
    }

    func insertUser(_ profile: UserProfile, createdAt: Date) throws -> User {
        let sql = """
            INSERT INTO users (name, email, email_key, avatar, is_enabled, created_at)
            VALUES ($1, $2, $3, $4, TRUE, $5) RETURNING id
            """
        let id = try connection.newID(
            sql,
            [
                .text(profile.name), .text(profile.email?.value), .text(profile.email?.matchingKey),
                .text(profile.avatar), .time(createdAt),
            ])
        return User(
            id: UserID(rawValue: id), name: profile.name, email: profile.email, avatar: profile.avatar,
            isEnabled: true, createdAt: createdAt)
    }

    func setEnabled(_ isEnabled: Bool, user id: UserID) throws -> Bool {
        try connection.change(
            "UPDATE users SET is_enabled = $1 WHERE id = $2", [.flag(isEnabled), .number(id.rawValue)]) == 1
    }

    func setEmail(_ email: Email?, user id: UserID) throws {
        try connection.query(
            "UPDATE users SET email = $1, email_key = $2 WHERE id = $3",
            [.text(email?.value), .text(email?.matchingKey), .number(id.rawValue)])
    }

    func deleteUser(_ id: UserID) throws -> Bool {
        try connection.change("DELETE FROM users WHERE id = $1", [.number(id.rawValue)]) == 1
    }

    // MARK: Housekeeping

    /// Of several nodes, one at a time removes rows; the others find nothing to do. The lock is held to the end of the
    /// transaction.
    func deleteExpired(_ rows: ExpiringRows, now: Date, limit: Int) throws -> Int {
        let lock = "SELECT step FROM martlet_schema WHERE step = $1 FOR UPDATE SKIP LOCKED"
        guard try !connection.query(lock, [.text(Migrations.steps[0].name)]).isEmpty else { return 0 }
        let (table, key, end) =
            switch rows {
            case .sessions: ("sessions", "id", "expires_at")
            case .pendingBindings: ("pending_bindings", "token_hash", "expires_at")
            case .consumedFlows: ("consumed_flows", "id", "expires_at")
            case .auditEvents: ("audit_events", "id", "occurred_at")
            }
        return try connection.change(
            """
            DELETE FROM \(table) WHERE \(key) IN (
                SELECT \(key) FROM \(table) WHERE \(end) <= $1 ORDER BY \(end) LIMIT $2)
            """, [.time(now), .number(max(0, limit))])
    }

    func record(_ event: AuditEvent) throws {
        try connection.query(
            "INSERT INTO audit_events (event, user_id, provider_id, occurred_at) VALUES ($1, $2, $3, $4)",
            [
                .text(event.kind.rawValue), PostgresValue(text: event.userID.map { String($0.rawValue) }),
                .text(event.providerID), .time(event.time),
            ])
    }
}

extension PostgresConnection {
    /// Runs a statement that returns the id of a new row.
    func newID(_ sql: String, _ values: [PostgresValue]) throws -> Int64 {
        guard let row = try query(sql, values).first else { throw PostgresError.unreadable }
        return try row.number("id")
    }
}
