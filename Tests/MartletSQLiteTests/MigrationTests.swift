import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@testable import MartletSQLite

@Suite("The schema and its file")
struct MigrationTests {
    let database = TemporaryDatabase()

    @Test
    func opensADatabaseOfThePresentVersionAgain() async throws {
        for _ in 0..<3 {
            let store = try SQLiteStore(path: database.path)
            try await store.checkReady()
            try store.close()
        }
    }

    @Test
    func bringsAnOlderSchemaUpToDate() async throws {
        try SQLiteFile.prepare(path: database.path)
        let old = try DatabasePool(path: database.path)
        try Migrations.apply(Array(Migrations.steps.prefix(1)), to: old, now: FixedClock.start)
        try await old.write {
            try $0.execute(
                sql: "INSERT INTO users (email_is_trusted, is_enabled, created_at) VALUES (0, 1, 1000)")
        }
        try old.close()
        let store = try SQLiteStore(path: database.path)
        let user = try await store.user(UserID(rawValue: 1))
        #expect(user?.createdAt == Date(millisecondsSince1970: 1000))
        #expect(try await store.sessions(of: UserID(rawValue: 1), now: FixedClock.start) == [])
    }

    @Test
    func leavesNoAddressVerifiedThatNoBindingHas() async throws {
        try SQLiteFile.prepare(path: database.path)
        let old = try DatabasePool(path: database.path)
        try Migrations.apply(Array(Migrations.steps.prefix(6)), to: old, now: FixedClock.start)
        try await old.write {
            try $0.execute(
                sql: """
                    INSERT INTO users (email, email_key, email_is_trusted, is_enabled, created_at)
                        VALUES ('Ann@example.com', 'ann@example.com', 1, 1, 1), ('bob@old.example', 'bob@old.example', 1, 1, 1);
                    INSERT INTO identities (
                            user_id, provider_id, subject, email, email_key, email_is_trusted, identifiers, bound_at,
                            last_sign_in_at)
                        VALUES (1, 'alpha', 'a', 'ANN@example.com', 'ann@example.com', 1, '{}', 1, 1),
                            (2, 'alpha', 'b', '\u{212A}@new.example', 'k@new.example', 1, '{}', 1, 1);
                    """)
        }
        try old.close()
        let store = try SQLiteStore(path: database.path)
        #expect(try await store.user(UserID(rawValue: 1))?.email == Email("Ann@example.com", isVerified: true))
        #expect(try await store.user(UserID(rawValue: 2))?.email == Email("bob@old.example", isVerified: false))
        let owners: [(address: String, owner: Int64?)] = [
            ("ann@example.com", 1), ("k@new.example", nil), ("\u{212A}@new.example", 2),
        ]
        for (address, owner) in owners {
            let found = try await store.read { try $0.verifiedEmailOwner(comparisonKey: address)?.userID }
            #expect(found == owner.map { UserID(rawValue: $0) })
        }
    }

    /// The rows of a service that ran before sessions knew their provider's.
    private static let rowsBeforeProviderSessions = """
        INSERT INTO users (name, email, email_key, email_is_trusted, is_enabled, created_at)
            VALUES ('Ann', 'ann@example.com', 'ann@example.com', 1, 1, 1000);
        INSERT INTO identities (
                user_id, provider_id, subject, email_is_trusted, identifiers, bound_at, last_sign_in_at)
            VALUES (1, 'alpha', 's1', 0, '{"union":"u"}', 1000, 2000);
        INSERT INTO sessions (id, token_hash, user_id, created_at, expires_at, last_seen_at, provider_id)
            VALUES ('AAAAAAAAAAAAAAAAAAAAAA', zeroblob(32), 1, 1000, 9000, 1000, 'alpha');
        INSERT INTO consumed_flows (id, expires_at) VALUES ('BBBBBBBBBBBBBBBBBBBBBA', 9000);
        INSERT INTO pending_bindings (
                token_hash, browser_binding_hash, provider_id, profile, provider_trusted_for_email, expires_at)
            VALUES (zeroblob(32), zeroblob(32), 'beta', '{"subject":"s2","identifiers":{},"raw":null}', 0, 9000);
        INSERT INTO audit_events (event, user_id, occurred_at) VALUES ('user_created', 1, 1000);
        """

    @Test
    func keepsAllRowsWhenSessionsLearnTheirProvidersSession() async throws {
        try SQLiteFile.prepare(path: database.path)
        let old = try DatabasePool(path: database.path)
        try Migrations.apply(Array(Migrations.steps.prefix(4)), to: old, now: FixedClock.start)
        try await old.write { try $0.execute(sql: Self.rowsBeforeProviderSessions) }
        try old.close()

        let store = try SQLiteStore(path: database.path, now: { FixedClock.start })
        let now = Date(millisecondsSince1970: 3000)
        let hash = [UInt8](repeating: 0, count: 32)
        let found = try #require(try await store.session(tokenHash: hash, now: now))
        // No linked account has it.
        #expect(found.user.email == Email("ann@example.com", isVerified: false))
        #expect(found.session.providerID == "alpha")
        #expect(found.session.providerSubject == nil)
        #expect(found.session.providerSessionID == nil)
        #expect(found.session.sealedIDToken == nil)
        let identity = try await store.identity(providerID: "alpha", subject: "s1")
        #expect(identity?.identifiers == ["union": "u"])
        #expect(try await store.keptTokens(of: found.user.id, providerID: "alpha") == nil)
        let used = try #require(FlowID("BBBBBBBBBBBBBBBBBBBBBA"))
        #expect(try await store.isFlowConsumed(used))
        let redemption = PendingBindingRedemption(tokenHash: hash, browserBindingHash: hash, sessionTokenHash: hash)
        let outcome = try await store.redeemPendingBinding(redemption, now: now)
        guard case .bound(let bound) = outcome else {
            Issue.record("the account should be bound, but the outcome is \(outcome)")
            return
        }
        #expect(bound.subject == "s2")
        #expect(try await store.keptTokens(of: found.user.id, providerID: "beta") == nil)
        let trail = try await store.writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM audit_events") }
        #expect(trail == 2)
    }

    @Test(
        arguments: [
            ("provider_subject = 's'", "sessions_by_provider_subject"),
            ("provider_session_id = 's'", "sessions_by_provider_session"),
        ])
    func findsAProvidersSessionsByAnIndex(_ condition: String, _ index: String) async throws {
        let store = try SQLiteStore.inMemory()
        let plan = try store.writer.read {
            try Row.fetchAll(
                $0, sql: "EXPLAIN QUERY PLAN SELECT * FROM sessions WHERE provider_id = 'alpha' AND \(condition)")
        }
        #expect(plan.contains { ($0["detail"] as String).contains("SEARCH sessions USING INDEX \(index)") })
    }

    @Test
    func refusesADatabaseMadeByANewerVersion() throws {
        let store = try SQLiteStore(path: database.path)
        try store.writer.writeWithoutTransaction {
            try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('9999-future')")
        }
        try store.close()
        #expect(
            throws: StoreError.madeByNewerVersion("the database has schema steps that this version does not know")
        ) { try SQLiteStore(path: database.path) }
    }

    @Test
    func usesStrictTablesThroughout() async throws {
        let store = try SQLiteStore.inMemory()
        let lax = try await store.writer.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT name FROM pragma_table_list
                    WHERE schema = 'main' AND type = 'table' AND strict = 0
                        AND name NOT LIKE 'sqlite%' AND name <> 'grdb_migrations'
                    """)
        }
        #expect(lax == [])
    }

    @Test(
        arguments: [
            "INSERT INTO identities (user_id, provider_id, subject, email_is_trusted, identifiers, bound_at, "
                + "last_sign_in_at) VALUES (99, 'alpha', 'x', 0, '{}', 0, 0)",
            "INSERT INTO identities (user_id, provider_id, subject, email_is_trusted, identifiers, bound_at, "
                + "last_sign_in_at) VALUES (1, 'alpha', 'x', 0, '{}', 0, 0)",
            "INSERT INTO identities (user_id, provider_id, subject, email_is_trusted, identifiers, bound_at, "
                + "last_sign_in_at) VALUES (1, 'beta', '', 0, '{}', 0, 0)",
            "INSERT INTO users (is_enabled, created_at) VALUES (NULL, 0)",
            "INSERT INTO users (is_enabled, created_at) VALUES (1, 'now')",
            "INSERT INTO sessions (id, token_hash, user_id, created_at, expires_at, last_seen_at) "
                + "VALUES ('x', x'00', 1, 0, 0, 0)",
            "INSERT INTO kept_tokens (identity_id, sealed, version, updated_at) VALUES (99, 'sealed', 1, 0)",
            "INSERT INTO kept_tokens (identity_id, sealed, version, updated_at) VALUES (1, 'sealed', 0, 0)",
            "INSERT INTO kept_tokens (identity_id, sealed, version, updated_at) VALUES (1, x'00', 1, 0)",
        ])
    func refusesRowsThatBreakTheRules(_ sql: String) async throws {
        let store = try SQLiteStore.inMemory()
        _ = try await Login().complete(in: store)
        let error = await #expect(throws: DatabaseError.self) {
            try await store.writer.write { try $0.execute(sql: sql) }
        }
        let told = StoreError(try #require(error))
        guard case .conflict = told else {
            Issue.record("the error should be a conflict, but it is \(told)")
            return
        }
        #expect(!told.description.contains("INSERT"))
    }

    @Test
    func saysThatAFileIsNoDatabase() throws {
        try SQLiteFile.prepare(path: database.path)
        try Data(repeating: UInt8(ascii: "x"), count: 5000).write(to: URL(filePath: database.path))
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: database.path) }
        guard case .corrupted = error else {
            Issue.record("the file should be told to be damaged, but it is \(String(describing: error))")
            return
        }
    }

    @Test
    func saysThatAFileCannotBeMade() throws {
        try SQLiteFile.prepare(path: database.path)
        #expect(throws: StoreError.unavailable("the folder of the database file cannot be made")) {
            try SQLiteStore(path: database.path + "/folder/martlet.sqlite")
        }
        #expect(throws: StoreError.unavailable("the database file cannot be made")) {
            try SQLiteStore(path: database.path + "/martlet.sqlite")
        }
        #expect(throws: StoreError.self) { try SQLiteStore(path: database.folder) }
    }

    @Test
    func isNotReadyOnceItIsClosed() async throws {
        let store = try SQLiteStore(path: database.path)
        try store.close()
        await #expect(throws: StoreError.self) { try await store.checkReady() }
    }

    @Test
    func saysThatAStoredValueIsDamaged() async throws {
        let store = try SQLiteStore.inMemory()
        let login = try Login()
        let signedIn = try await login.complete(in: store)
        try await store.writer.write {
            try $0.execute(sql: "UPDATE sessions SET id = 'bad'")
            try $0.execute(sql: "UPDATE identities SET identifiers = '[1]'")
        }
        await #expect(throws: StoreError.corrupted("a session has a malformed id")) {
            try await store.session(tokenHash: login.token.hash, now: FixedClock.start)
        }
        await #expect(throws: StoreError.corrupted("a stored value cannot be read")) {
            try await store.identities(of: signedIn.user.id)
        }
    }

    @Test(
        arguments: [
            (ResultCode.SQLITE_BUSY, "busy"), (.SQLITE_FULL, "full"), (.SQLITE_IOERR, "read or written"),
            (.SQLITE_READONLY, "may not be written"), (.SQLITE_CANTOPEN, "cannot be opened"),
            (.SQLITE_CORRUPT, "damaged"), (.SQLITE_NOTADB, "not a SQLite database"), (.SQLITE_MISUSE, "an error"),
        ])
    func tellsWhatSQLiteReportedWithoutItsMessage(_ code: ResultCode, _ words: String) {
        let error = StoreError(DatabaseError(resultCode: code, message: "secret", sql: "SELECT secret"))
        #expect(error.description.contains(words))
        #expect(!error.description.contains("secret"))
    }

    @Test
    func keepsOtherErrorsApart() {
        #expect(StoreError(CancellationError()) == .unavailable("the task was cancelled"))
        #expect(StoreError(StoreError.conflict("x")) == .conflict("x"))
    }
}
