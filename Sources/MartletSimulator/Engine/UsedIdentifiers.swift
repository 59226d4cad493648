import FoundationEssentials
import Synchronization

/// Identifiers that may come once only, each until it has expired.
final class UsedIdentifiers: Sendable {
    /// From how many on the expired ones are looked for.
    private static let capacity = 10_000

    private let expiries = Mutex<[[String]: Date]>([:])
    private let now: @Sendable () -> Date

    init(now: @escaping @Sendable () -> Date) {
        self.now = now
    }

    /// Whether these words come together for the first time. They are remembered until that time.
    func first(_ words: String..., until expiry: Date) -> Bool {
        let now = now()
        return expiries.withLock { expiries in
            if expiries.count >= Self.capacity { expiries = expiries.filter { $0.value > now } }
            if let known = expiries[words], known > now { return false }
            expiries[words] = expiry
            return true
        }
    }
}
