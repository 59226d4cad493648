import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletHummingbird
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

/// Every row of the contract's table of errors, on both faces and over both wires.
@Suite struct ErrorContractTests {
    @Test(arguments: Asking.allCases)
    func namesAProviderThatIsNotConfigured(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            for (method, path) in [
                (HTTPRequest.Method.get, "authorize"), (.get, "authorize?bind=1"), (.get, "callback?code=x&state=y"),
                (.post, "callback"), (.get, "status"), (.delete, "unbind"),
            ] {
                let answer = try await browser.call(asking, method, "/api/auth/oauth/nobody/\(path)")
                asking.expect(answer, refuses: .providerNotFound)
            }
        }
    }

    @Test(arguments: Asking.allCases)
    func namesAStateThatIsNotGenuine(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            let path = "/api/auth/oauth/github/callback?code=x"
            for query in ["", "&state=", "&state=AAAA"] {
                asking.expect(try await browser.call(asking, .get, path + query), refuses: .stateInvalid)
            }
            let stranger = Browser(deployment)
            asking.expect(try await stranger.call(asking, .get, callback), refuses: .stateInvalid)
            try await browser.open(callback)
            asking.expect(try await browser.call(asking, .get, callback), refuses: .stateInvalid)
        }
    }

    @Test(arguments: Asking.allCases)
    func namesAStateThatIsTooOld(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            deployment.clock.advance(by: 301)
            asking.expect(try await browser.call(asking, .get, callback), refuses: .stateExpired)
        }
    }

    @Test(
        arguments: [
            (Fault.tokenError, Fault.Step.token, AuthErrorCode.tokenExchangeFailed),
            (.serverError, .userInfo, .userInfoFailed), (.denied, .authorize, .accessDenied),
        ], Asking.allCases)
    func namesWhatTheProviderRefused(
        refusal: (fault: Fault, step: Fault.Step, code: AuthErrorCode), asking: Asking
    ) async throws {
        try await Deployment.run(asking.wire) { deployment in
            deployment.simulator.set(fault: refusal.fault, dialect: "github", step: refusal.step)
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            asking.expect(try await browser.call(asking, .get, callback), refuses: refusal.code)
            #expect(try await browser.session() == nil)
        }
    }

    @Test(arguments: Asking.allCases)
    func namesAnAccountOfSomebodyElse(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            try await Browser(deployment).signIn("gitee", as: "lilei")
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            let answer = try await browser.call(asking, .get, callback)
            asking.expect(answer, refuses: .alreadyBound, landing: "/profile")
            #expect(try await browser.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Asking.allCases)
    func namesASecondAccountOfOneProvider(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let callback = try await browser.visitProviderToLink("github", as: "lilei")
            let answer = try await browser.call(asking, .get, callback)
            asking.expect(answer, refuses: .alreadyBound, landing: "/profile")
            #expect(try await browser.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Asking.allCases)
    func namesABindingThatAnotherUserFinishes(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let callback = try await browser.visitProviderToLink("gitee", as: "lilei")
            try await browser.signIn("github", as: "mei")
            let answer = try await browser.call(asking, .get, callback)
            asking.expect(answer, refuses: .bindingUserMismatch, landing: "/profile")
            #expect(try await browser.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Asking.allCases)
    func namesABindingTokenThatIsNotGood(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let answer = try await browser.bind("made-up", asking)
            asking.expect(answer, refuses: .bindingTokenInvalid)
        }
    }

    @Test(arguments: Asking.allCases)
    func keepsTheLastBinding(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let answer = try await browser.call(asking, .delete, "/api/auth/oauth/github/unbind")
            asking.expect(answer, refuses: .lastBinding)
            #expect(try await browser.boundProviders() == ["github"])
        }
    }

    @Test(arguments: Asking.allCases)
    func namesABindingThatIsNotThere(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let answer = try await browser.call(asking, .delete, "/api/auth/oauth/gitee/unbind")
            asking.expect(answer, refuses: .bindingNotFound)
        }
    }

    static let forUsers: [(method: HTTPRequest.Method, path: String)] = [
        (.get, "/api/auth/oauth/github/authorize?bind=1"), (.post, "/api/auth/oauth/bind"),
        (.delete, "/api/auth/oauth/github/unbind"), (.get, "/api/auth/oauth/bindings"),
        (.get, "/api/auth/oauth/github/status"), (.get, "/api/auth/session"), (.get, "/api/auth/sessions"),
        (.delete, "/api/auth/sessions"), (.delete, "/api/auth/sessions/x"), (.delete, "/api/auth/account"),
    ]

    @Test(arguments: forUsers, Asking.allCases)
    func asksAStrangerToSignIn(
        call: (method: HTTPRequest.Method, path: String), asking: Asking
    ) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let browser = Browser(deployment)
            asking.expect(try await browser.call(asking, call.method, call.path), refuses: .unauthorized)
            browser.plant(["martlet-session": String(repeating: "A", count: 43)])
            asking.expect(try await browser.call(asking, call.method, call.path), refuses: .unauthorized)
        }
    }

    @Test func asksAStrangerToSignInWhoSaysNothingOfWhereTheRequestComesFrom() async throws {
        try await Deployment.run { deployment in
            for (method, path) in Self.forUsers {
                let answer = try await Browser(deployment).ask(method, path)
                #expect(answer.status == .unauthorized)
            }
        }
    }

    @Test(arguments: [HTTPFields(), [.origin: "https://evil.example"], [.secFetchSite: "same-site"]])
    func refusesAChangeThatAnotherSiteAsksFor(headers: HTTPFields) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            try await browser.link("gitee", as: "lilei")
            for (method, path) in Self.forUsers where method != .get {
                let answer = try await browser.ask(method, path, headers: headers)
                #expect(answer.status == .forbidden)
                #expect(answer.problemCode == "CSRF_REJECTED")
            }
            #expect(try await browser.boundProviders() == ["github", "gitee"])
        }
    }

    @Test(arguments: Asking.allCases)
    func refusesALandingElsewhere(asking: Asking) async throws {
        try await Deployment.run(asking.wire) { deployment in
            let path = "/api/auth/oauth/github/authorize?redirect_uri=https%3A%2F%2Fevil.example"
            asking.expect(try await Browser(deployment).call(asking, .get, path), refuses: .redirectInvalid)
        }
    }
}
