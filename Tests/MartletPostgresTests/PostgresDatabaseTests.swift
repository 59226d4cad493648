import FoundationEssentials
import Martlet
import MartletAccounts
import MartletSQLite
import MartletTesting
import Testing

@testable import MartletPostgres

@Suite("A PostgreSQL database as its operator sees it", TestServer.isThere)
struct PostgresDatabaseTests {
    private let file = FileManager.default.temporaryDirectory.path + "/martlet-\(UUID().uuidString).sqlite"

    @Test
    func tellsWhenEachStepWasApplied() throws {
        try withEmptySchema { database, _ in
            let before = try database.schema()
            #expect(before.allSatisfy { !$0.isApplied })
            let (first, second) = (try database.migrate(), try database.migrate())
            #expect(first == Migrations.steps.map(\.name))
            #expect(second == [])
            let after = try database.schema()
            #expect(after.allSatisfy { $0.isApplied && $0.appliedAt != nil })
        }
    }

    @Test
    func looksWithoutChangingAnything() throws {
        try withEmptySchema { database, url in
            _ = try database.schema()
            let tables = try PostgresConnection(url).query(
                "SELECT 1 FROM pg_tables WHERE schemaname = current_schema()")
            #expect(tables.isEmpty)
        }
    }

    @Test
    func appliesEachStepOnceWhenManyDoSoAtOnce() async throws {
        let schema = try makeSchema()
        defer { schema.drop() }
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 { group.addTask { try PostgresDatabase(url: schema.url).migrate() } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied == Migrations.steps.map(\.name))
    }

    /// The tables may belong to somebody else than the service's user.
    @Test
    func startsForAUserWhoMayMakeNoTables() async throws {
        let schema = try makeSchema()
        defer { schema.drop() }
        _ = try PostgresDatabase(url: schema.url).migrate()
        let role = "r" + schema.name
        let admin = try PostgresConnection(schema.url)
        try admin.execute(
            """
            CREATE ROLE \(role) LOGIN; GRANT USAGE ON SCHEMA \(schema.name) TO \(role);
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \(schema.name) TO \(role)
            """)
        defer { try? admin.execute("DROP OWNED BY \(role); DROP ROLE \(role)") }
        let url = Secret(schema.url.reveal().replacing("martlet@", with: "\(role)@"))
        let store = try await PostgresStore(url: url, connections: 1)
        let user = try await store.write {
            try $0.insertUser(UserProfile(subject: "s"), createdAt: FixedClock.start)
        }
        #expect(user.id == UserID(rawValue: 1))
        await store.disconnect()
    }

    @Test
    func listsEveryColumnThatIsCopied() throws {
        try withEmptySchema { database, url in
            _ = try database.migrate()
            let columns = try PostgresConnection(url).query(
                """
                SELECT table_name || '.' || column_name AS name FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name <> 'martlet_schema'
                """
            ).map { try $0.text("name") }
            let listed = StoredTable.all.flatMap { table in table.columns.map { "\(table.name).\($0.name)" } }
            // The order in which sessions of the same millisecond were made.
            #expect(Set(columns) == Set(listed + ["sessions.number"]))
        }
    }

    @Test
    func takesOverAFileAndGivesItBack() async throws {
        let back = file + "-back"
        defer { for path in [file, back] { try? FileManager.default.removeItem(atPath: path) } }
        let source = SQLiteDatabase(path: file)
        let schema = try makeSchema()
        defer { schema.drop() }
        let database = PostgresDatabase(url: schema.url)
        let (there, andBack) = try await blockingly {
            try SampleTables.fill(source, users: 6_000)
            return (
                try DatabaseCopy(from: source, to: database).run(),
                try DatabaseCopy(from: database, to: SQLiteDatabase(path: back)).run()
            )
        }
        #expect(there.allSatisfy { $0.agrees && $0.source.rows == 6_000 })
        #expect(andBack.allSatisfy { $0.agrees })
        #expect(andBack.map(\.target) == there.map(\.source))

        let store = try await PostgresStore(url: schema.url, connections: 1)
        let user = try await store.write {
            try $0.insertUser(UserProfile(subject: "s"), createdAt: FixedClock.start)
        }
        #expect(user.id == UserID(rawValue: 18_008))
        await store.disconnect()
        let atHome = try await SQLiteStore(path: back).write {
            try $0.insertUser(UserProfile(subject: "s"), createdAt: FixedClock.start)
        }
        #expect(atHome.id == UserID(rawValue: 18_008))
    }

    @Test
    func refusesToServeUntilTheCopyIsFinished() async throws {
        defer { try? FileManager.default.removeItem(atPath: file) }
        let source = SQLiteDatabase(path: file)
        try SampleTables.fill(source, users: 30)
        let schema = try makeSchema()
        defer { schema.drop() }
        let database = PostgresDatabase(url: schema.url)
        // What a copy leaves that was killed after the first table and a half.
        try database.receive { receiver in
            try receiver.beginCopy(from: source.name, after: nil, discardingRows: false)
            try source.read { reader in
                for (table, limit) in zip(StoredTable.all, [30, 15]) {
                    var rows: [StoredRow] = []
                    try reader.rows(of: table, after: nil) { rows.append($0) }
                    try receiver.insert(Array(rows.prefix(limit)), into: table)
                }
            }
        }
        let error = await #expect(throws: StoreError.self) {
            _ = try await PostgresStore(url: schema.url, connections: 1)
        }
        #expect(error?.description.contains("run the same `martlet copy` again") == true)
        let tables = try DatabaseCopy(from: source, to: database).run()
        #expect(tables.allSatisfy { $0.agrees && $0.source.rows == 30 })
        await (try PostgresStore(url: schema.url, connections: 1)).disconnect()
    }

    @Test
    func beginsAnewWhenTold() throws {
        defer { try? FileManager.default.removeItem(atPath: file) }
        let source = SQLiteDatabase(path: file)
        try SampleTables.fill(source, users: 8)
        try withEmptySchema { database, url in
            try SampleTables.fill(database, users: 20)
            #expect(throws: DatabaseFailure.holdsRows(database.name)) {
                try DatabaseCopy(from: source, to: database).run()
            }
            try database.receive { receiver in
                try receiver.beginCopy(from: "sqlite:/elsewhere", after: nil, discardingRows: false)
            }
            #expect(throws: DatabaseFailure.receivesAnother(database.name, source: "sqlite:/elsewhere")) {
                try DatabaseCopy(from: source, to: database).run()
            }
            let tables = try DatabaseCopy(from: source, to: database, startsOver: true).run()
            #expect(tables.allSatisfy { $0.agrees && $0.source.rows == 8 })
        }
    }

    @Test
    func tellsWhatTheServerRefused() throws {
        try withEmptySchema { database, _ in
            let error = #expect(throws: DatabaseFailure.self) {
                try database.receive { receiver in
                    try receiver.insert([[.text("a\u{0}b"), .number(1)]], into: StoredTable.all[5])
                }
            }
            #expect(error?.description.contains("SQLSTATE 22021") == true)
            #expect(throws: DatabaseFailure.self) {
                // No user has this number.
                try database.receive { receiver in
                    try receiver.insert(
                        [[.number(1), .text("s"), .number(1), .number(1)]], into: StoredTable.all[2])
                }
            }
        }
    }

    @Test(
        arguments: [
            ("postgres://ann:p?w@h1:5432,h2/db?sslmode=require", "postgres://h1:5432,h2/db"),
            ("postgresql://ann:p@w@h/db", "postgres://h/db"),
            ("postgres:///db?host=/run&password=pw", "postgres:///db"),
            ("postgres://h?passfile=/run/pw", "postgres://h"), ("postgres://", "postgres://"),
            ("postgres://ann:pa/ss@h/db", "postgres://"), ("postgres://u:p@ss/w@h/db", "postgres://"),
            ("postgres://ann:s3cret/db", "postgres://"), ("postgres://h?user=ann&password=p@ss", "postgres://"),
            ("postgres://ann:pw@[::1]:5432,[::2]/db", "postgres://[::1]:5432,[::2]/db"),
        ])
    func isNamedWithoutSecrets(url: String, name: String) {
        #expect(PostgresDatabase(url: Secret(url)).name == name)
    }

    @Test
    func saysWhichServerCannotBeReached() {
        let database = PostgresDatabase(url: "postgres://ann:pw@127.0.0.1:1/none")
        let error = #expect(throws: DatabaseFailure.self) { try database.schema() }
        #expect(error?.description.hasPrefix("postgres://127.0.0.1:1/none: the store is unavailable") == true)
    }

    private func withEmptySchema(_ test: (PostgresDatabase, Secret) throws -> Void) throws {
        let schema = try makeSchema()
        defer { schema.drop() }
        try test(PostgresDatabase(url: schema.url), schema.url)
    }

    private func makeSchema() throws -> TestSchema {
        let name = "t" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let url = try TestServer.connectionString(schema: name)
        try PostgresConnection(url).execute("CREATE SCHEMA \(name)")
        return TestSchema(name: name, url: url)
    }
}

/// A schema of one test.
private struct TestSchema {
    let name: String
    let url: Secret

    func drop() {
        try? PostgresConnection(url).execute("DROP SCHEMA \(name) CASCADE")
    }
}
