import Synchronization
import Testing

@testable import MartletHummingbird

@Suite struct JoinedWorkTests {
    /// A key that tells when it is looked up among the work under way.
    private struct Key: Hashable, Sendable {
        let name: String
        var lookedUp: AsyncStream<Void>.Continuation?

        init(_ name: String, lookedUp: AsyncStream<Void>.Continuation? = nil) {
            self.name = name
            self.lookedUp = lookedUp
        }

        static func == (lhs: Key, rhs: Key) -> Bool { lhs.name == rhs.name }

        func hash(into hasher: inout Hasher) {
            lookedUp?.yield()
            hasher.combine(name)
        }
    }

    /// Something that is waited for until it happens once.
    private struct Moment: Sendable {
        private let stream: AsyncStream<Void>
        let continuation: AsyncStream<Void>.Continuation

        init() {
            (stream, continuation) = AsyncStream.makeStream()
        }

        func happen() {
            continuation.yield()
            continuation.finish()
        }

        func wait() async {
            for await _ in stream { return }
        }
    }

    private let joined = JoinedWork<Key, Int, AuthProblem>()

    /// Begins a piece of work that lasts until it may end, and lets somebody else ask for the same meanwhile.
    private func twoWhoAsk(
        _ end: @escaping @Sendable () throws(AuthProblem) -> Int
    ) async -> (first: Task<Int, any Error>, second: Task<Int, any Error>, mayEnd: Moment) {
        let (begun, mayEnd, lookedUp, joined) = (Moment(), Moment(), Moment(), joined)
        let first = Task {
            try await joined.run(Key("a")) { () async throws(AuthProblem) in
                begun.happen()
                await mayEnd.wait()
                return try end()
            }
        }
        await begun.wait()
        let second = Task { try await joined.run(Key("a", lookedUp: lookedUp.continuation)) { 2 } }
        await lookedUp.wait()
        return (first, second, mayEnd)
    }

    @Test func givesTheResultOfOnePieceToAllWhoAskMeanwhile() async throws {
        let (first, second, mayEnd) = await twoWhoAsk { 1 }
        mayEnd.happen()
        #expect(try await [first.value, second.value] == [1, 1])
    }

    @Test func doesWorkForAnotherKeyMeanwhile() async throws {
        let (first, second, mayEnd) = await twoWhoAsk { 1 }
        #expect(try await joined.run(Key("b")) { 3 } == 3)
        mayEnd.happen()
        #expect(try await [first.value, second.value] == [1, 1])
    }

    @Test func worksAnewOnceAPieceHasEnded() async throws {
        #expect(try await joined.run(Key("a")) { 1 } == 1)
        #expect(try await joined.run(Key("a")) { 2 } == 2)
    }

    @Test func tellsAllWhoAskOfAFailureAndKeepsItForNobodyElse() async throws {
        let (first, second, mayEnd) = await twoWhoAsk { () throws(AuthProblem) in
            throw AuthProblem(.providerUnavailable)
        }
        mayEnd.happen()
        for task in [first, second] {
            await #expect(throws: AuthProblem(.providerUnavailable)) { try await task.value }
        }
        #expect(try await joined.run(Key("a")) { 3 } == 3)
    }

    @Test func goesOnThoughWhoeverAskedFirstGaveUp() async throws {
        let (first, second, mayEnd) = await twoWhoAsk { 1 }
        first.cancel()
        mayEnd.happen()
        #expect(try await second.value == 1)
    }
}
