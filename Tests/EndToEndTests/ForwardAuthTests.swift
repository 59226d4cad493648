import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletAccounts
import MartletTesting
import NIOCore
import Testing

@testable import MartletSimulator

/// What a proxy is told about a request that it asks about.
@Suite struct ForwardAuthTests {
    private let path = "/api/auth/verify"
    private let navigation: HTTPFields = [.accept: "text/html", .secFetchMode: "navigate"]

    private func field(_ name: String, _ answer: TestResponse) -> String? {
        HTTPField.Name(name).flatMap { answer.headers[$0] }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func tellsWhoIsSignedIn(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let id = try await browser.session()?["user"]?["id"]?.string
            for method in [HTTPRequest.Method.get, .head] {
                let answer = try await browser.send(method, path, headers: navigation)
                #expect(answer.status == .ok)
                #expect(answer.body.readableBytes == 0)
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.setCookie] == nil)
                #expect(field("X-Auth-User", answer) == id)
                #expect(field("X-Auth-Name", answer) == "Ada Lovelace")
                #expect(field("X-Auth-Email", answer) == "ada@example.com")
                #expect(field("X-Auth-Email-Verified", answer) == "true")
            }
        }
    }

    /// Whatever a person is called, the header stays one line of ASCII, and can be read back.
    @Test(arguments: [
        ("Zoë", "Zo%C3%AB"), ("李雷", "%E6%9D%8E%E9%9B%B7"), ("100%", "100%25"),
        ("a\r\nX-Auth-User: 1", "a%0D%0AX-Auth-User: 1"),
        ("a\u{7F}b", "a%7Fb"), ("Ada Lovelace", "Ada Lovelace"),
        (String(repeating: "é", count: 101), String(repeating: "%C3%A9", count: 100)),
    ])
    func writesNamesThatAreSafeInAHeader(name: String, value: String) async throws {
        let person = Person(id: "somebody", number: 77, username: "somebody", name: name)
        try await Deployment.run(people: [person]) { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github", as: person.id)
            let answer = try await browser.ask(.get, path)
            #expect(field("X-Auth-Name", answer) == value)
        }
    }

    @Test(arguments: Deployment.Wire.allCases)
    func answersAStatusToWhoeverIsNotSignedIn(wire: Deployment.Wire) async throws {
        try await Deployment.run(wire) { deployment in
            let browser = Browser(deployment)
            for cookies in [[:], ["martlet-session": String(repeating: "A", count: 43)], ["martlet-session": "x"]] {
                browser.plant(cookies)
                for headers in [HTTPFields(), navigation] {
                    let answer = try await browser.send(.get, path, headers: headers)
                    #expect(answer.status == .unauthorized)
                    #expect(answer.problemCode == "UNAUTHORIZED")
                    #expect(answer.headers[.cacheControl] == "no-store")
                    #expect(!answer.headers.contains { $0.name.canonicalName.hasPrefix("x-auth-") })
                }
                #expect(try await browser.send(.head, path).status == .unauthorized)
            }
        }
    }

    @Test func refusesAUserWhoWasDisabled() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let id = try #require(try await browser.session()?["user"]?["id"]?.string.flatMap { Int64($0) })
            try await deployment.store.setEnabled(false, user: UserID(rawValue: id))
            #expect(try await browser.ask(.get, path).status == .unauthorized)
        }
    }

    @Test func refusesASessionThatHasEnded() async throws {
        try await Deployment.run(.inProcess, "sessionLifetime: 60") { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            #expect(try await browser.ask(.get, path).status == .ok)
            deployment.clock.advance(by: 60)
            #expect(try await browser.ask(.get, path).status == .unauthorized)
        }
    }

    /// What the client asked for is the proxy's affair: each request that it asks about is judged alike.
    @Test(arguments: ["POST", "DELETE", "TRACE"])
    func looksAtTheSessionAlone(method: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github")
            let headers: HTTPFields = try [
                #require(HTTPField.Name("X-Forwarded-Method")): method, .origin: "https://evil.example",
                .secFetchSite: "cross-site",
            ]
            #expect(try await browser.ask(.get, path, headers: headers).status == .ok)
        }
    }

    @Test func isNotLimited() async throws {
        try await Deployment.run(.inProcess, "requestsPerMinute: 5") { deployment in
            let browser = Browser(deployment)
            for _ in 0..<20 {
                let answer = try await browser.ask(.get, path)
                #expect(answer.status == .unauthorized)
            }
        }
    }

    @Test(arguments: [
        ("/reports?year=2026&sort=up", "/auth/login?redirect_uri=%2Freports%3Fyear%3D2026%26sort%3Dup"),
        (nil, "/auth/login"), ("", "/auth/login"), ("//evil.example", "/auth/login"),
        ("https://evil.example/", "/auth/login"), ("/\\evil.example", "/auth/login"),
        ("/r?" + String(repeating: "a=1&", count: 500), "/auth/login"),
    ])
    func saysWhereABrowserMaySignIn(address: String?, login: String) async throws {
        try await Deployment.run { deployment in
            var headers = navigation
            headers[try #require(HTTPField.Name("X-Forwarded-Uri"))] = address
            #expect(try await Browser(deployment).send(.get, path, headers: headers).headers[.location] == login)
            headers[.secFetchMode] = "cors"
            #expect(try await Browser(deployment).send(.get, path, headers: headers).headers[.location] == nil)
        }
    }

    @Test func bringsABrowserBackToWhereItWanted() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let page = try await browser.open("/auth/login?redirect_uri=%2Freports%3Fyear%3D2026")
            let query = "?redirect_uri=%2Freports%3Fyear%3D2026"
            #expect(String(buffer: page.body).contains("/api/auth/oauth/github/authorize\(query)"))
            #expect(try await browser.signIn("github", query: query) == "/reports?year=2026&oauth_success=1")
        }
    }
}
