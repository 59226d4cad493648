import NIOCore
import NIOPosix
import Synchronization

/// The work was not done in the time given.
package struct DeadlineExceeded: Error {
    /// Makes the error.
    package init() {}
}

/// Runs work on an event loop, cancelling it when the time is over.
///
/// What the work sends and gets then goes on without a change of threads; it must not block.
///
/// - Throws: ``DeadlineExceeded`` if the work failed after the time was over; otherwise what the work throws.
package func withDeadline<Value: Sendable>(
    _ duration: Duration, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let isOver = Atomic(false)
    let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
    let task = Task(executorPreference: EventLoopExecutor(eventLoop: eventLoop), operation: work)
    // An alarm of the event loop costs a small part of what a second task that sleeps does.
    let alarm = eventLoop.scheduleTask(in: TimeAmount(duration)) {
        isOver.store(true, ordering: .relaxed)
        task.cancel()
    }
    defer { alarm.cancel() }
    do {
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    } catch  where isOver.load(ordering: .relaxed) {
        throw DeadlineExceeded()
    }
}

/// Runs tasks on an event loop.
private final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
