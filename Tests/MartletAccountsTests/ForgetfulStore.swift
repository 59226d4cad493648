import FoundationEssentials
import MartletAccounts
import MartletTesting

/// A store that does not end sessions: the contract suite must notice.
struct ForgetfulStore: AccountStore {
    private let base = MemoryStore()

    func endSession(tokenHash: [UInt8]) async throws(StoreError) {}

    func completeFlow(_ completion: FlowCompletion, now: Date) async throws(StoreError) -> FlowOutcome {
        try await base.completeFlow(completion, now: now)
    }

    func session(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser? {
        try await base.session(tokenHash: tokenHash, now: now)
    }

    func sessions(of userID: UserID, now: Date) async throws(StoreError) -> [Session] {
        try await base.sessions(of: userID, now: now)
    }

    func endSession(_ id: SessionID, of userID: UserID) async throws(StoreError) -> Bool {
        try await base.endSession(id, of: userID)
    }

    func endOtherSessions(of userID: UserID, except id: SessionID) async throws(StoreError) -> Int {
        try await base.endOtherSessions(of: userID, except: id)
    }

    func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        try await base.isFlowConsumed(id)
    }

    func identities(of userID: UserID) async throws(StoreError) -> [Identity] {
        try await base.identities(of: userID)
    }

    func unbind(providerID: String, of userID: UserID) async throws(StoreError) -> UnbindOutcome {
        try await base.unbind(providerID: providerID, of: userID)
    }

    func redeemPendingBinding(
        _ redemption: PendingBindingRedemption, now: Date
    ) async throws(StoreError) -> RedemptionOutcome {
        try await base.redeemPendingBinding(redemption, now: now)
    }

    func user(_ id: UserID) async throws(StoreError) -> User? {
        try await base.user(id)
    }

    func userCount() async throws(StoreError) -> Int {
        try await base.userCount()
    }

    func setEnabled(_ isEnabled: Bool, user id: UserID) async throws(StoreError) -> Bool {
        try await base.setEnabled(isEnabled, user: id)
    }

    func deleteUser(_ id: UserID) async throws(StoreError) -> Bool {
        try await base.deleteUser(id)
    }

    func sweepExpired(now: Date, limit: Int) async throws(StoreError) -> Int {
        try await base.sweepExpired(now: now, limit: limit)
    }

    func checkReady() async throws(StoreError) {
        try await base.checkReady()
    }
}
