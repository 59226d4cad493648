public import FoundationEssentials
public import Martlet
public import MartletAccounts

/// An ``AccountStore`` in PostgreSQL (tested with version 15), for a service on one machine or many.
///
/// Transactions are serializable, and run again when they meet another; a connection that broke is made anew, unless it
/// broke during a commit: then the call fails, for nobody can tell whether it happened. With several hosts in the
/// connection string, the one that can be written to is used, so that a standby that was promoted is found.
public struct PostgresStore: TransactionalStore {
    /// The time of audit lines for calls that are not given one.
    public let clock: @Sendable () -> Date
    let pool: ConnectionPool
    let url: Secret
    /// Whether the server can announce changes.
    let hasNews: Bool
    private let patience: Duration

    /// Connects and brings the schema up to date.
    ///
    /// - Parameters:
    ///   - url: a connection URI (`postgres://user:password@host/database?sslmode=verify-full`) or anything else that
    ///     libpq reads (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING).
    ///   - connections: how many connections are made at most.
    ///   - patience: how long a call waits for a free connection, and for a server to be there.
    ///   - now: the time of audit lines for calls that are not given one.
    /// - Throws: ``StoreError/unavailable(_:)`` if no server can be reached or a copy into the database is not finished,
    ///   ``StoreError/madeByNewerVersion(_:)`` if the schema has steps unknown to this version.
    public init(
        url: Secret, connections: Int = 8, patience: Duration = .seconds(5),
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws(StoreError) {
        let actors = (1...max(1, connections)).map { number in
            ConnectionActor(url, label: "martlet.postgres.\(number)") { try $0.execute(Self.settings) }
        }
        self.pool = ConnectionPool(actors, patience: patience)
        self.url = url
        self.patience = patience
        self.clock = now
        do {
            hasNews = try await pool.run { connection in
                try Migrations.apply(on: connection, now: now())
                guard try PostgresTables.unfinishedCopy(connection) == nil else {
                    throw StoreError.halfCopied
                }
                return try Self.hasNews(connection)
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// Connects once, and changes nothing: whether the connection string can be used.
    ///
    /// - Throws: ``StoreError/unavailable(_:)``, which says why not.
    public static func tryConnecting(to url: Secret) async throws(StoreError) {
        let connection = ConnectionActor(url, label: "martlet.postgres.check") { _ in }
        do {
            try await connection.run { try $0.execute("SELECT 1") }
        } catch {
            throw StoreError(error)
        }
    }

    /// A statement of this service takes milliseconds; one that takes seconds waits for something that went wrong.
    private static let settings = """
        SET statement_timeout = '5s';
        SET idle_in_transaction_session_timeout = '10s';
        SET client_min_messages = 'error';
        SET bytea_output = 'hex'
        """

    /// Ends the connections; a further call makes new ones.
    public func disconnect() async {
        await pool.disconnect()
    }

    /// Runs an operation whose statements are each a transaction; see ``TransactionalStore/read(_:)``.
    public func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await pool.run { try operation(PostgresTransaction(connection: $0, hasNews: false)) }
        } catch {
            throw StoreError(error)
        }
    }

    /// Runs an operation in a serializable transaction; see ``TransactionalStore/write(_:)``.
    public func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            let deadline = ContinuousClock.now + patience
            while true {
                do {
                    return try await pool.run { connection in
                        try connection.transaction("BEGIN ISOLATION LEVEL SERIALIZABLE") {
                            var transaction: any AccountTransaction = PostgresTransaction(
                                connection: connection, hasNews: hasNews)
                            return try operation(&transaction)
                        }
                    }
                } catch let error as PostgresError where error.isConflictOfTransactions {
                    guard ContinuousClock.now < deadline else { throw error }
                }
                try await Task.sleep(for: .microseconds(Int.random(in: 500...10_000)))
            }
        } catch {
            throw StoreError(error)
        }
    }

    /// Returns if a row can be locked, which is written, and takes as long as a login's commit does; see
    /// ``AccountStore/checkReady()``.
    public func checkReady() async throws(StoreError) {
        do {
            try await pool.run { connection in
                try connection.transaction("BEGIN") {
                    // Not the row that a node locks which sweeps.
                    let lock = "SELECT step FROM martlet_schema WHERE step = $1 FOR KEY SHARE"
                    try connection.query(lock, [.text(Migrations.steps[1].name)])
                }
            }
        } catch {
            throw StoreError(error)
        }
    }
}
