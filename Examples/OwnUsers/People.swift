import FoundationEssentials
import GRDB
import Hummingbird
import Martlet
import MartletAccounts
import MartletHummingbird

/// The application's own users and sessions, in its own database.
///
/// A person's row refers to Martlet's user by its id; everything else about a person is the application's.
struct People: ApplicationSessions {
    private let database: DatabaseQueue
    private let sessionLifetime = 86_400

    init(path: String) throws {
        database = try DatabaseQueue(path: path)
        try database.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS people (
                        id INTEGER PRIMARY KEY, martlet_id INTEGER NOT NULL UNIQUE, nickname TEXT NOT NULL) STRICT;
                    CREATE TABLE IF NOT EXISTS visits (
                        token TEXT PRIMARY KEY, provider TEXT NOT NULL,
                        person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE) STRICT;
                    """)
        }
    }

    /// The nickname of whoever makes a request.
    func nickname(of request: Request) async throws -> String? {
        guard let token = request.cookies[Self.cookieName]?.value else { return nil }
        return try await database.read { database in
            try String.fetchOne(
                database,
                sql: "SELECT nickname FROM people JOIN visits ON person_id = people.id WHERE token = ?",
                arguments: [token])
        }
    }

    /// Ends the session of a request.
    func signOut(_ request: Request) async throws -> Cookie {
        let token = request.cookies[Self.cookieName]?.value ?? ""
        try await database.write { try $0.execute(sql: "DELETE FROM visits WHERE token = ?", arguments: [token]) }
        return cookie("", maxAge: 0)
    }

    // MARK: What Martlet asks

    func session(of request: Request) async throws -> ApplicationSession? {
        guard let token = request.cookies[Self.cookieName]?.value else { return nil }
        let martletID = try await database.read { database in
            try Int64.fetchOne(
                database,
                sql: "SELECT martlet_id FROM people JOIN visits ON person_id = people.id WHERE token = ?",
                arguments: [token])
        }
        return martletID.map { ApplicationSession(userID: UserID(rawValue: $0), key: Secret(token)) }
    }

    func signIn(_ user: User, providerID: String, isNew: Bool, request: Request) async throws -> [Cookie] {
        let former = request.cookies[Self.cookieName]?.value ?? ""
        let token = RandomSource.system.token()
        let nickname = user.name ?? "Somebody"
        try await database.write { database in
            try database.execute(sql: "DELETE FROM visits WHERE token = ?", arguments: [former])
            try database.execute(
                sql: "INSERT INTO people (martlet_id, nickname) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [user.id.rawValue, nickname])
            try database.execute(
                sql: "INSERT INTO visits (token, provider, person_id) SELECT ?, ?, id FROM people WHERE martlet_id = ?",
                arguments: [token, providerID, user.id.rawValue])
        }
        return [cookie(token, maxAge: sessionLifetime)]
    }

    func endSessions(of userID: UserID, providerID: String) async throws {
        try await database.write { database in
            try database.execute(
                sql: """
                    DELETE FROM visits
                    WHERE provider = ? AND person_id = (SELECT id FROM people WHERE martlet_id = ?)
                    """,
                arguments: [providerID, userID.rawValue])
        }
    }

    func removeUser(_ userID: UserID) async throws {
        try await database.write { database in
            try database.execute(sql: "DELETE FROM people WHERE martlet_id = ?", arguments: [userID.rawValue])
        }
    }

    private static let cookieName = "own-session"

    private func cookie(_ value: String, maxAge: Int) -> Cookie {
        Cookie(name: Self.cookieName, value: value, maxAge: maxAge, path: "/", httpOnly: true, sameSite: .lax)
    }
}
