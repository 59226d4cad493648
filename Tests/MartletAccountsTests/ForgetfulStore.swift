import FoundationEssentials
import MartletAccounts
import MartletTesting

/// A store that does not end sessions: the contract suite must notice.
struct ForgetfulStore: TransactionalStore {
    private let base = MemoryStore()

    var clock: @Sendable () -> Date { base.clock }

    func endSession(tokenHash: [UInt8]) async throws(StoreError) {}

    func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await base.read(operation)
    }

    func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await base.write(operation)
    }
}
