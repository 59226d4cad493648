import FoundationEssentials
import GRDB
import MartletAccounts

/// The tables of a SQLite database.
struct SQLiteTables: TableReceiver {
    let database: Database
    let name: String
    /// Of several copies into one file, the last that began has its mark in the note.
    private let mark = UUID().uuidString

    init(database: Database, name: String) {
        self.database = database
        self.name = name
    }

    /// The source of an unfinished copy into a database.
    static func unfinishedCopy(_ database: Database) throws -> String? {
        // GRDB remembers which tables there are, and this one comes and goes with other connections.
        let hasNote = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'martlet_copy')"
        guard try Bool.fetchOne(database, sql: hasNote) == true else { return nil }
        return try String.fetchOne(database, sql: "SELECT source FROM martlet_copy")
    }

    func unfinishedCopy() throws -> String? {
        try telling { try Self.unfinishedCopy(database) }
    }

    func count(_ table: StoredTable) throws -> Int {
        try telling { try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table.name)") ?? 0 }
    }

    func lastKey(of table: StoredTable) throws -> StoredValue? {
        try telling {
            let key = table.key
            return try Row.fetchOne(
                database, sql: "SELECT \(key.name) FROM \(table.name) ORDER BY \(key.name) DESC LIMIT 1"
            ).map { Self.value(of: key.kind, at: 0, in: $0) }
        }
    }

    func rows(of table: StoredTable, after key: StoredValue?, _ body: (StoredRow) throws -> Void) throws {
        try telling {
            let columns = table.columns.map(\.name).joined(separator: ", ")
            let condition = key == nil ? "" : "WHERE \(table.key.name) > ?"
            let rows = try Row.fetchCursor(
                database, sql: "SELECT \(columns) FROM \(table.name) \(condition) ORDER BY \(table.key.name)",
                arguments: StatementArguments(key.map { [Self.argument($0)] } ?? []))
            while let row = try rows.next() {
                try body(table.columns.indices.map { Self.value(of: table.columns[$0].kind, at: $0, in: row) })
            }
        }
    }

    func highestNumber(of table: StoredTable) throws -> Int64 {
        try telling {
            try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [table.name])
                ?? 0
        }
    }

    // MARK: Receiving

    func beginCopy(from source: String, after begun: String?, discardingRows discardsRows: Bool) throws {
        try inTransaction {
            guard try unfinishedCopy() == begun else { throw DatabaseFailure.store(name, .copiedByAnother) }
            if discardsRows {
                for table in StoredTable.all.reversed() { try database.execute(sql: "DELETE FROM \(table.name)") }
            }
            try database.execute(sql: "DROP TABLE IF EXISTS martlet_copy")
            try database.execute(sql: "CREATE TABLE martlet_copy (source TEXT NOT NULL, mark TEXT NOT NULL) STRICT")
            try database.execute(
                sql: "INSERT INTO martlet_copy (source, mark) VALUES (?, ?)", arguments: [source, mark])
        }
    }

    func insert(_ rows: [StoredRow], into table: StoredTable) throws {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        let places = table.columns.map { _ in "?" }.joined(separator: ", ")
        try inTransaction {
            try checkMark()
            let statement = try database.cachedStatement(
                sql: "INSERT INTO \(table.name) (\(columns)) VALUES (\(places))")
            for row in rows { try statement.execute(arguments: StatementArguments(row.map(Self.argument))) }
        }
    }

    func finishCopy(highestNumbers: [StoredTable: Int64]) throws {
        try inTransaction {
            try checkMark()
            for (table, number) in highestNumbers {
                try database.execute(sql: "DELETE FROM sqlite_sequence WHERE name = ?", arguments: [table.name])
                try database.execute(
                    sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", arguments: [table.name, number])
            }
            try database.execute(sql: "DROP TABLE martlet_copy")
        }
    }

    private func checkMark() throws {
        guard try Self.unfinishedCopy(database) != nil,
            try String.fetchOne(database, sql: "SELECT mark FROM martlet_copy") == mark
        else { throw DatabaseFailure.store(name, .copiedByAnother) }
    }

    private func inTransaction(_ body: () throws -> Void) throws {
        try telling {
            try database.inTransaction(.immediate) {
                try body()
                return .commit
            }
        }
    }

    private func telling<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw DatabaseFailure.store(name, StoreError(error))
        }
    }

    // MARK: Values

    /// A value of a row. The tables are `STRICT`, so that a column's type can be relied on.
    private static func value(of kind: StoredTable.Kind, at index: Int, in row: Row) -> StoredValue {
        switch kind {
        case .number: (row[index] as Int64?).map(StoredValue.number) ?? .null
        case .flag: (row[index] as Bool?).map(StoredValue.flag) ?? .null
        case .text: (row[index] as String?).map(StoredValue.text) ?? .null
        case .bytes: (row[index] as Data?).map { .bytes([UInt8]($0)) } ?? .null
        }
    }

    private static func argument(_ value: StoredValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .number(let number): number.databaseValue
        case .flag(let flag): flag.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
