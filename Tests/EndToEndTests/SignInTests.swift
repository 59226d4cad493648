import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

@Suite struct SignInTests {
    static let browserProviders = [
        "apple", "dingtalk", "feishu", "gitee", "github", "google", "linuxdo", "microsoft", "openid", "oschina", "qq",
        "wechat_mp", "wechat_open", "wechat_work",
    ]

    @Test(arguments: browserProviders, Deployment.Wire.allCases)
    func signsInAndSaysWhoItIs(provider: String, wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            #expect(try await browser.signIn(provider, as: "lilei") == "/auth/login?oauth_success=1")
            let session = try #require(try await browser.session())
            // Apple tells given name and family name apart.
            let name = provider == "apple" ? "Lei Li" : "李雷"
            #expect(session["user"]?["name"] == .string(name))
            let profile = try await browser.open("/profile")
            #expect(profile.status == .ok)
            #expect(String(buffer: profile.body).contains(name))
            #expect(browser.cookies.keys.filter { $0.contains("flow") }.isEmpty)
        }
    }

    @Test func knowsAPersonAgain() async throws {
        try await Deployment.run { deployment in
            let first = Browser(deployment)
            let second = Browser(deployment)
            try await first.signIn("github")
            try await second.signIn("github")
            #expect(try await first.session()?["user"] == second.session()?["user"])
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test func takesTheVerifiedPrimaryEmailAndNeverTheFirst() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github", as: "mei")
            let user = try #require(try await browser.session()?["user"])
            let mei = try #require(Person.everybody.first { $0.id == "mei" })
            #expect(mei.emails.first?.isVerified == false)
            #expect(user["email"]?.string == mei.emails.first { $0.isPrimary && $0.isVerified }?.address)
            #expect(user["emailVerified"] == .bool(true))
        }
    }

    @Test func showsAnUnverifiedEmailAsUnverified() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("openid", as: "uma")
            let user = try #require(try await browser.session()?["user"])
            #expect(user["emailVerified"] == .bool(false))
        }
    }

    @Test func givesANewSessionAtEveryLoginAndEndsTheOld() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let old = try #require(browser.cookies["martlet-session"])
            try await browser.signIn("github")
            let new = try #require(browser.cookies["martlet-session"])
            #expect(old != new)
            let thief = try await deployment.service.execute(
                uri: "/api/auth/session", method: .get, headers: [.cookie: "martlet-session=\(old)"])
            #expect(thief.status == .unauthorized)
        }
    }

    @Test func signsOutABrowserAndAProgram() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let answer = try await browser.ask(
                .post, "/api/auth/logout", headers: [.origin: deployment.serviceOrigin])
            #expect(answer.status == .ok)
            #expect(try await browser.session() == nil)

            try await browser.signIn("github")
            let page = try await browser.send(
                .post, "/api/auth/logout",
                headers: [
                    .origin: deployment.serviceOrigin, .accept: "text/html",
                    .contentType: "application/x-www-form-urlencoded",
                ])
            #expect(page.status == .seeOther)
            #expect(page.headers[.location] == "/auth/login?signed_out=1")
            #expect(try await browser.session() == nil)
        }
    }

    @Test func endsASessionWhenItsTimeIsOver() async throws {
        try await Deployment.run(.inProcess, "sessionLifetime: 3600") { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            deployment.clock.advance(by: 3601)
            #expect(try await browser.session() == nil)
        }
    }

    @Test func tellsWhenTheSessionEndsInTheFormOfTheContract() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let text = try #require(try await browser.session()?["expiresAt"]?.string)
            #expect(text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        }
    }

    @Test func listsProvidersForDrawingButtons() async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).ask(.get, "/api/auth/providers")
            let providers = try #require(try JSONValue(parsing: Array(buffer: answer.body))["providers"]?.array)
            #expect(providers.compactMap { $0["id"]?.string }.sorted() == Self.browserProviders)
            #expect(providers.allSatisfy { $0["name"]?.string != nil && $0["icon"]?.string != nil })
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test func setsCookiesThatScriptsAndOtherSitesCannotUse() async throws {
        try await Deployment.run(.inProcess, "publicURL: https://login.example.com\n") { deployment in
            let browser = Browser(deployment)
            let begun = try await browser.open("/api/auth/oauth/github/authorize")
            let callback = try await browser.decide(at: try #require(begun.headers[.location]), as: "ada")
            let finished = try await browser.open(callback)
            let lines = begun.headers[values: .setCookie] + finished.headers[values: .setCookie]
            #expect(lines.count == 3)
            for line in lines {
                #expect(line.hasPrefix("__Host-martlet-"))
                #expect(line.contains("HttpOnly") && line.contains("Secure") && line.contains("SameSite=Lax"))
                #expect(line.contains("Path=/") && !line.contains("Domain"))
            }
        }
    }

    @Test func readsAFormPostCallbackWithoutTheSessionCookieLeavingTheSite() async throws {
        let settings = """
            insecureAllowHTTP: true
            providers:
              corp:
                issuer: \(Deployment.simulatorOrigin)/openid
                clientID: corp
                clientSecret: corp-secret
                responseMode: form_post
            """
        try await Deployment.run(.inProcess, settings) { deployment in
            let browser = Browser(deployment)
            let begun = try await browser.open("/api/auth/oauth/corp/authorize")
            let url = try #require(begun.headers[.location])
            #expect(url.contains("response_mode=form_post"))
            let callback = try await browser.decide(
                at: url.split(separator: "&").filter { !$0.hasPrefix("response_mode") }.joined(separator: "&"),
                as: "ada")
            let query = try #require(callback.split(separator: "?").last)
            let posted = try await deployment.service.execute(
                uri: "/api/auth/oauth/corp/callback", method: .post,
                headers: [.contentType: "application/x-www-form-urlencoded"], body: .init(string: String(query)))
            #expect(posted.status == .seeOther)
            let next = try #require(posted.headers[.location])
            #expect(!next.contains("code="))
            #expect(try await browser.open(next).headers[.location] == "/auth/login?oauth_success=1")
            #expect(try await browser.session() != nil)
        }
    }
}
