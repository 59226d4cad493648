import FoundationEssentials
package import Martlet
package import MartletAccounts

/// A PostgreSQL database of accounts as its operator sees it.
package struct PostgresDatabase: AccountDatabase {
    private let url: Secret

    /// Names a database by its connection URI.
    package init(url: Secret) {
        self.url = url
    }

    /// The URI without user, password and parameters.
    package var name: String {
        let url = url.reveal()
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? ""
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let parts = rest[..<slash].split(separator: "@", omittingEmptySubsequences: false)
        let hosts = (parts.last ?? "").prefix { $0 != "?" }
        // A password may hold any character but a slash; nothing is told where a part of one could be taken for a host.
        guard !rest[slash...].contains("@"),
            !parts.dropLast().contains(where: { $0.contains("?") && $0.contains("=") }),
            hosts.split(separator: ",").allSatisfy(Self.hasNumberAsPort)
        else { return "postgres://" }
        let database = hosts.endIndex == slash ? rest[slash...].prefix { $0 != "?" } : ""
        return "postgres://\(hosts)\(database)"
    }

    /// Whether nothing but digits follows the last colon of a host, which may be an IPv6 address in brackets.
    private static func hasNumberAsPort(_ host: Substring) -> Bool {
        guard !host.hasSuffix("]"), let colon = host.lastIndex(of: ":") else { return true }
        return host[colon...].dropFirst().utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    package func schema() throws -> [SchemaStep] {
        try connected { try Migrations.state(on: $0) }
    }

    package func migrate() throws -> [String] {
        try connected { try Migrations.apply(on: $0, now: Date()) }
    }

    package func read(_ body: (any TableReader) throws -> Void) throws {
        try connected { connection in
            try connection.transaction(PostgresTables.snapshot) {
                try body(PostgresTables(connection: connection, name: name))
            }
        }
    }

    package func receive(_ body: (any TableReceiver) throws -> Void) throws {
        try connected { connection in
            try Migrations.apply(on: connection, now: Date())
            // A copy that was killed holds the lock until the server has noticed.
            try connection.execute("SET lock_timeout = '10s'; SELECT pg_advisory_lock(\(AdvisoryLock.copy))")
            try connection.execute("SET lock_timeout = 0")
            try body(PostgresTables(connection: connection, name: name))
        }
    }

    /// Runs something on a connection of its own, which waits for answers as long as they take.
    private func connected<Value>(_ body: (PostgresConnection) throws -> Value) throws -> Value {
        do {
            let connection = try PostgresConnection(url)
            connection.answerTimeout = nil
            try connection.execute(
                """
                SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
                SET client_min_messages = 'error'; SET bytea_output = 'hex'
                """)
            return try body(connection)
        } catch PostgresError.refused(sqlState: "55P03") {
            throw DatabaseFailure.store(name, .copiedByAnother)
        } catch let error where error is PostgresError || error is StoreError {
            throw DatabaseFailure.store(name, StoreError(error))
        }
    }
}
