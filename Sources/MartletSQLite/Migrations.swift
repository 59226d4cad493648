import GRDB

/// The schema, step by step. A step that was released is never edited: a change is a further step at the end.
enum Migrations {
    /// All steps, in order.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-accounts") { try $0.execute(sql: accounts) }
        migrator.registerMigration("0002-sessions") { try $0.execute(sql: sessions) }
        migrator.registerMigration("0003-flows") { try $0.execute(sql: flows) }
        migrator.registerMigration("0004-audit") { try $0.execute(sql: audit) }
        migrator.registerMigration("0005-provider-sessions") { try $0.execute(sql: providerSessions) }
        migrator.registerMigration("0006-kept-tokens") { try $0.execute(sql: keptTokens) }
        return migrator
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
