import GRDB

/// Statements that a connection prepares once and keeps: preparing costs more than running most of them.
extension SQLiteTransaction {
    func execute(_ sql: String, arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func row(_ sql: String, arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    func rows(_ sql: String, arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// Whether the first column of the first row is true; false if there is no row.
    func isTrue(_ sql: String, arguments: StatementArguments = []) throws -> Bool {
        try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: arguments) ?? false
    }
}
