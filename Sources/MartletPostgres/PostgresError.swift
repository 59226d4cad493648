import MartletAccounts

/// Why a statement came to nothing. It holds no text of the server, which may quote values.
enum PostgresError: Error {
    /// The server refused: its SQLSTATE.
    case refused(sqlState: String)
    /// libpq is not installed.
    case noLibrary
    /// The connection is broken or was never made.
    case disconnected(String)
    /// The connection broke while a commit was under way: whether it happened is not known.
    case outcomeUnknown
    /// An answer is not of the form that was asked for.
    case unreadable

    /// Whether the same transaction may well succeed when it is run again.
    var isConflictOfTransactions: Bool {
        switch self {
        case .refused(let state): ["40001", "40P01"].contains(state)
        default: false
        }
    }

    /// Whether the server does not know a function or a statement, or knows it and cannot do it.
    var saysThatThereIsNoSuchThing: Bool {
        switch self {
        case .refused(let state): state.hasPrefix("42") || state.hasPrefix("0A")
        default: false
        }
    }

    /// Whether a commit that failed so may have happened all the same.
    var leavesACommitOpen: Bool {
        // CockroachDB's answer when it does not know, either.
        if case .refused("40003") = self { return true }
        return callsForAnotherConnection
    }

    /// Whether the server on this connection can no longer serve, and another one may: nothing was committed.
    var callsForAnotherConnection: Bool {
        switch self {
        case .disconnected: true
        // Shutting down, starting up, or a standby that only reads; or a prepared statement that is gone or no longer fits
        // the schema, which a new connection prepares anew.
        case .refused(let state):
            state.hasPrefix("08") || state.hasPrefix("57P") || ["25006", "26000", "0A000"].contains(state)
        case .outcomeUnknown, .unreadable, .noLibrary: false
        }
    }
}

extension StoreError {
    /// The store's error for whatever was thrown within a transaction.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as PostgresError: self.init(error)
        case is CancellationError: self = .unavailable("the task was cancelled")
        default: self = .corrupted("a stored value cannot be read")
        }
    }

    private init(_ error: PostgresError) {
        switch error {
        case .noLibrary:
            self = .unavailable("libpq, PostgreSQL's client library, is not installed (Debian: apt-get install libpq5)")
        case .disconnected(let reason): self = .unavailable("the database cannot be reached (\(reason))")
        case .outcomeUnknown:
            self = .unavailable("the connection to the database broke during a commit, and its outcome is not known")
        case .unreadable: self = .corrupted("a stored value cannot be read")
        case .refused(let state): self.init(sqlState: state)
        }
    }

    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    private init(sqlState: String) {
        let code = "SQLSTATE \(sqlState)"
        switch sqlState.prefix(2) {
        case "23": self = .conflict("a rule of the schema was broken (\(code))")
        case "40": self = .unavailable("other transactions kept interfering (\(code))")
        case "53": self = .unavailable("the database has no room or no connection left (\(code))")
        case "57": self = .unavailable("the database is shutting down or took too long (\(code))")
        case "25": self = .unavailable("the database may not be written (\(code))")
        case "28", "42": self = .unavailable("the database does not let this user do that (\(code))")
        case "XX": self = .corrupted("the database is damaged (\(code))")
        default: self = .unavailable("the database answered an error (\(code))")
        }
    }
}
