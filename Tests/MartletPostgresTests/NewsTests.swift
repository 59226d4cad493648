import Dispatch
import FoundationEssentials
import Martlet
import MartletAccounts
import MartletTesting
import Synchronization
import Testing

@testable import MartletPostgres

@Suite("Nodes on one PostgreSQL database", TestServer.isThere, .timeLimit(.minutes(5)))
struct NewsTests {
    private let random = SeededRandom()

    @Test(arguments: StoreContract.checks)
    func keepTheContractWithACache(_ check: StoreContract.Check) async throws {
        try await withStore { store, _ in try await StoreContract { CachedStore(store, lifetime: 3600) }.run(check) }
    }

    @Test
    func tellEachOtherWhoseSessionEnded() async throws {
        try await withNode { node, one, _ in
            let token = try await signIn(at: one)
            let user = try #require(try await remembered(token, at: node.store)).user.id
            try await one.endSession(tokenHash: token.hash)
            #expect(await node.news.first(of: [.changed(user)]) == .changed(user))
            #expect(try await remembered(token, at: node.store) == nil)
        }
    }

    /// An announcement belongs to its transaction: of one that was undone, nothing is heard.
    @Test
    func tellNothingOfWhatWasUndone() async throws {
        try await withNode { node, one, _ in
            let (first, second) = (try await signIn(at: one), try await signIn("2", at: one))
            let users = [
                try #require(try await remembered(first, at: one)).user.id,
                try #require(try await remembered(second, at: one)).user.id,
            ]
            await #expect(throws: StoreError.conflict("no")) {
                try await one.write { rows in
                    _ = try rows.enable(false, user: users[0], now: FixedClock.start)
                    throw StoreError.conflict("no")
                }
            }
            try await one.endSession(tokenHash: second.hash)
            #expect(await node.news.first(of: Set(users.map { .changed($0) })) == .changed(users[1]))
        }
    }

    @Test
    func forgetEverybodyWhenTheListeningConnectionIsCut() async throws {
        try await withNode { node, one, admin in
            let (first, second) = (try await signIn(at: one), try await signIn("2", at: one))
            for token in [first, second] { _ = try await remembered(token, at: node.store) }
            // What nobody announces is not noticed: the cache is full.
            try admin.execute("DELETE FROM sessions")
            for token in [first, second] { #expect(try await remembered(token, at: node.store) != nil) }

            let pids = try admin.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'LISTEN%'
                """)
            #expect(pids.count == 1)
            // Once for the end of the connection, once for the new one.
            for _ in 0..<2 { #expect(await node.news.first(of: [.missed]) == .missed) }
            for token in [first, second] { #expect(try await remembered(token, at: node.store) == nil) }

            let third = try await signIn("3", at: one)
            let user = try #require(try await remembered(third, at: node.store)).user.id
            try await one.endSession(tokenHash: third.hash)
            #expect(await node.news.first(of: [.changed(user)]) == .changed(user))
        }
    }

    /// The connection of a server that hangs stays open, and silent.
    @Test
    func askInASilenceWhetherTheServerAnswers() async throws {
        try await withNode { node, _, admin in
            let listener = Task { await node.base.hear(checkingEvery: .milliseconds(1)) { _ in } }
            var times: Set<String> = []
            while times.count < 5 {
                let rows = try admin.query(
                    """
                    SELECT query_start::text AS time FROM pg_stat_activity
                    WHERE datname = current_database() AND query = 'LISTEN martlet_sessions'
                    """)
                for row in rows { times.insert(try row.text("time")) }
                await Task.yield()
            }
            listener.cancel()
            await listener.value
        }
    }

    /// As CockroachDB, which has no announcements (https://github.com/cockroachdb/cockroach/issues/41522).
    @Test
    func workWithoutAnnouncements() async throws {
        try await withStore(connections: 1) { store, url in
            #expect(store.hasNews)
            try PostgresConnection(url).execute(
                """
                CREATE FUNCTION pg_notify(text, text) RETURNS void LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION USING ERRCODE = '0A000', MESSAGE = 'not here'; END $$
                """)
            let base = try await PostgresStore(
                url: Secret(url.reveal() + ",pg_catalog"), connections: 1, now: { FixedClock.start })
            #expect(!base.hasNews)
            let silent = CachedStore(base)
            await silent.followOtherNodes()
            let token = try await signIn(at: silent)
            #expect(try await remembered(token, at: silent) != nil)
            try await silent.endSession(tokenHash: token.hash)
            #expect(try await remembered(token, at: silent) == nil)
            await base.disconnect()
        }
    }

    @Test
    func sweepOneAtATimeWithoutWaiting() async throws {
        try await withStore(connections: 2) { store, url in
            for subject in 0..<3 { _ = try await signIn("\(subject)", at: store) }
            let later = FixedClock.start + 10_000
            let admin = try PostgresConnection(url)
            let other = PostgresTransaction(connection: admin, hasNews: false)
            try admin.execute("BEGIN")
            // The other node is in the middle of a batch.
            let removed = try other.deleteExpired(.sessions, now: later, limit: 1)
            #expect(removed == 1)
            let meanwhile = try await store.sweepExpired(now: later, auditBefore: nil, limit: 100)
            #expect(meanwhile == 0)
            try admin.execute("COMMIT")
            let afterwards = try await store.sweepExpired(now: later, auditBefore: nil, limit: 100)
            #expect(afterwards == 5)
        }
    }

    // MARK: Nodes

    /// Runs a test with a node that listens, with another one, and a connection of the administrator's, on a database of
    /// their own: a channel is the database's, and other tests announce users, too.
    private func withNode(
        _ test: (Node, CachedStore<PostgresStore>, PostgresConnection) async throws -> Void
    ) async throws {
        let name = "n" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let server = try #require(TestServer.url)
        let outside = try PostgresConnection(Secret(server))
        outside.answerTimeout = nil
        try outside.execute("CREATE DATABASE \(name)")
        defer { try? outside.execute("DROP DATABASE \(name) WITH (FORCE)") }
        let url = Secret("\(server.dropLast("postgres".count))\(name)")
        let store = try await PostgresStore(url: url, connections: 2, now: { FixedClock.start })
        let node = Node(base: try await PostgresStore(url: url, connections: 1, now: { FixedClock.start }))
        let following = Task { [store = node.store] in await store.followOtherNodes() }
        #expect(await node.news.first(of: [.missed]) == .missed)
        do {
            try await test(node, CachedStore(store, lifetime: 3600), try PostgresConnection(url))
        } catch {
            Issue.record(error)
        }
        following.cancel()
        await following.value
        await node.base.disconnect()
        await store.disconnect()
    }

    private func remembered(_ token: SessionToken, at store: some AccountStore) async throws -> SignedInUser? {
        try await store.recentSession(tokenHash: token.hash, now: FixedClock.start)
    }

    private func signIn(_ subject: String = "1", at store: some AccountStore) async throws -> SessionToken {
        let (token, now) = (SessionToken(random: random.source), FixedClock.start)
        let completion = FlowCompletion(
            flowID: FlowID(random: random.source), purpose: .signIn, providerID: "alpha",
            rememberedUntil: now + 60, profile: UserProfile(subject: subject), providerTrustedForEmail: true,
            policy: LinkingPolicy(), currentSessionTokenHash: nil,
            newSession: NewSession(
                id: SessionID(random: random.source), tokenHash: token.hash, expiresAt: now + 3600),
            pendingBinding: NewPendingBinding(tokenHash: [], expiresAt: now, browserBindingHash: []))
        _ = try await store.completeFlow(completion, now: now)
        return token
    }
}

/// A node whose cache never grows old, and what it hears.
private struct Node {
    let base: PostgresStore
    let store: CachedStore<OverheardStore<PostgresStore>>
    let news: HeardNews

    init(base: PostgresStore) {
        let overheard = OverheardStore(base)
        self.base = base
        self.store = CachedStore(overheard, lifetime: 3600)
        self.news = overheard.news
    }
}
