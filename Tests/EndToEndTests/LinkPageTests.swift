import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import NIOCore
import Testing

@Suite struct LinkPageTests {
    // MARK: An account that waits to be linked

    @Test func linksAWaitingAccountAfterSigningInTheOldWay() async throws {
        try await Deployment.run { deployment in
            try await Browser(deployment).signIn("github")
            let browser = Browser(deployment)
            let waiting = try #require(try await browser.signIn("google"))
            #expect(waiting.hasPrefix("/auth/login?binding_token="))

            let page = try await browser.page(waiting)
            #expect(page.contains("This Google account is not known here."))
            let begin = try #require(page.address(ofLink: "provider-github"))
            let begun = try await browser.open(begin)
            let callback = try await browser.decide(at: try #require(begun.headers[.location]), as: "ada")
            let landed = try #require(try await browser.open(callback).headers[.location])
            #expect(landed == "\(waiting)&oauth_success=1")

            let offer = try await browser.page(landed)
            #expect(offer.contains("Link Google to your account"))
            let token = try #require(offer.value(ofHiddenField: "binding_token"))
            let answer = try await browser.submit("/auth/bind", [("binding_token", token)])
            #expect(answer.headers[.location] == "/profile?bind_success=1")
            #expect(try await browser.page("/profile").contains("id=\"binding-google\""))
            #expect(browser.cookies.keys.allSatisfy { !$0.contains("binding") })

            let again = try await browser.submit("/auth/bind", [("binding_token", token)])
            #expect(again.headers[.location] == "/profile?error=OAUTH_BINDING_TOKEN_INVALID")
        }
    }

    @Test func linksNoAccountThatWaitsInAnotherBrowser() async throws {
        try await Deployment.run { deployment in
            let owner = Browser(deployment)
            try await owner.signIn("github")
            let waiting = try #require(try await Browser(deployment).signIn("google"))
            let offer = try await owner.page(waiting)
            let token = try #require(offer.value(ofHiddenField: "binding_token"))
            let answer = try await owner.submit("/auth/bind", [("binding_token", token)])
            #expect(answer.headers[.location] == "/profile?error=OAUTH_BINDING_TOKEN_INVALID")
        }
    }

    @Test func keepsTheWaitingAccountWhenTheOldSignInIsCancelled() async throws {
        try await Deployment.run { deployment in
            try await Browser(deployment).signIn("github")
            let browser = Browser(deployment)
            let waiting = try #require(try await browser.signIn("google"))
            let page = try await browser.page("\(waiting)&oauth_error=OAUTH_ACCESS_DENIED")
            #expect(page.contains("data-code=\"OAUTH_ACCESS_DENIED\""))
            #expect(page.contains("Sign in the way you used before to link your Google account."))
            #expect(try #require(page.address(ofLink: "provider-github")).contains("redirect_uri"))
        }
    }

    @Test func takesNoTextForABindingTokenThatHasNotTheFormOfOne() async throws {
        try await Deployment.run { deployment in
            let page = try await Browser(deployment).page("/auth/login?binding_token=made-up&provider=github")
            #expect(!page.contains("id=\"notice\"") && !page.contains("made-up"))
        }
    }

    // MARK: A link that another site starts

    static let starts: [[String: String]] = [
        ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"], [:],
        ["Referer": "https://evil.example/"],
    ]

    @Test(arguments: starts)
    func asksBeforeALinkThatThisSiteDidNotStart(fields: [String: String]) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            var headers: HTTPFields = [:]
            for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
            let answer = try await browser.open(
                "/api/auth/oauth/gitee/authorize?bind=1&redirect_uri=%2Fwelcome%3Fa%3D1", headers: headers)
            #expect(answer.status == .found)
            let address = try #require(answer.headers[.location])
            #expect(address == "/auth/link?provider=gitee&redirect_uri=%2Fwelcome%3Fa%3D1")
            #expect(answer.headers[.setCookie] == nil)

            let page = try await browser.page(address)
            #expect(page.contains("Ada Lovelace") && page.contains("Link your Gitee account?"))
            let start = try #require(page.address(ofLink: "link-gitee"))
            #expect(start == "/api/auth/oauth/gitee/authorize?bind=1&redirect_uri=%2Fwelcome%3Fa%3D1")
            let query = try #require(start.split(separator: "?").last)
            #expect(try await browser.link("gitee", as: "lilei", query: String(query)) == "/welcome?a=1&bind_success=1")
        }
    }

    @Test func asksAStrangerToSignInFirst() async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).open("/auth/link?provider=github")
            #expect(answer.headers[.location] == "/auth/login?error=UNAUTHORIZED")
        }
    }

    @Test(arguments: ["", "?provider=nobody", "?provider=github&provider=gitee", "?provider=<script>"])
    func asksAboutNoProviderThatIsNotConfigured(query: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let answer = try await browser.open("/auth/link\(query)")
            #expect(answer.status == .badRequest)
            #expect(String(buffer: answer.body).contains("<h1>Sign-in method not offered</h1>"))
        }
    }

    @Test(arguments: LandingTests.hostile)
    func carriesNoAddressOnThatLeavesTheSite(address: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let query = FormEncoding.encode([("provider", "gitee"), ("redirect_uri", address)])
            let answer = try await browser.open("/auth/link?\(query)")
            #expect(answer.status == .badRequest)
            #expect(String(buffer: answer.body).contains("<h1>Return address not allowed</h1>"))
        }
    }
}
