import FoundationEssentials
import GRDB
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@testable import MartletSQLite

@Suite("The store in SQLite")
struct SQLiteStoreTests {
    let database = TemporaryDatabase()

    @Test(arguments: StoreContract.checks)
    func keepsTheContractInAFile(_ check: StoreContract.Check) async throws {
        let path = database.path
        try await StoreContract { try SQLiteStore(path: path) }.run(check)
    }

    @Test(arguments: StoreContract.checks)
    func keepsTheContractInMemory(_ check: StoreContract.Check) async throws {
        try await StoreContract { try SQLiteStore.inMemory() }.run(check)
    }

    @Test
    func keepsWhatItWasToldAcrossARestart() async throws {
        let login = try Login()
        let first = try SQLiteStore(path: database.path)
        let signedIn = try await login.complete(in: first)
        try first.close()

        let second = try SQLiteStore(path: database.path)
        let found = try await second.session(tokenHash: login.token.hash, now: FixedClock.start)
        #expect(found == signedIn)
        let replay = try await second.completeFlow(login.completion, now: FixedClock.start)
        #expect(replay == .alreadyConsumed)
    }

    @Test
    func sharesAFileBetweenTwoStores() async throws {
        let login = try Login()
        let first = try SQLiteStore(path: database.path)
        let second = try SQLiteStore(path: database.path)
        let stores = [first, second]
        let outcomes = try await withThrowingTaskGroup(of: FlowOutcome.self) { group in
            for index in 0..<20 {
                group.addTask { try await stores[index % 2].completeFlow(login.completion, now: FixedClock.start) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == .alreadyConsumed }.count == 19)
        #expect(try await second.userCount() == 1)
    }

    /// A look-up on the thread that asks must not wait for one that needs a thread to end.
    @Test
    func answersManyLookupsOfEveryKindAtOnce() async throws {
        let store = try SQLiteStore(path: database.path)
        let random = SeededRandom()
        let flow = FlowID(random: random.source)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<2_000 {
                group.addTask { try await store.user(UserID(rawValue: 1)) != nil }
                group.addTask { try await store.isFlowConsumed(flow) }
            }
            for try await isThere in group { #expect(!isThere) }
        }
    }

    @Test
    func keepsItsFilesToTheirOwner() async throws {
        let store = try SQLiteStore(path: database.path)
        _ = try await Login().complete(in: store)
        for suffix in ["", "-wal", "-shm"] {
            #expect(try database.permissions(suffix: suffix) & 0o777 == 0o600, "\(suffix)")
        }
    }

    @Test(arguments: [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("busy_timeout", "5000")])
    func setsThePragma(_ name: String, _ value: String) async throws {
        let store = try SQLiteStore(path: database.path)
        let found = try await store.writer.writeWithoutTransaction {
            try Row.fetchOne($0, sql: "PRAGMA \(name)").map { "\($0[0] as DatabaseValue? ?? .null)" }
        }
        #expect(found?.filter { $0 != "\"" } == value)
    }

    @Test
    func storesNoTokenNoStateAndNoRawAnswer() async throws {
        let login = try Login()
        let store = try SQLiteStore(path: database.path)
        _ = try await login.complete(in: store)
        let pending = try Login(seed: 2, policy: LinkingPolicy(signUp: .closed))
        let outcome = try await store.completeFlow(pending.completion, now: FixedClock.start)
        #expect(outcome == .pendingBinding(.emailBelongsToUser))
        try await store.checkReady()
        let bytes = try ["", "-wal"].reduce(into: Data()) {
            $0 += try Data(contentsOf: URL(filePath: database.path + $1))
        }
        for secret in [login.token.secret.reveal(), "verifier", "raw-answer"] {
            #expect(!bytes.contains(Array(secret.utf8)))
        }
        #expect(bytes.contains(Array("subject-1".utf8)))
        #expect(bytes.contains(Array("subject-2".utf8)))
        withExtendedLifetime(store) {}
    }

    @Test
    func keepsAnAuditTrailWithoutPersonalData() async throws {
        let login = try Login()
        let store = try SQLiteStore(path: database.path, now: { FixedClock.start })
        let signedIn = try await login.complete(in: store)
        _ = try await store.deleteUser(signedIn.user.id)
        let rows = try store.writer.read {
            try Row.fetchAll($0, sql: "SELECT * FROM audit_events ORDER BY id")
        }
        #expect(
            rows.map { $0["event"] as String? } == [
                "user_created", "identity_bound", "signed_in", "user_deleted",
            ])
        #expect(rows.allSatisfy { $0["user_id"] == signedIn.user.id.rawValue })
        #expect(rows.allSatisfy { $0["occurred_at"] == FixedClock.start.millisecondsSince1970 })
        #expect(rows.allSatisfy { $0.count == 5 })
    }

    @Test
    func removesKeptTokensWithTheirBinding() async throws {
        let store = try SQLiteStore.inMemory()
        var completion = try Login().completion
        completion.sealedTokens = "sealed-1"
        let outcome = try await store.completeFlow(completion, now: FixedClock.start)
        guard case .signedIn(let signedIn, _) = outcome else {
            Issue.record("nobody is signed in: \(outcome)")
            return
        }
        func rows() async throws -> Int? {
            try await store.writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM kept_tokens") }
        }
        #expect(try await rows() == 1)
        _ = try await store.deleteUser(signedIn.user.id)
        #expect(try await rows() == 0)
    }

    @Test
    func leavesNothingOfTokensThatWereForgotten() async throws {
        let store = try SQLiteStore.inMemory()
        var completion = try Login().completion
        completion.sealedTokens = "sealed-1"
        _ = try await store.completeFlow(completion, now: FixedClock.start)
        try await store.forgetKeptTokens(of: IdentityID(rawValue: 1))
        let row = try store.writer.read { try Row.fetchOne($0, sql: "SELECT * FROM kept_tokens") }
        #expect(row?["sealed"] as String? == nil)
        #expect(row?["version"] == 2)
    }

    @Test
    func undoesAllOfATransactionThatFails() async throws {
        let store = try SQLiteStore.inMemory()
        var completion = try Login().completion
        completion.newSession.tokenHash = [1, 2, 3]
        let broken = completion
        await #expect(throws: StoreError.self) { try await store.completeFlow(broken, now: FixedClock.start) }
        #expect(try await store.userCount() == 0)
        let left = try await store.writer.read {
            try Int.fetchOne(
                $0, sql: "SELECT (SELECT count(*) FROM consumed_flows) + (SELECT count(*) FROM audit_events)")
        }
        #expect(left == 0)
    }
}

/// One login that is ready to be completed.
struct Login: Sendable {
    let token: SessionToken
    let completion: FlowCompletion

    init(seed: UInt64 = 1, policy: LinkingPolicy = LinkingPolicy()) throws {
        let random = SeededRandom(seed: seed)
        token = SessionToken(random: random.source)
        let flow = Flow(
            id: FlowID(random: random.source), purpose: .signIn,
            pending: try SampleAuthorization.pending(providerID: "alpha"), landing: "", startedAt: FixedClock.start)
        let profile = UserProfile(
            subject: "subject-\(seed)", username: "ann", name: "Ann", email: Email("ann@example.com", isVerified: true),
            identifiers: ["b": "2", "a": "1"], raw: .string("raw-answer"))
        completion = FlowCompletion(
            flow: flow, profile: profile, providerTrustedForEmail: true, policy: policy,
            currentSessionTokenHash: nil,
            newSession: NewSession(
                id: SessionID(random: random.source), tokenHash: token.hash,
                expiresAt: FixedClock.start.addingTimeInterval(3600), userAgent: "Browser/1.0"),
            pendingBinding: NewPendingBinding(
                tokenHash: random.bytes(32), expiresAt: FixedClock.start.addingTimeInterval(300),
                browserBindingHash: random.bytes(32)))
    }

    func complete(in store: some AccountStore) async throws -> SignedInUser {
        let outcome = try await store.completeFlow(completion, now: FixedClock.start)
        guard case .signedIn(let signedIn, _) = outcome else {
            throw ContractViolation("nobody is signed in: \(outcome)")
        }
        return signedIn
    }
}
