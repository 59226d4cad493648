import Dispatch
import FoundationEssentials
import Martlet
import MartletAccounts
import MartletTesting
import Synchronization
import Testing

@testable import MartletPostgres

@Suite("The store in PostgreSQL when things break", TestServer.isThere)
struct OutageTests {
    @Test
    func appliesEachStepOnceWhenManyNodesStartAtOnce() async throws {
        try await withStore(connections: 1) { _, url in
            let admin = try PostgresConnection(url)
            try admin.execute(
                "DROP TABLE kept_tokens, audit_events, pending_bindings, consumed_flows, sessions, identities, users, martlet_schema"
            )
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        let store = try await PostgresStore(url: url, connections: 1)
                        try await store.checkReady()
                        await store.disconnect()
                    }
                }
                try await group.waitForAll()
            }
            let steps = try admin.query("SELECT step FROM martlet_schema ORDER BY step").map { try $0.text("step") }
            #expect(steps == Migrations.steps.map(\.name))
        }
    }

    /// Whoever begins to wait after the time is over waits for nothing.
    @Test(.timeLimit(.minutes(1)))
    func waitsForNoConnectionOnceItsTimeIsOver() async throws {
        try await withStore(connections: 1) { _, url in
            let hasBegun = AsyncStream.makeStream(of: Void.self)
            let mayEnd = DispatchSemaphore(value: 0)
            let impatient = ConnectionPool([ConnectionActor(url, label: "test") { _ in }], patience: .zero)
            let holder = Task {
                try await impatient.run { _ in
                    hasBegun.continuation.finish()
                    mayEnd.wait()
                }
            }
            for await _ in hasBegun.stream {}
            for _ in 0..<1_000 {
                await #expect(throws: StoreError.self) { try await impatient.run { _ in } }
            }
            mayEnd.signal()
            try await holder.value
        }
    }

    @Test
    func refusesASchemaThatANewerVersionMade() async throws {
        try await withStore(connections: 1) { _, url in
            try PostgresConnection(url).execute("INSERT INTO martlet_schema (step, applied_at) VALUES ('9999-new', 0)")
            let error = await #expect(throws: StoreError.self) {
                _ = try await PostgresStore(url: url, connections: 1)
            }
            #expect(error?.description.contains("newer version") == true)
        }
    }

    /// The server refuses a prepared `SELECT *` whose columns are others than when it was prepared.
    @Test
    func goesOnWhenATableGetsAnotherColumn() async throws {
        try await withStore(connections: 1) { store, url in
            let user = try await store.write {
                try $0.insertUser(UserProfile(subject: "s"), createdAt: FixedClock.start)
            }
            #expect(try await store.read { try $0.user(user.id) } == user)
            try PostgresConnection(url).execute("ALTER TABLE users ADD COLUMN nickname TEXT")
            #expect(try await store.read { try $0.user(user.id) } == user)
            let hasUsers = try await store.write { transaction in
                try transaction.user(user.id) != nil
            }
            #expect(hasUsers)
        }
    }

    @Test
    func goesOnAfterItsConnectionsWereCut() async throws {
        try await withStore(connections: 3) { store, url in
            let pids = Log<Int64>()
            // Three at once, so that all three connections are made.
            try await withThrowingTaskGroup { group in
                for _ in 0..<3 {
                    group.addTask {
                        try await store.pool.run { connection in
                            let pid = try connection.query("SELECT pg_backend_pid() AS pid, pg_sleep(0.1)")[0].number(
                                "pid")
                            pids.append(pid)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let admin = try PostgresConnection(url)
            for pid in Set(pids.values) {
                try admin.query("SELECT pg_terminate_backend($1::int)", [.number(pid)])
            }
            for _ in 0..<6 {
                let count = try await store.userCount()
                #expect(count == 0)
            }
            _ = try await store.useOnce(FlowID(random: SeededRandom().source), until: FixedClock.start + 60)
        }
    }

    /// A commit whose answer never came may have happened: only the caller can find out.
    @Test
    func doesNotRepeatACommitWhoseOutcomeIsUnknown() async throws {
        try await withStore(connections: 1) { store, url in
            try PostgresConnection(url).execute(
                """
                CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON audit_events DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION cut();
                """)
            let runs = Log<Void>()
            let error = await #expect(throws: StoreError.self) {
                try await store.write { rows in
                    runs.append(())
                    try rows.record(AuditEvent(.userCreated, userID: nil, providerID: nil, time: FixedClock.start))
                }
            }
            #expect(error?.description.contains("outcome is not known") == true)
            #expect(runs.values.count == 1)
            let count = try await store.userCount()
            #expect(count == 0)
        }
    }

    @Test
    func repeatsATransactionThatMetAnother() async throws {
        try await withStore(connections: 1) { store, url in
            let user = try await store.write { rows in
                try rows.insertUser(
                    UserProfile(subject: "s", name: "before"), createdAt: FixedClock.start)
            }
            let runs = Log<Void>()
            try await store.write { rows in
                runs.append(())
                _ = try rows.user(user.id)
                if runs.values.count == 1 {
                    try PostgresConnection(url).execute("UPDATE users SET name = 'meanwhile' WHERE id = \(user.id)")
                }
                _ = try rows.setEnabled(false, user: user.id)
            }
            let changed = try await store.read { try $0.user(user.id) }
            #expect(runs.values.count == 2)
            #expect(changed?.name == "meanwhile")
            #expect(changed?.isEnabled == false)
        }
    }

    /// Each reads all and adds one: run side by side, they would not be serial.
    @Test
    func serializesTransactionsThatReadWhatOthersWrite() async throws {
        try await withStore(connections: 4) { store, _ in
            try await withThrowingTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await store.write { rows in
                            let count = try rows.userCount()
                            _ = try rows.insertUser(
                                UserProfile(subject: "s", name: "\(count)"),
                                createdAt: FixedClock.start)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await store.userCount()
            let names = try await store.read { rows in
                // A transaction that is undone uses up an id all the same.
                try (1...1000).compactMap { try rows.user(UserID(rawValue: $0))?.name }
            }
            #expect(count == 20)
            #expect(Set(names) == Set((0..<20).map(String.init)))
        }
    }

    @Test
    func undoesAllOfATransactionThatThrows() async throws {
        try await withStore(connections: 1) { store, _ in
            await #expect(throws: StoreError.conflict("no")) {
                try await store.write { rows in
                    _ = try rows.insertUser(
                        UserProfile(subject: "s"), createdAt: FixedClock.start)
                    throw StoreError.conflict("no")
                }
            }
            let count = try await store.userCount()
            #expect(count == 0)
        }
    }

    @Test
    func saysThatNoServerCanBeReached() async throws {
        let error = await #expect(throws: StoreError.self) {
            _ = try await PostgresStore(url: "postgres://martlet@127.0.0.1:1/none", connections: 1, patience: .zero)
        }
        #expect(error?.description.contains("cannot be reached") == true)
    }

    @Test(
        arguments: [
            ("a: Connection refused; b: session is read-only", ["no server listens", "only be read"]),
            ("at \"10.0.0.5\": SSL error: certificate verify failed", ["sslrootcert"]),
            ("invalid port number: \"s3cret\"", ["libpq refuses the connection string"]),
        ])
    func saysWhyNoConnectionCouldBeMadeWithoutQuoting(message: String, words: [String]) {
        let text = ConnectionTrouble.text(for: message)
        #expect(words.allSatisfy(text.contains))
        #expect(!text.contains("s3cret") && !text.contains("10.0.0.5"))
    }

    /// A server that hangs must not hang the service.
    @Test
    func givesUpOnAnAnswerThatDoesNotCome() async throws {
        try await withStore(connections: 1) { _, url in
            let connection = ConnectionActor(url, label: "test") { _ in }
            let error = await #expect(throws: PostgresError.self) {
                try await connection.run { connection in
                    connection.answerTimeout = .milliseconds(50)
                    try connection.execute("BEGIN; SELECT pg_sleep(5)")
                }
            }
            #expect(error?.callsForAnotherConnection == true)
            // The connection is not used again.
            let isInTransaction = try await connection.run { $0.isInTransaction }
            #expect(!isInTransaction)
        }
    }

    @Test
    func doesNotRepeatACommitThatGotNoAnswer() async throws {
        try await withStore(connections: 1) { store, url in
            try PostgresConnection(url).execute(
                """
                CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN PERFORM pg_sleep(5); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER hang AFTER INSERT ON audit_events DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION hang();
                """)
            let error = await #expect(throws: PostgresError.self) {
                try await store.pool.run { connection in
                    try connection.transaction("BEGIN") {
                        let rows = PostgresTransaction(connection: connection, hasNews: false)
                        try rows.record(AuditEvent(.userCreated, userID: nil, providerID: nil, time: FixedClock.start))
                        connection.answerTimeout = .milliseconds(50)
                    }
                }
            }
            guard case .outcomeUnknown = error else {
                Issue.record("not \(String(describing: error))")
                return
            }
        }
    }

    /// A transaction that writes nothing says nothing of a standby that is waited for, or of a full disk.
    @Test
    func isReadyIfItCanWrite() async throws {
        try await withStore(connections: 1) { store, url in
            let admin = try PostgresConnection(url)
            let locks = "SELECT count(*) AS count FROM martlet_schema WHERE xmax <> 0"
            #expect(try admin.query(locks)[0].number("count") == 0)
            try await store.checkReady()
            #expect(try admin.query(locks)[0].number("count") == 1)
        }
    }

    @Test
    func readsBytesWhateverFormTheServerPrefers() async throws {
        try await withStore(connections: 1) { _, url in
            let preferring = url.reveal().replacing("options=", with: "options=-cbytea_output%3Descape%20")
            let store = try await PostgresStore(url: Secret(preferring), connections: 1)
            let form = try await store.pool.run { try $0.query("SHOW bytea_output")[0].text("bytea_output") }
            #expect(form == "hex")
            await store.disconnect()
        }
    }

    @Test
    func refusesATextThatTheDatabaseCannotKeep() async throws {
        try await withStore(connections: 1) { store, _ in
            await #expect(throws: StoreError.self) {
                try await store.write { rows in
                    _ = try rows.insertUser(
                        UserProfile(subject: "s", name: "a\u{0}b"), createdAt: FixedClock.start)
                }
            }
        }
    }

    @Test(
        arguments: [
            ("23505", "refused the change"), ("53300", "unavailable"), ("57P01", "unavailable"),
            ("42501", "unavailable"),
            ("XX001", "damaged"), ("99999", "unavailable"),
        ])
    func tellsTheServersErrorByItsCodeAlone(state: String, words: String) {
        let error = StoreError(PostgresError.refused(sqlState: state))
        #expect(error.description.contains(words) && error.description.contains(state))
    }

    @Test(arguments: [("40003", true), ("08006", true), ("57P01", true), ("40001", false), ("23505", false)])
    func knowsWhichRefusalsOfACommitSayNothingOfIt(state: String, isOpen: Bool) {
        #expect(PostgresError.refused(sqlState: state).leavesACommitOpen == isOpen)
    }
}

/// What concurrent code noted.
private final class Log<Value: Sendable>: Sendable {
    private let state = Mutex<[Value]>([])

    var values: [Value] { state.withLock { $0 } }

    func append(_ value: Value) {
        state.withLock { $0.append(value) }
    }
}
