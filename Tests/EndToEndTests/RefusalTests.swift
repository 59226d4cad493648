import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

@Suite struct RefusalTests {
    @Test(arguments: [
        ("state=", "OAUTH_STATE_INVALID"), ("", "OAUTH_STATE_INVALID"), ("state=null", "OAUTH_STATE_INVALID"),
        ("state=AAAA", "OAUTH_STATE_INVALID"), ("state=a&state=b", "BAD_REQUEST"), ("state=%zz", "BAD_REQUEST"),
        ("error=access_denied", "OAUTH_STATE_INVALID"),
    ])
    func refusesACallbackWithoutAGenuineState(query: String, code: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.open("/api/auth/oauth/github/authorize")
            let answer = try await browser.ask(.get, "/api/auth/oauth/github/callback?code=x&\(query)")
            #expect(answer.status == .badRequest)
            #expect(answer.problemCode == code)
            #expect(answer.headers[.contentType] == "application/problem+json")
        }
    }

    @Test(arguments: ["é", "a b", "a\"b", "a@b", "\u{1F426}", ""])
    func beginsALoginWhateverNamesOfFlowCookiesAreSent(name: String) async throws {
        try await Deployment.run { deployment in
            let cookies = (0..<20).map { "martlet-flow-\(name)\($0)=x" }.joined(separator: "; ")
            let answer = try await deployment.service.execute(
                uri: "/api/auth/oauth/github/authorize", method: .get, headers: [.cookie: cookies])
            #expect(answer.status == .found)
            #expect(answer.headers[values: .setCookie].count == 1)
        }
    }

    @Test func refusesAStateWithOneCharacterChanged() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            let state = try #require(callback.split(separator: "state=").last?.prefix { $0 != "&" })
            let last = try #require(state.dropFirst(30).first)
            let changed = state.prefix(30) + (last == "A" ? "B" : "A") + state.dropFirst(31)
            let answer = try await browser.ask(.get, callback.replacing(state, with: changed))
            #expect(answer.problemCode == "OAUTH_STATE_INVALID")
        }
    }

    @Test func refusesACallbackInAnotherBrowserAndSetsNoCookieThere() async throws {
        try await Deployment.run { deployment in
            let attacker = Browser(deployment)
            let callback = try await attacker.visitProvider("github")
            let victim = Browser(deployment)
            let answer = try await victim.open(callback)
            #expect(answer.headers[.location] == "/auth/login?oauth_error=OAUTH_STATE_INVALID")
            #expect(victim.cookies.isEmpty)
            #expect(try await victim.session() == nil)
        }
    }

    @Test func refusesAStateAtAnotherProvidersCallback() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            let answer = try await browser.ask(.get, callback.replacing("/github/", with: "/gitee/"))
            #expect(answer.problemCode == "OAUTH_STATE_INVALID")
        }
    }

    @Test func refusesACallbackThatWasUsed() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            try await browser.open(callback)
            #expect(try await browser.ask(.get, callback).problemCode == "OAUTH_STATE_INVALID")
        }
    }

    @Test func tellsAnOldStateFromAForgedOne() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            deployment.clock.advance(by: 301)
            #expect(try await browser.ask(.get, callback).problemCode == "OAUTH_STATE_EXPIRED")
        }
    }

    @Test func letsOneOfFiftyParallelCallbacksSucceed() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let callback = try await browser.visitProvider("github")
            let cookie = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
            let path = String(callback.dropFirst(deployment.serviceOrigin.count))
            let locations = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await deployment.service.execute(
                            uri: path, method: .get, headers: [.cookie: cookie, .accept: "text/html"]
                        ).headers[.location]
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(locations.count { $0 == "/auth/login?oauth_success=1" } == 1)
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test func finishesTenLoginsBegunInTenTabs() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            var callbacks: [String] = []
            for _ in 0..<10 { callbacks.append(try await browser.visitProvider("github")) }
            for callback in callbacks {
                #expect(try await browser.open(callback).headers[.location] == "/auth/login?oauth_success=1")
            }
        }
    }

    @Test func dropsTheOldestFlowsBeyondTheLimit() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            for _ in 0..<15 { try await browser.open("/api/auth/oauth/github/authorize") }
            #expect(browser.cookies.count == 10)
        }
    }

    @Test(arguments: [
        (Fault.denied, Fault.Step.authorize, "github", "OAUTH_ACCESS_DENIED"),
        (.denied, .authorize, "wechat_open", "OAUTH_ACCESS_DENIED"), (.denied, .authorize, "qq", "OAUTH_ACCESS_DENIED"),
        (.wrongState, .authorize, "github", "OAUTH_STATE_INVALID"),
        (.missingState, .authorize, "github", "OAUTH_STATE_INVALID"),
        (.serverError, .token, "github", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.garbage, .token, "github", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.redirect, .token, "github", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.tokenError, .token, "github", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.tokenError, .token, "wechat_open", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.tokenError, .token, "feishu", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.tokenError, .token, "dingtalk", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.tokenError, .token, "qq", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.emptyAccessToken, .token, "github", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.serverError, .userInfo, "github", "OAUTH_USER_INFO_FAILED"),
        (.garbage, .userInfo, "github", "OAUTH_USER_INFO_FAILED"),
        (.userInfoError, .userInfo, "wechat_open", "OAUTH_USER_INFO_FAILED"),
        (.userInfoError, .userInfo, "feishu", "OAUTH_USER_INFO_FAILED"),
        (.userInfoError, .userInfo, "qq", "OAUTH_USER_INFO_FAILED"),
        (.missingSubject, .userInfo, "github", "OAUTH_USER_INFO_FAILED"),
        (.userInfoSubjectMismatch, .userInfo, "openid", "OAUTH_USER_INFO_FAILED"),
        (.badSignature, .token, "openid", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.wrongNonce, .token, "openid", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.wrongIssuer, .token, "openid", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.wrongAudience, .token, "openid", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.expiredIDToken, .token, "openid", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.unknownKid, .token, "openid", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.algNone, .token, "google", "OAUTH_TOKEN_EXCHANGE_FAILED"),
        (.serverError, .discovery, "openid", "OAUTH_PROVIDER_UNAVAILABLE"),
        (.wrongIssuer, .token, "google", "OAUTH_TOKEN_EXCHANGE_FAILED"),
    ])
    func namesWhatWentWrongAtTheProvider(fault: Fault, step: Fault.Step, provider: String, code: String) async throws {
        try await Deployment.run { deployment in
            #expect(deployment.simulator.set(fault: fault, dialect: provider, step: step))
            let browser = Browser(deployment)
            let begun = try await browser.open("/api/auth/oauth/\(provider)/authorize")
            var location = try #require(begun.headers[.location])
            if location.hasPrefix(Deployment.simulatorOrigin) {
                let callback = try await browser.decide(at: location, as: "ada")
                location = try #require(try await browser.open(callback).headers[.location])
            }
            #expect(location == "/auth/login?oauth_error=\(code)")
            #expect(try await browser.session() == nil)
            #expect(browser.cookies.isEmpty || code == "OAUTH_STATE_INVALID")
            #expect(!deployment.simulator.recordedRequests.contains { $0.path.contains("elsewhere") })
        }
    }

    @Test func answersOthersWhileOneProviderCannotBeReached() async throws {
        try await Deployment.run(
            .inProcess,
            """
            providers:
              down:
                name: Down
                authorizationEndpoint: https://down.example/authorize
                tokenEndpoint: https://down.example/token
                userInfoEndpoint: https://down.example/me
                clientID: a
                clientSecret: b
            """
        ) { deployment in
            let browser = Browser(deployment)
            let begun = try await browser.open("/api/auth/oauth/down/authorize")
            let state = try #require(begun.headers[.location]?.split(separator: "state=").last?.prefix { $0 != "&" })
            let failed = try await browser.ask(.get, "/api/auth/oauth/down/callback?code=x&state=\(state)")
            #expect(failed.status == .serviceUnavailable)
            #expect(failed.problemCode == "OAUTH_PROVIDER_UNAVAILABLE")
            #expect(try await browser.signIn("github") == "/auth/login?oauth_success=1")
        }
    }

    @Test func refusesALogoutFromAnotherSite() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let crossSite: [HTTPFields] = [
                [:], [.origin: "https://evil.example"], [.origin: "null"],
                [.referer: "http://localhost:8080.evil.example/"],
            ]
            for headers in crossSite {
                let answer = try await browser.ask(.post, "/api/auth/logout", headers: headers)
                #expect(answer.status == .forbidden)
                #expect(answer.problemCode == "CSRF_REJECTED")
            }
            #expect(try await browser.session() != nil)
        }
    }

    @Test func refusesABindingThatAnotherSiteBegins() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            var headers: HTTPFields = [:]
            headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "cross-site"
            let answer = try await browser.ask(.get, "/api/auth/oauth/gitee/authorize?bind=1", headers: headers)
            #expect(answer.problemCode == "CSRF_REJECTED")
        }
    }

    @Test func showsEachClientItsOwnFace() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let page = try await browser.open("/api/auth/oauth/nobody/authorize")
            #expect(page.headers[.location] == "/auth/login?oauth_error=OAUTH_PROVIDER_NOT_FOUND")
            let problem = try await browser.ask(.get, "/api/auth/oauth/nobody/authorize")
            #expect(problem.status == .badRequest)
            let body = try JSONValue(parsing: Array(buffer: problem.body))
            #expect(
                Set(body.object?.keys.map { $0 } ?? []) == ["type", "title", "status", "code", "detail", "requestId"])
            let json = try await browser.ask(.get, "/api/auth/oauth/github/authorize")
            #expect(json.status == .ok)
            #expect(
                try JSONValue(parsing: Array(buffer: json.body))["url"]?.string?.contains("code_challenge=") == true)
            let plain = try await browser.ask(.get, "/api/auth/oauth/github/authorize", headers: [.accept: "*/*"])
            #expect(plain.status == .found)
        }
    }

    @Test func asksWhenAVerifiedEmailIsKnown() async throws {
        try await Deployment.run { deployment in
            try await Browser(deployment).signIn("github")
            let other = Browser(deployment)
            let location = try #require(try await other.signIn("google"))
            #expect(location.hasPrefix("/auth/login?binding_token="))
            #expect(location.hasSuffix("&provider=google"))
            #expect(try await other.session() == nil)
            let page = try await other.open(location)
            #expect(String(buffer: page.body).contains("Google"))
            #expect(try await deployment.store.userCount() == 1)
        }
    }

    @Test(arguments: [
        (HTTPRequest.Method.post, "/api/auth/session"), (.get, "/api/auth/logout"), (.delete, "/api/auth/providers"),
        (.put, "/api/auth/oauth/github/authorize"),
    ])
    func refusesAMethodThatAnAddressDoesNotTake(method: HTTPRequest.Method, path: String) async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).ask(method, path)
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.problemCode == "METHOD_NOT_ALLOWED")
            #expect(answer.headers[.allow]?.isEmpty == false)
        }
    }

    @Test func asksAnAddressThatHurriesToWait() async throws {
        let settings = "requestsPerMinute: 2\ntrustedProxies: [127.0.0.1]\n"
        try await Deployment.run(.socket, settings) { deployment in
            let browser = Browser(deployment)
            var headers: HTTPFields = [:]
            headers[try #require(HTTPField.Name("X-Forwarded-For"))] = "9.9.9.9"
            for _ in 0..<2 {
                let allowed = try await browser.ask(.get, "/api/auth/oauth/github/authorize", headers: headers)
                #expect(allowed.status == .ok)
            }
            let refused = try await browser.ask(.get, "/api/auth/oauth/github/authorize", headers: headers)
            #expect(refused.status == .tooManyRequests)
            #expect(refused.problemCode == "RATE_LIMITED")
            #expect(refused.headers[.retryAfter] == "30")
            let other = try await browser.ask(.get, "/api/auth/oauth/github/authorize")
            #expect(other.status == .ok)
        }
    }
}
