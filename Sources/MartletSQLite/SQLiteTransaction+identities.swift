import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts

extension SQLiteTransaction {
    func identity(providerID: String, subject: String) throws -> Identity? {
        try first(
            "SELECT \(Identity.columns) FROM identities WHERE provider_id = ? AND subject = ?",
            arguments: [providerID, subject], Identity.init)
    }

    func identities(of userID: UserID) throws -> [Identity] {
        try all(
            "SELECT \(Identity.columns) FROM identities WHERE user_id = ? ORDER BY id",
            arguments: [userID.rawValue], Identity.init)
    }

    func insertIdentity(
        _ profile: UserProfile, providerID: String, userID: UserID, emailIsTrusted: Bool, boundAt: Date
    ) throws -> Identity {
        try execute(
            """
            INSERT INTO identities (
                user_id, provider_id, subject, username, name, email, email_key, email_is_trusted, avatar,
                identifiers, bound_at, last_sign_in_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            arguments: [
                userID.rawValue, providerID, profile.subject, profile.username, profile.name, profile.email?.value,
                profile.email?.matchingKey, emailIsTrusted, profile.avatar,
                try StoredJSON.text(profile.identifiers), boundAt.millisecondsSince1970,
                boundAt.millisecondsSince1970,
            ])
        return Identity(
            id: IdentityID(rawValue: database.lastInsertedRowID), userID: userID, providerID: providerID,
            subject: profile.subject, username: profile.username, name: profile.name, email: profile.email,
            avatar: profile.avatar, identifiers: profile.identifiers, boundAt: boundAt, lastSignInAt: boundAt)
    }

    func emailIsTrusted(_ id: IdentityID) throws -> Bool {
        try isTrue("SELECT email_is_trusted FROM identities WHERE id = ?", arguments: [id.rawValue])
    }

    func updateIdentity(_ identity: Identity, emailIsTrusted: Bool) throws {
        try execute(
            """
            UPDATE identities SET
                user_id = ?, provider_id = ?, subject = ?, username = ?, name = ?, email = ?, email_key = ?,
                email_is_trusted = ?, avatar = ?, identifiers = ?, bound_at = ?, last_sign_in_at = ?
            WHERE id = ?
            """,
            arguments: [
                identity.userID.rawValue, identity.providerID, identity.subject, identity.username, identity.name,
                identity.email?.value, identity.email?.matchingKey, emailIsTrusted, identity.avatar,
                try StoredJSON.text(identity.identifiers), identity.boundAt.millisecondsSince1970,
                identity.lastSignInAt.millisecondsSince1970, identity.id.rawValue,
            ])
    }

    func deleteIdentity(_ id: IdentityID) throws {
        try execute("DELETE FROM identities WHERE id = ?", arguments: [id.rawValue])
    }

    // MARK: Kept tokens

    func keptTokensRow(of id: IdentityID) throws -> KeptTokensRow? {
        try first(
            "SELECT \(KeptTokensRow.columns) FROM kept_tokens WHERE identity_id = ?", arguments: [id.rawValue],
            KeptTokensRow.init)
    }

    func setKeptTokensRow(_ row: KeptTokensRow, of id: IdentityID) throws {
        try execute(
            """
            INSERT INTO kept_tokens (identity_id, sealed, version, updated_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (identity_id) DO UPDATE SET
                sealed = excluded.sealed, version = excluded.version, updated_at = excluded.updated_at
            """,
            arguments: [id.rawValue, row.sealed, row.version, row.updatedAt.millisecondsSince1970])
    }
}
