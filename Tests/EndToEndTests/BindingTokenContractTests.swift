import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletHummingbird
import MartletTesting
import NIOCore
import Testing

/// Binding tokens: given to one browser, for one account, and perhaps to one user; good once and for five minutes.
@Suite struct BindingTokenContractTests {
    /// A user, Ada, who signs in with GitHub, and a browser that earned a token for her OpenID account.
    private func run(
        _ wire: Deployment.Wire = .inProcess,
        _ test: @Sendable (Deployment, _ browser: Browser, _ token: String) async throws -> Void
    ) async throws {
        try await Deployment.run(wire) { deployment in
            try await Browser(deployment).signIn("github")
            let browser = Browser(deployment)
            let token = try await browser.earnBindingToken("openid")
            try await test(deployment, browser, token)
        }
    }

    private func invalidates(_ answer: TestResponse, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(answer.status == .badRequest, sourceLocation: sourceLocation)
        #expect(answer.problemCode == "OAUTH_BINDING_TOKEN_INVALID", sourceLocation: sourceLocation)
    }

    @Test(arguments: Deployment.Wire.allCases)
    func isGoodOnce(wire: Deployment.Wire) async throws {
        try await run(wire) { _, browser, token in
            try await browser.signIn("github")
            let cookies = browser.cookies
            #expect(try await browser.bind(token).status == .ok)
            #expect(browser.cookies.keys.allSatisfy { !$0.contains("binding") })
            browser.plant(cookies)
            invalidates(try await browser.bind(token))
        }
    }

    @Test(arguments: [(299.0, true), (300, false), (301, false)])
    func endsAfterFiveMinutes(seconds: Double, isGood: Bool) async throws {
        try await run { deployment, browser, token in
            deployment.clock.advance(by: seconds)
            try await browser.signIn("github")
            let answer = try await browser.bind(token)
            #expect(answer.problemCode == (isGood ? nil : "OAUTH_BINDING_TOKEN_INVALID"))
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func isOfNoUseToAnotherBrowser(wire: Deployment.Wire) async throws {
        try await run(wire) { deployment, browser, token in
            let thief = Browser(deployment)
            try await thief.signIn("github", as: "mei")
            invalidates(try await thief.bind(token))
            _ = try await thief.earnBindingToken("google")
            invalidates(try await thief.bind(token))
            #expect(try await thief.boundProviders() == ["github"])
            try await browser.signIn("github")
            #expect(try await browser.bind(token).status == .ok)
        }
    }

    static let strange: [String] = [
        "", "x", String(repeating: "A", count: 42), String(repeating: "A", count: 43),
        String(repeating: "é", count: 43),
        String(repeating: "A", count: 8000), "../../etc", "\r\nSet-Cookie: a=b", "\u{0}", "null",
    ]

    @Test(arguments: strange)
    func isRefusedWhenNobodyGaveItOut(text: String) async throws {
        try await run { _, browser, _ in
            try await browser.signIn("github")
            invalidates(try await browser.bind(text))
        }
    }

    @Test(arguments: Asking.allCases)
    func isOfNoUseToAnotherUserThanWhoEarnedIt(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            try await Browser(deployment).signIn("github")
            let browser = Browser(deployment)
            try await browser.signIn("github", as: "mei")
            let token = try await browser.earnBindingToken("openid")
            try await browser.signIn("github", as: "lilei")
            let answer = try await browser.bind(token, asking)
            asking.expect(answer, refuses: .bindingUserMismatch)
            #expect(try await browser.boundProviders() == ["github"])
            try await browser.signIn("github", as: "mei")
            #expect(try await browser.bind(token).status == .ok)
        }
    }

    @Test(arguments: Asking.allCases)
    func bindsNoAccountThatSomebodyBoundMeanwhile(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let ada = Browser(deployment)
            try await ada.signIn("github")
            let browser = Browser(deployment)
            try await browser.signIn("github", as: "mei")
            let token = try await browser.earnBindingToken("openid")
            try await ada.link("openid", as: "ada")
            asking.expect(try await browser.bind(token, asking), refuses: .alreadyBound)
            #expect(try await browser.boundProviders() == ["github"])
            #expect(try await ada.boundProviders() == ["github", "openid"])
        }
    }

    @Test func bindsNoSecondAccountOfAProvider() async throws {
        try await run { deployment, browser, token in
            let mei = Browser(deployment)
            try await mei.signIn("openid", as: "mei")
            try await browser.signIn("openid", as: "mei")
            #expect(try await browser.bind(token).problemCode == "OAUTH_ALREADY_BIND")
            #expect(try await browser.boundProviders() == ["openid"])
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func needsASession(wire: Deployment.Wire) async throws {
        try await run(wire) { _, browser, token in
            let answer = try await browser.bind(token)
            #expect(answer.status == .unauthorized)
            #expect(answer.problemCode == "UNAUTHORIZED")
            try await browser.signIn("github")
            #expect(try await browser.bind(token).status == .ok)
        }
    }

    @Test func isNotUsedUpByAPreviewOfALink() async throws {
        try await run { _, browser, token in
            try await browser.signIn("github")
            let preview = try await browser.ask(.get, "/api/auth/oauth/bind?bindingToken=\(token)")
            #expect(preview.status == .methodNotAllowed)
            try await browser.open("/auth/login?binding_token=\(token)&provider=openid")
            #expect(try await browser.boundProviders() == ["github"])
            #expect(try await browser.bind(token).status == .ok)
        }
    }

    @Test func bindsToTheUserOfTheSessionWhateverTheBodySays() async throws {
        try await run { deployment, browser, token in
            try await browser.signIn("github", as: "mei")
            let body = """
                {"bindingToken":"\(token)","userId":1,"user_id":"1","provider":"google","subject":"1"}
                """
            let answer = try await browser.change(.post, "/api/auth/oauth/bind", body: body)
            #expect(answer.json["binding"]?["provider"] == .string("openid"))
            #expect(try await browser.boundProviders() == ["github", "openid"])
            let ada = Browser(deployment)
            try await ada.signIn("github")
            #expect(try await ada.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func isGivenWhereSignUpIsClosed(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire, "signUp: closed") { deployment in
            let browser = Browser(deployment)
            _ = try await browser.earnBindingToken("github", as: "sam")
            #expect(try await browser.session() == nil)
            #expect(try await deployment.store.userCount() == 0)
        }
    }
}
