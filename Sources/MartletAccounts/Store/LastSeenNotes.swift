import FoundationEssentials
import Synchronization

/// When it may be noted that a session is in use: one note at a time, and none for a while after one could not be written.
///
/// Without it, every request of everybody would wait for a store that answers and cannot write.
final class LastSeenNotes: Sendable {
    private struct State {
        var isUnderWay = false
        var failedAt: Date?

        /// A failure to come is of a clock that was set back.
        func isPossible(now: Date) -> Bool {
            let hasFailed = failedAt.map { (0..<30).contains(now.timeIntervalSince($0)) } ?? false
            return !isUnderWay && !hasFailed
        }
    }

    private let state = Mutex(State())

    /// Whether a note would be written now.
    func isPossible(now: Date) -> Bool {
        state.withLock { $0.isPossible(now: now) }
    }

    /// Whether to write a note now, to be told of its end.
    func begin(now: Date) -> Bool {
        state.withLock { state in
            guard state.isPossible(now: now) else { return false }
            state.isUnderWay = true
            return true
        }
    }

    /// Takes note that a note has ended.
    ///
    /// - Parameter failedAt: when, if it could not be written.
    func end(failedAt: Date?) {
        state.withLock { $0 = State(failedAt: failedAt) }
    }
}
