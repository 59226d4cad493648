import CLibPQ
import Dispatch
import Synchronization

/// Has servers cancel statements whose answer is not waited for any more.
///
/// Else a commit that waits for a standby that is gone would keep its server process until the standby is back, and a few such
/// commits a second would soon use up all that the server has.
enum AbandonedStatements {
    private static let queue = DispatchQueue(label: "martlet.postgres.cancel")
    private static let waiting = Mutex(0)

    /// Asks the server of a connection to cancel what it does there.
    ///
    /// libpq's call for it blocks until the server has closed a connection of its own, which one that hangs does not do: so it is
    /// made on another thread, one at a time, and not at all where many wait already. As long as one server hangs so, nothing is
    /// cancelled at others either.
    static func cancel(on handle: OpaquePointer, _ library: LibPQ) {
        let hasRoom = waiting.withLock { waiting in
            guard waiting < 64 else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { return }
        let address = UInt(bitPattern: library.makeCancel(handle))
        queue.async {
            let cancel = OpaquePointer(bitPattern: address)
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { error in
                if let start = error.baseAddress { _ = library.cancel(cancel, start, CInt(error.count)) }
            }
            library.freeCancel(cancel)
            waiting.withLock { $0 -= 1 }
        }
    }
}
