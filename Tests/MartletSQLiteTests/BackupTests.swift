import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@testable import MartletSQLite

@Suite("Backing up a SQLite file")
struct BackupTests {
    let files = TemporaryDatabase()
    private var database: SQLiteDatabase { SQLiteDatabase(path: files.path) }
    private var backup: String { files.folder + "/backup.sqlite" }

    /// A writer between any two steps neither waits for the backup nor gets into it.
    @Test
    func hasAllRowsThatWereAcknowledgedBeforeItBegan() async throws {
        let store = try SQLiteStore(path: files.path)
        for _ in 0..<50 {
            _ = try await store.write {
                try $0.insertUser(UserProfile(subject: "s"), createdAt: FixedClock.start)
            }
        }
        var writes: [Result<Void, any Error>] = []
        try database.backUp(to: backup, replacing: false, pagesPerStep: 3) { _, _ in
            writes.append(
                Result {
                    try database.opened { queue in
                        try queue.write {
                            try $0.execute(sql: "INSERT INTO users (is_enabled, created_at) VALUES (1, 0)")
                        }
                    }
                })
        }
        for write in writes { try write.get() }
        #expect(writes.count > 3)
        #expect(try await store.userCount() == 50 + writes.count)

        let restored = TemporaryDatabase()
        try SQLiteFile.prepare(path: restored.path)
        try FileManager.default.removeItem(atPath: restored.path)
        try FileManager.default.moveItem(atPath: backup, toPath: restored.path)
        let count = try await SQLiteStore(path: restored.path).userCount()
        #expect(count == 50)
    }

    @Test
    func isOneFileForItsOwnerAlone() async throws {
        try SampleTables.fill(database, users: 50)
        try database.backUp(to: backup, replacing: false)
        let left = try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted()
        #expect(left == ["backup.sqlite", "inner"])
        let attributes = try FileManager.default.attributesOfItem(atPath: backup)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let queue = try DatabaseQueue(path: backup)
        let mode = try await queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
        #expect(mode == "delete")
        try queue.close()
    }

    @Test
    func replacesAFileOnlyWhenTold() throws {
        try SampleTables.fill(database, users: 5)
        try Data("mine".utf8).write(to: URL(filePath: backup))
        #expect(throws: SQLiteDatabase.BackupFailure.fileExists(backup)) {
            try database.backUp(to: backup, replacing: false)
        }
        #expect(FileManager.default.contents(atPath: backup) == Data("mine".utf8))
        try database.backUp(to: backup, replacing: true)
        let count = try SQLiteDatabase(path: backup).opened { queue in
            try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM users") }
        }
        #expect(count == 5)
    }

    /// A `-wal` of the file that was there would be applied to the new one.
    @Test
    func leavesNothingOfTheFileItReplaces() throws {
        try SampleTables.fill(database, users: 5)
        for suffix in ["", "-wal", "-shm"] { try Data("old".utf8).write(to: URL(filePath: backup + suffix)) }
        try database.backUp(to: backup, replacing: true)
        let left = try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted()
        #expect(left == ["backup.sqlite", "inner"])
    }

    /// The second appears while the first is half done.
    @Test
    func refusesAFileThatAppearsMeanwhile() throws {
        try SampleTables.fill(database, users: 50)
        let backup = backup
        #expect(throws: SQLiteDatabase.BackupFailure.fileExists(backup)) {
            try database.backUp(to: backup, replacing: false, pagesPerStep: 1) { _, _ in
                _ = FileManager.default.createFile(atPath: backup, contents: Data("mine".utf8))
            }
        }
        #expect(FileManager.default.contents(atPath: backup) == Data("mine".utf8))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted() == ["backup.sqlite", "inner"])
    }

    @Test
    func doesNotReplaceTheDatabaseItself() throws {
        try SampleTables.fill(database, users: 1)
        let alias = files.folder + "/alias.sqlite"
        try FileManager.default.createSymbolicLink(atPath: alias, withDestinationPath: files.path)
        for file in [files.path, files.folder + "/inner/../inner/martlet.sqlite", alias] {
            #expect(throws: SQLiteDatabase.BackupFailure.isTheDatabase(file)) {
                try database.backUp(to: file, replacing: true)
            }
        }
    }

    @Test
    func keepsNoBackupOfADamagedDatabase() throws {
        try SampleTables.fill(database, users: 2_000)
        let size = try #require(FileManager.default.attributesOfItem(atPath: files.path)[.size] as? UInt64)
        let file = try #require(FileManager.default.contents(atPath: files.path))
        var damaged = file
        let middle = Int(size) / 2 / 4096 * 4096
        damaged.replaceSubrange(middle..<middle + 8192, with: repeatElement(0xFF, count: 8192))
        try damaged.write(to: URL(filePath: files.path))
        let error = #expect(throws: SQLiteDatabase.BackupFailure.self) {
            try database.backUp(to: backup, replacing: false)
        }
        #expect(error?.description.hasPrefix("the backup was not kept") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder) == ["inner"])
    }

    @Test
    func saysWhatIsNotThere() {
        #expect(throws: DatabaseFailure.missing(database.name)) { try database.backUp(to: backup, replacing: false) }
    }

    @Test
    func saysThatAFolderIsNotThere() throws {
        try SampleTables.fill(database, users: 1)
        let file = files.folder + "/none/backup.sqlite"
        #expect(throws: SQLiteDatabase.BackupFailure.cannotBeWritten(file)) {
            try database.backUp(to: file, replacing: false)
        }
    }
}
