import FoundationEssentials
import Martlet
import MartletAccounts

extension PostgresTransaction {
    // MARK: Sessions

    func session(tokenHash: [UInt8]) throws -> Session? {
        try connection.query("SELECT * FROM sessions WHERE token_hash = $1", [.bytes(tokenHash)]).first
            .map(Session.init)
    }

    func sessions(of userID: UserID) throws -> [Session] {
        try connection.query(
            "SELECT * FROM sessions WHERE user_id = $1 ORDER BY created_at DESC, number DESC",
            [.number(userID.rawValue)]
        ).map(Session.init)
    }

    func sessions(providerID: String, subject: String?, providerSessionID: String?) throws -> [Session] {
        var conditions = ["provider_id = $1"]
        var values: [PostgresValue] = [.text(providerID)]
        for (column, value) in [("provider_subject", subject), ("provider_session_id", providerSessionID)] {
            guard let value else { continue }
            values.append(.text(value))
            conditions.append("\(column) = $\(values.count)")
        }
        return try connection.query(
            "SELECT * FROM sessions WHERE \(conditions.joined(separator: " AND "))", values
        ).map(Session.init)
    }

    func insertSession(_ session: Session, tokenHash: [UInt8]) throws {
        let sql = """
            INSERT INTO sessions (
                id, token_hash, user_id, created_at, expires_at, last_seen_at, user_agent, address, provider_id,
                provider_subject, provider_session_id, sealed_id_token)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """
        try connection.query(
            sql,
            [
                .text(session.id.rawValue), .bytes(tokenHash), .number(session.userID.rawValue),
                .time(session.createdAt), .time(session.expiresAt), .time(session.lastSeenAt),
                .text(session.userAgent), .text(session.address), .text(session.providerID),
                .text(session.providerSubject), .text(session.providerSessionID), .text(session.sealedIDToken),
            ])
    }

    func setLastSeen(_ time: Date, session id: SessionID) throws {
        try connection.query(
            "UPDATE sessions SET last_seen_at = $1 WHERE id = $2", [.time(time), .text(id.rawValue)])
    }

    func deleteSession(_ session: Session) throws {
        try connection.query("DELETE FROM sessions WHERE id = $1", [.text(session.id.rawValue)])
    }

    // MARK: Pending bindings

    func insertPendingBinding(_ binding: PendingBinding) throws {
        let sql = """
            INSERT INTO pending_bindings (
                token_hash, browser_binding_hash, user_id, provider_id, profile, provider_trusted_for_email,
                expires_at, sealed_tokens)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """
        try connection.query(
            sql,
            [
                .bytes(binding.tokenHash), .bytes(binding.browserBindingHash),
                PostgresValue(text: binding.userID.map { String($0.rawValue) }), .text(binding.providerID),
                .text(try StoredJSON.text(binding.profile)), .flag(binding.providerTrustedForEmail),
                .time(binding.expiresAt), .text(binding.sealedTokens),
            ])
    }

    func pendingBinding(tokenHash: [UInt8]) throws -> PendingBinding? {
        try connection.query("SELECT * FROM pending_bindings WHERE token_hash = $1", [.bytes(tokenHash)]).first
            .map(PendingBinding.init)
    }

    func deletePendingBinding(tokenHash: [UInt8]) throws {
        try connection.query("DELETE FROM pending_bindings WHERE token_hash = $1", [.bytes(tokenHash)])
    }
}
