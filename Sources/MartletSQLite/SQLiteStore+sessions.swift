public import FoundationEssentials
public import MartletAccounts

// Flows and sessions.
extension SQLiteStore {
    /// Finishes a flow; see ``AccountStore/completeFlow(_:now:)``.
    public func completeFlow(_ completion: FlowCompletion, now: Date) async throws(StoreError) -> FlowOutcome {
        try await write { try $0.completeFlow(completion, now: now) }
    }

    /// Whether a flow was finished; see ``AccountStore/isFlowConsumed(_:)``.
    public func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        try await read { try $0.isFlowConsumed(id) }
    }

    /// Uses up an id; see ``AccountStore/useOnce(_:until:)``.
    public func useOnce(_ id: FlowID, until: Date) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.useOnce(id, until: until, now: now) }
    }

    /// A session and its user; see ``AccountStore/session(tokenHash:now:)``.
    public func session(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser? {
        let found = try await read { try $0.signedInUser(tokenHash: tokenHash, now: now) }
        guard let found, found.session.isDueForLastSeen(now: now) else { return found }
        do {
            return SignedInUser(user: found.user, session: try await write { try $0.touch(found.session, now: now) })
        } catch StoreError.unavailable {
            // A note of when somebody was last seen must not lock everybody out while the disk is full.
            return found
        }
    }

    /// Ends a session by its token; see ``AccountStore/endSession(tokenHash:)``.
    public func endSession(tokenHash: [UInt8]) async throws(StoreError) {
        let now = clock()
        try await write { try $0.endSession(tokenHash: tokenHash, now: now) }
    }

    /// A user's sessions; see ``AccountStore/sessions(of:now:)``.
    public func sessions(of userID: UserID, now: Date) async throws(StoreError) -> [Session] {
        try await read { try $0.liveSessions(of: userID, now: now) }
    }

    /// Ends a session by its id; see ``AccountStore/endSession(_:of:)``.
    @discardableResult
    public func endSession(_ id: SessionID, of userID: UserID) async throws(StoreError) -> Bool {
        let now = clock()
        return try await write { try $0.endSession(id, of: userID, now: now) }
    }

    /// Ends a user's other sessions; see ``AccountStore/endOtherSessions(of:except:)``.
    @discardableResult
    public func endOtherSessions(of userID: UserID, except id: SessionID) async throws(StoreError) -> Int {
        let now = clock()
        return try await write { try $0.endOtherSessions(of: userID, except: id, now: now) }
    }

    /// Ends sessions that a provider names; see ``AccountStore/endSessions(providerID:subject:providerSessionID:)``.
    @discardableResult
    public func endSessions(
        providerID: String, subject: String?, providerSessionID: String?
    ) async throws(StoreError) -> [UserID] {
        let now = clock()
        return try await write {
            try $0.endSessions(
                providerID: providerID, subject: subject, providerSessionID: providerSessionID, now: now)
        }
    }
}
