import GRDB

/// Statements that a connection prepares once and keeps: preparing costs more than running most of them.
extension SQLiteTransaction {
    func execute(_ sql: String, arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// What the first row says; nil if there is no row.
    func first<Value>(
        _ sql: String, arguments: StatementArguments = [], _ read: @escaping (Row) throws -> Value
    ) throws -> Value? {
        try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments).map(read).next()
    }

    /// What each row says.
    func all<Value>(
        _ sql: String, arguments: StatementArguments, _ read: @escaping (Row) throws -> Value
    ) throws -> [Value] {
        try Array(Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments).map(read))
    }

    /// Whether the first column of the first row is true; false if there is no row.
    func isTrue(_ sql: String, arguments: StatementArguments = []) throws -> Bool {
        try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: arguments) ?? false
    }
}
