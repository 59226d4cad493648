import FoundationEssentials
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@Suite("The store in memory")
struct MemoryStoreTests {
    @Test(arguments: StoreContract.checks)
    func keepsTheContract(_ check: StoreContract.Check) async throws {
        try await StoreContract { MemoryStore() }.run(check)
    }

    @Test
    func keepsAnAuditTrailWithoutPersonalData() async throws {
        let random = SeededRandom()
        let store = MemoryStore()
        let token = SessionToken(random: random.source)
        let flow = Flow(
            id: FlowID(random: random.source), purpose: .signIn,
            pending: try SampleAuthorization.pending(providerID: "alpha"), landing: "", startedAt: FixedClock.start)
        let completion = FlowCompletion(
            flow: flow,
            profile: UserProfile(
                subject: "subject-1", username: "ann", email: Email("ann@example.com", isVerified: true)),
            providerTrustedForEmail: true, policy: LinkingPolicy(), currentSessionTokenHash: nil,
            newSession: NewSession(
                id: SessionID(random: random.source), tokenHash: token.hash,
                expiresAt: FixedClock.start.addingTimeInterval(60)),
            pendingBinding: NewPendingBinding(tokenHash: [], expiresAt: FixedClock.start, browserBindingHash: []))
        guard case .signedIn(let ann, true) = try await store.completeFlow(completion, now: FixedClock.start) else {
            Issue.record("nobody was signed in")
            return
        }
        try await store.endSession(tokenHash: token.hash)
        try await store.setEnabled(false, user: ann.user.id)
        try await store.deleteUser(ann.user.id)
        #expect(
            store.auditEvents.map(\.kind) == [
                .userCreated, .identityBound, .signedIn, .sessionEnded, .userDisabled, .userDeleted,
            ])
        let text = store.auditEvents.map { "\($0)" }.joined()
        for personal in ["subject-1", "ann@example.com", "username"] { #expect(!text.contains(personal)) }
    }
}

@Suite("The contract suite")
struct StoreContractTests {
    @Test
    func namesEveryCheckOnce() {
        let names = StoreContract.checks.map(\.name)
        #expect(names.count > 40)
        #expect(Set(names).count == names.count)
    }

    @Test
    func findsAStoreThatBreaksTheContract() async throws {
        let check = try #require(StoreContract.checks.first { $0.name == "endsASessionByItsToken" })
        await #expect(throws: ContractViolation.self) {
            try await StoreContract { ForgetfulStore() }.run(check)
        }
    }
}
