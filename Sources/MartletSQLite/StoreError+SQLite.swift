import GRDB
import MartletAccounts

extension StoreError {
    /// The store's error for whatever was thrown within a transaction.
    ///
    /// SQLite's own message may quote the statement and its values, so only its result code is told.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error)
        case is CancellationError: self = .unavailable("the task was cancelled")
        default: self = .corrupted("a stored value cannot be read")
        }
    }

    private init(_ error: DatabaseError) {
        let code = "SQLite result code \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .unavailable("the database is busy (\(code))")
        case .SQLITE_FULL: self = .unavailable("the disk is full (\(code))")
        case .SQLITE_IOERR: self = .unavailable("the disk cannot be read or written (\(code))")
        case .SQLITE_READONLY, .SQLITE_PERM: self = .unavailable("the database may not be written (\(code))")
        case .SQLITE_CANTOPEN: self = .unavailable("the database file cannot be opened (\(code))")
        case .SQLITE_CORRUPT: self = .corrupted("the database file is damaged (\(code))")
        case .SQLITE_NOTADB: self = .corrupted("the file is not a SQLite database (\(code))")
        case .SQLITE_CONSTRAINT: self = .conflict("a rule of the schema was broken (\(code))")
        default: self = .unavailable("the database answered an error (\(code))")
        }
    }
}
