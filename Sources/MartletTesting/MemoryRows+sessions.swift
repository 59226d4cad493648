import FoundationEssentials
import MartletAccounts

extension MemoryRows {
    // MARK: Sessions

    func session(tokenHash: [UInt8]) throws -> Session? {
        sessions.values.first { $0.tokenHash == tokenHash }?.session
    }

    func sessions(of userID: UserID) throws -> [Session] {
        sessions.values.filter { $0.session.userID == userID }
            .sorted { ($0.session.createdAt, $0.number) > ($1.session.createdAt, $1.number) }
            .map(\.session)
    }

    func sessions(providerID: String, subject: String?, providerSessionID: String?) throws -> [Session] {
        sessions.values.map(\.session).filter { session in
            session.providerID == providerID && Self.matches(session.providerSubject, subject)
                && Self.matches(session.providerSessionID, providerSessionID)
        }
    }

    private static func matches(_ stored: String?, _ given: String?) -> Bool {
        guard let given else { return true }
        return stored.map { isSame($0, given) } ?? false
    }

    mutating func insertSession(_ session: Session, tokenHash: [UInt8]) throws {
        guard sessions[session.id] == nil, try self.session(tokenHash: tokenHash) == nil, tokenHash.count == 32 else {
            throw StoreError.conflict("the session or its token is not new")
        }
        sessions[session.id] = StoredSession(session: session, tokenHash: tokenHash, number: nextNumber())
    }

    mutating func setLastSeen(_ time: Date, session id: SessionID) throws {
        guard var stored = sessions[id] else { return }
        stored.session.lastSeenAt = time
        sessions[id] = stored
    }

    mutating func deleteSession(_ session: Session) throws {
        sessions[session.id] = nil
    }

    // MARK: Pending bindings

    mutating func insertPendingBinding(_ binding: PendingBinding) throws {
        guard pendingBindings[binding.tokenHash] == nil, binding.tokenHash.count == 32 else {
            throw StoreError.conflict("the binding token is not new")
        }
        pendingBindings[binding.tokenHash] = binding
    }

    func pendingBinding(tokenHash: [UInt8]) throws -> PendingBinding? {
        pendingBindings[tokenHash]
    }

    mutating func deletePendingBinding(tokenHash: [UInt8]) throws {
        pendingBindings[tokenHash] = nil
    }
}
