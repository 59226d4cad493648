import Martlet
package import MartletAccounts
import MartletPostgres
package import MartletSQLite

extension ServerConfiguration.StoreLocation {
    /// Reads `sqlite:` and a path, or the URI of a PostgreSQL database; nil for anything else.
    package init?(_ text: String) {
        if ["postgres://", "postgresql://"].contains(where: text.hasPrefix) {
            self = .postgres(url: Secret(text))
        } else if text.hasPrefix("sqlite:"), text.count > "sqlite:".count {
            self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
        } else {
            return nil
        }
    }

    /// What is kept there, as an operator sees it.
    package var database: any AccountDatabase {
        switch self {
        case .sqlite(let path): SQLiteDatabase(path: path)
        case .postgres(let url): PostgresDatabase(url: url)
        }
    }

    /// What is kept there, if it is a SQLite file.
    package var file: SQLiteDatabase? {
        guard case .sqlite(let path) = self else { return nil }
        return SQLiteDatabase(path: path)
    }
}
