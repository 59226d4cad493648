import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts

/// Reading rows. The tables are `STRICT` and their columns `NOT NULL` where a value is required, so a column's type
/// can be relied on; its meaning is checked.
extension User {
    init(_ row: Row) {
        self.init(
            id: UserID(rawValue: row["id"]), name: row["name"], email: row.email, avatar: row["avatar"],
            isEnabled: row["is_enabled"], createdAt: row.time("created_at"))
    }
}

extension Identity {
    init(_ row: Row) throws {
        self.init(
            id: IdentityID(rawValue: row["id"]), userID: UserID(rawValue: row["user_id"]),
            providerID: row["provider_id"], subject: row["subject"], username: row["username"], name: row["name"],
            email: row.email, avatar: row["avatar"], identifiers: try StoredJSON.value(row["identifiers"]),
            boundAt: row.time("bound_at"), lastSignInAt: row.time("last_sign_in_at"))
    }
}

extension Session {
    init(_ row: Row) throws {
        guard let id = SessionID(rawValue: row["id"]) else {
            throw StoreError.corrupted("a session has a malformed id")
        }
        self.init(
            id: id, userID: UserID(rawValue: row["user_id"]), createdAt: row.time("created_at"),
            expiresAt: row.time("expires_at"), lastSeenAt: row.time("last_seen_at"), userAgent: row["user_agent"],
            address: row["address"], providerID: row["provider_id"], providerSubject: row["provider_subject"],
            providerSessionID: row["provider_session_id"], sealedIDToken: row["sealed_id_token"])
    }
}

extension PendingBinding {
    init(_ row: Row) throws {
        self.init(
            tokenHash: row.bytes("token_hash"), expiresAt: row.time("expires_at"),
            browserBindingHash: row.bytes("browser_binding_hash"),
            userID: (row["user_id"] as Int64?).map(UserID.init(rawValue:)), providerID: row["provider_id"],
            profile: try StoredJSON.value(row["profile"]),
            providerTrustedForEmail: row["provider_trusted_for_email"], sealedTokens: row["sealed_tokens"])
    }
}

extension KeptTokensRow {
    init(_ row: Row) {
        self.init(sealed: row["sealed"], version: row["version"], updatedAt: row.time("updated_at"))
    }
}

extension Row {
    fileprivate func time(_ column: String) -> Date {
        Date(millisecondsSince1970: self[column])
    }

    fileprivate func bytes(_ column: String) -> [UInt8] {
        [UInt8](self[column] as Data)
    }

    /// The address of the row; it is verified if there is a key to match it by.
    fileprivate var email: Email? {
        (self["email"] as String?).flatMap { Email($0, isVerified: (self["email_key"] as String?) != nil) }
    }
}
