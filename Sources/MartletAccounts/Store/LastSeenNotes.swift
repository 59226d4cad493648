import FoundationEssentials
import Synchronization

/// When it may be noted that a session is in use: one note at a time, and none for a while after one could not be written.
///
/// Without it, every request of everybody would wait for a store that answers and cannot write.
final class LastSeenNotes: Sendable {
    private struct State {
        var isUnderWay = false
        var failedAt: Date?

        /// Whether a note failed less than half a minute ago. A time to come is of a clock that was set back.
        func rests(now: Date) -> Bool {
            failedAt.map { (0..<30).contains(now.timeIntervalSince($0)) } ?? false
        }
    }

    private let state = Mutex(State())

    /// Whether nothing is noted now, since it could not be a moment ago.
    func rest(now: Date) -> Bool {
        state.withLock { $0.rests(now: now) }
    }

    /// Whether to write a note now, to be told of its end.
    func begin(now: Date) -> Bool {
        state.withLock { state in
            guard !state.isUnderWay, !state.rests(now: now) else { return false }
            state.isUnderWay = true
            return true
        }
    }

    /// Takes note of how a note ended.
    func end(isWritten: Bool, now: Date) {
        state.withLock { $0 = State(failedAt: isWritten ? nil : now) }
    }
}
