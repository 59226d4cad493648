import ArgumentParser
import MartletSQLite
import MartletServer

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the SQLite database into a file, while the service runs.",
        discussion: """
            The file holds the database as it was at one moment, and is checked before it appears under its name. Keep a copy
            of the secrets, too: provider tokens cannot be read without them. For a PostgreSQL database, use pg_dump.

            To restore: stop the service, remove the database's -wal and -shm files, put the backup in the database's place,
            start the service.
            """)

    @Argument(help: "The file to write.")
    var file: String

    @Flag(help: "Replace the file if it is there.")
    var force = false

    @OptionGroup var configuration: ConfigurationOptions

    func run() async throws {
        try await reporting {
            guard let database = try configuration.load().store.file else {
                complain(
                    "only a SQLite database is backed up by this command; for PostgreSQL, use pg_dump: "
                        + "https://www.postgresql.org/docs/current/backup-dump.html")
                throw ExitCode.failure
            }
            try Self.backUp(database, to: file, replacing: force, display: ProgressDisplay(), tell: say)
        }
    }

    /// Writes a backup, and prints how it is restored.
    static func backUp(
        _ database: SQLiteDatabase, to file: String, replacing replaces: Bool, display: ProgressDisplay,
        tell: (String) -> Void
    ) throws {
        try database.backUp(to: file, replacing: replaces) {
            display.show("backup", done: $0, total: $1, unit: "pages")
        }
        display.finish()
        tell("\(database.name) was written to \(file), and is sound.")
        tell(
            "To restore it: stop the service, remove \(database.path)-wal and -shm, copy the file to \(database.path), "
                + "start the service.")
    }
}
