import MartletAccounts
import Synchronization

/// The flows that this process is finishing now, so that a callback sent twice at once uses its code only once.
///
/// Providers may revoke what they granted when a code comes a second time (RFC 6749 §4.1.2). That a flow is used up for
/// good is the store's word.
final class FlowsUnderWay: Sendable {
    private let ids: Mutex<Set<FlowID>> = Mutex([])

    /// Runs work for a flow unless it is being finished already.
    ///
    /// - Throws: what the work throws, or ``AuthErrorCode/stateInvalid``.
    func run<Value>(_ id: FlowID, _ work: () async throws(AuthProblem) -> Value) async throws(AuthProblem) -> Value {
        guard ids.withLock({ $0.insert(id).inserted }) else { throw AuthProblem(.stateInvalid) }
        defer { ids.withLock { _ = $0.remove(id) } }
        return try await work()
    }
}
