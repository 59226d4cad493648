import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts

extension SQLiteTransaction {
    // MARK: Sessions

    func session(tokenHash: [UInt8]) throws -> Session? {
        try first(
            "SELECT \(Session.columns) FROM sessions WHERE token_hash = ?", arguments: [Data(tokenHash)], Session.init)
    }

    func sessions(of userID: UserID) throws -> [Session] {
        try all(
            "SELECT \(Session.columns) FROM sessions WHERE user_id = ? ORDER BY created_at DESC, rowid DESC",
            arguments: [userID.rawValue], Session.init)
    }

    func sessions(providerID: String, subject: String?, providerSessionID: String?) throws -> [Session] {
        var conditions = ["provider_id = ?"]
        var arguments: StatementArguments = [providerID]
        for (column, value) in [("provider_subject", subject), ("provider_session_id", providerSessionID)] {
            guard let value else { continue }
            conditions.append("\(column) = ?")
            arguments += [value]
        }
        return try all(
            "SELECT \(Session.columns) FROM sessions WHERE \(conditions.joined(separator: " AND "))",
            arguments: arguments, Session.init)
    }

    func insertSession(_ session: Session, tokenHash: [UInt8]) throws {
        try execute(
            """
            INSERT INTO sessions (
                id, token_hash, user_id, created_at, expires_at, last_seen_at, user_agent, address, provider_id,
                provider_subject, provider_session_id, sealed_id_token)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            arguments: [
                session.id.rawValue, Data(tokenHash), session.userID.rawValue,
                session.createdAt.millisecondsSince1970, session.expiresAt.millisecondsSince1970,
                session.lastSeenAt.millisecondsSince1970, session.userAgent, session.address, session.providerID,
                session.providerSubject, session.providerSessionID, session.sealedIDToken,
            ])
    }

    func setLastSeen(_ time: Date, session id: SessionID) throws {
        try execute(
            "UPDATE sessions SET last_seen_at = ? WHERE id = ?",
            arguments: [time.millisecondsSince1970, id.rawValue])
    }

    func deleteSession(_ session: Session) throws {
        try execute("DELETE FROM sessions WHERE id = ?", arguments: [session.id.rawValue])
    }

    // MARK: Pending bindings

    func insertPendingBinding(_ binding: PendingBinding) throws {
        try execute(
            """
            INSERT INTO pending_bindings (
                token_hash, browser_binding_hash, user_id, provider_id, profile, provider_trusted_for_email,
                expires_at, sealed_tokens)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            arguments: [
                Data(binding.tokenHash), Data(binding.browserBindingHash), binding.userID?.rawValue,
                binding.providerID, try StoredJSON.text(binding.profile), binding.providerTrustedForEmail,
                binding.expiresAt.millisecondsSince1970, binding.sealedTokens,
            ])
    }

    func pendingBinding(tokenHash: [UInt8]) throws -> PendingBinding? {
        try first(
            "SELECT \(PendingBinding.columns) FROM pending_bindings WHERE token_hash = ?",
            arguments: [Data(tokenHash)], PendingBinding.init)
    }

    func deletePendingBinding(tokenHash: [UInt8]) throws {
        try execute("DELETE FROM pending_bindings WHERE token_hash = ?", arguments: [Data(tokenHash)])
    }
}
