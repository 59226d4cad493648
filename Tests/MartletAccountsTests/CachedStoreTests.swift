import FoundationEssentials
import Martlet
import MartletTesting
import Synchronization
import Testing

@testable import MartletAccounts

@Suite("A store with a cache of sessions")
struct CachedStoreTests {
    private let clock = FixedClock()
    private let random = SeededRandom()

    @Test(arguments: StoreContract.checks)
    func keepsTheContract(_ check: StoreContract.Check) async throws {
        // The clock of a check passes a lifetime of an hour only where a session ends.
        try await StoreContract { CachedStore(MemoryStore(), lifetime: 3600) }.run(check)
    }

    @Test
    func asksTheStoreOnceInALifetime() async throws {
        let base = CountingStore()
        let store = CachedStore(base, lifetime: 5)
        let token = try await signIn(at: store)
        for seconds in [0, 1, 4.999] { #expect(try await recent(token, at: store, after: seconds) != nil) }
        #expect(base.lookups == 1)
        #expect(try await recent(token, at: store, after: 5) != nil)
        #expect(base.lookups == 2)
        #expect(try await recent(token, at: store, after: 9.999) != nil)
        #expect(base.lookups == 2)
    }

    @Test
    func believesNoAnswerFromTheFuture() async throws {
        let base = CountingStore()
        let store = CachedStore(base, lifetime: 5)
        let token = try await signIn(at: store)
        _ = try await recent(token, at: store, after: 100)
        _ = try await recent(token, at: store, after: 99)
        #expect(base.lookups == 2)
    }

    @Test
    func asksTheStoreItselfWhereItMatters() async throws {
        let base = CountingStore()
        let store = CachedStore(base, lifetime: 5)
        let token = try await signIn(at: store)
        for _ in 0..<3 { _ = try await store.session(tokenHash: token.hash, now: clock.now) }
        #expect(base.lookups == 3)
    }

    /// A store that answers, and cannot write or takes long to, as one whose standby is gone.
    @Test
    func letsNobodyWaitForANoteThatCannotBeWritten() async throws {
        struct Full: Error {}
        let base = CountingStore()
        let store = CachedStore(base, lifetime: 5)
        let tokens = [try await signIn(at: store), try await signIn(at: store)]
        let due = Session.lastSeenPrecision
        let (clock, written) = (clock, base.writes)
        base.beforeWrite.withLock {
            $0 = {
                // While one note is on its way, nobody else makes any.
                let meanwhile = try await store.recentSession(
                    tokenHash: tokens[1].hash, now: clock.now.addingTimeInterval(due))
                #expect(meanwhile?.session.lastSeenAt == clock.now)
                throw Full()
            }
        }
        for seconds in [0, 1, 29.9] {
            for token in tokens { #expect(try await recent(token, at: store, after: due + seconds) != nil) }
        }
        #expect(base.writes == written + 1)
        base.beforeWrite.withLock { $0 = nil }
        let later = try await recent(tokens[0], at: store, after: due + 30)
        #expect(later?.session.lastSeenAt == clock.now.addingTimeInterval(due + 30))
        #expect(base.writes == written + 2)
    }

    @Test
    func looksForUsedFlowsAndForTheStoreItselfInTheStoresOwnWay() async throws {
        let base = CountingStore()
        #expect(try await !CachedStore(base).isFlowConsumed(FlowID(random: random.source)))
        #expect(base.flowLookups == 1)
        try await CachedStore(base).checkReady()
        #expect(base.readinessChecks == 1)
    }

    @Test
    func remembersNothingWithoutALifetime() async throws {
        let base = CountingStore()
        let store = CachedStore(base, lifetime: 0)
        let token = try await signIn(at: store)
        for _ in 0..<3 { _ = try await recent(token, at: store) }
        #expect(base.lookups == 3)
    }

    /// Of two nodes on one database without news, the other one notices when its answer has grown old.
    @Test
    func noticesWhatAnotherNodeDidWhenTheAnswerIsOld() async throws {
        let base = CountingStore()
        let (one, other) = (CachedStore(base, lifetime: 5), CachedStore(base, lifetime: 5))
        let token = try await signIn(at: one)
        _ = try await recent(token, at: other)
        try await one.endSession(tokenHash: token.hash)
        #expect(try await recent(token, at: one) == nil)
        #expect(try await recent(token, at: other, after: 4.999) != nil)
        #expect(try await recent(token, at: other, after: 5) == nil)
    }

    @Test
    func noticesAtOnceWhatAnotherNodeTells() async throws {
        let base = CountingStore()
        let (one, other) = (CachedStore(base, lifetime: 5), CachedStore(base, lifetime: 5))
        let (token, bystander) = (try await signIn(at: one), try await signIn("2", at: one))
        for each in [token, bystander] { _ = try await recent(each, at: other) }
        try await one.endSession(tokenHash: token.hash)
        let lookups = base.lookups
        await other.followOtherNodes()
        #expect(base.announced.count == 1)
        #expect(try await recent(token, at: other) == nil)
        #expect(try await recent(bystander, at: other) != nil)
        #expect(base.lookups == lookups + 1)
    }

    @Test
    func forgetsEverybodyWhenNewsWereMissed() async throws {
        let base = CountingStore(hasMissedNews: true)
        let store = CachedStore(base, lifetime: 5)
        let tokens = [try await signIn("1", at: store), try await signIn("2", at: store)]
        for token in tokens { _ = try await recent(token, at: store) }
        let lookups = base.lookups
        await store.followOtherNodes()
        for token in tokens { _ = try await recent(token, at: store) }
        #expect(base.lookups == lookups + 2)
    }

    /// A look-up that read the session before it ended must not put it back afterwards.
    @Test(arguments: [false, true])
    func doesNotKeepWhatWasReadBeforeTheEnd(missed: Bool) async throws {
        let base = CountingStore(hasMissedNews: missed)
        let store = CachedStore(base, lifetime: 5)
        let token = try await signIn(at: store)
        let change: @Sendable () async throws -> Void = {
            if missed { await store.followOtherNodes() } else { try await store.endSession(tokenHash: token.hash) }
        }
        base.afterLookup.withLock { $0 = change }
        #expect(try await recent(token, at: store) != nil)
        base.afterLookup.withLock { $0 = nil }
        let lookups = base.lookups
        _ = try await recent(token, at: store)
        #expect(base.lookups == lookups + 1)
    }

    /// Nobody can tell whether a commit happened whose answer never came.
    @Test
    func forgetsWhomAFailedTransactionMayHaveChanged() async throws {
        let base = CountingStore()
        let store = CachedStore(base, lifetime: 5)
        let token = try await signIn(at: store)
        _ = try await recent(token, at: store)
        base.outcomeIsUnknown.withLock { $0 = true }
        await #expect(throws: StoreError.self) { try await store.endSession(tokenHash: token.hash) }
        #expect(try await recent(token, at: store) == nil)
    }

    @Test
    func tellsOtherNodesWhomItChanges() async throws {
        let base = CountingStore()
        let store = CachedStore(base, lifetime: 5)
        let token = try await signIn(at: store)
        let user = try #require(try await recent(token, at: store)).user.id
        #expect(base.announced.isEmpty)
        try await store.endSession(tokenHash: [UInt8](repeating: 0, count: 32))
        #expect(base.announced.isEmpty)
        try await store.setEnabled(true, user: user)
        #expect(base.announced == [user])
    }

    private func recent(
        _ token: SessionToken, at store: some AccountStore, after seconds: TimeInterval = 0
    ) async throws -> SignedInUser? {
        try await store.recentSession(tokenHash: token.hash, now: clock.now.addingTimeInterval(seconds))
    }

    private func signIn(_ subject: String = "1", at store: some AccountStore) async throws -> SessionToken {
        let token = SessionToken(random: random.source)
        let completion = FlowCompletion(
            flowID: FlowID(random: random.source), purpose: .signIn, providerID: "alpha",
            rememberedUntil: clock.now.addingTimeInterval(60), profile: UserProfile(subject: subject),
            providerTrustedForEmail: true, policy: LinkingPolicy(), currentSessionTokenHash: nil,
            newSession: NewSession(
                id: SessionID(random: random.source), tokenHash: token.hash,
                expiresAt: clock.now.addingTimeInterval(3600)),
            pendingBinding: NewPendingBinding(tokenHash: [], expiresAt: clock.now, browserBindingHash: []))
        _ = try await store.completeFlow(completion, now: clock.now)
        return token
    }
}

/// A store that counts look-ups of sessions and of used flows, writes down what is announced, and tells it to whoever listens.
private final class CountingStore: TransactionalStore {
    let clock: @Sendable () -> Date = { FixedClock.start }
    let afterLookup = Mutex<(@Sendable () async throws -> Void)?>(nil)
    let outcomeIsUnknown = Mutex(false)
    private let base = MemoryStore()
    let beforeWrite = Mutex<(@Sendable () async throws -> Void)?>(nil)
    private let count = Mutex(0)
    private let writeCount = Mutex(0)
    private let flowCount = Mutex(0)
    private let readinessCount = Mutex(0)
    private let hasMissedNews: Bool

    init(hasMissedNews: Bool = false) {
        self.hasMissedNews = hasMissedNews
    }

    var lookups: Int { count.withLock { $0 } }
    var writes: Int { writeCount.withLock { $0 } }
    var flowLookups: Int { flowCount.withLock { $0 } }
    var readinessChecks: Int { readinessCount.withLock { $0 } }
    var announced: [UserID] { base.announcements }

    func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        flowCount.withLock { $0 += 1 }
        return try await base.isFlowConsumed(id)
    }

    func checkReady() async throws(StoreError) {
        readinessCount.withLock { $0 += 1 }
    }

    func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        count.withLock { $0 += 1 }
        let found = try await base.read(operation)
        if let afterLookup = afterLookup.withLock({ $0 }) {
            do { try await afterLookup() } catch { throw .unavailable("\(error)") }
        }
        return found
    }

    func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        writeCount.withLock { $0 += 1 }
        if let beforeWrite = beforeWrite.withLock({ $0 }) {
            do { try await beforeWrite() } catch { throw .unavailable("\(error)") }
        }
        let value = try await base.write(operation)
        if outcomeIsUnknown.withLock({ $0 }) { throw .unavailable("the outcome is not known") }
        return value
    }

    func hear(_ heard: @escaping @Sendable (NodeNews) -> Void) async {
        if hasMissedNews { heard(.missed) }
        for user in announced { heard(.changed(user)) }
    }
}
