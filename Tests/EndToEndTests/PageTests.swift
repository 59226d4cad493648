import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletTesting
import NIOCore
import Testing

@Suite struct PageTests {
    @Test func offersAButtonForEachProvider() async throws {
        try await Deployment.run { deployment in
            let page = String(buffer: try await Browser(deployment).open("/auth/login").body)
            for provider in SignInTests.browserProviders {
                #expect(page.contains("id=\"provider-\(provider)\""))
                #expect(page.contains("/api/auth/oauth/\(provider)/authorize"))
            }
        }
    }

    @Test func sendsAStrangerFromTheProfileToTheLogin() async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).open("/profile")
            #expect(answer.headers[.location] == "/auth/login?error=UNAUTHORIZED")
        }
    }

    @Test func answersAHeadAsItWouldAGet() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            for path in ["/profile", "/auth/login", "/health/ready"] {
                let (get, head) = (try await browser.ask(.get, path), try await browser.ask(.head, path))
                #expect(head.status == get.status && head.headers[.location] == get.headers[.location])
            }
        }
    }

    @Test func speaksChineseToWhoAsksForIt() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            browser.acceptsLanguage = "zh-CN,zh;q=0.9,en;q=0.5"
            let page = String(buffer: try await browser.open("/auth/login?oauth_error=OAUTH_STATE_EXPIRED").body)
            #expect(page.contains("lang=\"zh-Hans\""))
        }
    }

    @Test(arguments: ["/auth/login", "/nothing/here", "/profile", "/api/auth/session"])
    func forbidsBrowsersEverythingAPageDoesNotNeed(path: String) async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).open(path)
            let policy = try #require(answer.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test func drawsAnIconForEachProvider() async throws {
        try await Deployment.run { deployment in
            for provider in SignInTests.browserProviders {
                let icon = try await Browser(deployment).ask(.get, "/auth/assets/icons/\(provider).svg")
                #expect(icon.status == .ok)
                #expect(icon.headers[.contentType]?.hasPrefix("image/svg+xml") == true)
            }
        }
    }

    @Test func drawsIconsWithTheNamesOfTheLanguage() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            browser.acceptsLanguage = "zh-CN"
            let page = try await browser.page("/auth/login")
            #expect(page.contains("src=\"/auth/assets/icons/wechat_open.zh-Hans.svg\""))
            #expect(page.contains("src=\"/auth/assets/icons/github.svg\""))
            let chinese = try await browser.page("/auth/assets/icons/wechat_open.zh-Hans.svg")
            let english = try await browser.page("/auth/assets/icons/wechat_open.svg")
            #expect(chinese.contains(">微</text>") && english.contains(">WC</text>"))
        }
    }

    @Test func explainsAnAddressThatDoesNotExist() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let page = try await browser.open("/nothing/here")
            #expect(page.status == .notFound)
            #expect(page.headers[.contentType]?.hasPrefix("text/html") == true)
            let problem = try await browser.ask(.get, "/nothing/here")
            #expect(problem.problemCode == "NOT_FOUND")
        }
    }

    @Test(arguments: ["oauth_error", "error"])
    func neverReflectsWhatAnErrorParameterSays(parameter: String) async throws {
        try await Deployment.run { deployment in
            let page = try await Browser(deployment).open(
                "/auth/login?\(parameter)=" + FormEncoding.percentEncode("<script>alert(1)</script>"))
            let text = String(buffer: page.body)
            #expect(text.contains("That did not work") || text.contains("Something went wrong"))
            #expect(!text.contains("alert(1)"))
        }
    }

    @Test func saysThatItIsAliveAndReady() async throws {
        try await Deployment.run { deployment in
            for path in ["/health/alive", "/health/ready"] {
                let answer = try await Browser(deployment).ask(.get, path)
                #expect(answer.status == .ok)
            }
        }
    }
}
