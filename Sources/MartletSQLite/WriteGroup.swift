import GRDB
import Synchronization

/// Writes to one database, of which those that come while another is on its way to the disk share one transaction: under
/// load, a commit is what a write costs most.
///
/// An error of one undoes them all, and each then runs again by itself. None is reported as done before it is committed.
final class WriteGroup: Sendable {
    private static let batchSize = 100

    private struct Write: Sendable {
        /// Does the work and keeps what came of it; whether it succeeded.
        let run: @Sendable (Database) -> Bool
        /// Tells whoever waits, with the error that kept the transaction from beginning or from being committed, if there
        /// was one.
        let finish: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Write] = []
        var isAtWork = false
    }

    private let writer: any DatabaseWriter
    private let state = Mutex(State())

    /// How many writes wait for the one that is under way.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    init(writer: any DatabaseWriter) {
        self.writer = writer
    }

    /// Runs an operation in a transaction, perhaps with others, and perhaps twice; an error undoes all of it, and nothing of
    /// the others.
    func write<Value: Sendable>(_ operation: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let outcome = Outcome<Value>()
            add(
                Write(
                    run: { outcome.keep(operation, $0) }, finish: { continuation.resume(with: outcome.result($0)) }))
        }
    }

    private func add(_ write: Write) {
        let starts = state.withLock { state in
            state.waiting.append(write)
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        if starts { runNextBatch() }
    }

    /// Leaves the database between two batches to whoever else waits for it.
    private func runNextBatch() {
        writer.asyncWriteWithoutTransaction { database in
            guard let batch = self.nextBatch() else { return }
            Self.run(batch, in: database)
            self.runNextBatch()
        }
    }

    private func nextBatch() -> [Write]? {
        state.withLock { state in
            let batch = Array(state.waiting.prefix(Self.batchSize))
            state.waiting.removeFirst(batch.count)
            state.isAtWork = !batch.isEmpty
            return batch.isEmpty ? nil : batch
        }
    }

    private static func run(_ batch: [Write], in database: Database) {
        do {
            var succeeded = false
            try database.inTransaction(.immediate) {
                succeeded = batch.allSatisfy { $0.run(database) }
                return succeeded ? .commit : .rollback
            }
            if succeeded || batch.count == 1 {
                for write in batch { write.finish(nil) }
            } else {
                for write in batch { run([write], in: database) }
            }
        } catch {
            for write in batch { write.finish(error) }
        }
    }
}

/// What came of a write, until its transaction is committed.
private final class Outcome<Value: Sendable>: Sendable {
    private let kept: Mutex<Result<Value, any Error>?> = Mutex(nil)

    func keep(_ operation: (Database) throws -> Value, _ database: Database) -> Bool {
        let result = Result { try operation(database) }
        kept.withLock { $0 = result }
        return if case .success = result { true } else { false }
    }

    func result(_ error: (any Error)?) -> Result<Value, any Error> {
        if let error { return .failure(error) }
        return kept.withLock { $0 } ?? .failure(DatabaseError(resultCode: .SQLITE_ABORT))
    }
}
