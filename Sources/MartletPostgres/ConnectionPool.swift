import FoundationEssentials
import MartletAccounts
import Synchronization

/// A fixed number of connections, each used by one operation at a time; operations wait for one in the order they came.
final class ConnectionPool: Sendable {
    private struct State {
        var idle: [ConnectionActor]
        var waiting: [(id: Int, continuation: CheckedContinuation<ConnectionActor?, Never>)] = []
        var nextID = 0
    }

    private let state: Mutex<State>
    private let patience: Duration

    /// - Parameters:
    ///   - connections: the connections; at least one.
    ///   - patience: how long an operation waits for a connection, and for a server to be there.
    init(_ connections: [ConnectionActor], patience: Duration) {
        self.state = Mutex(State(idle: connections))
        self.patience = patience
    }

    /// Runs an operation on the next free connection.
    ///
    /// While no server can be reached, it is tried again until the patience ends: a standby that takes over is found.
    func run<Value: Sendable>(
        _ operation: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + patience
        var pause = Duration.milliseconds(50)
        var failure: any Error = StoreError.unavailable("every connection to the database is in use")
        while true {
            guard let connection = await acquire(until: deadline) else { throw failure }
            do {
                defer { release(connection) }
                return try await connection.run(operation)
            } catch let error as PostgresError where error.callsForAnotherConnection {
                guard ContinuousClock.now + pause < deadline else { throw error }
                failure = error
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
    }

    /// Ends all connections that are not in use.
    func disconnect() async {
        for connection in state.withLock({ $0.idle }) { await connection.disconnect() }
    }

    private func acquire(until deadline: ContinuousClock.Instant) async -> ConnectionActor? {
        if let free = state.withLock({ $0.idle.popLast() }) { return free }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let giveUp = Task {
            try await Task.sleep(until: deadline)
            self.abandon(id)
        }
        defer { giveUp.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> ConnectionActor?? in
                    if let free = state.idle.popLast() { return free }
                    // What ends the waiting may have come before it began.
                    if Task.isCancelled || deadline <= .now { return .some(nil) }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            abandon(id)
        }
    }

    /// Ends the waiting of one operation, if it still waits.
    private func abandon(_ id: Int) {
        let abandoned = state.withLock { state -> CheckedContinuation<ConnectionActor?, Never>? in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiting.remove(at: index).continuation
        }
        abandoned?.resume(returning: nil)
    }

    private func release(_ connection: ConnectionActor) {
        let next = state.withLock { state -> CheckedContinuation<ConnectionActor?, Never>? in
            guard !state.waiting.isEmpty else {
                state.idle.append(connection)
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: connection)
    }
}
