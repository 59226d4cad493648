import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletTesting
import Testing

/// Logins by other protocols than OAuth 2.0, through the same routes of the service.
@Suite struct OtherFlowTests {
    private static let settings = """
        providers:
          discogs: {clientID: discogs-client, clientSecret: discogs-secret}
          steam: {clientID: app.example, clientSecret: steam-key}
        """

    private func form(_ text: String) -> OutboundResponse {
        OutboundResponse(status: 200, body: Array(text.utf8))
    }

    /// What OAuth 1.0a sent as the callback's address.
    private func oauthCallback(_ transport: ScriptedTransport) throws -> String {
        let header = try #require(transport.requests(.temporaryCredentials).last?.headers[.authorization])
        let field = try #require(header.split(separator: ", ").first { $0.contains("oauth_callback=") })
        let value = field.split(separator: "\"", omittingEmptySubsequences: false)[1]
        return try #require(FormEncoding.percentDecode(value))
    }

    private func discogs() -> ScriptedTransport {
        let transport = ScriptedTransport()
        transport.on(.temporaryCredentials, form("oauth_token=temporary-1&oauth_token_secret=temporary-secret-1"))
        transport.on(.token, form("oauth_token=token-1&oauth_token_secret=secret-1"))
        transport.on(.subject, .json(#"{"id":5847213,"username":"nacht"}"#))
        transport.on(.userInfo, .json(#"{"name":"Jürgen Nacht"}"#))
        return transport
    }

    @Test func signsInByOAuth1() async throws {
        let transport = discogs()
        try await Deployment.run(.inProcess, Self.settings, transport: transport) { deployment in
            let browser = Browser(deployment)
            let begun = try await browser.open("/api/auth/oauth/discogs/authorize?redirect_uri=/welcome")
            #expect(begun.headers[.location] == "https://www.discogs.com/oauth/authorize?oauth_token=temporary-1")
            let callback = try oauthCallback(transport)
            #expect(callback.hasPrefix("http://localhost:8080/api/auth/oauth/discogs/callback?state="))
            let landed = try await browser.open(callback + "&oauth_token=temporary-1&oauth_verifier=verifier-1")
            #expect(landed.headers[.location] == "/welcome?oauth_success=1")
            let session = try await browser.session()
            #expect(session?.value(at: "user.name") == .string("Jürgen Nacht"))
            let again = try await browser.open(callback + "&oauth_token=temporary-1&oauth_verifier=verifier-1")
            #expect(again.headers[.location]?.contains("OAUTH_STATE_INVALID") == true)
        }
    }

    @Test func refusesTheTemporaryTokenOfAnotherLogin() async throws {
        let transport = discogs()
        try await Deployment.run(.inProcess, Self.settings, transport: transport) { deployment in
            let browser = Browser(deployment)
            try await browser.open("/api/auth/oauth/discogs/authorize?redirect_uri=/welcome")
            let callback = try oauthCallback(transport)
            let landed = try await browser.open(callback + "&oauth_token=temporary-2&oauth_verifier=verifier-1")
            #expect(landed.headers[.location]?.contains("OAUTH_STATE_INVALID") == true)
            #expect(try await browser.session() == nil)
        }
    }

    /// The provider's assertion for an address, made now.
    private func assertion(_ returnTo: String, at now: Date) -> String {
        let id = "https://steamcommunity.com/openid/id/76561198074261830"
        let fields: [(name: String, value: String)] = [
            ("openid.ns", "http://specs.openid.net/auth/2.0"), ("openid.mode", "id_res"),
            ("openid.op_endpoint", "https://steamcommunity.com/openid/login"), ("openid.claimed_id", id),
            ("openid.identity", id), ("openid.return_to", returnTo),
            ("openid.response_nonce", now.formatted(.iso8601) + "abc"), ("openid.assoc_handle", "1"),
            ("openid.signed", "signed,op_endpoint,claimed_id,identity,return_to,response_nonce,assoc_handle"),
            ("openid.sig", "c2ln"),
        ]
        return returnTo + "&" + FormEncoding.encode(fields)
    }

    private func begin(_ browser: Browser) async throws -> String {
        let begun = try await browser.open("/api/auth/oauth/steam/authorize?redirect_uri=/welcome")
        let query = try #require(begun.headers[.location]?.split(separator: "?", maxSplits: 1).last)
        return try #require(FormEncoding.decode(String(query))?.first { $0.name == "openid.return_to" }?.value)
    }

    @Test func signsInByOpenID2() async throws {
        let transport = ScriptedTransport()
        transport.on(.token, form("ns:http://specs.openid.net/auth/2.0\nis_valid:true\n"))
        transport.on(.userInfo, .json(#"{"response":{"players":[{"personaname":"Żubr_42"}]}}"#))
        try await Deployment.run(.inProcess, Self.settings, transport: transport) { deployment in
            let browser = Browser(deployment)
            let returnTo = try await begin(browser)
            let landed = try await browser.open(assertion(returnTo, at: deployment.clock.now))
            #expect(landed.headers[.location] == "/welcome?oauth_success=1")
            let session = try await browser.session()
            #expect(session?.value(at: "user.name") == .string("Żubr_42"))
        }
    }

    @Test func refusesAnAssertionThatTheProviderDisowns() async throws {
        let transport = ScriptedTransport()
        transport.on(.token, form("ns:http://specs.openid.net/auth/2.0\nis_valid:false\n"))
        try await Deployment.run(.inProcess, Self.settings, transport: transport) { deployment in
            let browser = Browser(deployment)
            let returnTo = try await begin(browser)
            let landed = try await browser.open(assertion(returnTo, at: deployment.clock.now))
            #expect(landed.headers[.location]?.contains("OAUTH_TOKEN_EXCHANGE_FAILED") == true)
            #expect(try await browser.session() == nil)
        }
    }

    @Test func refusesAnAssertionOfAnotherBrowser() async throws {
        try await Deployment.run(.inProcess, Self.settings, transport: ScriptedTransport()) { deployment in
            let returnTo = try await begin(Browser(deployment))
            let victim = Browser(deployment)
            let landed = try await victim.open(assertion(returnTo, at: deployment.clock.now))
            #expect(landed.headers[.location]?.contains("OAUTH_STATE_INVALID") == true)
        }
    }
}
