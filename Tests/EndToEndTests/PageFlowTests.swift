import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import NIOCore
import Testing

@Suite struct PageFlowTests {
    @Test func unlinksAnAccountByTheForm() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            try await browser.link("gitee", as: "lilei")
            let answer = try await browser.submit("/profile/unbind", [("provider", "github")])
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/profile?unbound=github")
            let page = try await browser.page("/profile?unbound=github")
            #expect(page.contains("Your GitHub account is no longer linked."))
            #expect(!page.contains("id=\"binding-github\"") && page.contains("id=\"link-github\""))
        }
    }

    @Test func saysNothingIsUnlinkedOfAnAccountThatIsStillLinked() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            #expect(try await !browser.page("/profile?unbound=github").contains("id=\"notice\""))
        }
    }

    @Test func keepsTheLastAccountWhateverTheFormSays() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let answer = try await browser.submit("/profile/unbind", [("provider", "github")])
            #expect(answer.headers[.location] == "/profile?error=OAUTH_LAST_BIND")
            #expect(try await browser.page("/profile").contains("id=\"binding-github\""))
        }
    }

    static let forms: [(path: String, field: String)] = [
        ("/profile/unbind", "provider"), ("/profile/end-session", "id"), ("/profile/end-other-sessions", "x"),
        ("/profile/delete-account", "confirm"), ("/auth/bind", "binding_token"),
    ]

    @Test(arguments: forms)
    func refusesAFormOfAnotherSite(path: String, field: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            for site in ["cross-site", "same-site", "none"] {
                let answer = try await browser.submit(path, [(field, "1")], from: site)
                #expect(answer.status == .forbidden)
            }
            #expect(try await browser.session() != nil)
        }
    }

    @Test(arguments: forms)
    func refusesABodyThatIsNoForm(path: String, field: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            for type in ["application/json", "text/plain", "multipart/form-data"] {
                let answer = try await browser.submit(path, [(field, "1")], type: type)
                #expect(answer.status == .badRequest)
            }
            let twice = try await browser.submit(path, [(field, "1"), (field, "1")])
            #expect(twice.status == .badRequest)
            #expect(try await browser.session() != nil)
        }
    }

    @Test(arguments: forms)
    func sendsAStrangersFormToTheLogin(path: String, field: String) async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).submit(path, [(field, "1")])
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/auth/login?error=UNAUTHORIZED")
        }
    }

    @Test func endsASessionElsewhere() async throws {
        try await Deployment.run { deployment in
            let (here, there) = (Browser(deployment), Browser(deployment))
            try await there.signIn("github")
            try await here.signIn("github")
            let id = try #require(try await here.page("/profile").value(ofHiddenField: "id"))
            let answer = try await here.submit("/profile/end-session", [("id", id)])
            #expect(answer.headers[.location] == "/profile?session_ended=1")
            #expect(try await there.session() == nil)
            #expect(try await here.session() != nil)
        }
    }

    @Test func doesNotEndASessionOfSomebodyElse() async throws {
        try await Deployment.run { deployment in
            let (first, second, stranger) = (Browser(deployment), Browser(deployment), Browser(deployment))
            try await first.signIn("github")
            try await second.signIn("github")
            try await stranger.signIn("github", as: "mei")
            let id = try #require(try await first.page("/profile").value(ofHiddenField: "id"))
            try await stranger.submit("/profile/end-session", [("id", id)])
            #expect(try await second.session() != nil)
        }
    }

    @Test func endsTheSessionsEverywhereElse() async throws {
        try await Deployment.run { deployment in
            let (here, there, elsewhere) = (Browser(deployment), Browser(deployment), Browser(deployment))
            for browser in [there, elsewhere, here] { try await browser.signIn("github") }
            let answer = try await here.submit("/profile/end-other-sessions", [])
            #expect(answer.headers[.location] == "/profile?other_sessions_ended=1")
            #expect(try await there.session() == nil)
            #expect(try await elsewhere.session() == nil)
            #expect(try await here.session() != nil)
        }
    }

    @Test func deletesAnAccountOnlyWhenItIsConfirmed() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let unconfirmed = try await browser.submit("/profile/delete-account", [])
            #expect(unconfirmed.headers[.location] == "/profile?error=BAD_REQUEST")
            #expect(try await browser.session() != nil)
            let answer = try await browser.submit("/profile/delete-account", [("confirm", "1")])
            #expect(answer.headers[.location] == "/auth/login?account_deleted=1")
            #expect(try await browser.session() == nil)
            #expect(browser.cookies.keys.allSatisfy { !$0.contains("session") })
            #expect(try await browser.page("/auth/login?account_deleted=1").contains("have been deleted"))
        }
    }
}

extension Browser {
    /// Opens an address and takes its text.
    func page(_ path: String) async throws -> String {
        String(buffer: try await open(path).body)
    }

    /// Sends a form as a page of the service does, or one of another site.
    @discardableResult
    func submit(
        _ path: String, _ fields: [(name: String, value: String)], from site: String = "same-origin",
        type: String = "application/x-www-form-urlencoded"
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.accept: "text/html", .contentType: type]
        headers[try #require(HTTPField.Name("Sec-Fetch-Mode"))] = "navigate"
        headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = site
        return try await send(.post, path, headers: headers, body: FormEncoding.encode(fields))
    }

    /// Links an account, as the button on the profile page does.
    @discardableResult
    func link(_ provider: String, as person: String, query: String = "bind=1") async throws -> String? {
        var headers: HTTPFields = [:]
        headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "same-origin"
        let begun = try await open("/api/auth/oauth/\(provider)/authorize?\(query)", headers: headers)
        let callback = try await decide(at: try #require(begun.headers[.location]), as: person)
        return try await open(callback).headers[.location]
    }
}

extension String {
    /// The value of the first hidden field of a name in a page.
    func value(ofHiddenField name: String) -> String? {
        let parts = split(separator: "<input type=\"hidden\" name=\"\(name)\" value=\"", maxSplits: 1)
        return parts.count > 1 ? String(parts[1].prefix { $0 != "\"" }) : nil
    }

    /// The address of a link, by the link's id.
    func address(ofLink id: String) -> String? {
        let before = split(separator: "id=\"\(id)\"", maxSplits: 1)
        guard before.count > 1, let start = before[0].ranges(of: "href=\"").last else { return nil }
        return String(before[0][start.upperBound...].prefix { $0 != "\"" }).replacing("&amp;", with: "&")
    }
}
