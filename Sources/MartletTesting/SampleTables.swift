package import MartletAccounts

/// Rows for tests of copies: every table, every kind of value, and texts that are easily broken on the way.
package enum SampleTables {
    /// Texts that a format of transfer might take for something else, or that databases sort differently.
    private static let texts = [
        "Ann", "", "\\N", "a\tb\nc\rd\\e\\\\f", "it's \"quoted\", {and} 'so'", "张三 🐦 e\u{301} é", "\u{FEFF}x\u{7F}",
        "ß",
        "NULL", "\\x41", "\\.", " padded ",
    ]

    /// Fills all tables of a database that is empty.
    ///
    /// - Parameter users: how many users; each has at least one identity, and every table about as many rows.
    package static func fill(_ database: any AccountDatabase, users: Int) throws {
        try database.receive { receiver in
            try receiver.beginCopy(from: "", after: nil, discardingRows: false)
            for table in StoredTable.all {
                for start in stride(from: 0, to: users, by: 5_000) {
                    let rows = (start..<min(users, start + 5_000)).map { number in
                        table.columns.map { value(of: $0, in: table, number) }
                    }
                    try receiver.insert(rows, into: table)
                }
            }
            // As if later rows had been removed.
            let numbered = StoredTable.all.filter(\.isNumbered)
            try receiver.finishCopy(
                highestNumbers: Dictionary(uniqueKeysWithValues: numbered.map { ($0, Int64(users) * 3 + 7) }))
        }
    }

    /// A value that fits its column: rules of the schema hold, references exist, optional columns are empty now and then.
    private static func value(of column: StoredTable.Column, in table: StoredTable, _ number: Int) -> StoredValue {
        let id = Int64(number) * 3 + 1
        let time = 1_790_000_000_000 + Int64(number)
        return switch (table.name, column.name) {
        case (_, "id") where column.kind == .number, (_, "identity_id"): .number(id)
        case ("audit_events", "user_id"), ("pending_bindings", "user_id"):
            number.isMultiple(of: 3) ? .null : .number(id)
        case (_, "user_id"): .number(id)
        case (_, "version"): .number(1 + Int64(number % 5))
        case (_, "id"): .text(scrambled(number))
        case (_, "token_hash"): .bytes(hash(number))
        case (_, "browser_binding_hash"): .bytes(hash(number + 1))
        case (_, "subject"): .text("subject \(number) \(texts[number % texts.count])")
        case ("sessions", "provider_id"), ("audit_events", "provider_id"):
            number.isMultiple(of: 2) ? .null : .text("github")
        case (_, "provider_id"): .text("github")
        case (_, "event"): .text("user_created")
        case (_, "identifiers"): .text("{\"a\":\"\(number)\\n\"}")
        case (_, "profile"): .text("{\"identifiers\":{},\"raw\":null,\"subject\":\"\(number)\"}")
        default:
            switch column.kind {
            case .number: .number(time)
            case .flag: .flag(number.isMultiple(of: 2))
            case .bytes: .bytes([])
            case .text: number % 5 == 4 ? .null : .text(texts[(number + column.name.count) % texts.count])
            }
        }
    }

    private static func hash(_ number: Int) -> [UInt8] {
        let bits = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        return (0..<32).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0 % 8))) }
    }

    /// A text as random ids are: letters of both cases, digits, `-` and `_`.
    private static func scrambled(_ number: Int) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        return String(hash(number).prefix(22).map { letters[Int($0 & 63)] })
    }
}
