import FoundationEssentials
import Martlet
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

    func endSessions(
        providerID: String, subject: String?, providerSessionID: String?
    ) async throws(StoreError) -> [UserID] {
        try await base.endSessions(providerID: providerID, subject: subject, providerSessionID: providerSessionID)
    }

    func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        try await base.isFlowConsumed(id)
    }

    func useOnce(_ id: FlowID, until: Date) async throws(StoreError) -> Bool {
        try await base.useOnce(id, until: until)
    }

    func identities(of userID: UserID) async throws(StoreError) -> [Identity] {
        try await base.identities(of: userID)
    }

    func identity(providerID: String, subject: String) async throws(StoreError) -> Identity? {
        try await base.identity(providerID: providerID, subject: subject)
    }

    func unbind(providerID: String, of userID: UserID) async throws(StoreError) -> UnbindOutcome {
        try await base.unbind(providerID: providerID, of: userID)
    }

    func redeemPendingBinding(
        _ redemption: PendingBindingRedemption, now: Date
    ) async throws(StoreError) -> RedemptionOutcome {
        try await base.redeemPendingBinding(redemption, now: now)
    }

    func keptTokens(of userID: UserID, providerID: String) async throws(StoreError) -> KeptTokens? {
        try await base.keptTokens(of: userID, providerID: providerID)
    }

    func replaceKeptTokens(
        _ sealed: String, of id: IdentityID, ifVersion version: Int
    ) async throws(StoreError) -> Bool {
        try await base.replaceKeptTokens(sealed, of: id, ifVersion: version)
    }

    func forgetKeptTokens(of id: IdentityID) async throws(StoreError) {
        try await base.forgetKeptTokens(of: id)
    }

    func updateEmail(_ email: Email?, providerID: String, subject: String) async throws(StoreError) -> Bool {
        try await base.updateEmail(email, providerID: providerID, subject: subject)
    }

    func accountDeleted(providerID: String, subject: String) async throws(StoreError) -> ProviderDeletion {
        try await base.accountDeleted(providerID: providerID, subject: subject)
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

    func deleteUser(_ id: UserID) async throws(StoreError) -> [RemovedBinding]? {
        try await base.deleteUser(id)
    }

    func sweepExpired(now: Date, limit: Int) async throws(StoreError) -> Int {
        try await base.sweepExpired(now: now, limit: limit)
    }

    func checkReady() async throws(StoreError) {
        try await base.checkReady()
    }
}
