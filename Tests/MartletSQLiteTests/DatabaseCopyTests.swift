import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts
import MartletTesting
import Synchronization
import Testing

@testable import MartletSQLite

@Suite("Copying a database", .serialized)
struct DatabaseCopyTests {
    let files = (source: TemporaryDatabase(), target: TemporaryDatabase())
    private var source: SQLiteDatabase { SQLiteDatabase(path: files.source.path) }
    private var target: SQLiteDatabase { SQLiteDatabase(path: files.target.path) }

    @Test
    func copiesEveryTableAndWhatIdsComeNext() async throws {
        try SampleTables.fill(source, users: 100)
        let tables = try DatabaseCopy(from: source, to: target).run()
        #expect(tables.map(\.table) == StoredTable.all.map(\.name))
        #expect(tables.allSatisfy { $0.agrees && $0.source.rows == 100 })
        #expect(Set(tables.map(\.source.digest)).count == tables.count)

        let store = try SQLiteStore(path: files.target.path)
        let user = try await store.write {
            try $0.insertUser(UserProfile(subject: "s"), createdAt: FixedClock.start)
        }
        #expect(user.id == UserID(rawValue: 308))
    }

    @Test
    func copiesAnEmptyDatabase() throws {
        _ = try source.migrate()
        let tables = try DatabaseCopy(from: source, to: target).run()
        #expect(tables.allSatisfy { $0.agrees && $0.source.rows == 0 })
        _ = try SQLiteStore(path: files.target.path)
    }

    @Test(arguments: [0, 1, 3, 6])
    func goesOnWhereItStopped(insertions: Int) async throws {
        let (source, target, path) = (source, target, files.target.path)
        try await blockingly {
            try SampleTables.fill(source, users: 6_000)
            let first = FailingDatabase(target, insertions: insertions)
            #expect(throws: FailingDatabase.Stopped.self) { try DatabaseCopy(from: source, to: first).run() }
            let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
            #expect(error?.description.contains("run the same `martlet copy` again") == true)

            let rest = FailingDatabase(target, insertions: .max)
            let tables = try DatabaseCopy(from: source, to: rest).run()
            #expect(tables.allSatisfy { $0.agrees && $0.source.rows == 6_000 })
            // Two transactions for each table, of which some were done.
            #expect(rest.insertionsDone.value == StoredTable.all.count * 2 - insertions)
            _ = try SQLiteStore(path: path)
        }
    }

    @Test
    func refusesATargetThatHoldsRows() throws {
        try SampleTables.fill(source, users: 2)
        try SampleTables.fill(target, users: 1)
        for startsOver in [false, true] {
            #expect(throws: DatabaseFailure.holdsRows(target.name)) {
                try DatabaseCopy(from: source, to: target, startsOver: startsOver).run()
            }
        }
        _ = try SQLiteStore(path: files.target.path)
    }

    @Test
    func mixesNoSourcesUnlessItStartsOver() throws {
        let other = TemporaryDatabase()
        let third = SQLiteDatabase(path: other.path)
        try SampleTables.fill(source, users: 20)
        try SampleTables.fill(third, users: 10)
        #expect(throws: FailingDatabase.Stopped.self) {
            try DatabaseCopy(from: source, to: FailingDatabase(target, insertions: 3)).run()
        }
        #expect(throws: DatabaseFailure.receivesAnother(target.name, source: source.name)) {
            try DatabaseCopy(from: third, to: target).run()
        }
        let tables = try DatabaseCopy(from: third, to: target, startsOver: true).run()
        #expect(tables.allSatisfy { $0.agrees && $0.source.rows == 10 })
    }

    @Test(arguments: [false, true])
    func addsNothingOnceAnotherCopyHasBegun(startsOver: Bool) async throws {
        let (source, target, path) = (source, target, files.target.path)
        try await blockingly {
            try SampleTables.fill(source, users: 6_000)
            let insertions = FailingDatabase.Count()
            let first = FailingDatabase(target, insertions: .max) {
                insertions.increment()
                guard insertions.value == 4 else { return }
                let tables = try DatabaseCopy(from: source, to: target, startsOver: startsOver).run()
                #expect(tables.allSatisfy { $0.agrees && $0.source.rows == 6_000 })
            }
            #expect(throws: DatabaseFailure.store(target.name, .copiedByAnother)) {
                try DatabaseCopy(from: source, to: first).run()
            }
            // What the second one made is as it was.
            _ = try SQLiteStore(path: path)
            try target.read { reader in
                let count = try reader.count(StoredTable.all[0])
                #expect(count == 6_000)
            }
        }
    }

    @Test
    func findsWhatDiffersAndLetsNoServiceStart() throws {
        try SampleTables.fill(source, users: 10)
        #expect(throws: FailingDatabase.Stopped.self) {
            try DatabaseCopy(from: source, to: FailingDatabase(target, insertions: 5)).run()
        }
        // As a service does that was not stopped.
        try source.opened { queue in
            try queue.write { try $0.execute(sql: "UPDATE users SET name = 'Bo' WHERE id = 4") }
        }
        let tables = try DatabaseCopy(from: source, to: target).run()
        #expect(tables.filter { !$0.agrees }.map(\.table) == ["users"])
        #expect(throws: StoreError.self) { try SQLiteStore(path: files.target.path) }
        let again = try DatabaseCopy(from: source, to: target, startsOver: true).run()
        #expect(again.allSatisfy { $0.agrees })
        _ = try SQLiteStore(path: files.target.path)
    }

    @Test
    func readsTheSourceAsItWasWhenTheCopyBegan() throws {
        try SampleTables.fill(source, users: 10)
        let path = files.source.path
        let busy = FailingDatabase(target, insertions: .max) {
            try SQLiteDatabase(path: path).opened { queue in
                try queue.write { try $0.execute(sql: "UPDATE users SET name = 'later'; DELETE FROM audit_events") }
            }
        }
        let tables = try DatabaseCopy(from: source, to: busy).run()
        #expect(tables.allSatisfy { $0.agrees && $0.source.rows == 10 })
    }

    @Test
    func refusesASourceThatIsNotWhole() throws {
        #expect(throws: DatabaseFailure.missing(source.name)) { try DatabaseCopy(from: source, to: target).run() }
        try SQLiteFile.prepare(path: files.source.path)
        #expect(throws: DatabaseFailure.isBehind(source.name)) { try DatabaseCopy(from: source, to: target).run() }
        try SampleTables.fill(target, users: 1)
        #expect(throws: FailingDatabase.Stopped.self) {
            try DatabaseCopy(from: target, to: FailingDatabase(source, insertions: 2)).run()
        }
        let third = TemporaryDatabase()
        #expect(throws: DatabaseFailure.store(source.name, .halfCopied)) {
            try DatabaseCopy(from: source, to: SQLiteDatabase(path: third.path)).run()
        }
        #expect(!FileManager.default.fileExists(atPath: third.path))
    }

    @Test
    func tellsHowFarItIs() async throws {
        let (source, target) = (source, target)
        try await blockingly {
            try SampleTables.fill(source, users: 12_000)
            var told: [String] = []
            let copy = DatabaseCopy(from: source, to: target) { progress in
                if progress.table == "users" { told.append("\(progress.stage) \(progress.done)/\(progress.total)") }
            }
            _ = try copy.run()
            #expect(
                told.prefix(4) == [
                    "copying 0/12000", "copying 5000/12000", "copying 10000/12000", "copying 12000/12000",
                ])
            #expect(told.last == "comparing 24000/24000")
        }
    }
}

/// A database that stops to take rows, as if the program were killed.
private struct FailingDatabase: AccountDatabase {
    struct Stopped: Error {}

    /// A number that copies of the value share.
    final class Count: Sendable {
        private let state = Mutex(0)

        var value: Int { state.withLock { $0 } }

        func increment() {
            state.withLock { $0 += 1 }
        }
    }

    let real: any AccountDatabase
    let insertions: Int
    let insertionsDone = Count()
    let beforeInsertion: @Sendable () throws -> Void

    init(
        _ real: any AccountDatabase, insertions: Int, beforeInsertion: @escaping @Sendable () throws -> Void = {}
    ) {
        self.real = real
        self.insertions = insertions
        self.beforeInsertion = beforeInsertion
    }

    var name: String { real.name }

    func schema() throws -> [SchemaStep] { try real.schema() }

    func migrate() throws -> [String] { try real.migrate() }

    func read(_ body: (any TableReader) throws -> Void) throws { try real.read(body) }

    func receive(_ body: (any TableReceiver) throws -> Void) throws {
        try real.receive { try body(FailingTables(real: $0, database: self)) }
    }
}

private struct FailingTables: TableReceiver {
    let real: any TableReceiver
    let database: FailingDatabase

    func unfinishedCopy() throws -> String? { try real.unfinishedCopy() }

    func count(_ table: StoredTable) throws -> Int { try real.count(table) }

    func lastKey(of table: StoredTable) throws -> StoredValue? { try real.lastKey(of: table) }

    func rows(of table: StoredTable, after key: StoredValue?, _ body: (StoredRow) throws -> Void) throws {
        try real.rows(of: table, after: key, body)
    }

    func highestNumber(of table: StoredTable) throws -> Int64 { try real.highestNumber(of: table) }

    func beginCopy(from source: String, after begun: String?, discardingRows discardsRows: Bool) throws {
        try real.beginCopy(from: source, after: begun, discardingRows: discardsRows)
    }

    func insert(_ rows: [StoredRow], into table: StoredTable) throws {
        try database.beforeInsertion()
        guard database.insertionsDone.value < database.insertions else { throw FailingDatabase.Stopped() }
        database.insertionsDone.increment()
        try real.insert(rows, into: table)
    }

    func finishCopy(highestNumbers: [StoredTable: Int64]) throws {
        try real.finishCopy(highestNumbers: highestNumbers)
    }
}
