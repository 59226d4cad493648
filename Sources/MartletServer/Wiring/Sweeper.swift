import FoundationEssentials
import Logging
import MartletAccounts
import ServiceLifecycle

/// Removes what has ended from the store, in small batches, once a minute.
struct Sweeper: Service {
    let store: any AccountStore
    let logger: Logger
    private let batchSize = 500

    func run() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sweep()
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }

    private func sweep() async {
        do {
            while try await store.sweepExpired(now: Date(), limit: batchSize) == batchSize {
                try Task.checkCancellation()
            }
        } catch  where Task.isCancelled {
            return
        } catch {
            logger.warning("Old rows were not removed.", metadata: ["reason": "\(error)"])
        }
    }
}
