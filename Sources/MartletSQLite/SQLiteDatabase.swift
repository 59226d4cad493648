package import FoundationEssentials
import GRDB
package import MartletAccounts

/// A SQLite file of accounts as its operator sees it.
package struct SQLiteDatabase: AccountDatabase {
    /// The path of the file.
    package let path: String
    private let now: @Sendable () -> Date

    /// Names a file, which need not be there.
    package init(path: String, now: @escaping @Sendable () -> Date = { Date() }) {
        self.path = path
        self.now = now
    }

    /// `sqlite:` and the whole path.
    package var name: String { "sqlite:\(URL(filePath: path).standardizedFileURL.path)" }

    package func schema() throws -> [SchemaStep] {
        guard FileManager.default.fileExists(atPath: path) else {
            return Migrations.steps.map { SchemaStep(name: $0.name, isApplied: false, appliedAt: nil) }
        }
        return try opened { try $0.read(Migrations.state) }
    }

    package func migrate() throws -> [String] {
        try telling {
            let pool = try SQLiteStore.pool(path: path)
            let applied = try Migrations.apply(to: pool, now: now())
            try pool.close()
            return applied
        }
    }

    package func read(_ body: (any TableReader) throws -> Void) throws {
        try opened { queue in try queue.read { try body(SQLiteTables(database: $0, name: name)) } }
    }

    package func receive(_ body: (any TableReceiver) throws -> Void) throws {
        _ = try migrate()
        try opened { queue in
            try queue.writeWithoutTransaction { database in
                // The indexes of a large table do not fit into the 2 MiB that SQLite takes otherwise.
                try database.execute(sql: "PRAGMA cache_size = -65536")
                try body(SQLiteTables(database: database, name: name))
            }
        }
    }

    /// Opens the file, which must be there, and closes it afterwards. It is opened for writing, and by one connection, since
    /// otherwise its `-wal` and `-shm` files would stay.
    func opened<Value>(_ body: (DatabaseQueue) throws -> Value) throws -> Value {
        guard FileManager.default.fileExists(atPath: path) else { throw DatabaseFailure.missing(name) }
        return try telling {
            let queue = try DatabaseQueue(path: path, configuration: SQLiteStore.configuration)
            let value = try body(queue)
            try queue.close()
            return value
        }
    }

    /// Says which database an error comes from.
    private func telling<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error where error is DatabaseError || error is StoreError {
            throw DatabaseFailure.store(name, StoreError(error))
        }
    }
}
