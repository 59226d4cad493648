import FoundationEssentials
import Logging
import MartletAccounts
import ServiceLifecycle

/// Removes what has ended from the store, once a minute, in small batches with pauses, so that logins come between them.
struct Sweeper: Service {
    let store: any AccountStore
    /// How many days the lines of the audit trail are kept; 0 for ever.
    let auditRetentionDays: Int
    let logger: Logger
    var batchSize = 500
    var now: @Sendable () -> Date = { Date() }
    var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    func run() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sweep()
                try? await pause(.seconds(60))
            }
        }
    }

    /// Removes all that has ended by now, unless another node does.
    func sweep() async {
        let now = now()
        let auditBefore = auditRetentionDays > 0 ? now.addingTimeInterval(Double(-auditRetentionDays) * 86_400) : nil
        do {
            while try await store.sweepExpired(now: now, auditBefore: auditBefore, limit: batchSize) == batchSize {
                try await pause(.milliseconds(50))
            }
        } catch  where Task.isCancelled || error is CancellationError {
            return
        } catch {
            logger.warning("Old rows were not removed.", metadata: ["reason": "\(error)"])
        }
    }
}

/// Takes over what other nodes tell, for as long as the service runs.
struct NodeNewsFollower: Service {
    let store: any AccountStore

    func run() async {
        await cancelWhenGracefulShutdown { await store.followOtherNodes() }
        // A service that returns ends the others.
        try? await gracefulShutdown()
    }
}
