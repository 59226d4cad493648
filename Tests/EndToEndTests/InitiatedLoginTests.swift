import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletTesting
import NIOCore
import Testing

/// Logins that another site asks for (OpenID Connect Core §4).
@Suite struct InitiatedLoginTests {
    private static let path = "/api/auth/oauth/openid/initiate"
    private static let issuer = "\(Deployment.simulatorOrigin)/openid"
    private static let form: HTTPFields = [
        .contentType: "application/x-www-form-urlencoded", .accept: "text/html", .secFetchMode: "navigate",
        .secFetchSite: "cross-site",
    ]

    private func query(_ parameters: (name: String, value: String)...) -> String {
        FormEncoding.encode([("iss", Self.issuer)] + parameters)
    }

    @Test func beginsALoginThatEndsWhereItWasAskedTo() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let answer = try await browser.open(
                "\(Self.path)?\(query(("target_link_uri", "/welcome"), ("login_hint", "lilei")))",
                headers: [.secFetchSite: "cross-site"])
            #expect(answer.status == .found)
            #expect(answer.headers[.cacheControl] == "no-store")
            let url = try #require(answer.headers[.location])
            #expect(url.hasPrefix("\(Self.issuer)/authorize?") && url.contains("&login_hint=lilei"))
            let callback = try await browser.decide(at: url, as: "lilei")
            #expect(try await browser.open(callback).headers[.location] == "/welcome?oauth_success=1")
        }
    }

    @Test func beginsALoginByAForm() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let target = deployment.serviceOrigin + "/welcome"
            let answer = try await browser.send(
                .post, Self.path, headers: Self.form,
                body: query(("target_link_uri", target), ("login_hint", "ada")))
            #expect(answer.status == .seeOther)
            let url = try #require(answer.headers[.location])
            #expect(url.contains("&login_hint=ada"))
            let callback = try await browser.decide(at: url, as: "ada")
            #expect(try await browser.open(callback).headers[.location] == "\(target)?oauth_success=1")
        }
    }

    @Test func landsOnAListedOriginToo() async throws {
        let settings = "allowedRedirectOrigins: [https://app.example]\n"
        try await Deployment.run(.inProcess, settings) { deployment in
            let browser = Browser(deployment)
            let answer = try await browser.open(
                "\(Self.path)?\(query(("target_link_uri", "https://app.example/in")))")
            let callback = try await browser.decide(at: try #require(answer.headers[.location]), as: "ada")
            let landing = try await browser.open(callback).headers[.location]
            #expect(landing == "https://app.example/in?oauth_success=1")
        }
    }

    @Test func countsAnEmptyParameterAsAbsent() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let answer = try await browser.open("\(Self.path)?\(query(("target_link_uri", ""), ("login_hint", "")))")
            let url = try #require(answer.headers[.location])
            #expect(url.hasPrefix(Self.issuer) && !url.contains("login_hint"))
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
        "http://localhost:8080.evil.example/", "http://localhost:8080@evil.example/", "http://localhost:80801/",
        "https://localhost:8080/",
    ])
    func landsNowhereElse(target: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let asked = query(("target_link_uri", target))
            let answers = [
                try await browser.ask(.get, "\(Self.path)?\(asked)"),
                try await browser.send(
                    .post, Self.path, headers: [.contentType: "application/x-www-form-urlencoded"], body: asked),
            ]
            for answer in answers {
                #expect(answer.status == .badRequest && answer.problemCode == "OAUTH_REDIRECT_INVALID")
                #expect(answer.headers[values: .setCookie].isEmpty)
            }
        }
    }

    @Test(arguments: [
        "", "iss=", "iss=https%3A%2F%2Fevil.example", "iss=\(issuer)%2F", "iss=\(issuer)x", "login_hint=ada",
        "iss=a&iss=b", "iss=%zz", "iss=\(Deployment.simulatorOrigin)/accounts.google.com",
    ])
    func needsTheProvidersIssuer(query: String) async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let answers = [
                try await browser.ask(.get, "\(Self.path)?\(query)"),
                try await browser.send(
                    .post, Self.path, headers: [.contentType: "application/x-www-form-urlencoded"], body: query),
            ]
            for answer in answers {
                #expect(answer.status == .badRequest && answer.problemCode == "BAD_REQUEST")
            }
            #expect(browser.cookies.isEmpty)
            let refused = try await browser.open("\(Self.path)?\(query)")
            #expect(refused.headers[.location] == "/auth/login?oauth_error=BAD_REQUEST")
        }
    }

    @Test(arguments: ["application/json", "text/plain", ""])
    func takesAFormOnly(type: String) async throws {
        try await Deployment.run { deployment in
            let headers: HTTPFields = type.isEmpty ? [:] : [.contentType: type]
            let answer = try await Browser(deployment).send(.post, Self.path, headers: headers, body: query())
            #expect(answer.status == .badRequest && answer.problemCode == "BAD_REQUEST")
        }
    }

    @Test func isNotForAProviderWithoutAnIssuer() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            let answer = try await browser.ask(.get, "/api/auth/oauth/github/initiate?iss=https%3A%2F%2Fgithub.com")
            #expect(answer.problemCode == "BAD_REQUEST")
            #expect(
                try await browser.ask(.get, "/api/auth/oauth/nobody/initiate").problemCode == "OAUTH_PROVIDER_NOT_FOUND"
            )
        }
    }

    @Test func signsInAndNeverLinks() async throws {
        try await Deployment.run { deployment in
            let browser = Browser(deployment)
            try await browser.signIn("github", as: "mei")
            let begun = try await browser.open("\(Self.path)?\(query(("bind", "1")))")
            let callback = try await browser.decide(at: try #require(begun.headers[.location]), as: "ada")
            try await browser.open(callback)
            #expect(try await browser.boundProviders() == ["openid"])
        }
    }
}
