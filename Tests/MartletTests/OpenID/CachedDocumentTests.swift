import FoundationEssentials
import HTTPTypes
import MartletTesting
import Synchronization
import Testing

@testable import Martlet

@Suite("Documents that are kept", .timeLimit(.minutes(1)))
struct CachedDocumentTests {
    /// A provider whose document has a new number at each fetch.
    private final class Source: Sendable {
        private let state = Mutex((fetches: 0, isDown: false))
        let clock = FixedClock()
        let gate: Gate?

        init(gate: Gate? = nil) {
            self.gate = gate
        }

        var fetches: Int { state.withLock { $0.fetches } }

        func setDown(_ isDown: Bool) {
            state.withLock { $0.isDown = isDown }
        }

        func fetch() async throws(OAuthError) -> CachedDocument<Int>.Fetched {
            let (number, isDown) = state.withLock { state in
                state.fetches += 1
                return (state.fetches, state.isDown)
            }
            if number > 1 { await gate?.pass() }
            if isDown { throw .timedOut(.keys) }
            return .init(value: number, lifetime: 1000)
        }

        func document() -> CachedDocument<Int> {
            CachedDocument(role: .keys, now: clock.read) { () async throws(OAuthError) in try await self.fetch() }
        }
    }

    private let source = Source()

    @Test
    func isFetchedOnceWhileItIsFresh() async throws {
        let document = source.document()
        #expect(try await document.value() == 1)
        source.clock.advance(by: 799)
        #expect(try await document.value() == 1)
        await document.settled()
        #expect(source.fetches == 1)
    }

    @Test
    func isRefreshedInTheBackgroundShortlyBeforeItIsOld() async throws {
        let gate = Gate()
        let source = Source(gate: gate)
        let document = source.document()
        _ = try await document.value()
        source.clock.advance(by: 800)
        #expect(try await document.value() == 1)
        await gate.visitor()
        #expect(try await document.value() == 1)
        await gate.open()
        await document.settled()
        #expect(try await document.value() == 2)
        #expect(source.fetches == 2)
    }

    @Test
    func isWaitedForOnceItIsOld() async throws {
        let document = source.document()
        _ = try await document.value()
        source.clock.advance(by: 1000)
        #expect(try await document.value() == 2)
    }

    @Test
    func isUsedOnWhileTheProviderIsDownAndAskedForOnceAMinute() async throws {
        let document = source.document()
        _ = try await document.value()
        source.setDown(true)
        source.clock.advance(by: 100_000)
        for _ in 0..<5 { #expect(try await document.value() == 1) }
        #expect(source.fetches == 2)
        source.clock.advance(by: 59)
        #expect(try await document.value() == 1)
        #expect(source.fetches == 2)
        source.clock.advance(by: 1)
        #expect(try await document.value() == 1)
        #expect(source.fetches == 3)
        source.setDown(false)
        #expect(try await document.value() == 1)
        source.clock.advance(by: 60)
        #expect(try await document.value() == 4)
    }

    @Test
    func isAskedForAgainAtOnceWhileThereIsNone() async throws {
        let document = source.document()
        source.setDown(true)
        for _ in 0..<2 { #expect(try await failure { try await document.value() } == .timedOut(.keys)) }
        source.setDown(false)
        #expect(try await document.value() == 3)
    }

    // MARK: When it lacks something

    @Test
    func isFetchedAnewAtOnceAndThenOnceAMinute() async throws {
        let document = source.document()
        #expect(try await document.value() == 1)
        for _ in 0..<5 { #expect(try await document.refetchedValue() == 2) }
        source.clock.advance(by: 59)
        #expect(try await document.refetchedValue() == 2)
        source.clock.advance(by: 1)
        for _ in 0..<5 { #expect(try await document.refetchedValue() == 3) }
    }

    @Test
    func isFetchedAnewAfterTheClockWasSetBack() async throws {
        let document = source.document()
        _ = try await document.value()
        #expect(try await document.refetchedValue() == 2)
        source.clock.advance(by: -3600)
        #expect(try await document.refetchedValue() == 3)
    }

    @Test
    func isKeptWhenFetchingItAnewFails() async throws {
        let document = source.document()
        _ = try await document.value()
        source.setDown(true)
        for _ in 0..<5 { #expect(try await document.refetchedValue() == 1) }
        #expect(source.fetches == 2)
    }

    @Test
    func isWaitedForNoLongerByWhoIsCancelled() async throws {
        let gate = Gate()
        let document = Source(gate: gate).document()
        _ = try await document.value()
        let impatient = Task { try await document.refetchedValue() }
        let patient = Task { try await document.refetchedValue() }
        await gate.visitor()
        impatient.cancel()
        #expect(try await impatient.value == 1)
        await gate.open()
        #expect(try await patient.value == 2)
    }

    @Test
    func isWaitedForByEverybodyWhoLacksTheSame() async throws {
        let gate = Gate()
        let source = Source(gate: gate)
        let document = source.document()
        _ = try await document.value()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await document.refetchedValue() } }
            await gate.visitor()
            Task { await gate.open() }
            for try await value in group { #expect(value == 2) }
        }
        #expect(source.fetches == 2)
    }

    // MARK: How long it is fresh

    @Test(
        arguments: [
            (nil, 3600), ("max-age=7200", 7200), ("public, max-age=600, must-revalidate", 600), ("MAX-AGE=600", 600),
            ("max-age = 600", 600), ("max-age=299", 300), ("max-age=0", 300), ("max-age=-1", 300),
            ("max-age=86401", 86_400), ("max-age=99999999999999999999999", 86_400), ("max-age=inf", 86_400),
            ("max-age=nan", 300), ("no-store", 300), ("no-cache, max-age=7200", 300), ("max-age=", 3600),
            ("max-age=soon", 3600), ("s-maxage=600", 3600), ("private", 3600), ("", 3600),
        ] as [(String?, Double)])
    func isFreshAsLongAsTheAnswerSaysWithinBounds(cacheControl: String?, seconds: Double) {
        var response = OutboundResponse(status: 200)
        response.headers[.cacheControl] = cacheControl
        #expect(response.freshLifetime == seconds)
    }
}
