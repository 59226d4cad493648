import FoundationEssentials
import Martlet
import MartletPostgres
import Testing

/// The PostgreSQL server of this run: its URL is in the environment, where `.ci/with-postgres` puts it.
enum TestServer {
    static let url: String? = ProcessInfo.processInfo.environment["POSTGRES_TEST_URL"]

    static let isThere: ConditionTrait = .enabled(
        if: url != nil, "POSTGRES_TEST_URL names no server; `.ci/with-postgres swift test` starts one")

    /// A connection string to the tables of one test: a schema of their own.
    static func connectionString(schema: String) throws -> Secret {
        Secret("\(try #require(url))?connect_timeout=60&options=-csearch_path%3D\(schema)")
    }
}
