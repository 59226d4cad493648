import FoundationEssentials
import GRDB
import MartletAccounts
import MartletTesting
import Testing

@testable import MartletSQLite

@Suite("A SQLite file as its operator sees it")
struct SQLiteDatabaseTests {
    let files = TemporaryDatabase()
    private var database: SQLiteDatabase { SQLiteDatabase(path: files.path, now: { FixedClock.start }) }

    @Test
    func looksAtNoFileWithoutMakingOne() throws {
        let steps = try database.schema()
        #expect(steps.map(\.name) == Migrations.steps.map(\.name))
        #expect(steps.allSatisfy { !$0.isApplied && $0.appliedAt == nil })
        #expect(!FileManager.default.fileExists(atPath: files.folder))
    }

    @Test
    func tellsWhenEachStepWasApplied() throws {
        #expect(try database.migrate() == Migrations.steps.map(\.name))
        #expect(try database.migrate() == [])
        let steps = try database.schema()
        #expect(steps.allSatisfy { $0.isApplied && $0.appliedAt == FixedClock.start })
        let left = try FileManager.default.contentsOfDirectory(atPath: files.folder + "/inner")
        #expect(left == ["martlet.sqlite"])
        #expect(try files.permissions() == 0o600)
    }

    /// GRDB's own migrator, which made the first databases, notes no times.
    @Test
    func goesOnWithADatabaseThatNotedNoTimes() throws {
        try SQLiteFile.prepare(path: files.path)
        let old = try DatabaseQueue(path: files.path)
        var migrator = DatabaseMigrator()
        for step in Migrations.steps.prefix(3) {
            migrator.registerMigration(step.name) { try $0.execute(sql: step.sql) }
        }
        try migrator.migrate(old)
        try old.close()
        #expect(try database.schema().map(\.isApplied) == Migrations.steps.indices.map { $0 < 3 })
        #expect(try database.migrate() == Migrations.steps.dropFirst(3).map(\.name))
        let times = try database.schema().map(\.appliedAt)
        #expect(times == Migrations.steps.indices.map { $0 < 3 ? nil : FixedClock.start })
    }

    @Test
    func appliesEachStepOnceWhenManyDoSoAtOnce() async throws {
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 { group.addTask { [database] in try database.migrate() } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied == Migrations.steps.map(\.name))
    }

    @Test
    func saysWhichDatabaseANewerVersionMade() throws {
        _ = try database.migrate()
        try database.opened { queue in
            try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999-new')") }
        }
        let newer = StoreError.madeByNewerVersion("the database has schema steps that this version does not know")
        #expect(throws: DatabaseFailure.store("sqlite:\(files.path)", newer)) { try database.schema() }
        #expect(throws: DatabaseFailure.store("sqlite:\(files.path)", newer)) { try database.migrate() }
    }

    @Test
    func listsEveryColumnThatIsCopied() throws {
        _ = try database.migrate()
        let columns = try database.opened { queue in
            try queue.read { rows in
                try Row.fetchAll(
                    rows,
                    sql: """
                        SELECT m.name AS "table", c.name AS "column" FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
                        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'grdb_migrations'
                        """
                ).map { "\($0["table"] as String).\($0["column"] as String)" }
            }
        }
        let listed = StoredTable.all.flatMap { table in table.columns.map { "\(table.name).\($0.name)" } }
        #expect(Set(columns) == Set(listed))
    }
}
