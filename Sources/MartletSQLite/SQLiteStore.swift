public import FoundationEssentials
import GRDB
public import MartletAccounts

/// An ``AccountStore`` in one SQLite file, for a service on one machine.
///
/// The file is in WAL mode with `synchronous = FULL`: what a call reported as done survives a loss of power. A writer
/// waits up to five seconds for another.
public struct SQLiteStore: TransactionalStore {
    /// The time of audit lines for calls that are not given one.
    public let clock: @Sendable () -> Date
    let writer: any DatabaseWriter

    /// Opens a database file and brings its schema up to date. A new file, made with the folders above it, can be read
    /// and written by its owner only.
    ///
    /// - Parameters:
    ///   - path: the path of the file.
    ///   - now: the time of audit lines for calls that are not given one.
    /// - Throws: ``StoreError/unavailable(_:)`` if the file cannot be opened or made, ``StoreError/corrupted(_:)`` if it
    ///   is not a database, ``StoreError/madeByNewerVersion(_:)`` if its schema has steps unknown to this version.
    public init(path: String, now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) {
        try SQLiteFile.prepare(path: path)
        do {
            let pool = try DatabasePool(path: path, configuration: Self.configuration)
            // GRDB chooses NORMAL with WAL, which may forget the last transactions when power is lost.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try self.init(writer: pool, now: now)
        } catch {
            throw StoreError(error)
        }
    }

    /// A store in memory, which is gone with the value: for tests.
    ///
    /// - Throws: ``StoreError``.
    public static func inMemory(now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) -> SQLiteStore {
        do {
            return try SQLiteStore(writer: DatabaseQueue(configuration: configuration), now: now)
        } catch {
            throw StoreError(error)
        }
    }

    private init(writer: any DatabaseWriter, now: @escaping @Sendable () -> Date) throws {
        let migrator = Migrations.migrator
        if try writer.read({ try migrator.hasBeenSuperseded($0) }) {
            throw StoreError.madeByNewerVersion("the database has schema steps that this version does not know")
        }
        try migrator.migrate(writer)
        self.writer = writer
        self.clock = now
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.label = "martlet"
        return configuration
    }

    /// Closes the database; further calls throw ``StoreError/unavailable(_:)``.
    ///
    /// - Throws: ``StoreError/unavailable(_:)`` if a call is under way.
    public func close() throws(StoreError) {
        do { try writer.close() } catch { throw StoreError(error) }
    }

    /// Runs an operation in an immediate transaction; see ``TransactionalStore/write(_:)``.
    public func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await writer.write { database in
                var transaction: any AccountTransaction = SQLiteTransaction(database: database)
                return try operation(&transaction)
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// Runs an operation in a transaction that only reads; see ``TransactionalStore/read(_:)``.
    public func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await writer.read { try operation(SQLiteTransaction(database: $0)) }
        } catch {
            throw StoreError(error)
        }
    }
}
