import MartletHummingbird
import Testing

@testable import MartletServer

@Suite struct PageNoticeTests {
    let renderer: PageRenderer
    let fixtures = PageFixtures()

    init() throws { renderer = try PageRenderer() }

    static let contractCodes = [
        "OAUTH_PROVIDER_NOT_FOUND", "OAUTH_STATE_INVALID", "OAUTH_STATE_EXPIRED", "OAUTH_TOKEN_EXCHANGE_FAILED",
        "OAUTH_USER_INFO_FAILED", "OAUTH_ALREADY_BIND", "OAUTH_BINDING_USER_MISMATCH", "OAUTH_BINDING_TOKEN_INVALID",
        "OAUTH_LAST_BIND", "UNAUTHORIZED", "OAUTH_ACCESS_DENIED", "OAUTH_PROVIDER_ERROR", "OAUTH_PROVIDER_UNAVAILABLE",
        "OAUTH_REDIRECT_INVALID", "OAUTH_BINDING_NOT_FOUND", "RATE_LIMITED", "CSRF_REJECTED", "BAD_REQUEST",
        "NOT_FOUND", "METHOD_NOT_ALLOWED", "INTERNAL_ERROR", "ACCOUNT_DISABLED",
        "SERVICE_UNAVAILABLE",
    ]

    @Test func knowsExactlyTheCodesOfTheContract() {
        #expect(Set(AuthErrorCode.allCases.map(\.rawValue)) == Set(Self.contractCodes))
    }

    @Test func hasDistinctWordsForEveryCodeInEveryLanguage() {
        let codes: [AuthErrorCode?] = AuthErrorCode.allCases + [nil]
        let problems = PageLanguage.allCases.flatMap { language in
            codes.map { PageStrings.strings(for: language).problems[$0] }
        }
        #expect(problems.allSatisfy { !$0.title.isEmpty && !$0.cause.isEmpty && !$0.advice.isEmpty })
        #expect(Set(problems.map(\.title)).count == problems.count)
        #expect(Set(problems.map(\.cause)).count == problems.count)
    }

    @Test(arguments: contractCodes)
    func tellsTheErrorAsAnAlertOnBothPages(code: String) throws {
        let known: AuthErrorCode = try #require(AuthErrorCode(rawValue: code))
        let problem = PageStrings.english.problems[known]
        let notice = Notice.flowRefused(code: code)
        for document in [
            renderer.login(fixtures.login(notice), language: .english),
            renderer.profile(fixtures.profile(notice), language: .english),
        ] {
            #expect(document.contains("role=\"alert\" data-code=\"\(code)\""))
            #expect(document.contains(problem.cause) && document.contains(problem.advice))
        }
    }

    @Test(arguments: ["MADE_UP_CODE", "oauth_state_expired", "", "OAUTH_STATE_EXPIRED "])
    func tellsAnUnknownCodeInGeneralWordsAndNeverRepeatsIt(code: String) {
        let document = renderer.login(fixtures.login(.flowRefused(code: code)), language: .english)
        #expect(document.contains(PageStrings.english.problems.unknown.cause))
        #expect(!document.contains("data-code"))
        #expect(!document.contains("MADE_UP_CODE"))
    }

    @Test(arguments: ["OAUTH_LAST_BIND", "MADE_UP_CODE"])
    func tellsWhatAPageRefusesInTheSameWords(code: String) {
        let page = renderer.profile(fixtures.profile(.refused(code: code)), language: .english)
        let flow = renderer.profile(fixtures.profile(.flowRefused(code: code)), language: .english)
        let script = "<script src=\"/auth/assets/landing.js\" defer></script>\n"
        #expect(page.contains("role=\"alert\""))
        #expect(page == flow.replacing(script, with: "") && page != flow)
    }

    @Test func tellsSuccessAsAStatus() {
        let signedIn = renderer.login(fixtures.login(.signedIn, signedIn: true), language: .english)
        #expect(signedIn.contains("role=\"status\"") && signedIn.contains("Sign-in complete."))
        let bound = renderer.profile(fixtures.profile(.bound), language: .simplifiedChinese)
        #expect(bound.contains("role=\"status\"") && bound.contains("账号绑定成功"))
        let signedOut = renderer.login(fixtures.login(.signedOut()), language: .english)
        #expect(signedOut.contains("role=\"status\"") && signedOut.contains("You have signed out."))
    }

    @Test func offersToSignOutAtTheProviderToo() {
        let next = ProviderLogout(providerName: "Example", url: "/api/auth/oauth/example/logout")
        let page = renderer.login(fixtures.login(.signedOut(next: next)), language: .english)
        #expect(page.contains("<a href=\"/api/auth/oauth/example/logout\" id=\"provider-logout\">"))
        #expect(page.contains("Sign out at Example too"))
        #expect(!renderer.login(fixtures.login(.signedOut()), language: .english).contains("provider-logout"))
    }

    @Test func saysNothingThatContradictsWhoIsSignedIn() {
        #expect(!renderer.login(fixtures.login(.signedIn), language: .english).contains("id=\"notice\""))
        #expect(!renderer.login(fixtures.login(.bound), language: .english).contains("id=\"notice\""))
        #expect(
            !renderer.login(fixtures.login(.signedOut(), signedIn: true), language: .english).contains("id=\"notice\""))
    }

    @Test func tellsWhatAFormOfTheProfileHasChanged() {
        for (notice, text) in [
            (Notice.unbound(providerName: "GitHub"), "Your GitHub account is no longer linked."),
            (.sessionEnded, "That session has been ended."),
            (.otherSessionsEnded, "You are now signed in only in this browser."),
        ] {
            let document = renderer.profile(fixtures.profile(notice), language: .english)
            #expect(document.contains("role=\"status\"") && document.contains(text))
        }
    }

    @Test func tellsOfADeletedAccountOnlyToWhoIsSignedOut() {
        let text = "have been deleted."
        #expect(renderer.login(fixtures.login(.accountDeleted), language: .english).contains(text))
        #expect(!renderer.login(fixtures.login(.accountDeleted, signedIn: true), language: .english).contains(text))
        #expect(!renderer.profile(fixtures.profile(.accountDeleted), language: .english).contains(text))
    }

    @Test func explainsAPendingBinding() {
        let page = fixtures.login(.pendingBinding(providerName: "GitHub"), pending: true)
        let english = renderer.login(page, language: .english)
        #expect(english.contains("class=\"notice notice-info\" id=\"notice\" role=\"status\""))
        #expect(english.contains("This GitHub account is not known here."))
        #expect(english.contains("Sign in the way you used before, then you can link it."))
        #expect(renderer.login(page, language: .simplifiedChinese).contains("本站尚无法识别这个 GitHub 账号。"))
    }

    @Test func explainsAPendingBindingOfAnUnnamedProvider() {
        let page = fixtures.login(.pendingBinding(providerName: ""))
        #expect(renderer.login(page, language: .english).contains("This account is not known here."))
        #expect(renderer.login(page, language: .simplifiedChinese).contains("本站尚无法识别这个账号。"))
    }

    @Test func explainsAnErrorOnItsOwnPage() {
        let page = ErrorPage(code: .stateExpired, requestID: "req-7", productName: nil)
        let document = renderer.error(page, language: .english)
        #expect(document.contains("Error 400"))
        #expect(document.contains("<h1>Sign-in took too long</h1>"))
        #expect(document.contains("<code>req-7</code>"))
        #expect(document.contains("<code>OAUTH_STATE_EXPIRED</code>"))
        #expect(document.contains("href=\"/auth/login\""))
        #expect(!document.contains("masthead"))
    }
}
