package import FoundationEssentials

/// A database of accounts as its operator sees it: a schema and tables. Its calls block.
///
/// Every call throws ``DatabaseFailure``, and passes on what a closure throws.
package protocol AccountDatabase: Sendable {
    /// What it is called in messages, and in the note of a copy; without users and passwords.
    var name: String { get }

    /// All steps of the schema, in order. Changes nothing, and makes no file.
    func schema() throws -> [SchemaStep]

    /// Brings the schema up to date, making the database if it is a file. Of many that do so at once, one does.
    ///
    /// - Returns: the steps that were applied by this call.
    func migrate() throws -> [String]

    /// Reads tables as they are at one moment, however long it takes. Does not make a database that is not there.
    func read(_ body: (any TableReader) throws -> Void) throws

    /// Brings the schema up to date and lets tables be filled by one copy at a time.
    func receive(_ body: (any TableReceiver) throws -> Void) throws
}

/// A step of a schema.
package struct SchemaStep: Hashable, Sendable {
    /// Its name.
    package let name: String
    /// Whether it was applied.
    package let isApplied: Bool
    /// When it was; nil also where that was not noted.
    package let appliedAt: Date?

    /// Makes a step.
    package init(name: String, isApplied: Bool, appliedAt: Date?) {
        self.name = name
        self.isApplied = isApplied
        self.appliedAt = appliedAt
    }
}

/// The tables of a database that is read.
package protocol TableReader {
    /// The name of the database that an unfinished copy into this one comes from.
    func unfinishedCopy() throws -> String?

    /// How many rows a table has.
    func count(_ table: StoredTable) throws -> Int

    /// The key of a table's last row.
    func lastKey(of table: StoredTable) throws -> StoredValue?

    /// Gives the rows of a table one after the other, in the order of their keys.
    ///
    /// - Parameter key: only rows after this key are given; nil for all.
    func rows(of table: StoredTable, after key: StoredValue?, _ body: (StoredRow) throws -> Void) throws

    /// The highest number that was ever given to a row of a numbered table; 0 if none was.
    func highestNumber(of table: StoredTable) throws -> Int64
}

/// The tables of a database that receives a copy.
package protocol TableReceiver: TableReader {
    /// Notes that a copy has begun: until it is finished, no service starts on the database. Another copy that is under way
    /// can add nothing any more.
    ///
    /// - Parameters:
    ///   - source: the name of the database that it comes from.
    ///   - begun: what ``TableReader/unfinishedCopy()`` said: if it says something else now, another copy is under way.
    ///   - discardsRows: whether all rows are removed, in the same transaction.
    func beginCopy(from source: String, after begun: String?, discardingRows discardsRows: Bool) throws

    /// Adds rows, all or none.
    func insert(_ rows: [StoredRow], into table: StoredTable) throws

    /// Removes the note.
    ///
    /// - Parameter highestNumbers: the highest number that was given to a row of each numbered table; the next is greater.
    func finishCopy(highestNumbers: [StoredTable: Int64]) throws
}

/// Why something could not be done with a database. The texts hold no values of rows.
package enum DatabaseFailure: Error, Hashable, CustomStringConvertible {
    /// The database of this name could not be used.
    case store(String, StoreError)
    /// There is no file of this name.
    case missing(String)
    /// The schema lacks steps.
    case isBehind(String)
    /// It holds rows, and would be mixed with others.
    case holdsRows(String)
    /// An unfinished copy into it comes from another database.
    case receivesAnother(String, source: String)

    /// What happened, and what to do.
    package var description: String {
        switch self {
        case .store(let name, let error): "\(name): \(error)"
        case .missing(let name):
            "\(name): there is no such file; a relative path starts at the folder in which martlet is run"
        case .isBehind(let name):
            "\(name): the schema is not up to date; run `martlet migrate` with the configuration that uses it"
        case .holdsRows(let name):
            "\(name): it holds rows already, and a copy needs an empty database; name another, or remove what it holds"
        case .receivesAnother(let name, let source):
            "\(name): it holds a part of a copy from \(source); go on with that, or remove it with --restart"
        }
    }
}

extension StoreError {
    /// A copy into the database is not finished.
    package static let halfCopied = StoreError.unavailable(
        "a copy into it is not finished; run the same `martlet copy` again, which goes on where it stopped")

    /// Another copy into the database has begun.
    package static let copiedByAnother = StoreError.unavailable("another copy into it is under way")
}
