import FoundationEssentials
import Martlet
import MartletAccounts

extension PostgresTransaction {
    func identity(providerID: String, subject: String) throws -> Identity? {
        try connection.query(
            "SELECT * FROM identities WHERE provider_id = $1 AND subject = $2", [.text(providerID), .text(subject)]
        ).first.map(Identity.init)
    }

    func identities(of userID: UserID) throws -> [Identity] {
        try connection.query("SELECT * FROM identities WHERE user_id = $1 ORDER BY id", [.number(userID.rawValue)])
            .map(Identity.init)
    }

    func insertIdentity(
        _ profile: UserProfile, providerID: String, userID: UserID, emailIsTrusted: Bool, boundAt: Date
    ) throws -> Identity {
        let sql = """
            INSERT INTO identities (
                user_id, provider_id, subject, username, name, email, email_key, email_is_trusted, avatar,
                identifiers, bound_at, last_sign_in_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) RETURNING id
            """
        let id = try connection.newID(
            sql,
            [
                .number(userID.rawValue), .text(providerID), .text(profile.subject), .text(profile.username),
                .text(profile.name), .text(profile.email?.value), .text(profile.email?.matchingKey),
                .flag(emailIsTrusted), .text(profile.avatar), .text(try StoredJSON.text(profile.identifiers)),
                .time(boundAt),
            ])
        return Identity(
            id: IdentityID(rawValue: id), userID: userID, providerID: providerID, subject: profile.subject,
            username: profile.username, name: profile.name, email: profile.email, avatar: profile.avatar,
            identifiers: profile.identifiers, boundAt: boundAt, lastSignInAt: boundAt)
    }

    func emailIsTrusted(_ id: IdentityID) throws -> Bool {
        try connection.query("SELECT email_is_trusted FROM identities WHERE id = $1", [.number(id.rawValue)])
            .first?.flag("email_is_trusted") ?? false
    }

    func updateIdentity(_ identity: Identity, emailIsTrusted: Bool) throws {
        let sql = """
            UPDATE identities SET
                user_id = $1, provider_id = $2, subject = $3, username = $4, name = $5, email = $6, email_key = $7,
                email_is_trusted = $8, avatar = $9, identifiers = $10, bound_at = $11, last_sign_in_at = $12
            WHERE id = $13
            """
        try connection.query(
            sql,
            [
                .number(identity.userID.rawValue), .text(identity.providerID), .text(identity.subject),
                .text(identity.username), .text(identity.name), .text(identity.email?.value),
                .text(identity.email?.matchingKey), .flag(emailIsTrusted), .text(identity.avatar),
                .text(try StoredJSON.text(identity.identifiers)), .time(identity.boundAt),
                .time(identity.lastSignInAt), .number(identity.id.rawValue),
            ])
    }

    func deleteIdentity(_ id: IdentityID) throws {
        try connection.query("DELETE FROM identities WHERE id = $1", [.number(id.rawValue)])
    }

    // MARK: Kept tokens

    func keptTokensRow(of id: IdentityID) throws -> KeptTokensRow? {
        try connection.query("SELECT * FROM kept_tokens WHERE identity_id = $1", [.number(id.rawValue)]).first
            .map(KeptTokensRow.init)
    }

    func setKeptTokensRow(_ row: KeptTokensRow, of id: IdentityID) throws {
        let sql = """
            INSERT INTO kept_tokens (identity_id, sealed, version, updated_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (identity_id) DO UPDATE SET
                sealed = excluded.sealed, version = excluded.version, updated_at = excluded.updated_at
            """
        try connection.query(
            sql, [.number(id.rawValue), .text(row.sealed), .number(row.version), .time(row.updatedAt)])
    }
}
