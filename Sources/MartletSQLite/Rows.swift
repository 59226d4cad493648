import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts

// Reading rows, by the places of the columns that a query names. The tables are `STRICT` and their columns `NOT NULL`
// where a value is required, so a column's type can be relied on; its meaning is checked.

extension User {
    static let columns = "id, name, email, email_key, avatar, is_enabled, created_at"

    init(_ row: Row) {
        self.init(
            id: UserID(rawValue: row[0]), name: row[1], email: row.email(2, key: 3), avatar: row[4], isEnabled: row[5],
            createdAt: row.time(6))
    }
}

extension Identity {
    static let columns = """
        id, user_id, provider_id, subject, username, name, email, email_key, avatar, identifiers, bound_at, last_sign_in_at
        """

    init(_ row: Row) throws {
        self.init(
            id: IdentityID(rawValue: row[0]), userID: UserID(rawValue: row[1]), providerID: row[2], subject: row[3],
            username: row[4], name: row[5], email: row.email(6, key: 7), avatar: row[8],
            identifiers: try StoredJSON.value(row[9]), boundAt: row.time(10), lastSignInAt: row.time(11))
    }
}

extension Session {
    static let columns = """
        id, user_id, created_at, expires_at, last_seen_at, user_agent, address, provider_id, provider_subject, \
        provider_session_id, sealed_id_token
        """

    init(_ row: Row) throws {
        guard let id = SessionID(rawValue: row[0]) else {
            throw StoreError.corrupted("a session has a malformed id")
        }
        self.init(
            id: id, userID: UserID(rawValue: row[1]), createdAt: row.time(2), expiresAt: row.time(3),
            lastSeenAt: row.time(4), userAgent: row[5], address: row[6], providerID: row[7], providerSubject: row[8],
            providerSessionID: row[9], sealedIDToken: row[10])
    }
}

extension PendingBinding {
    static let columns = """
        token_hash, expires_at, browser_binding_hash, user_id, provider_id, profile, provider_trusted_for_email, \
        sealed_tokens
        """

    init(_ row: Row) throws {
        self.init(
            tokenHash: row.bytes(0), expiresAt: row.time(1), browserBindingHash: row.bytes(2),
            userID: (row[3] as Int64?).map(UserID.init(rawValue:)), providerID: row[4],
            profile: try StoredJSON.value(row[5]), providerTrustedForEmail: row[6], sealedTokens: row[7])
    }
}

extension KeptTokensRow {
    static let columns = "sealed, version, updated_at"

    init(_ row: Row) {
        self.init(sealed: row[0], version: row[1], updatedAt: row.time(2))
    }
}

extension Row {
    fileprivate func time(_ place: Int) -> Date {
        Date(millisecondsSince1970: self[place])
    }

    fileprivate func bytes(_ place: Int) -> [UInt8] {
        [UInt8](self[place] as Data)
    }

    /// The address at a place; it is verified if there is a key to match it by.
    fileprivate func email(_ place: Int, key: Int) -> Email? {
        (self[place] as String?).flatMap { Email($0, isVerified: !hasNull(atIndex: key)) }
    }
}
