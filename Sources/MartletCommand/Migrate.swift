import ArgumentParser
import FoundationEssentials
import MartletAccounts
import MartletServer

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's schema up to date, or say whether it is.",
        discussion: """
            `martlet serve` does the same when it starts. Run it first where the service's database user may not make tables:
            with the store of one who may, in $MARTLET_STORE. It may run on many nodes at once.
            """)

    @OptionGroup var configuration: ConfigurationOptions

    @Flag(help: "Change nothing, and print each step. Exit status: 0 if all are applied, 1 if some are pending.")
    var status = false

    func run() async throws {
        try await reporting {
            let database = try configuration.load().store.database
            let isDone = try status ? Self.tellStatus(of: database, tell: say) : Self.migrate(database, tell: say)
            if !isDone { throw ExitCode.failure }
        }
    }

    /// Prints each step.
    ///
    /// - Returns: whether all are applied.
    static func tellStatus(of database: any AccountDatabase, tell: (String) -> Void) throws -> Bool {
        let steps = try database.schema()
        let rows = steps.map { step in
            let time = step.appliedAt.map { " \($0.formatted(.iso8601))" } ?? ""
            return [step.name, step.isApplied ? "applied\(time)" : "pending"]
        }
        for line in TextTable(rows: rows).lines { tell(line) }
        return steps.allSatisfy(\.isApplied)
    }

    /// Applies the steps that are missing, and prints their names.
    static func migrate(_ database: any AccountDatabase, tell: (String) -> Void) throws -> Bool {
        let applied = try database.migrate()
        for step in applied { tell("applied \(step)") }
        tell("\(database.name) is up to date.")
        return true
    }
}
