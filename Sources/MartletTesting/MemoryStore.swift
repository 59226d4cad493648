public import FoundationEssentials
public import MartletAccounts
import Synchronization

/// An ``MartletAccounts/AccountStore`` in memory: for tests and examples. All is gone with the value.
public final class MemoryStore: TransactionalStore {
    /// The time of audit lines for calls that are not given one.
    public let clock: @Sendable () -> Date
    private let state = Mutex(MemoryRows())

    /// Makes an empty store.
    ///
    /// - Parameter now: the time of audit lines for calls that are not given one.
    public init(now: @escaping @Sendable () -> Date = { FixedClock.start }) {
        self.clock = now
    }

    /// The audit trail so far, in order.
    public var auditEvents: [AuditEvent] { state.withLock { $0.auditEvents } }

    /// The users whose changes were announced to other nodes so far, in order.
    public var announcements: [UserID] { state.withLock { $0.announcements } }

    /// Runs an operation on the rows as they are; see ``MartletAccounts/TransactionalStore/read(_:)``.
    public func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await write { try operation($0) }
    }

    /// Runs an operation on a copy of the rows, which replaces them if nothing is thrown; see
    /// ``MartletAccounts/TransactionalStore/write(_:)``.
    public func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try state.withLock { rows in
                var changed: any AccountTransaction = rows
                let value = try operation(&changed)
                if let changed = changed as? MemoryRows { rows = changed }
                return value
            }
        } catch let error as StoreError {
            throw error
        } catch {
            throw .corrupted("a stored value cannot be read")
        }
    }
}
