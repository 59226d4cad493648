/// A table as every kind of database keeps it. Two databases hold the same accounts if their tables hold the same rows.
package struct StoredTable: Hashable, Sendable {
    /// What the values of a column are; any of them may also be absent.
    package enum Kind: Hashable, Sendable {
        case number
        case flag
        case text
        case bytes
    }

    /// A column.
    package struct Column: Hashable, Sendable {
        /// The name in SQL.
        package let name: String
        /// What its values are.
        package let kind: Kind
    }

    /// The name in SQL.
    package let name: String
    /// The columns. The first is the key: it tells rows apart, and they are ordered by it, texts and bytes byte by byte.
    package let columns: [Column]
    /// Whether the key is a number that the database counts up.
    package let isNumbered: Bool

    /// The key.
    package var key: Column { columns[0] }

    private init(_ name: String, isNumbered: Bool = false, _ columns: KeyValuePairs<String, Kind>) {
        self.name = name
        self.isNumbered = isNumbered
        self.columns = columns.map(Column.init)
    }

    /// All tables; those that others refer to come first.
    package static let all: [StoredTable] = [
        users, identities, keptTokens, sessions, pendingBindings, consumedFlows, auditEvents,
    ]

    private static let users = StoredTable(
        "users", isNumbered: true,
        [
            "id": .number, "name": .text, "email": .text, "email_key": .text, "avatar": .text,
            "is_enabled": .flag, "created_at": .number,
        ])

    private static let identities = StoredTable(
        "identities", isNumbered: true,
        [
            "id": .number, "user_id": .number, "provider_id": .text, "subject": .text, "username": .text,
            "name": .text, "email": .text, "email_key": .text, "email_is_trusted": .flag, "avatar": .text,
            "identifiers": .text, "bound_at": .number, "last_sign_in_at": .number,
        ])

    private static let keptTokens = StoredTable(
        "kept_tokens",
        ["identity_id": .number, "sealed": .text, "version": .number, "updated_at": .number])

    private static let sessions = StoredTable(
        "sessions",
        [
            "token_hash": .bytes, "id": .text, "user_id": .number, "created_at": .number, "expires_at": .number,
            "last_seen_at": .number, "user_agent": .text, "address": .text, "provider_id": .text,
            "provider_subject": .text, "provider_session_id": .text, "sealed_id_token": .text,
        ])

    private static let pendingBindings = StoredTable(
        "pending_bindings",
        [
            "token_hash": .bytes, "browser_binding_hash": .bytes, "user_id": .number, "provider_id": .text,
            "profile": .text, "provider_trusted_for_email": .flag, "sealed_tokens": .text, "expires_at": .number,
        ])

    private static let consumedFlows = StoredTable("consumed_flows", ["id": .text, "expires_at": .number])

    private static let auditEvents = StoredTable(
        "audit_events", isNumbered: true,
        ["id": .number, "event": .text, "user_id": .number, "provider_id": .text, "occurred_at": .number])
}

/// A value of a row.
package enum StoredValue: Hashable, Sendable {
    case null
    case number(Int64)
    case flag(Bool)
    case text(String)
    case bytes([UInt8])

    /// About how many bytes of memory it takes.
    var size: Int {
        switch self {
        case .null, .number, .flag: 8
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}

/// The values of a row, in the order of its table's columns.
package typealias StoredRow = [StoredValue]
