import FoundationEssentials
import MartletAccounts
import MartletSQLite
import MartletTesting
import Synchronization
import Testing

@testable import MartletCommand

/// `martlet migrate`, `copy` and `backup`, as transcripts.
@Suite("Commands about the database")
struct DatabaseCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-\(UUID().uuidString)").path

    private func database(_ name: String) -> SQLiteDatabase {
        SQLiteDatabase(path: "\(folder)/\(name).sqlite", now: { FixedClock.start })
    }

    @Test
    func printsTheStepsOfTheSchema() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var told: [String] = []
        let wasReady = try Migrate.tellStatus(of: database("a")) { told.append($0) }
        #expect(!wasReady)
        #expect(told.first == "0001-accounts           pending")
        told = []
        _ = try Migrate.migrate(database("a")) { told.append($0) }
        #expect(told.first == "applied 0001-accounts")
        #expect(told.last == "sqlite:\(folder)/a.sqlite is up to date.")
        told = []
        _ = try Migrate.migrate(database("a")) { told.append($0) }
        #expect(told == ["sqlite:\(folder)/a.sqlite is up to date."])
        told = []
        let isReady = try Migrate.tellStatus(of: database("a")) { told.append($0) }
        #expect(isReady)
        #expect(told.first == "0001-accounts           applied \(FixedClock.start.formatted(.iso8601))")
    }

    @Test
    func printsBothSidesOfACopy() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SampleTables.fill(database("a"), users: 12)
        let transcript = Transcript()
        #expect(try transcript.copy(from: database("a"), to: database("b")))
        #expect(transcript.told.first == "table             source rows  target rows  source SHA-256    target SHA-256")
        let users = try #require(transcript.told.first { $0.hasPrefix("users") })
        #expect(users.wholeMatch(of: /users +12 +12 +([0-9a-f]{16})  \1  same/) != nil)
        #expect(
            transcript.told.last
                == "sqlite:\(folder)/b.sqlite holds all of sqlite:\(folder)/a.sqlite. It can be used: set it as `store`."
        )
        #expect(transcript.progress.first == "users  100 %  12 of 12 rows\n")
        #expect(transcript.complaints == [])
    }

    @Test
    func saysThatTheSidesDiffer() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SampleTables.fill(database("a"), users: 12)
        // As after a copy that was interrupted, and a change of the source.
        try SampleTables.fill(database("b"), users: 13)
        let source = database("a").name
        try database("b").receive { try $0.beginCopy(from: source, after: nil, discardingRows: false) }
        let transcript = Transcript()
        #expect(try !transcript.copy(from: database("a"), to: database("b")))
        #expect(transcript.told.filter { $0.hasSuffix("DIFFERS") }.count == StoredTable.all.count)
        #expect(transcript.complaints.count == 1)
        #expect(transcript.complaints.first?.hasPrefix("the databases differ") == true)
        #expect(try transcript.copy(from: database("a"), to: database("b"), startsOver: true))
    }

    @Test
    func saysHowABackupIsRestored() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SampleTables.fill(database("a"), users: 12)
        let file = folder + "/backup.sqlite"
        var told: [String] = []
        try Backup.backUp(
            database("a"), to: file, replacing: false,
            display: ProgressDisplay(isTerminal: false, now: { .now }, write: { _ in }), tell: { told.append($0) })
        #expect(told.first == "sqlite:\(folder)/a.sqlite was written to \(file), and is sound.")
        #expect(told.last?.contains("remove \(folder)/a.sqlite-wal and -shm") == true)
    }

    @Test
    func drawsABarOnATerminal() {
        let screen = Screen(isTerminal: true)
        screen.display.show("users", done: 0, total: 400, unit: "rows")
        screen.advance(by: .milliseconds(50))
        screen.display.show("users", done: 50, total: 400, unit: "rows")
        screen.advance(by: .milliseconds(1950))
        screen.display.show("users", done: 100, total: 400, unit: "rows")
        for _ in 0..<2 { screen.display.show("users", done: 400, total: 400, unit: "rows") }
        screen.display.show("sessions", done: 0, total: 0, unit: "rows")
        screen.display.show("flows", done: 0, total: 3, unit: "rows")
        screen.display.finish()
        #expect(
            screen.written == [
                "\r\u{1B}[K[....................]  users  0 %  0 of 400 rows",
                "\r\u{1B}[K[#####...............]  users  25 %  100 of 400 rows, 50 rows/s",
                "\r\u{1B}[K[####################]  users  100 %  400 of 400 rows, 200 rows/s", "\n",
                "\r\u{1B}[K[....................]  flows  0 %  0 of 3 rows", "\n",
            ])
    }

    @Test
    func writesALineNowAndThenElsewhere() {
        let screen = Screen(isTerminal: false)
        for (seconds, done) in [(0, 0), (2, 100), (3, 200), (1, 300), (1, 400)] {
            screen.advance(by: .seconds(seconds))
            screen.display.show("users", done: done, total: 400, unit: "rows")
        }
        screen.display.finish()
        #expect(
            screen.written == [
                "users  50 %  200 of 400 rows, 40 rows/s\n", "users  100 %  400 of 400 rows, 57 rows/s\n",
            ])
    }
}

/// What a copy printed.
private final class Transcript {
    private(set) var told: [String] = []
    private(set) var complaints: [String] = []
    private(set) var progress: [String] = []

    func copy(from source: SQLiteDatabase, to target: SQLiteDatabase, startsOver: Bool = false) throws -> Bool {
        let now = ContinuousClock.now
        return try Copy.copy(
            from: source, to: target, startsOver: startsOver,
            display: ProgressDisplay(isTerminal: false, now: { now }, write: { self.progress.append($0) }),
            tell: { told.append($0) }, complain: { complaints.append($0) })
    }
}

/// A terminal or a file that progress is shown on, and a clock.
private final class Screen {
    private let time = Mutex(ContinuousClock.now)
    private(set) var written: [String] = []
    private let isTerminal: Bool
    lazy var display = ProgressDisplay(
        isTerminal: isTerminal, now: { self.time.withLock { $0 } }, write: { self.written.append($0) })

    init(isTerminal: Bool) {
        self.isTerminal = isTerminal
    }

    func advance(by duration: Duration) {
        time.withLock { $0 += duration }
    }
}
