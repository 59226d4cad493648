import FoundationEssentials
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@testable import MartletPostgres

@Suite("The store in PostgreSQL", TestServer.isThere)
struct PostgresStoreTests {
    @Test(arguments: StoreContract.checks)
    func keepsTheContract(_ check: StoreContract.Check) async throws {
        try await withStore { store, _ in try await StoreContract { store }.run(check) }
    }

    @Test
    func keepsTheContractWithOneConnection() async throws {
        for check in StoreContract.checks {
            try await withStore(connections: 1) { store, _ in try await StoreContract { store }.run(check) }
        }
    }
}

/// Runs a test with a store whose tables are its own, and removes them.
func withStore(
    connections: Int = 8, _ test: (PostgresStore, Secret) async throws -> Void
) async throws {
    let schema = "t" + UUID().uuidString.lowercased().filter { $0 != "-" }
    let url = try TestServer.connectionString(schema: schema)
    let admin = try PostgresConnection(url)
    try admin.execute("CREATE SCHEMA \(schema)")
    defer { try? admin.execute("DROP SCHEMA \(schema) CASCADE") }
    let store = try await PostgresStore(
        url: url, connections: connections, patience: .seconds(120), now: { FixedClock.start })
    do {
        try await test(store, url)
    } catch {
        await store.disconnect()
        throw error
    }
    await store.disconnect()
}
