import FoundationEssentials
import Testing

@testable import MartletServer

@Suite struct PageAccountTests {
    let renderer: PageRenderer
    let fixtures = PageFixtures()

    init() throws { renderer = try PageRenderer() }

    @Test func unlinksOneOfSeveralAccountsByAForm() {
        var other = fixtures.binding
        (other.providerID, other.providerName) = ("github", "GitHub")
        let document = renderer.profile(fixtures.profile(bindings: [fixtures.binding, other]), language: .english)
        #expect(document.contains("<form class=\"row-action\" method=\"post\" action=\"/profile/unbind\">"))
        #expect(document.contains("<input type=\"hidden\" name=\"provider\" value=\"github\">"))
        #expect(document.contains("id=\"unlink-github\" aria-label=\"Unlink GitHub\">Unlink</button>"))
        #expect(!document.contains("disabled"))
    }

    @Test func saysWhyTheOnlyAccountCannotBeUnlinked() {
        let document = renderer.profile(fixtures.profile(), language: .english)
        #expect(document.contains("disabled aria-describedby=\"unlink-refusal-Ada\""))
        #expect(document.contains("id=\"unlink-refusal-Ada\">It is your only way to sign in"))
        #expect(
            renderer.profile(fixtures.profile(), language: .simplifiedChinese).contains("这是您唯一的登录方式"))
    }

    @Test func offersTheProvidersThatAreNotLinked() {
        let document = renderer.profile(fixtures.profile(), language: .english)
        #expect(document.contains("Link another account"))
        #expect(document.contains("href=\"/api/auth/oauth/Ada/authorize\" id=\"link-Ada\" aria-label=\"Link Ada\""))
        #expect(
            !renderer.profile(fixtures.profile(linkable: []), language: .english).contains("Link another account</h2>"))
    }

    @Test func marksThisBrowsersSessionAndEndsTheOthers() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
        let other = fixtures.session(isCurrent: false, userAgent: firefox)
        let page = fixtures.profile(sessions: [fixtures.session(isCurrent: true), other])
        let document = renderer.profile(page, language: .english)
        #expect(document.split(separator: "This one").count == 2)
        #expect(document.contains("Firefox on Linux"))
        #expect(document.contains("Since 21 November 2026, 14:05 UTC"))
        #expect(document.contains("aria-label=\"Sign out there: Firefox on Linux\""))
        #expect(document.split(separator: "action=\"/profile/end-session\"").count == 2)
        #expect(document.contains("id=\"end-other-sessions\""))
    }

    @Test func offersNothingToEndWhereThisIsTheOnlySession() {
        let page = fixtures.profile(sessions: [fixtures.session(isCurrent: true)])
        let document = renderer.profile(page, language: .english)
        #expect(!document.contains("action=\"/profile/end-"))
        #expect(document.contains("id=\"sign-out\""))
    }

    @Test func deletesAnAccountOnlyWithAConfirmation() {
        let document = renderer.profile(fixtures.profile(), language: .english)
        #expect(document.contains("<form method=\"post\" action=\"/profile/delete-account\">"))
        #expect(document.contains("type=\"checkbox\" name=\"confirm\" value=\"1\" id=\"confirm-deletion\" required"))
    }

    @Test func offersToLinkAWaitingAccountToSomebodySignedIn() {
        let document = renderer.login(fixtures.login(.signedIn, signedIn: true, pending: true), language: .english)
        #expect(document.contains("<form method=\"post\" action=\"/auth/bind\">"))
        #expect(document.contains("<input type=\"hidden\" name=\"binding_token\" value=\"Ada\">"))
        #expect(document.contains("Link Ada to your account") && document.contains("Not now"))
        #expect(!document.contains("id=\"go-to-profile\""))
        #expect(!renderer.login(fixtures.login(pending: true), language: .english).contains("/auth/bind"))
    }

    @Test func remembersTheWaitingAccountBesideAnError() {
        let page = fixtures.login(.flowRefused(code: "OAUTH_ACCESS_DENIED"), pending: true)
        let document = renderer.login(page, language: .english)
        #expect(document.contains("Sign in the way you used before to link your Ada account."))
    }

    @Test func asksBeforeALinkThatAnotherSiteStarted() {
        let document = renderer.link(fixtures.link, language: .english)
        #expect(document.contains("<h1>Link your Ada account?</h1>"))
        #expect(document.contains("href=\"/api/auth/oauth/Ada/authorize\" id=\"link-Ada\""))
        #expect(document.contains("href=\"/profile\" id=\"cancel\""))
    }

    @Test func loadsTheScriptForPopupsOnlyWhereAFlowEnds() {
        let script = "/auth/assets/landing.js"
        for notice in [Notice.signedIn, .bound, .flowRefused(code: "OAUTH_ACCESS_DENIED")] {
            #expect(renderer.profile(fixtures.profile(notice), language: .english).contains(script))
            #expect(renderer.login(fixtures.login(notice, signedIn: true), language: .english).contains(script))
            let waiting = fixtures.login(notice, signedIn: true, pending: true)
            #expect(!renderer.login(waiting, language: .english).contains(script))
        }
        let others: [Notice?] = [
            nil, .signedOut(), .accountDeleted, .sessionEnded, .pendingBinding(providerName: ""),
            .refused(code: "OAUTH_LAST_BIND"),
        ]
        for notice in others {
            #expect(!renderer.profile(fixtures.profile(notice), language: .english).contains(script))
            #expect(!renderer.login(fixtures.login(notice), language: .english).contains(script))
        }
        #expect(!renderer.link(fixtures.link, language: .english).contains(script))
        #expect(!renderer.error(fixtures.error, language: .english).contains(script))
    }

    @Test func postsToItsOwnOriginOnly() {
        let script = String(decoding: PageRenderer.landingScript, as: UTF8.self)
        #expect(script.contains("opener.postMessage(message, location.origin)"))
        #expect(script.split(separator: "postMessage").count == 2)
    }

    @Test(
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
                "Chrome on Windows", "Windows 上的 Chrome"
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
                "Edge on Windows",
                "Windows 上的 Edge"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1",
                "Safari on iPhone", "iPhone 上的 Safari"
            ),
            (
                "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36 MicroMessenger/8.0",
                "WeChat on Android", "Android 上的 WeChat"
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0",
                "Firefox on macOS",
                "macOS 上的 Firefox"
            ),
            ("curl/8.14.1", "curl", "curl"), ("(Windows)", "Windows", "Windows"), ("", "Unknown browser", "未知浏览器"),
            (nil, "Unknown browser", "未知浏览器"), ("<script>", "Unknown browser", "未知浏览器"),
        ] as [(String?, String, String)])
    func namesABrowserInAFewWords(userAgent: String?, english: String, chinese: String) {
        let name = BrowserName(userAgent: userAgent)
        #expect(name.text(.english) == english)
        #expect(name.text(.simplifiedChinese) == chinese)
    }
}
