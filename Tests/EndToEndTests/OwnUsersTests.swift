import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletSQLite
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

@testable import OwnUsers

/// The example application that keeps its own users and sessions.
@Suite struct OwnUsersTests {
    private func run(
        _ people: People? = nil, _ test: @Sendable @escaping (Deployment) async throws -> Void
    ) async throws {
        let people = try people ?? People(path: ":memory:")
        let simulator = Simulator(
            configuration: .init(keys: try Deployment.keys.get(), baseURL: Deployment.simulatorOrigin))
        try await Application(router: simulator.router()).test(.router) { provider in
            let router = try OwnUsers.router(
                people: people, store: try SQLiteStore.inMemory(),
                simulator: Deployment.simulatorOrigin,
                transport: RelayTransport(origin: Deployment.simulatorOrigin, client: provider))
            try await Application(router: router).test(.router) { client in
                try await test(
                    Deployment(
                        clock: FixedClock(), store: MemoryStore(), simulator: simulator,
                        serviceOrigin: "http://localhost:8000", service: client, provider: provider))
            }
        }
    }

    private func page(_ browser: Browser) async throws -> String {
        String(buffer: try await browser.open("/").body)
    }

    @Test func signsInWithItsOwnSession() async throws {
        try await run { deployment in
            let browser = Browser(deployment)
            #expect(try await page(browser).contains("Hello, stranger"))
            let location = try await browser.signIn("github")
            #expect(location == "/?oauth_success=1")
            #expect(browser.cookies.keys.sorted() == ["own-session"])
            #expect(try await page(browser).contains("Hello, Ada Lovelace"))
            let session = try await browser.session()
            #expect(session?["user"]?["name"] == .string("Ada Lovelace"))
        }
    }

    @Test func linksASecondAccountToItsOwnUser() async throws {
        try await run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let begun = try await browser.open(
                "/api/auth/oauth/gitee/authorize?bind=1", headers: [.referer: "http://localhost:8000/"])
            let callback = try await browser.decide(at: try #require(begun.headers[.location]), as: "lilei")
            let location = try await browser.open(callback).headers[.location]
            #expect(location == "/?bind_success=1")
            #expect(try await page(browser).contains("github, gitee"))

            let other = Browser(deployment)
            try await other.signIn("gitee", as: "lilei")
            #expect(try await page(other).contains("Hello, Ada Lovelace"))
        }
    }

    @Test func refusesALinkThatAnotherOfItsUsersFinishes() async throws {
        try await run { deployment in
            let attacker = Browser(deployment)
            try await attacker.signIn("github")
            let begun = try await attacker.open(
                "/api/auth/oauth/gitee/authorize?bind=1", headers: [.referer: "http://localhost:8000/"])
            let callback = try await attacker.decide(at: try #require(begun.headers[.location]), as: "lilei")
            try await attacker.signIn("github", as: "sam")
            let location = try await attacker.open(callback).headers[.location]
            #expect(location == "/?oauth_error=OAUTH_BINDING_USER_MISMATCH")
        }
    }

    /// Browsers' fields of a link that began somewhere else than on the site itself.
    static let starts: [HTTPFields] = [
        [.secFetchSite: "cross-site"], [.secFetchSite: "same-site"], [.secFetchSite: "none"], [:],
        [.referer: "https://evil.example/"],
    ]

    @Test(arguments: starts)
    func refusesALinkThatAnotherSiteBegins(fields: HTTPFields) async throws {
        try await run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let path = "/api/auth/oauth/gitee/authorize?bind=1&redirect_uri=%2Felsewhere"
            let answer = try await browser.open(path, headers: fields)
            #expect(answer.status == .found)
            #expect(answer.headers[.location] == "/?oauth_error=CSRF_REJECTED")
            #expect(answer.headers[.setCookie] == nil)
            let refused = try await browser.ask(.get, path, headers: fields)
            #expect(refused.status == .forbidden && refused.problemCode == "CSRF_REJECTED")
            #expect(try await browser.boundProviders() == ["github"])
        }
    }

    @Test func removesItsOwnUserWithTheAccount() async throws {
        try await run { deployment in
            let (browser, elsewhere) = (Browser(deployment), Browser(deployment))
            try await elsewhere.signIn("github")
            try await browser.signIn("github")
            let answer = try await browser.change(.delete, "/api/auth/account")
            #expect(answer.status == .ok)
            #expect(answer.headers[.setCookie] == nil)
            #expect(try await page(browser).contains("Hello, stranger"))
            #expect(try await page(elsewhere).contains("Hello, stranger"))
            try await browser.signIn("github")
            #expect(try await page(browser).contains("Hello, Ada Lovelace"))
        }
    }

    @Test func endsTheSessionsThatWereBegunWithAProvider() async throws {
        let people = try People(path: ":memory:")
        try await run(people) { deployment in
            let (github, gitee, other) = (Browser(deployment), Browser(deployment), Browser(deployment))
            try await github.signIn("github")
            let begun = try await github.open(
                "/api/auth/oauth/gitee/authorize?bind=1", headers: [.secFetchSite: "same-origin"])
            try await github.open(try await github.decide(at: try #require(begun.headers[.location]), as: "lilei"))
            try await gitee.signIn("gitee", as: "lilei")
            try await other.signIn("gitee", as: "mei")
            let id = try #require(try await gitee.session()?["user"]?["id"]?.string.flatMap { Int64($0) })
            try await people.endSessions(of: UserID(rawValue: id), providerID: "gitee")
            #expect(try await page(gitee).contains("Hello, stranger"))
            #expect(try await page(github).contains("Hello, Ada Lovelace"))
            #expect(try await !page(other).contains("Hello, stranger"))
        }
    }

    @Test func endsItsOwnSession() async throws {
        try await run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            _ = try await browser.send(.post, "/sign-out", headers: [.origin: "http://localhost:8000"])
            let session = try await browser.session()
            #expect(session == nil)
            #expect(try await page(browser).contains("Hello, stranger"))
        }
    }
}
