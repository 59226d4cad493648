import Martlet
import NIOCore
import NIOPosix
import Testing

@Suite("Deadlines")
struct DeadlineTests {
    @Test
    func cancelsWorkThatIsNotDoneInTime() async throws {
        await #expect(throws: DeadlineExceeded.self) {
            try await withDeadline(.zero) {
                for await _ in AsyncStream<Void>.makeStream().stream {}
                try Task.checkCancellation()
            }
        }
    }

    @Test
    func cancelsWorkWithItsTask() async throws {
        let work = Task {
            try await withDeadline(.seconds(60)) {
                for await _ in AsyncStream<Void>.makeStream().stream {}
                try Task.checkCancellation()
            }
        }
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
    }

    @Test
    func returnsWorkDoneInTimeAndItsErrors() async throws {
        #expect(try await withDeadline(.seconds(60)) { 7 } == 7)
        await #expect(throws: TransportError.timedOut) {
            try await withDeadline(.seconds(60)) { throw TransportError.timedOut }
        }
    }

    @Test
    func runsWorkOnOneEventLoop() async throws {
        try await withDeadline(.seconds(60)) {
            let eventLoop = try #require(MultiThreadedEventLoopGroup.currentEventLoop)
            await Task.yield()
            #expect(eventLoop.inEventLoop)
        }
    }
}
