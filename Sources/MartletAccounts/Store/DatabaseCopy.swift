/// Copies all tables of one database into another, in small transactions, and compares the two.
///
/// The source is read as it was when the copy began. Rows are added in the order of their keys, so that the last key in the
/// target says where a copy that was interrupted goes on. A note in the target keeps services from starting on it, until both
/// were found to hold the same.
package struct DatabaseCopy {
    /// How far it has come.
    package struct Progress: Sendable {
        /// What is being done.
        package enum Stage: Sendable {
            case copying
            case comparing
        }

        /// What is being done.
        package let stage: Stage
        /// The table with which.
        package let table: String
        /// How many rows are done.
        package let done: Int
        /// How many there are.
        package let total: Int
    }

    /// A table of both databases.
    package struct Comparison: Hashable, Sendable {
        /// The table's name.
        package let table: String
        /// What the source holds.
        package let source: TableSum
        /// What the target holds.
        package let target: TableSum
        /// Whether that is the same.
        package var agrees: Bool { source == target }
    }

    private let source: any AccountDatabase
    private let target: any AccountDatabase
    private let startsOver: Bool
    private let report: (Progress) -> Void

    /// Plans a copy.
    ///
    /// - Parameters:
    ///   - source: where the rows come from; its schema must be up to date.
    ///   - target: where they go: an empty database, or one that holds a part of this copy.
    ///   - startsOver: whether what an unfinished copy left in the target is removed first.
    ///   - report: called now and then.
    package init(
        from source: any AccountDatabase, to target: any AccountDatabase, startsOver: Bool = false,
        report: @escaping (Progress) -> Void = { _ in }
    ) {
        self.source = source
        self.target = target
        self.startsOver = startsOver
        self.report = report
    }

    /// Copies, compares, and, if all tables agree, lets services start on the target.
    ///
    /// - Returns: the tables, compared.
    /// - Throws: ``DatabaseFailure``; what was copied until then stays, for the next run to go on.
    package func run() throws -> [Comparison] {
        var comparisons: [Comparison] = []
        try source.read { reader in
            guard try source.schema().allSatisfy(\.isApplied) else { throw DatabaseFailure.isBehind(source.name) }
            guard try reader.unfinishedCopy() == nil else { throw DatabaseFailure.store(source.name, .halfCopied) }
            try target.receive { receiver in
                try begin(receiver)
                for table in StoredTable.all { try copy(table, from: reader, to: receiver) }
                comparisons = try StoredTable.all.map { try compare($0, reader, receiver) }
                guard comparisons.allSatisfy(\.agrees) else { return }
                let numbered = StoredTable.all.filter(\.isNumbered)
                let highest = try numbered.map { ($0, try reader.highestNumber(of: $0)) }
                try receiver.finishCopy(highestNumbers: Dictionary(uniqueKeysWithValues: highest))
            }
        }
        return comparisons
    }

    private func begin(_ receiver: any TableReceiver) throws {
        let begun = try receiver.unfinishedCopy()
        if let begun {
            guard startsOver || begun == source.name else {
                throw DatabaseFailure.receivesAnother(target.name, source: begun)
            }
        } else {
            guard try StoredTable.all.allSatisfy({ try receiver.lastKey(of: $0) == nil }) else {
                throw DatabaseFailure.holdsRows(target.name)
            }
        }
        try receiver.beginCopy(from: source.name, after: begun, discardingRows: begun != nil && startsOver)
    }

    private func copy(_ table: StoredTable, from reader: any TableReader, to receiver: any TableReceiver) throws {
        let total = try reader.count(table)
        var done = try receiver.count(table)
        var batch = RowBatch()
        func flush() throws {
            try receiver.insert(batch.rows, into: table)
            done += batch.rows.count
            batch = RowBatch()
            report(Progress(stage: .copying, table: table.name, done: done, total: total))
        }
        report(Progress(stage: .copying, table: table.name, done: done, total: total))
        try reader.rows(of: table, after: receiver.lastKey(of: table)) { row in
            batch.append(row)
            if batch.isFull { try flush() }
        }
        if !batch.rows.isEmpty { try flush() }
    }

    private func compare(
        _ table: StoredTable, _ reader: any TableReader, _ receiver: any TableReceiver
    ) throws -> Comparison {
        let total = try reader.count(table) * 2
        func sum(_ side: any TableReader, after done: Int) throws -> TableSum {
            try TableSum.of(table, in: side) {
                report(Progress(stage: .comparing, table: table.name, done: done + $0, total: max(total, done + $0)))
            }
        }
        let source = try sum(reader, after: 0)
        return Comparison(table: table.name, source: source, target: try sum(receiver, after: source.rows))
    }
}

/// Rows that are added in one transaction.
private struct RowBatch {
    private(set) var rows: [StoredRow] = []
    private var size = 0

    /// Whether there are as many as one transaction should have: 5,000 rows, or about 4 MiB.
    var isFull: Bool { rows.count >= 5_000 || size >= 4 << 20 }

    mutating func append(_ row: StoredRow) {
        rows.append(row)
        size += row.reduce(0) { $0 + $1.size }
    }
}
