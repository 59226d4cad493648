public import FoundationEssentials

extension AccountTransaction {
    /// What ``AccountStore/session(tokenHash:now:)`` answers, within a transaction. Writes nothing.
    public func signedInUser(tokenHash: [UInt8], now: Date) throws -> SignedInUser? {
        guard let session = try session(tokenHash: tokenHash), session.expiresAt > now,
            let user = try user(session.userID), user.isEnabled
        else { return nil }
        return SignedInUser(user: user, session: session)
    }

    /// Who makes a request, by whoever keeps the sessions.
    func presentUser(_ keeper: SessionKeeper, tokenHash: [UInt8]?, now: Date) throws -> SignedInUser? {
        switch keeper {
        case .store: return try tokenHash.flatMap { try signedInUser(tokenHash: $0, now: now) }
        case .application(let present):
            guard let present, let user = try user(present.userID), user.isEnabled else { return nil }
            return SignedInUser(user: user, session: Session(present, now: now))
        }
    }

    /// Notes that a session is in use, unless that was noted less than ``Session/lastSeenPrecision`` ago.
    ///
    /// - Returns: the session as it now is.
    public mutating func touch(_ session: Session, now: Date) throws -> Session {
        guard session.isDueForLastSeen(now: now) else { return session }
        var touched = session
        touched.lastSeenAt = now.wholeMilliseconds
        try setLastSeen(touched.lastSeenAt, session: session.id)
        return touched
    }

    /// What ``AccountStore/sessions(of:now:)`` answers, within a transaction.
    public func liveSessions(of userID: UserID, now: Date) throws -> [Session] {
        try sessions(of: userID).filter { $0.expiresAt > now }
    }

    /// What ``AccountStore/endSession(tokenHash:)`` does, within a transaction.
    public mutating func endSession(tokenHash: [UInt8], now: Date) throws {
        guard let session = try session(tokenHash: tokenHash) else { return }
        try end([session], now: now)
    }

    /// What ``AccountStore/endSession(_:of:)`` does, within a transaction.
    public mutating func endSession(_ id: SessionID, of userID: UserID, now: Date) throws -> Bool {
        let ended = try sessions(of: userID).filter { $0.id == id }
        try end(ended, now: now)
        return !ended.isEmpty
    }

    /// What ``AccountStore/endOtherSessions(of:except:)`` does, within a transaction.
    public mutating func endOtherSessions(of userID: UserID, except id: SessionID, now: Date) throws -> Int {
        let ended = try sessions(of: userID).filter { $0.id != id }
        try end(ended, now: now)
        return ended.count
    }

    /// What ``AccountStore/endSessions(providerID:subject:providerSessionID:)`` does, within a transaction.
    public mutating func endSessions(
        providerID: String, subject: String?, providerSessionID: String?, now: Date
    ) throws -> [UserID] {
        let given = [subject, providerSessionID].compactMap { $0 }
        guard providerID.canBeID, !given.isEmpty, given.allSatisfy(\.canBeID) else { return [] }
        let ended = try sessions(providerID: providerID, subject: subject, providerSessionID: providerSessionID)
        try end(ended, now: now)
        return Set(ended.map(\.userID)).sorted()
    }

    mutating func end(_ sessions: [Session], now: Date) throws {
        for session in sessions {
            try deleteSession(session)
            try record(
                AuditEvent(
                    .sessionEnded, userID: session.userID, providerID: session.providerID,
                    time: now.wholeMilliseconds))
        }
    }

    /// What ``AccountStore/setEnabled(_:user:)`` does, within a transaction.
    public mutating func enable(_ isEnabled: Bool, user id: UserID, now: Date) throws -> Bool {
        guard try setEnabled(isEnabled, user: id) else { return false }
        if !isEnabled { try end(try sessions(of: id), now: now) }
        try record(
            AuditEvent(isEnabled ? .userEnabled : .userDisabled, userID: id, time: now.wholeMilliseconds))
        return true
    }

    /// What ``AccountStore/deleteUser(_:)`` does, within a transaction.
    public mutating func removeUser(_ id: UserID, now: Date) throws -> [RemovedBinding]? {
        let removed = try identities(of: id).map { try removal(of: $0) }
        guard try deleteUser(id) else { return nil }
        try record(AuditEvent(.userDeleted, userID: id, time: now.wholeMilliseconds))
        return removed
    }

    /// What ``AccountStore/sweepExpired(now:auditBefore:limit:)`` does, within a transaction.
    public mutating func sweepExpired(now: Date, auditBefore: Date?, limit: Int) throws -> Int {
        var removed = 0
        for rows in ExpiringRows.allCases where removed < limit {
            guard let end = rows == .auditEvents ? auditBefore : now else { continue }
            removed += try deleteExpired(rows, now: end, limit: limit - removed)
        }
        return removed
    }
}

extension Session {
    /// Whether ``lastSeenAt`` is old enough to be written again.
    public func isDueForLastSeen(now: Date) -> Bool {
        now.timeIntervalSince(lastSeenAt) >= Self.lastSeenPrecision
    }
}
