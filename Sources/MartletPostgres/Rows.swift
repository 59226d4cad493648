import FoundationEssentials
import Martlet
import MartletAccounts

extension User {
    init(_ row: PostgresRow) throws {
        self.init(
            id: UserID(rawValue: try row.number("id")), name: try row.optionalText("name"), email: try row.email,
            avatar: try row.optionalText("avatar"), isEnabled: try row.flag("is_enabled"),
            createdAt: try row.time("created_at"))
    }
}

extension Identity {
    init(_ row: PostgresRow) throws {
        self.init(
            id: IdentityID(rawValue: try row.number("id")), userID: UserID(rawValue: try row.number("user_id")),
            providerID: try row.text("provider_id"), subject: try row.text("subject"),
            username: try row.optionalText("username"), name: try row.optionalText("name"), email: try row.email,
            avatar: try row.optionalText("avatar"), identifiers: try StoredJSON.value(row.text("identifiers")),
            boundAt: try row.time("bound_at"), lastSignInAt: try row.time("last_sign_in_at"))
    }
}

extension Session {
    init(_ row: PostgresRow) throws {
        guard let id = SessionID(rawValue: try row.text("id")) else {
            throw StoreError.corrupted("a session has a malformed id")
        }
        self.init(
            id: id, userID: UserID(rawValue: try row.number("user_id")), createdAt: try row.time("created_at"),
            expiresAt: try row.time("expires_at"), lastSeenAt: try row.time("last_seen_at"),
            userAgent: try row.optionalText("user_agent"), address: try row.optionalText("address"),
            providerID: try row.optionalText("provider_id"), providerSubject: try row.optionalText("provider_subject"),
            providerSessionID: try row.optionalText("provider_session_id"),
            sealedIDToken: try row.optionalText("sealed_id_token"))
    }
}

extension PendingBinding {
    init(_ row: PostgresRow) throws {
        self.init(
            tokenHash: try row.bytes("token_hash"), expiresAt: try row.time("expires_at"),
            browserBindingHash: try row.bytes("browser_binding_hash"),
            userID: try row.optionalNumber("user_id").map(UserID.init(rawValue:)),
            providerID: try row.text("provider_id"), profile: try StoredJSON.value(row.text("profile")),
            providerTrustedForEmail: try row.flag("provider_trusted_for_email"),
            sealedTokens: try row.optionalText("sealed_tokens"))
    }
}

extension KeptTokensRow {
    init(_ row: PostgresRow) throws {
        self.init(
            sealed: try row.optionalText("sealed"), version: Int(try row.number("version")),
            updatedAt: try row.time("updated_at"))
    }
}

extension PostgresRow {
    /// The address of the row; it is verified if there is a key to match it by.
    fileprivate var email: Email? {
        get throws {
            let key = try optionalText("email_key")
            return try optionalText("email").flatMap { Email($0, isVerified: key != nil) }
        }
    }
}
