import ArgumentParser
import MartletAccounts
import MartletServer

struct Copy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy all data from one database into another, such as from SQLite to PostgreSQL.",
        discussion: """
            Stop the service first: what it writes after the copy has begun is not copied. A copy that was interrupted goes on
            where it stopped when it is run again. At the end all rows of both databases are compared; exit status 1 if they
            differ. No service starts on the target until the copy is finished.

            Put no password on the command line, where others can see it: libpq takes it from the file of passfile= in the URI,
            or from $PGPASSWORD.
            """)

    @Option(help: "The source: sqlite:FILE or postgres://USER@HOST/DATABASE. It is only read.")
    var from: String

    @Option(help: "The target, which must be empty: sqlite:FILE or postgres://USER@HOST/DATABASE.")
    var to: String

    @Flag(help: "Remove what an unfinished copy left in the target, and begin anew.")
    var restart = false

    func validate() throws {
        for text in [from, to] where ServerConfiguration.StoreLocation(text) == nil {
            throw ValidationError("a database is sqlite:FILE or postgres://USER@HOST/DATABASE")
        }
        guard from != to else { throw ValidationError("the source and the target are the same database") }
    }

    func run() async throws {
        guard let source = ServerConfiguration.StoreLocation(from), let target = ServerConfiguration.StoreLocation(to)
        else { return }
        try await reporting {
            let isSame = try Self.copy(
                from: source.database, to: target.database, startsOver: restart, display: ProgressDisplay(), tell: say,
                complain: complain)
            if !isSame { throw ExitCode.failure }
        }
    }

    /// Copies, and prints both sides compared.
    ///
    /// - Returns: whether they are the same.
    static func copy(
        from source: any AccountDatabase, to target: any AccountDatabase, startsOver: Bool = false,
        display: ProgressDisplay, tell: (String) -> Void, complain: (String) -> Void
    ) throws -> Bool {
        let copy = DatabaseCopy(from: source, to: target, startsOver: startsOver) { progress in
            let work = progress.stage == .copying ? progress.table : "comparing \(progress.table)"
            display.show(work, done: progress.done, total: progress.total, unit: "rows")
        }
        let tables = try copy.run()
        display.finish()
        let rows = tables.map { table in
            [
                table.table, "\(table.source.rows)", "\(table.target.rows)", String(table.source.digest.prefix(16)),
                String(table.target.digest.prefix(16)), table.agrees ? "same" : "DIFFERS",
            ]
        }
        let head = ["table", "source rows", "target rows", "source SHA-256", "target SHA-256", ""]
        for line in TextTable(rows: [head] + rows).lines { tell(line) }
        guard tables.allSatisfy(\.agrees) else {
            complain(
                "the databases differ: the source changed between two runs, or the target did; stop what uses them and run "
                    + "this again with --restart")
            return false
        }
        tell("\(target.name) holds all of \(source.name). It can be used: set it as `store`.")
        return true
    }
}
