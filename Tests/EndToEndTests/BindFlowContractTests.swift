import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletHummingbird
import NIOCore
import Testing

/// Bindings that are begun by one person, or in one session, and finished in another.
@Suite struct BindFlowContractTests {
    private func code(_ answer: TestResponse) -> String? { answer.problemCode }

    @Test(arguments: Deployment.Wire.allCases)
    func bindsNothingForAUserWhoSignedInMeanwhile(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let ada = Browser(deployment, cookies: browser.cookies)
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            try await browser.signIn("openid", as: "uma")
            #expect(code(try await browser.ask(.get, callback)) == "OAUTH_BINDING_USER_MISMATCH")
            #expect(try await browser.boundProviders() == ["openid"])
            #expect(try await ada.session() == nil)
            try await ada.signIn("github")
            #expect(try await ada.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func bindsNothingInALaterSessionOfTheSameUser(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            try await browser.signIn("github")
            #expect(code(try await browser.ask(.get, callback)) == "OAUTH_BINDING_USER_MISMATCH")
            #expect(try await browser.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Asking.allCases)
    func bindsNothingOnceTheSessionIsRevoked(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let (browser, other) = (Browser(deployment), Browser(deployment))
            try await browser.signIn("github")
            try await other.signIn("github")
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            #expect(try await other.change(.delete, "/api/auth/sessions").json["ended"] == .number(1))
            asking.expect(
                try await browser.call(asking, .get, callback), refuses: .unauthorized, landing: "/profile")
            #expect(try await other.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func bindsNothingAfterSigningOut(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            #expect(try await browser.change(.post, "/api/auth/logout").status == .ok)
            #expect(code(try await browser.ask(.get, callback)) == "UNAUTHORIZED")
            try await browser.signIn("github")
            #expect(try await browser.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func bindsNothingForAUserWhoWasDisabledMeanwhile(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let id = try #require(try await browser.session()?["user"]?["id"]?.string)
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            try await deployment.store.setEnabled(false, user: try #require(.init(id)))
            #expect(code(try await browser.ask(.get, callback)) == "UNAUTHORIZED")
            #expect(try await browser.signIn("github") == "/auth/login?oauth_error=ACCOUNT_DISABLED")
        }
    }

    /// The attacker's account at the provider must not end up with the victim, and not the victim's with the attacker.
    @Test(arguments: [true, false], Deployment.Wire.allCases)
    func bindsNothingThatOneBeganAndAnotherFinishes(attackerBegins: Bool, wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let (attacker, victim) = (Browser(deployment), Browser(deployment))
            try await attacker.signIn("github", as: "mei")
            try await victim.signIn("github", as: "ada")
            let (beginner, finisher) = attackerBegins ? (attacker, victim) : (victim, attacker)
            let callback = try await beginner.visitProviderToLink("gitee", as: "lilei")
            #expect(code(try await finisher.ask(.get, callback)) == "OAUTH_STATE_INVALID")

            finisher.plant(beginner.cookies.filter { $0.key.contains("flow") })
            #expect(code(try await finisher.ask(.get, callback)) == "OAUTH_BINDING_USER_MISMATCH")
            #expect(code(try await beginner.ask(.get, callback)) == "OAUTH_STATE_INVALID")
            for browser in [attacker, victim] { #expect(try await browser.boundProviders() == ["github"]) }
        }
    }

    @Test func signsNobodyInWithALoginThatAnotherBrowserBegan() async throws {
        try await Deployment.run { deployment in
            let (attacker, victim) = (Browser(deployment), Browser(deployment))
            try await victim.signIn("github")
            let before = try await victim.session()
            let callback = try await attacker.visitProvider("github", as: "mei")
            #expect(code(try await victim.ask(.get, callback)) == "OAUTH_STATE_INVALID")
            #expect(try await victim.session() == before)
        }
    }

    @Test func takesNoOtherCookieForASession() async throws {
        try await Deployment.run { deployment in
            try await Browser(deployment).signIn("github")
            let browser = Browser(deployment)
            let token = try await browser.earnBindingToken("google")
            try await browser.open("/api/auth/oauth/github/authorize")
            for value in browser.cookies.values.map({ $0 }) + [token] {
                let thief = Browser(deployment)
                thief.plant(["martlet-session": value])
                #expect(try await thief.session() == nil)
            }
        }
    }

    @Test func keepsPeopleApartWhoseHandlesAreTheSame() async throws {
        try await Deployment.run { deployment in
            try await Browser(deployment).signIn("github", as: "sam")
            let browser = Browser(deployment)
            #expect(try await browser.signIn("gitee", as: "sam") == "/auth/login?oauth_success=1")
            #expect(try await deployment.store.userCount() == 2)
        }
    }

    @Test(arguments: [("github", "openid"), ("openid", "github")])
    func linksNobodyByAnEmailThatOneSideDidNotVerify(first: String, second: String) async throws {
        try await Deployment.run(.inProcess, "emailMatch: link") { deployment in
            try await Browser(deployment).signIn(first, as: "uma")
            let browser = Browser(deployment)
            #expect(try await browser.signIn(second, as: "uma") == "/auth/login?oauth_success=1")
            #expect(try await deployment.store.userCount() == 2)
        }
    }
}
