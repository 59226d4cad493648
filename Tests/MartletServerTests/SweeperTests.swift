import FoundationEssentials
import Logging
import Martlet
import MartletAccounts
import MartletTesting
import Synchronization
import Testing

@testable import MartletServer

/// Removing what has ended.
@Suite struct SweeperTests {
    private let clock = FixedClock()
    private let random = SeededRandom()
    private let pauses = Pauses()

    private func sweeper(_ store: any AccountStore, auditRetentionDays: Int = 365) -> Sweeper {
        Sweeper(
            store: store, auditRetentionDays: auditRetentionDays,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, batchSize: 5, now: clock.read,
            pause: { [pauses] in try pauses.take($0) })
    }

    private func use(_ count: Int, at store: any AccountStore) async throws {
        for _ in 0..<count {
            _ = try await store.useOnce(FlowID(random: random.source), until: clock.now + 60)
        }
    }

    @Test(arguments: [(0, 0), (4, 0), (5, 1), (12, 2)])
    func pausesBetweenBatches(rows: Int, pauses: Int) async throws {
        let store = MemoryStore(now: clock.read)
        try await use(rows, at: store)
        clock.advance(by: 60)
        await sweeper(store).sweep()
        #expect(self.pauses.taken == Array(repeating: .milliseconds(50), count: pauses))
        #expect(try await store.sweepExpired(now: clock.now, auditBefore: nil, limit: 100) == 0)
    }

    @Test func endsWhenItIsCancelledInAPause() async throws {
        let store = MemoryStore(now: clock.read)
        try await use(12, at: store)
        clock.advance(by: 60)
        pauses.cancels.withLock { $0 = true }
        await sweeper(store).sweep()
        #expect(try await store.sweepExpired(now: clock.now, auditBefore: nil, limit: 100) == 7)
    }

    @Test(arguments: [(30, 29.999, 1), (30, 30, 0), (365, 364, 1), (365, 365, 0), (0, 10_000, 1)])
    func keepsTheAuditTrailAsLongAsItIsTold(days: Int, passed: Double, left: Int) async throws {
        let store = MemoryStore(now: clock.read)
        try await store.write { rows in
            try rows.record(AuditEvent(.userDeleted, userID: UserID(rawValue: 1), time: FixedClock.start))
        }
        clock.advance(by: passed * 86_400)
        await sweeper(store, auditRetentionDays: days).sweep()
        #expect(store.auditEvents.count == left)
    }
}

/// The pauses that were taken.
private final class Pauses: Sendable {
    let cancels = Mutex(false)
    private let state = Mutex<[Duration]>([])

    var taken: [Duration] { state.withLock { $0 } }

    func take(_ duration: Duration) throws {
        state.withLock { $0.append(duration) }
        if cancels.withLock({ $0 }) { throw CancellationError() }
    }
}
