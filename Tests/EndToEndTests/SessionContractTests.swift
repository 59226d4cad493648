import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletTesting
import NIOCore
import Testing

/// Sessions and accounts: listed, ended and removed.
@Suite struct SessionContractTests {
    private func sessions(_ browser: Browser) async throws -> [JSONValue] {
        try #require(try await browser.ask(.get, "/api/auth/sessions").json["sessions"]?.array)
    }

    private func id(_ session: JSONValue?) throws -> String {
        try #require(session?["id"]?.string)
    }

    @Test(arguments: Deployment.Wire.allCases)
    func listsTheSessionsOfAUser(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let (phone, laptop) = (Browser(deployment), Browser(deployment))
            try await phone.signIn("github")
            deployment.clock.advance(by: 60)
            try await laptop.signIn("github")
            try await Browser(deployment).signIn("github", as: "mei")
            let listed = try await sessions(laptop)
            #expect(listed.map { $0["current"] } == [.bool(true), .bool(false)])
            #expect(try await sessions(phone).map { $0["current"] } == [.bool(false), .bool(true)])
            for session in listed {
                #expect(
                    Set((session.object ?? [:]).keys.map { $0 }) == [
                        "id", "current", "createdAt", "lastSeenAt", "expiresAt", "userAgent", "address", "provider",
                    ])
                #expect(session["provider"] == .string("github"))
            }
            #expect(listed[1]["createdAt"] == .string("2030-01-01T00:00:00.000Z"))
            let tokens = [phone, laptop].compactMap { $0.cookies["martlet-session"] }
            #expect(tokens.count == 2 && tokens.allSatisfy { !listed.description.contains($0) })
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func endsOneSession(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let (phone, laptop) = (Browser(deployment), Browser(deployment))
            try await phone.signIn("github")
            try await laptop.signIn("github")
            let other = try id(try await sessions(laptop).first { $0["current"] == .bool(false) })
            let answer = try await laptop.change(.delete, "/api/auth/sessions/\(other)")
            #expect(answer.status == .ok)
            #expect(answer.json == ["success": .bool(true)])
            #expect(try await phone.session() == nil)
            #expect(try await laptop.session() != nil)
            #expect(try await laptop.change(.delete, "/api/auth/sessions/\(other)").problemCode == "NOT_FOUND")

            let own = try id(try await sessions(laptop).first)
            #expect(try await laptop.change(.delete, "/api/auth/sessions/\(own)").status == .ok)
            #expect(laptop.cookies.isEmpty)
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func endsTheOtherSessions(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let stranger = Browser(deployment)
            try await stranger.signIn("github", as: "mei")
            let browsers = (0..<3).map { _ in Browser(deployment) }
            for browser in browsers { try await browser.signIn("github") }
            let answer = try await browsers[2].change(.delete, "/api/auth/sessions")
            #expect(answer.json == ["success": .bool(true), "ended": .number(2)])
            #expect(try await browsers[0].session() == nil)
            #expect(try await browsers[1].session() == nil)
            #expect(try await browsers[2].session() != nil)
            #expect(try await stranger.session() != nil)
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func findsNoSessionOfSomebodyElse(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let (ada, mei) = (Browser(deployment), Browser(deployment))
            try await ada.signIn("github")
            try await mei.signIn("github", as: "mei")
            let foreign = try id(try await sessions(ada).first)
            for id in [foreign, "x", "1", String(repeating: "A", count: 22), "%2e%2e", "%00"] {
                let answer = try await mei.change(.delete, "/api/auth/sessions/\(id)")
                #expect(answer.status == .notFound)
                #expect(answer.problemCode == "NOT_FOUND")
            }
            #expect(try await ada.session() != nil)
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func removesAnAccountWithAllThatBelongsToIt(wire: Deployment.Wire) async throws {
        let store = MemoryStore()
        try await Deployment.run(wire, store: store) { deployment in
            let (browser, other, bystander) = (Browser(deployment), Browser(deployment), Browser(deployment))
            try await bystander.signIn("github", as: "ada")
            for each in [browser, other] { try await each.signIn("github", as: "mei") }
            try await browser.link("gitee", as: "lilei")
            let token = try await browser.earnBindingToken("openid", as: "ada")
            let kept = browser.cookies

            let answer = try await browser.change(.delete, "/api/auth/account")
            #expect(answer.status == .ok)
            #expect(answer.json == ["success": .bool(true)])
            #expect(browser.cookies["martlet-session"] == nil)
            #expect(try await deployment.store.userCount() == 1)
            browser.plant(kept)
            for each in [browser, other] { #expect(try await each.session() == nil) }
            #expect(try await bystander.boundProviders() == ["github"])

            try await browser.signIn("gitee", as: "lilei")
            #expect(try await browser.boundProviders() == ["gitee"])
            #expect(try await browser.bind(token).problemCode == "OAUTH_BINDING_TOKEN_INVALID")
            #expect(try await deployment.store.userCount() == 2)
        }
        try keepsNoPersonalData(store.auditEvents)
    }

    private func keepsNoPersonalData(_ events: [AuditEvent]) throws {
        #expect(events.contains { $0.kind == .userDeleted })
        let trail = "\(events)"
        for word in ["Mei", "mei@", "Tanaka", "李雷", "lilei", "6502", "20481024", "@example"] {
            #expect(!trail.contains(word))
        }
    }

    @Test func givesTheNextUserANewID() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let first = try await browser.session()?["user"]?["id"]
            _ = try await browser.change(.delete, "/api/auth/account")
            try await browser.signIn("github")
            let second = try await browser.session()?["user"]?["id"]
            #expect(first != nil && second != nil && first != second)
        }
    }
}
