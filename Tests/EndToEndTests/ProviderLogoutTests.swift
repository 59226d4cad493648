import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletHummingbird
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

/// Signing out here and then at the provider (OpenID Connect RP-Initiated Logout 1.0).
@Suite struct ProviderLogoutTests {
    private static let path = "/api/auth/oauth/openid/logout"

    /// Signs out here.
    ///
    /// - Returns: the path by which the browser signs out at the provider.
    private func signOut(_ browser: Browser) async throws -> String {
        let answer = try await browser.change(.post, "/api/auth/logout")
        #expect(answer.status == .ok && answer.json.object?.count == 2)
        return try #require(answer.json["providerLogoutURL"]?.string)
    }

    /// Signs in, and out here and at the provider.
    ///
    /// - Returns: the address that the provider sends the browser back to.
    private func leave(_ browser: Browser, at provider: String = "openid") async throws -> String {
        try await browser.signIn(provider)
        let away = try await browser.open(try await signOut(browser))
        #expect(away.status == .found)
        let url = try #require(away.headers[.location])
        let answer = try await browser.deployment.provider.executeRequest(
            uri: String(url.dropFirst(Deployment.simulatorOrigin.count)), method: .get, headers: [:], body: nil)
        return try #require(answer.headers[.location], "\(answer.status)")
    }

    private func expect(
        _ answer: TestResponse, refuses code: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == .badRequest, sourceLocation: sourceLocation)
        #expect(answer.problemCode == code, sourceLocation: sourceLocation)
    }

    @Test func goesToTheProviderAndBack() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("openid")
            let path = try await signOut(browser)
            #expect(path == Self.path)
            #expect(try await browser.session() == nil)
            let url = try #require(try await browser.open(path).headers[.location])
            #expect(url.hasPrefix("\(Deployment.simulatorOrigin)/openid/end_session?"))
            #expect(url.contains("id_token_hint=ey") && url.contains("client_id=martlet-demo"))
            let back = "http%3A%2F%2Flocalhost%3A8080%2Fapi%2Fauth%2Foauth%2Fopenid%2Flogout%2Fcallback"
            #expect(url.contains("post_logout_redirect_uri=\(back)"))
            let answer = try await deployment.provider.executeRequest(
                uri: String(url.dropFirst(Deployment.simulatorOrigin.count)), method: .get, headers: [:], body: nil)
            let returned = try await browser.open(try #require(answer.headers[.location]))
            #expect(returned.headers[.location] == "/auth/login?signed_out=1")
            #expect(browser.cookies.isEmpty)
        }
    }

    @Test func tellsAPageOfTheSiteWhereToGoOn() async throws {
        try await Deployment.run { deployment in
            for (provider, landing) in [
                ("openid", "/auth/login?signed_out=1&provider=openid"), ("github", "/auth/login?signed_out=1"),
            ] {
                let browser = Browser(deployment)
                try await browser.signIn(provider, as: "mei")
                let answer = try await browser.call(
                    Asking(face: .browser, wire: .inProcess), .post, "/api/auth/logout")
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location] == landing)
            }
        }
    }

    @Test func namesNoProviderThatHasNoSuchLogout() async throws {
        try await Deployment.run { deployment in
            for (provider, person) in [("github", "mei"), ("google", "lilei")] {
                let browser = Browser(deployment)
                try await browser.signIn(provider, as: person)
                let answer = try await browser.change(.post, "/api/auth/logout")
                #expect(answer.json == ["success": .bool(true), "providerLogoutURL": .null])
                #expect(browser.cookies.isEmpty)
            }
            let nobody = try await Browser(deployment).change(.post, "/api/auth/logout")
            #expect(nobody.json == ["success": .bool(true), "providerLogoutURL": .null])
        }
    }

    @Test func endsTheSessionHereThoughTheProviderIsDown() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("openid")
            let cookies = browser.cookies
            try await deployment.changing(transport: UnreachableProviders()) { cutOff in
                let answer = try await Browser(cutOff, cookies: cookies).change(.post, "/api/auth/logout")
                #expect(answer.json == ["success": .bool(true), "providerLogoutURL": .null])
            }
            #expect(try await browser.session() == nil)
        }
    }

    // MARK: The way there

    @Test func needsASignOutHereInThisBrowser() async throws {
        try await Deployment.run(.inProcess, Deployment.corp()) { deployment in
            let browser = Browser(deployment)
            expect(try await browser.ask(.get, Self.path), refuses: "OAUTH_STATE_INVALID")
            try await browser.signIn("openid")
            expect(try await browser.ask(.get, Self.path), refuses: "OAUTH_STATE_INVALID")
            #expect(try await browser.session() != nil)
            _ = try await signOut(browser)
            expect(try await browser.ask(.get, "/api/auth/oauth/corp/logout"), refuses: "OAUTH_STATE_INVALID")
            expect(try await Browser(deployment).ask(.get, Self.path), refuses: "OAUTH_STATE_INVALID")
            expect(try await browser.ask(.get, "/api/auth/oauth/nobody/logout"), refuses: "OAUTH_PROVIDER_NOT_FOUND")
        }
    }

    @Test func refusesALogoutCookieThatWasAltered() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("openid")
            _ = try await signOut(browser)
            let sealed = try #require(browser.cookies["martlet-logout"])
            for value in ["", "x", String(sealed.dropLast()), sealed + "A", String(sealed.reversed())] {
                browser.plant(["martlet-logout": value])
                expect(try await browser.ask(.get, Self.path), refuses: "OAUTH_STATE_INVALID")
            }
        }
    }

    @Test func mustBeBegunWithinFiveMinutes() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("openid")
            let path = try await signOut(browser)
            deployment.clock.advance(by: 301)
            expect(try await browser.ask(.get, path), refuses: "OAUTH_STATE_EXPIRED")
        }
    }

    /// A browser keeps a cookie of some four thousand characters; the ID token is then left out, and the logout goes on.
    @Test func goesOnWithoutAnIDTokenThatIsTooLargeForACookie() async throws {
        let person = Person(
            id: "ada", number: 5, username: "ada", name: String(repeating: "A", count: 3000),
            emails: [.init("ada@example.com")])
        try await Deployment.run(people: [person]) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("openid")
            let path = try await signOut(browser)
            #expect(try #require(browser.cookies["martlet-logout"]).count < 4000)
            let url = try #require(try await browser.open(path).headers[.location])
            #expect(!url.contains("id_token_hint") && url.contains("client_id=martlet-demo&"))
        }
    }

    // MARK: The way back

    @Test func refusesAReturnWithoutOrWithAnotherState() async throws {
        try await Deployment.run { deployment in
            for change in ["", "?state=", "?state=other", "?state=a&state=b"] {
                let browser = Browser(deployment)
                let callback = try await leave(browser)
                let path = try #require(callback.split(separator: "?").first)
                let answer = try await browser.ask(.get, path + change)
                expect(answer, refuses: change.contains("&") ? "BAD_REQUEST" : "OAUTH_STATE_INVALID")
            }
        }
    }

    @Test func refusesAReturnInAnotherBrowserOrASecondOne() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let callback = try await leave(browser)
            expect(try await Browser(deployment).ask(.get, callback), refuses: "OAUTH_STATE_INVALID")
            #expect(try await browser.open(callback).headers[.location] == "/auth/login?signed_out=1")
            expect(try await browser.ask(.get, callback), refuses: "OAUTH_STATE_INVALID")
            let landing = try await browser.open(callback).headers[.location]
            #expect(landing == "/auth/login?oauth_error=OAUTH_STATE_INVALID")
        }
    }

    @Test func refusesAReturnThatIsLateOrFromAnotherProvider() async throws {
        try await Deployment.run(.inProcess, Deployment.corp()) { deployment in
            let browser = Browser(deployment)
            let callback = try await leave(browser)
            let other = callback.replacing("/openid/logout/", with: "/corp/logout/")
            expect(try await browser.ask(.get, other), refuses: "OAUTH_STATE_INVALID")
            deployment.clock.advance(by: 301)
            expect(try await browser.ask(.get, callback), refuses: "OAUTH_STATE_EXPIRED")
        }
    }
}
