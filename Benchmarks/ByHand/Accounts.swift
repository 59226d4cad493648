import FoundationEssentials
import GRDB

/// Users and sessions in SQLite: the tables of the peers that are written in Python.
struct Accounts: Sendable {
    private let pool: DatabasePool

    init(path: String) throws {
        pool = try DatabasePool(path: path)
        try pool.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    CREATE TABLE IF NOT EXISTS users (
                        id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, name TEXT, email TEXT, avatar TEXT,
                        created_at INTEGER NOT NULL
                    );
                    CREATE TABLE IF NOT EXISTS sessions (
                        token_hash BLOB NOT NULL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id),
                        created_at INTEGER NOT NULL
                    ) WITHOUT ROWID;
                    """)
        }
    }

    /// Stores who it is and a session, in one transaction.
    func signIn(_ profile: Profile, tokenHash: Data) async throws {
        let now = Int(Date().timeIntervalSince1970)
        try await pool.write { database in
            let upsert = try database.cachedStatement(
                sql: """
                    INSERT INTO users (subject, name, email, avatar, created_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (subject) DO UPDATE SET
                        name = excluded.name, email = excluded.email, avatar = excluded.avatar
                    RETURNING id
                    """)
            let user = try Int64.fetchOne(
                upsert, arguments: [profile.sub, profile.name, profile.email, profile.picture, now])
            try database.cachedStatement(sql: "INSERT INTO sessions VALUES (?, ?, ?)")
                .execute(arguments: [tokenHash, user, now])
        }
    }
}
