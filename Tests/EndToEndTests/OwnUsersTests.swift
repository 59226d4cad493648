import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Martlet
import MartletSQLite
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

@testable import OwnUsers

/// The example application that keeps its own users and sessions.
@Suite struct OwnUsersTests {
    private func run(_ test: @Sendable @escaping (Deployment) async throws -> Void) async throws {
        let simulator = Simulator(
            configuration: .init(keys: try Deployment.keys.get(), baseURL: Deployment.simulatorOrigin))
        try await Application(router: simulator.router()).test(.router) { provider in
            let router = try OwnUsers.router(
                people: try People(path: ":memory:"), store: try SQLiteStore.inMemory(),
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
