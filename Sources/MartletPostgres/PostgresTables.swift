import MartletAccounts

/// The tables of a PostgreSQL database.
struct PostgresTables: TableReceiver {
    let connection: PostgresConnection
    let name: String

    /// Begins a transaction that reads what was there at one moment.
    static let snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"

    /// The source of an unfinished copy into a database.
    static func unfinishedCopy(_ connection: PostgresConnection) throws -> String? {
        guard try connection.hasTable("martlet_copy") else { return nil }
        return try connection.query("SELECT source FROM martlet_copy").first?.text("source")
    }

    func unfinishedCopy() throws -> String? {
        try telling { try Self.unfinishedCopy(connection) }
    }

    func count(_ table: StoredTable) throws -> Int {
        try telling {
            Int(try connection.query("SELECT count(*) AS count FROM \(table.name)").first?.number("count") ?? 0)
        }
    }

    func lastKey(of table: StoredTable) throws -> StoredValue? {
        try telling {
            let key = table.key
            let rows = try connection.query(
                "SELECT \(key.name) FROM \(table.name) ORDER BY \(order(of: table)) DESC LIMIT 1")
            return try rows.first.map { try PostgresText.value(of: key.kind, in: $0.values[0]) }
        }
    }

    func rows(of table: StoredTable, after key: StoredValue?, _ body: (StoredRow) throws -> Void) throws {
        try telling {
            guard connection.isInTransaction else {
                return try connection.transaction(Self.snapshot) { try stream(table, after: key, body) }
            }
            try stream(table, after: key, body)
        }
    }

    private func stream(_ table: StoredTable, after key: StoredValue?, _ body: (StoredRow) throws -> Void) throws {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        let condition = key == nil ? "" : "WHERE \(order(of: table)) > $1"
        let cursor = "copy_of_\(table.name)"
        try connection.query(
            """
            DECLARE \(cursor) NO SCROLL CURSOR FOR
                SELECT \(columns) FROM \(table.name) \(condition) ORDER BY \(order(of: table))
            """, key.map { [PostgresText.parameter($0)] } ?? [])
        while true {
            let rows = try connection.query("FETCH 2000 FROM \(cursor)")
            for row in rows {
                try body(
                    table.columns.indices.map {
                        try PostgresText.value(of: table.columns[$0].kind, in: row.values[$0])
                    })
            }
            if rows.isEmpty { break }
        }
        try connection.execute("CLOSE \(cursor)")
    }

    /// Texts are in the order of their bytes, whatever the database's language.
    private func order(of table: StoredTable) -> String {
        table.key.kind == .text ? "\(table.key.name) COLLATE \"C\"" : table.key.name
    }

    func highestNumber(of table: StoredTable) throws -> Int64 {
        try telling {
            let counter = "pg_get_serial_sequence('\(table.name)', '\(table.key.name)')"
            guard let sequence = try connection.query("SELECT \(counter) AS name").first?.text("name") else { return 0 }
            let last = try connection.query("SELECT last_value, is_called FROM \(sequence)").first
            guard let last, try last.flag("is_called") else { return 0 }
            return try last.number("last_value")
        }
    }

    // MARK: Receiving

    func beginCopy(from source: String, after begun: String?, discardingRows discardsRows: Bool) throws {
        try inTransaction {
            guard try unfinishedCopy() == begun else { throw DatabaseFailure.store(name, .copiedByAnother) }
            if discardsRows {
                try connection.execute("TRUNCATE \(StoredTable.all.map(\.name).joined(separator: ", "))")
            }
            try connection.execute(
                "CREATE TABLE IF NOT EXISTS martlet_copy (source TEXT NOT NULL PRIMARY KEY); DELETE FROM martlet_copy")
            try connection.query("INSERT INTO martlet_copy (source) VALUES ($1)", [.text(source)])
        }
    }

    func insert(_ rows: [StoredRow], into table: StoredTable) throws {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        var bytes: [UInt8] = []
        for row in rows { PostgresText.append(row, to: &bytes) }
        try inTransaction {
            try connection.copy(bytes, "COPY \(table.name) (\(columns)) FROM STDIN")
        }
    }

    func finishCopy(highestNumbers: [StoredTable: Int64]) throws {
        // Without it, the server does not know yet that the tables are large, and may not use their indexes.
        try telling { try connection.execute("ANALYZE \(StoredTable.all.map(\.name).joined(separator: ", "))") }
        try inTransaction {
            for (table, number) in highestNumbers {
                let counter = "pg_get_serial_sequence('\(table.name)', '\(table.key.name)')"
                try connection.execute("SELECT setval(\(counter)::regclass, \(max(1, number)), \(number > 0))")
            }
            try connection.execute("DROP TABLE martlet_copy")
        }
    }

    private func inTransaction(_ body: () throws -> Void) throws {
        try telling { try connection.transaction("BEGIN", body) }
    }

    private func telling<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as PostgresError {
            throw DatabaseFailure.store(name, StoreError(error))
        }
    }
}

extension PostgresConnection {
    /// Whether there is a table of a name.
    func hasTable(_ name: String) throws -> Bool {
        try query("SELECT to_regclass($1) IS NOT NULL AS exists", [.text(name)]).first?.flag("exists") ?? false
    }
}
