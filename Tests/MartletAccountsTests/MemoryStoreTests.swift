import FoundationEssentials
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@Suite("The store in memory")
struct MemoryStoreTests {
    let random = SeededRandom()

    @Test(arguments: StoreContract.checks)
    func keepsTheContract(_ check: StoreContract.Check) async throws {
        try await StoreContract { MemoryStore() }.run(check)
    }

    @Test
    func keepsAnAuditTrailWithoutPersonalData() async throws {
        let store = MemoryStore()
        let token = SessionToken(random: random.source)
        let ann = try await signIn(token, at: store)
        try await store.endSession(tokenHash: token.hash)
        try await store.setEnabled(false, user: ann.user.id)
        _ = try await store.deleteUser(ann.user.id)
        #expect(
            store.auditEvents.map(\.kind) == [
                .userCreated, .identityBound, .signedIn, .sessionEnded, .userDisabled, .userDeleted,
            ])
        let text = store.auditEvents.map { "\($0)" }.joined()
        for personal in ["subject-1", "ann@example.com", "username"] { #expect(!text.contains(personal)) }
    }

    @Test
    func auditsWhatAProviderTells() async throws {
        let store = MemoryStore()
        _ = try await signIn(SessionToken(random: random.source), at: store)
        try await store.endSessions(providerID: "alpha", subject: "subject-1", providerSessionID: "sid-1")
        let ann = try await signIn(SessionToken(random: random.source), at: store)
        try await store.updateEmail(
            Email("new@example.com", isVerified: true), providerID: "alpha", subject: "subject-1")
        _ = try await store.accountDeleted(providerID: "alpha", subject: "subject-1")
        #expect(
            store.auditEvents.dropFirst(2) == [
                AuditEvent(.signedIn, userID: ann.user.id, providerID: "alpha", time: FixedClock.start),
                AuditEvent(.sessionEnded, userID: ann.user.id, providerID: "alpha", time: FixedClock.start),
                AuditEvent(.signedIn, userID: ann.user.id, providerID: "alpha", time: FixedClock.start),
                AuditEvent(.emailChanged, userID: ann.user.id, providerID: "alpha", time: FixedClock.start),
                AuditEvent(.accountDeletedAtProvider, userID: ann.user.id, providerID: "alpha", time: FixedClock.start),
                AuditEvent(.sessionEnded, userID: ann.user.id, providerID: "alpha", time: FixedClock.start),
                AuditEvent(.userDeleted, userID: ann.user.id, time: FixedClock.start),
            ])
    }

    private func signIn(_ token: SessionToken, at store: MemoryStore) async throws -> SignedInUser {
        let completion = FlowCompletion(
            flowID: FlowID(random: random.source), purpose: .signIn, providerID: "alpha",
            rememberedUntil: FixedClock.start.addingTimeInterval(60),
            profile: UserProfile(
                subject: "subject-1", username: "ann", email: Email("ann@example.com", isVerified: true)),
            providerTrustedForEmail: true, policy: LinkingPolicy(), currentSessionTokenHash: nil,
            newSession: NewSession(
                id: SessionID(random: random.source), tokenHash: token.hash,
                expiresAt: FixedClock.start.addingTimeInterval(60), providerSubject: "subject-1",
                providerSessionID: "sid-1"),
            pendingBinding: NewPendingBinding(tokenHash: [], expiresAt: FixedClock.start, browserBindingHash: []))
        let outcome = try await store.completeFlow(completion, now: FixedClock.start)
        guard case .signedIn(let signedIn, _) = outcome else {
            throw ContractViolation("nobody is signed in: \(outcome)")
        }
        return signedIn
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
