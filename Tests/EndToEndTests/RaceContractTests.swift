import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletSQLite
import MartletTesting
import NIOCore
import Testing

/// Requests that come at once, over SQLite in a file as over memory.
@Suite struct RaceContractTests {
    enum Store: String, CaseIterable {
        case memory
        case file
    }

    private func run(
        _ store: Store, _ wire: Deployment.Wire, _ settings: String = "",
        _ test: @Sendable (Deployment) async throws -> Void
    ) async throws {
        guard store == .file else { return try await Deployment.run(wire, settings, test) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let opened = try SQLiteStore(path: "\(folder)/martlet.sqlite", now: { FixedClock.start })
        try await Deployment.run(wire, settings, store: opened, test)
        try opened.close()
    }

    @Test(arguments: Store.allCases, Deployment.Wire.allCases)
    func letsOneOfFiftyCallbacksSignIn(store: Store, wire: Deployment.Wire) async throws {
        try await run(store, wire) { deployment in
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            let request = ParallelRequest(path: callback, cookies: browser.cookieHeader, accept: "text/html")
            let answers = try await deployment.sendAtOnce(Array(repeating: request, count: 50))
            #expect(answers.count { $0.location == "/auth/login?oauth_success=1" } == 1)
            #expect(answers.count { $0.location == "/auth/login?oauth_error=OAUTH_STATE_INVALID" } == 49)
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test(arguments: Store.allCases, Deployment.Wire.allCases)
    func letsOneOfFiftyCallbacksBind(store: Store, wire: Deployment.Wire) async throws {
        try await run(store, wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            let request = ParallelRequest(path: callback, cookies: browser.cookieHeader, accept: "text/html")
            let answers = try await deployment.sendAtOnce(Array(repeating: request, count: 50))
            #expect(answers.count { $0.location == "/profile?bind_success=1" } == 1)
            #expect(answers.count { $0.location == "/profile?oauth_error=OAUTH_STATE_INVALID" } == 49)
            #expect(try await browser.boundProviders() == ["github", "gitee"])
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func keepsOneBindingInAHundredRoundsOfTwoUnbindsAtOnce(wire: Deployment.Wire) async throws {
        try await run(.file, wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            try await browser.link("gitee", as: "lilei")
            for _ in 0..<100 {
                let answers = try await deployment.sendAtOnce(
                    ["github", "gitee"].map {
                        ParallelRequest(
                            method: .delete, path: "/api/auth/oauth/\($0)/unbind", cookies: browser.cookieHeader)
                    })
                try #require(answers.count { $0.status == .ok } == 1)
                try #require(answers.count { $0.code == "OAUTH_LAST_BIND" } == 1)
                let left = try await browser.boundProviders()
                try #require(left.count == 1)
                let missing = left == ["github"] ? ("gitee", "lilei") : ("github", "ada")
                let landed = try await browser.link(missing.0, as: missing.1)
                try #require(landed == "/profile?bind_success=1")
            }
        }
    }

    @Test(arguments: Store.allCases, Deployment.Wire.allCases)
    func makesOneUserOfTwoAccountsWithOneEmailThatComeAtOnce(store: Store, wire: Deployment.Wire) async throws {
        try await run(store, wire) { deployment in
            for round in 1...20 {
                var requests: [ParallelRequest] = []
                for provider in ["github", "openid", "gitee", "google"] {
                    let browser = Browser(deployment)
                    let callback = try await browser.visitProvider(provider, as: "person-\(round)")
                    requests.append(
                        ParallelRequest(path: callback, cookies: browser.cookieHeader, accept: "text/html"))
                }
                let answers = try await deployment.sendAtOnce(requests)
                try #require(answers.count { $0.location == "/auth/login?oauth_success=1" } == 1)
                try #require(
                    answers.count { $0.location?.hasPrefix("/auth/login?binding_token=") == true } == 3)
                try #require(try await deployment.store.userCount() == round)
            }
        }
    }

    @Test(arguments: Store.allCases, Deployment.Wire.allCases)
    func makesOneUserOfOneAccountThatComesFromManyBrowsersAtOnce(store: Store, wire: Deployment.Wire) async throws {
        try await run(store, wire) { deployment in
            var requests: [ParallelRequest] = []
            for _ in 0..<20 {
                let browser = Browser(deployment)
                let callback = try await browser.visitProvider("github")
                requests.append(ParallelRequest(path: callback, cookies: browser.cookieHeader, accept: "text/html"))
            }
            let answers = try await deployment.sendAtOnce(requests)
            #expect(answers.count { $0.location == "/auth/login?oauth_success=1" } == 20)
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test(arguments: Store.allCases, Deployment.Wire.allCases)
    func bindsAnAccountToOneOfTheUsersWhoAskAtOnce(store: Store, wire: Deployment.Wire) async throws {
        try await run(store, wire) { deployment in
            var requests: [ParallelRequest] = []
            for number in 1...10 {
                let browser = Browser(deployment)
                try await browser.signIn("github", as: "person-\(number)")
                let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
                requests.append(ParallelRequest(path: callback, cookies: browser.cookieHeader))
            }
            let answers = try await deployment.sendAtOnce(requests)
            #expect(answers.count { $0.location == "/profile?bind_success=1" } == 1)
            #expect(answers.count { $0.code == "OAUTH_ALREADY_BIND" } == 9)
        }
    }
}
