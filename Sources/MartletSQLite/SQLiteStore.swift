public import FoundationEssentials
import GRDB
public import MartletAccounts

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// An ``AccountStore`` in one SQLite file, for a service on one machine.
///
/// The file is in WAL mode with `synchronous = FULL`: what a call reported as done survives a loss of power. A writer
/// waits up to five seconds for another.
public struct SQLiteStore: TransactionalStore {
    /// The time of audit lines for calls that are not given one.
    public let clock: @Sendable () -> Date
    let writer: any DatabaseWriter
    private let writes: WriteGroup
    /// Only ever asked on the thread that waits for it, so that nobody waits for a thread.
    private let flowReader: any DatabaseReader

    /// Opens a database file and brings its schema up to date. A new file, made with the folders above it, can be read
    /// and written by its owner only.
    ///
    /// - Parameters:
    ///   - path: the path of the file.
    ///   - now: the time of audit lines for calls that are not given one.
    /// - Throws: ``StoreError/unavailable(_:)`` if the file cannot be opened or made or a copy into it is not finished,
    ///   ``StoreError/corrupted(_:)`` if it is not a database, ``StoreError/madeByNewerVersion(_:)`` if its schema has steps
    ///   unknown to this version.
    public init(path: String, now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) {
        do {
            let pool = try Self.pool(path: path)
            var reading = Self.configuration
            reading.readonly = true
            try self.init(writer: pool, flowReader: DatabaseQueue(path: path, configuration: reading), now: now)
        } catch {
            throw StoreError(error)
        }
    }

    /// Opens or makes a database file, whatever its schema.
    ///
    /// Where many do so at once, GRDB may be told that the file is busy without having waited for it.
    static func pool(path: String) throws -> DatabasePool {
        try SQLiteFile.prepare(path: path)
        let deadline = ContinuousClock.now + .seconds(patience)
        while true {
            do {
                let pool = try DatabasePool(path: path, configuration: configuration)
                // GRDB chooses NORMAL with WAL, which may forget the last transactions when power is lost.
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                return pool
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && .now < deadline {
                usleep(20_000)
            }
        }
    }

    /// A store in memory, which is gone with the value: for tests.
    ///
    /// - Throws: ``StoreError``.
    public static func inMemory(now: @escaping @Sendable () -> Date = { Date() }) throws(StoreError) -> SQLiteStore {
        do {
            let queue = try DatabaseQueue(configuration: configuration)
            return try SQLiteStore(writer: queue, flowReader: queue, now: now)
        } catch {
            throw StoreError(error)
        }
    }

    private init(
        writer: any DatabaseWriter, flowReader: any DatabaseReader, now: @escaping @Sendable () -> Date
    ) throws {
        try Migrations.apply(to: writer, now: now())
        if try writer.read(SQLiteTables.unfinishedCopy) != nil { throw StoreError.halfCopied }
        self.writer = writer
        self.writes = WriteGroup(writer: writer)
        self.flowReader = flowReader
        self.clock = now
    }

    /// For how many seconds others are waited for.
    private static let patience = 5

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(TimeInterval(patience))
        configuration.label = "martlet"
        return configuration
    }

    /// Closes the database once the calls under way have ended; further calls throw ``StoreError/unavailable(_:)``.
    ///
    /// - Throws: ``StoreError``.
    public func close() throws(StoreError) {
        do {
            let closing = Result { try flowReader.close() }
            try writer.close()
            try closing.get()
        } catch {
            throw StoreError(error)
        }
    }

    /// Runs an operation in an immediate transaction, which it may share with others that came at the same time; see
    /// ``TransactionalStore/write(_:)``.
    public func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await writes.write { database in
                var transaction: any AccountTransaction = SQLiteTransaction(database: database)
                return try operation(&transaction)
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// Runs an operation whose statements each see what is committed; see ``TransactionalStore/read(_:)``.
    public func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await writer.unsafeRead { try operation(SQLiteTransaction(database: $0)) }
        } catch {
            throw StoreError(error)
        }
    }

    /// Whether a flow was finished; see ``AccountStore/isFlowConsumed(_:)``.
    ///
    /// It looks on the thread that asks, by a connection for this alone: the ids of some minutes are few enough to stay in
    /// memory, and changing threads costs more than such a look.
    public func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        try isFlowConsumedHere(id)
    }

    private func isFlowConsumedHere(_ id: FlowID) throws(StoreError) -> Bool {
        do {
            return try flowReader.unsafeRead { try SQLiteTransaction(database: $0).isFlowConsumed(id) }
        } catch {
            throw StoreError(error)
        }
    }
}
