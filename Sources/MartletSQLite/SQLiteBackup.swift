import FoundationEssentials
import GRDB
import MartletAccounts

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension SQLiteDatabase {
    /// Why no backup was made.
    package enum BackupFailure: Error, Hashable, CustomStringConvertible {
        /// There is a file of that name.
        case fileExists(String)
        /// The file is the database itself.
        case isTheDatabase(String)
        /// The file cannot be made or written.
        case cannotBeWritten(String)
        /// The copy has faults, and so probably has the database: what `PRAGMA integrity_check` found first.
        case isDamaged(String)

        /// What happened, and what to do.
        package var description: String {
            switch self {
            case .fileExists(let path): "\(path) is there already; --force replaces it"
            case .isTheDatabase(let path): "\(path) is the database itself; name another file"
            case .cannotBeWritten(let path): "\(path) cannot be written; is its folder there, writable, and with room?"
            case .isDamaged(let fault): "the backup was not kept, for the database is damaged: \(fault)"
            }
        }
    }

    /// Writes the database, as it is at one moment, into one file that only its owner may read, while others go on reading and
    /// writing. The file appears under its name once it is complete, sound, and on the disk.
    ///
    /// - Parameters:
    ///   - file: the path of the file.
    ///   - replaces: whether a file that is there is replaced.
    ///   - pagesPerStep: how many pages are copied between two calls of `progress`.
    ///   - progress: called with how many of the pages are done.
    /// - Throws: ``BackupFailure``, ``DatabaseFailure``.
    package func backUp(
        to file: String, replacing replaces: Bool, pagesPerStep: Int32 = 1_000,
        progress: @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { throw DatabaseFailure.missing(name) }
        if Self.isSameFile(file, path) { throw BackupFailure.isTheDatabase(file) }
        if !replaces, files.fileExists(atPath: file) { throw BackupFailure.fileExists(file) }
        // Two backups of one name at a time keep out of each other's way.
        let partial = "\(file).\(UUID().uuidString).partial"
        guard files.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw BackupFailure.cannotBeWritten(file)
        }
        do {
            try opened { source in
                do {
                    try Self.copy(source, to: partial, pagesPerStep: pagesPerStep, progress: progress)
                } catch let error as DatabaseError where Self.isAboutWriting(error) {
                    throw BackupFailure.cannotBeWritten(file)
                }
            }
            try Self.move(partial, to: file, replacing: replaces)
        } catch {
            for suffix in ["", "-wal", "-shm", "-journal"] { try? files.removeItem(atPath: partial + suffix) }
            throw error
        }
    }

    /// Whether an error is of the file that is written, since the other one is only read.
    private static func isAboutWriting(_ error: DatabaseError) -> Bool {
        let faults: [ResultCode] = [
            .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
            .SQLITE_IOERR_DELETE,
        ]
        return [.SQLITE_FULL, .SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
            || faults.contains(error.extendedResultCode)
    }

    private static func copy(
        _ source: DatabaseQueue, to file: String, pagesPerStep: Int32, progress: @escaping (Int, Int) -> Void
    ) throws {
        let target = try DatabaseQueue(path: file, configuration: SQLiteStore.configuration)
        try target.writeWithoutTransaction { target in
            // Within a transaction that reads, no writer makes the copy begin again, and none has to wait.
            try source.read { source in
                _ = try Int.fetchOne(source, sql: "SELECT count(*) FROM sqlite_schema")
                try source.backup(to: target, pagesPerStep: pagesPerStep) {
                    progress($0.totalPageCount - $0.remainingPageCount, $0.totalPageCount)
                }
            }
            // One file, without the -wal beside it.
            try target.execute(sql: "PRAGMA journal_mode = DELETE")
            let fault = try String.fetchOne(target, sql: "PRAGMA integrity_check(1)") ?? "no answer"
            guard fault == "ok" else { throw BackupFailure.isDamaged(fault) }
        }
        try target.close()
    }

    private static func move(_ partial: String, to file: String, replacing replaces: Bool) throws {
        if !replaces, FileManager.default.fileExists(atPath: file) { throw BackupFailure.fileExists(file) }
        // They belong to the file that is replaced, and SQLite would apply them to this one.
        for suffix in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: file + suffix) }
        guard rename(partial, file) == 0 else { throw BackupFailure.cannotBeWritten(file) }
        // SQLite has brought the file to the disk; its name is there once its folder is.
        let folder = open(URL(filePath: file).deletingLastPathComponent().path, O_RDONLY)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func isSameFile(_ one: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}
