import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletTesting
import NIOCore
import Synchronization
import Testing

@testable import MartletPostgres

/// The PostgreSQL server of this run.
private let serverURL = ProcessInfo.processInfo.environment["POSTGRES_TEST_URL"]

/// Three nodes that share nothing but a PostgreSQL database and the secrets.
@Suite(.enabled(if: serverURL != nil, "POSTGRES_TEST_URL names no server; `.ci/with-postgres swift test` starts one"))
struct SeveralNodesTests {
    @Test func carryOneLogin() async throws {
        try await withNodes { nodes, _ in
            let first = Browser(nodes[0])
            let callback = try await first.visitProvider("github")
            let second = Browser(nodes[1], cookies: first.cookies)
            #expect(try await second.open(callback).headers[.location] == "/auth/login?oauth_success=1")
            let third = Browser(nodes[2], cookies: second.cookies)
            #expect(try await third.session()?["user"]?["name"]?.string == "Ada Lovelace")
            #expect(
                try await Browser(nodes[0], cookies: second.cookies).open(callback).headers[.location]
                    == "/auth/login?oauth_error=OAUTH_STATE_INVALID")
        }
    }

    /// The clock stands still, so that only the news can tell the other nodes.
    @Test func seeAtOnceThatASessionEnded() async throws {
        try await withNodes { nodes, news in
            let phone = Browser(nodes[0])
            try await phone.signIn("github")
            let elsewhere = nodes.dropFirst().map { Browser($0, cookies: phone.cookies) }
            for browser in elsewhere { #expect(try await browser.session() != nil) }
            let id = try #require(try await phone.session()?["user"]?["id"]?.string.flatMap { Int64($0) })
            #expect(try await phone.change(.post, "/api/auth/logout").status == .ok)
            for node in news.dropFirst() {
                let change = NodeNews.changed(UserID(rawValue: id))
                #expect(await node.first(of: [change]) == change)
            }
            for browser in elsewhere {
                #expect(try await browser.session() == nil)
                #expect(try await browser.ask(.get, "/api/auth/verify").status == .unauthorized)
            }
        }
    }

    @Test func redeemABindingTokenThatAnotherOneGave() async throws {
        try await withNodes { nodes, _ in
            let first = Browser(nodes[0])
            try await first.signIn("github")
            let token = try await first.earnBindingToken("openid")
            let second = Browser(nodes[1], cookies: first.cookies)
            #expect(try await second.bind(token).status == .ok)
            #expect(try await first.boundProviders() == ["github", "openid"])
            #expect(try await first.bind(token).problemCode == "OAUTH_BINDING_TOKEN_INVALID")
        }
    }

    /// The provider takes the code of each, and would sign both in.
    @Test func finishALoginOnceThatComesToTwoAtOnce() async throws {
        try await withNodes { nodes, _ in
            for _ in 0..<5 {
                let browser = Browser(nodes[0])
                let callback = try await browser.visitProvider("github")
                let request = ParallelRequest(path: callback, cookies: browser.cookieHeader, accept: "text/html")
                async let one = nodes[1].sendAtOnce([request])
                async let other = nodes[2].sendAtOnce([request])
                let landings = try await (one + other).compactMap(\.location)
                #expect(landings.count { $0 == "/auth/login?oauth_success=1" } == 1)
                #expect(landings.count { $0.hasPrefix("/auth/login?oauth_error=") } == 1)
            }
            #expect(try await nodes[0].store.userCount() == 1)
        }
    }

    // MARK: Nodes

    private func withNodes(_ test: @escaping @Sendable ([Deployment], [HeardNews]) async throws -> Void) async throws {
        // A database of their own: other tests announce users of theirs, too.
        let name = "e" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let server = try #require(serverURL)
        let admin = try PostgresConnection(Secret(server))
        admin.answerTimeout = nil
        try admin.execute("CREATE DATABASE \(name)")
        defer { try? admin.execute("DROP DATABASE \(name) WITH (FORCE)") }
        let url = Secret("\(server.dropLast("postgres".count))\(name)")
        var bases: [PostgresStore] = []
        for _ in 0..<3 {
            bases.append(try await PostgresStore(url: url, connections: 2, now: { FixedClock.start }))
        }
        let overheard = bases.map { OverheardStore($0) }
        let (stores, news) = (overheard.map { CachedStore($0) }, overheard.map(\.news))
        let following = stores.map { store in Task { await store.followOtherNodes() } }
        for each in news { #expect(await each.first(of: [.missed]) == .missed) }
        do {
            try await Deployment.run(store: stores[0]) { first in
                let transport = RepeatingTransport(
                    base: RelayTransport(origin: Deployment.simulatorOrigin, client: first.provider))
                try await first.changing(transport: transport, store: stores[1]) { second in
                    try await second.changing(transport: transport, store: stores[2]) { third in
                        try await test([first, second, third], news)
                    }
                }
            }
        } catch {
            Issue.record(error)
        }
        for each in following { each.cancel() }
        for each in following { await each.value }
        for each in bases { await each.disconnect() }
    }
}

/// Carries each request once, and answers one that is the same with the same answer.
private final class RepeatingTransport: Transport {
    private let base: RelayTransport
    private let answers = Mutex<[String: Task<Result<OutboundResponse, TransportError>, Never>]>([:])

    init(base: RelayTransport) {
        self.base = base
    }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let base = base
        let answer = answers.withLock { answers in
            let key = "\(request.url) \(request.headers) \(request.body ?? "")"
            if let answer = answers[key] { return answer }
            let answer = Task { () async -> Result<OutboundResponse, TransportError> in
                do throws(TransportError) { return .success(try await base.send(request)) } catch {
                    return .failure(error)
                }
            }
            answers[key] = answer
            return answer
        }
        return try await answer.value.get()
    }
}
