import FoundationEssentials
import GRDB
import MartletAccounts

/// The schema, step by step. A step that was released is never edited: a change is a further step at the end.
enum Migrations {
    /// A step.
    struct Step {
        let name: String
        let sql: String
    }

    /// All steps, in order.
    static let steps: [Step] = [
        Step(name: "0001-accounts", sql: accounts), Step(name: "0002-sessions", sql: sessions),
        Step(name: "0003-flows", sql: flows), Step(name: "0004-audit", sql: audit),
        Step(name: "0005-provider-sessions", sql: providerSessions), Step(name: "0006-kept-tokens", sql: keptTokens),
        Step(name: "0007-email-owners", sql: emailOwners),
    ]

    /// Applies the steps that are missing, all or none; of several programs that do so at once, one does.
    ///
    /// GRDB's own migrator looks before it takes the lock, so that two programs may apply a step twice.
    /// - Returns: the steps that were applied.
    /// - Throws: `StoreError.madeByNewerVersion`, `DatabaseError`.
    @discardableResult
    static func apply(_ wanted: [Step] = steps, to writer: some DatabaseWriter, now: Date) throws -> [String] {
        if try writer.read(pending).isEmpty { return [] }
        return try writer.write { database in
            try makeList(database)
            let missing = try pending(database)
            let wanted = wanted.filter { missing.contains($0.name) }
            for step in wanted {
                try database.execute(sql: step.sql)
                try database.execute(
                    sql: "INSERT INTO grdb_migrations (identifier, applied_at) VALUES (?, ?)",
                    arguments: [step.name, now.millisecondsSince1970])
            }
            return wanted.map(\.name)
        }
    }

    /// Each step, and when it was applied, as far as that was noted.
    static func state(_ database: Database) throws -> [SchemaStep] {
        let missing = try pending(database)
        let times = try hasTimes(database)
        return try steps.map { step in
            let time =
                times
                ? try Int64.fetchOne(
                    database, sql: "SELECT applied_at FROM grdb_migrations WHERE identifier = ?",
                    arguments: [step.name]) : nil
            return SchemaStep(
                name: step.name, isApplied: !missing.contains(step.name),
                appliedAt: time.map(Date.init(millisecondsSince1970:)))
        }
    }

    private static func pending(_ database: Database) throws -> Set<String> {
        let applied =
            try database.tableExists("grdb_migrations")
            ? try String.fetchSet(database, sql: "SELECT identifier FROM grdb_migrations") : []
        let known = Set(steps.map(\.name))
        guard applied.isSubset(of: known) else {
            throw StoreError.madeByNewerVersion("the database has schema steps that this version does not know")
        }
        return known.subtracting(applied)
    }

    /// The table of steps has the name and the column that GRDB's migrator gives it, which made it once.
    private static func makeList(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS grdb_migrations (
                    identifier TEXT NOT NULL PRIMARY KEY, applied_at INTEGER)
                """)
        guard try !hasTimes(database) else { return }
        try database.execute(sql: "ALTER TABLE grdb_migrations ADD COLUMN applied_at INTEGER")
    }

    private static func hasTimes(_ database: Database) throws -> Bool {
        try database.tableExists("grdb_migrations")
            && database.columns(in: "grdb_migrations").contains { $0.name == "applied_at" }
    }

    /// `email_key` is the address in comparable form, and only there if it is verified. Ids are never used again
    /// (`AUTOINCREMENT`), because applications keep them. Text compares byte by byte (`BINARY`), so subjects do.
    private static let accounts = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT,
            email TEXT,
            email_key TEXT,
            email_is_trusted INTEGER NOT NULL CHECK (email_is_trusted IN (0, 1)),
            avatar TEXT,
            is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX users_by_email ON users (email_key) WHERE email_key IS NOT NULL;

        CREATE TABLE identities (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            provider_id TEXT NOT NULL CHECK (provider_id <> ''),
            subject TEXT NOT NULL COLLATE BINARY CHECK (subject <> ''),
            username TEXT,
            name TEXT,
            email TEXT,
            email_key TEXT,
            email_is_trusted INTEGER NOT NULL CHECK (email_is_trusted IN (0, 1)),
            avatar TEXT,
            identifiers TEXT NOT NULL,
            bound_at INTEGER NOT NULL,
            last_sign_in_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX identities_by_subject ON identities (provider_id, subject);
        CREATE UNIQUE INDEX identities_by_user ON identities (user_id, provider_id);
        CREATE INDEX identities_by_email ON identities (email_key) WHERE email_key IS NOT NULL;
        """

    /// Whose an address is, only bindings tell: a user's own one is verified as long as a binding has it. Addresses are compared
    /// with `A` to `Z` in lower case, which is what SQLite's `lower` does.
    private static let emailOwners = """
        UPDATE identities SET email_key = lower(email) WHERE email_key <> lower(email);
        UPDATE users SET email_key = lower(email) WHERE email_key <> lower(email);
        UPDATE users SET email_key = NULL WHERE email_key IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM identities WHERE user_id = users.id AND identities.email_key = users.email_key);
        DROP INDEX users_by_email;
        ALTER TABLE users DROP COLUMN email_is_trusted;
        """

    private static let sessions = """
        CREATE TABLE sessions (
            id TEXT NOT NULL PRIMARY KEY,
            token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
            user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            last_seen_at INTEGER NOT NULL,
            user_agent TEXT,
            address TEXT,
            provider_id TEXT
        ) STRICT;
        CREATE INDEX sessions_by_user ON sessions (user_id);
        CREATE INDEX sessions_by_expiry ON sessions (expires_at);
        """

    private static let flows = """
        CREATE TABLE consumed_flows (
            id TEXT NOT NULL PRIMARY KEY,
            expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX consumed_flows_by_expiry ON consumed_flows (expires_at);

        CREATE TABLE pending_bindings (
            token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
            browser_binding_hash BLOB NOT NULL,
            user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
            provider_id TEXT NOT NULL,
            profile TEXT NOT NULL,
            provider_trusted_for_email INTEGER NOT NULL CHECK (provider_trusted_for_email IN (0, 1)),
            expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX pending_bindings_by_expiry ON pending_bindings (expires_at);
        CREATE INDEX pending_bindings_by_user ON pending_bindings (user_id) WHERE user_id IS NOT NULL;
        """

    /// The trail outlives the users it names, so it refers to no other table.
    private static let audit = """
        CREATE TABLE audit_events (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            event TEXT NOT NULL,
            user_id INTEGER,
            provider_id TEXT,
            occurred_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX audit_events_by_time ON audit_events (occurred_at);
        """

    /// A logout at the provider names a session by the provider's own words.
    private static let providerSessions = """
        ALTER TABLE sessions ADD COLUMN provider_subject TEXT COLLATE BINARY;
        ALTER TABLE sessions ADD COLUMN provider_session_id TEXT COLLATE BINARY;
        ALTER TABLE sessions ADD COLUMN sealed_id_token TEXT;
        CREATE INDEX sessions_by_provider_subject ON sessions (provider_id, provider_subject)
            WHERE provider_subject IS NOT NULL;
        CREATE INDEX sessions_by_provider_session ON sessions (provider_id, provider_session_id)
            WHERE provider_session_id IS NOT NULL;
        """

    /// `sealed` is NULL once the tokens are forgotten; the row stays, so that a version is never used again.
    private static let keptTokens = """
        CREATE TABLE kept_tokens (
            identity_id INTEGER NOT NULL PRIMARY KEY REFERENCES identities (id) ON DELETE CASCADE,
            sealed TEXT,
            version INTEGER NOT NULL CHECK (version > 0),
            updated_at INTEGER NOT NULL
        ) STRICT;
        ALTER TABLE pending_bindings ADD COLUMN sealed_tokens TEXT;
        """
}
