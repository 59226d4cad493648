import Dispatch
import Martlet

/// Owns one connection and runs its blocking calls on a thread of their own, never on Swift's shared ones.
actor ConnectionActor {
    private let executor: BlockingExecutor
    private let url: Secret
    private let prepare: @Sendable (PostgresConnection) throws -> Void
    private var connection: PostgresConnection?

    /// - Parameter prepare: what is done on each new connection before its first use.
    init(_ url: Secret, label: String, prepare: @escaping @Sendable (PostgresConnection) throws -> Void) {
        self.executor = BlockingExecutor(label: label)
        self.url = url
        self.prepare = prepare
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs an operation on the connection, connecting first if there is none.
    func run<Value: Sendable>(_ operation: @Sendable (PostgresConnection) throws -> Value) throws -> Value {
        let connection = try connected()
        do {
            return try operation(connection)
        } catch let error as PostgresError where error.callsForAnotherConnection || !connection.isUsable {
            self.connection = nil
            throw error
        }
    }

    /// Ends the connection; the next operation makes a new one.
    func disconnect() {
        connection = nil
    }

    private func connected() throws -> PostgresConnection {
        if let connection, connection.isUsable, !connection.isInTransaction { return connection }
        connection = nil
        let made = try PostgresConnection(url)
        try prepare(made)
        connection = made
        return made
    }
}

/// Runs one job after the other on a dispatch queue, whose thread may block.
private final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
