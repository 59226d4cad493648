import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Martlet
import MartletHummingbird
import MartletTesting
import NIOCore
import Testing

@testable import GitHubLogin

/// The example application, whose GitHub is scripted.
@Suite struct OAuthLoginTests {
    private let transport = ScriptedTransport()

    init() {
        transport.on(.token, .json(#"{"access_token": "gho_1", "token_type": "bearer", "scope": "read:user"}"#))
        transport.on(.userInfo, .json(#"{"id": 583231, "login": "octocat", "name": "Octo Cat"}"#))
    }

    private func run(
        _ transport: ScriptedTransport? = nil, _ test: @Sendable @escaping (any TestClientProtocol) async throws -> Void
    ) async throws {
        let transport = transport ?? self.transport
        let github = try OAuthClient(.github, clientID: "id", clientSecret: "hush-hush", transport: transport)
        try await Application(router: try GitHubLogin.router(github)).test(.router, test)
    }

    private func start(_ client: any TestClientProtocol) async throws -> (state: String, cookie: String, url: String) {
        let started = try await client.execute(uri: "/auth/github", method: .get)
        try #require(started.status == .found)
        let url = try #require(started.headers[.location])
        let state = try #require(url.split(separator: "state=").last?.prefix { $0 != "&" })
        let cookie = try #require(started.headers[.setCookie]?.prefix { $0 != ";" })
        return (String(state), String(cookie), url)
    }

    @Test func sendsTheBrowserAwayWithStateAndPKCE() async throws {
        try await run { client in
            let started = try await start(client)
            #expect(started.url.hasPrefix("https://github.com/login/oauth/authorize?response_type=code&client_id=id"))
            #expect(started.url.contains("code_challenge_method=S256"))
            #expect(started.url.contains("redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fauth%2Fgithub%2Fcallback"))
        }
    }

    /// Its callback would be a form that another site posts, which comes without the cookie.
    @Test func refusesAProviderThatAnswersWithAForm() throws {
        var provider = Provider.github
        provider.responseMode = .formPost
        let client = try OAuthClient(provider, clientID: "id", clientSecret: "s", transport: transport)
        #expect { try OAuthLogin(client, redirectURI: "https://app.example/callback") } throws: {
            "\($0)".contains("GitHub answers with a form")
        }
    }

    @Test func yieldsTokensAndStateToTheRoute() async throws {
        try await run { client in
            let started = try await start(client)
            let answer = try await client.execute(
                uri: "/auth/github/callback?code=c&state=\(started.state)", method: .get,
                headers: [.cookie: started.cookie])
            #expect(answer.status == .ok)
            let body = try JSONValue(parsing: Array(buffer: answer.body))
            #expect(body["user"]?["login"] == .string("octocat"))
            #expect(body["state"] == .string(started.state))
            #expect(answer.headers[.setCookie]?.contains("Max-Age=0") == true)
            let exchange = try #require(transport.requests(.token).first?.body)
            #expect(exchange.contains("code=c") && exchange.contains("code_verifier="))
        }
    }

    @Test(arguments: ["code=c", "code=c&state=", "code=c&state=other", "error=access_denied&state=x", "code=%zz"])
    func answersABadCallbackByDefault(query: String) async throws {
        try await run { client in
            let started = try await start(client)
            let answer = try await client.execute(
                uri: "/auth/github/callback?\(query)", method: .get, headers: [.cookie: started.cookie])
            #expect(answer.status == .badRequest)
            let body = try JSONValue(parsing: Array(buffer: answer.body))
            #expect(body["error"] == .string("invalid_callback"))
            #expect(body["detail"]?.string?.isEmpty == false)
            #expect(transport.requests.isEmpty)
        }
    }

    @Test func refusesAnotherBrowsersState() async throws {
        try await run { client in
            let victim = try await start(client)
            let attacker = try await start(client)
            let answer = try await client.execute(
                uri: "/auth/github/callback?code=c&state=\(attacker.state)", method: .get,
                headers: [.cookie: victim.cookie])
            #expect(answer.status == .badRequest)
        }
    }

    @Test func saysThatTheyDeclined() async throws {
        try await run { client in
            let started = try await start(client)
            let answer = try await client.execute(
                uri: "/auth/github/callback?error=access_denied&state=\(started.state)", method: .get,
                headers: [.cookie: started.cookie])
            #expect(try JSONValue(parsing: Array(buffer: answer.body))["error"] == .string("access_denied"))
        }
    }

    @Test func saysTheProvidersErrorWithoutWhatWasSent() async throws {
        let refusing = ScriptedTransport()
        refusing.on(
            .token, .json(#"{"error": "bad_verification_code", "error_description": "code-123 of hush-hush is wrong"}"#)
        )
        try await run(refusing) { client in
            let started = try await start(client)
            let answer = try await client.execute(
                uri: "/auth/github/callback?code=code-123&state=\(started.state)", method: .get,
                headers: [.cookie: started.cookie])
            let text = String(buffer: answer.body)
            #expect(answer.status == .badRequest && text.contains("bad_verification_code"))
            #expect(!text.contains("code-123") && !text.contains("hush-hush"))
        }
    }

    @Test func answersUnavailableWhenTheProviderIsDown() async throws {
        try await run(ScriptedTransport { _ throws(TransportError) in throw .timedOut }) { client in
            let started = try await start(client)
            let answer = try await client.execute(
                uri: "/auth/github/callback?code=c&state=\(started.state)", method: .get,
                headers: [.cookie: started.cookie])
            #expect(answer.status == .serviceUnavailable)
        }
    }

    @Test func rendersErrorsInTheApplicationsOwnWay() async throws {
        let github = try OAuthClient(.github, clientID: "id", clientSecret: "s", transport: transport)
        let login = try OAuthLogin(github, redirectURI: "http://localhost:8000/callback")
        let router = Router()
        router.add(
            middleware: OAuthLoginErrorHandler { error, _, _ in
                Response(status: .unauthorized, body: .init(byteBuffer: .init(string: "own words: \(error.code)")))
            })
        router.get("/callback", login: login) { result, _, _ in result.state }
        try await Application(router: router).test(.router) { client in
            let answer = try await client.execute(uri: "/callback?code=c", method: .get)
            #expect(answer.status == .unauthorized)
            #expect(String(buffer: answer.body) == "own words: invalid_callback")
        }
    }

    @Test func expiresAfterFiveMinutes() async throws {
        let clock = FixedClock()
        let github = try OAuthClient(.github, clientID: "id", clientSecret: "s", transport: transport, now: clock.read)
        let login = try OAuthLogin(github, redirectURI: "http://localhost:8000/callback", now: clock.read)
        let router = Router()
        router.get("/auth/github", use: login.start)
        router.get("/callback", login: login) { result, _, _ in result.state }
        try await Application(router: router).test(.router) { client in
            let started = try await start(client)
            clock.advance(by: 301)
            let answer = try await client.execute(
                uri: "/callback?code=c&state=\(started.state)", method: .get, headers: [.cookie: started.cookie])
            #expect(try JSONValue(parsing: Array(buffer: answer.body))["error"] == .string("login_expired"))
        }
    }

    @Test func usesHostCookiesOverHTTPS() async throws {
        let github = try OAuthClient(.github, clientID: "id", clientSecret: "s", transport: transport)
        let login = try OAuthLogin(github, redirectURI: "https://app.example/callback")
        let router = Router()
        router.get("/auth/github", use: login.start)
        try await Application(router: router).test(.router) { client in
            let started = try await client.execute(uri: "/auth/github", method: .get)
            let cookie = try #require(started.headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-oauth-login-flow-"))
            #expect(cookie.contains("Secure") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
        }
    }

    @Test(arguments: ["http://app.example/callback", "/callback", "ftp://localhost/callback", ""])
    func refusesARedirectURIThatIsNotSafe(redirectURI: String) throws {
        let github = try OAuthClient(.github, clientID: "id", clientSecret: "s", transport: transport)
        #expect(throws: OAuthError.self) { try OAuthLogin(github, redirectURI: redirectURI) }
    }
}
