import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletHummingbird
import MartletSimulator
import MartletTesting
import NIOCore
import Testing

@Suite struct LandingTests {
    static let hostile = [
        "//evil.example", "/\\evil.example", "/%2f%2fevil.example", "/%2F/evil.example", "/%252f%252fevil.example",
        "/%5cevil.example", "/%255cevil.example", "/\tevil.example", "/%09/evil.example", "/%0d%0aSet-Cookie:x",
        "https:evil.example", "https:/evil.example", "https://evil.example", "http://localhost:8080.evil.example",
        "http://localhost:8080@evil.example", "https://app.example.com.evil.example",
        "https://app.example.com@evil.example",
        "https://evilapp.example.com", "https://app.example.com:444", "https://app.example.com\\.evil.example",
        "javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:alert(1)", "\u{FF0F}\u{FF0F}evil.example",
        "///evil.example",
        " //evil.example", "%2f%2fevil.example", ".evil.example", "@evil.example", "/\u{2024}/evil",
        "//%5c/evil.example",
        "/%E0%80%AF/evil", "/%c0%af/evil", "/%3F/%5C%2f/%2f?x", "/ok?x=%0d%0aSet-Cookie:x", "/ok?x=%250a", "/ok#%0a",
        "/ok?x=%0d%0aSet-Cookie:x%", "/ok?%ff%0a", "/ok?x=%%30a",
    ]

    @Test(arguments: hostile)
    func refusesARedirectThatLeavesTheSite(candidate: String) async throws {
        #expect(LandingURL(candidate, allowedOrigins: ["https://app.example.com"]) == nil)
        try await Deployment.run(.inProcess, "allowedRedirectOrigins: [https://app.example.com]") { deployment in
            let query = "?redirect_uri=" + FormEncoding.percentEncode(candidate)
            let answer = try await Browser(deployment).ask(.get, "/api/auth/oauth/github/authorize\(query)")
            #expect(answer.problemCode == "OAUTH_REDIRECT_INVALID")
        }
    }

    @Test(arguments: [
        ("/", "/?oauth_success=1"), ("/welcome?tab=1", "/welcome?tab=1&oauth_success=1"),
        ("/search?q=100%25", "/search?q=100%25&oauth_success=1"), ("/search?q=100%", "/search?q=100%&oauth_success=1"),
        ("/find?in=C:%5C//", "/find?in=C:%5C//&oauth_success=1"),
        ("/a%20b", "/a%20b?oauth_success=1"), ("/docs#part", "/docs?oauth_success=1#part"),
        ("https://app.example.com", "https://app.example.com?oauth_success=1"),
        ("https://app.example.com/in", "https://app.example.com/in?oauth_success=1"),
    ])
    func landsWhereTheFlowAsked(landing: String, location: String) async throws {
        try await Deployment.run(.inProcess, "allowedRedirectOrigins: [https://app.example.com]") { deployment in
            let browser = Browser(deployment)
            let query = "?redirect_uri=" + FormEncoding.percentEncode(landing)
            let landed = try await browser.signIn("github", query: query)
            #expect(landed == location)
        }
    }

    @Test func carriesTheErrorToTheLandingPageToo() async throws {
        try await Deployment.run { deployment in
            deployment.simulator.set(fault: .denied, dialect: "github", step: .authorize)
            let browser = Browser(deployment)
            let location = try await browser.signIn("github", query: "?redirect_uri=%2Fwelcome")
            #expect(location == "/welcome?oauth_error=OAUTH_ACCESS_DENIED")
        }
    }

    @Test func refusesARepeatedParameter() async throws {
        try await Deployment.run { deployment in
            let answer = try await Browser(deployment).ask(
                .get, "/api/auth/oauth/github/authorize?redirect_uri=/a&redirect_uri=//evil.example")
            #expect(answer.problemCode == "BAD_REQUEST")
        }
    }
}
