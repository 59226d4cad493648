import HTTPTypes
import HummingbirdTesting
import Martlet
import Testing

@testable import EndToEndTests

/// A login that another site asks for (OpenID Connect Core §4).
@Suite("Third-party-initiated login") struct ThirdPartyInitiatedLoginPlan {
    @Test func `oidcc-client-test-3rd-party-init-login`() async throws {
        try await RelyingParty.run { party in
            let query = FormEncoding.encode([
                ("iss", RelyingParty.issuer), ("login_hint", "ada"), ("target_link_uri", "/profile"),
            ])
            let begun = try await party.browser.open("/api/auth/oauth/rp/initiate?\(query)")
            let url = try #require(begun.headers[.location])
            #expect(url.queryValue("login_hint") == "ada")
            let path = String(url.dropFirst(Deployment.simulatorOrigin.count))
            let answer = try await party.deployment.provider.execute(uri: path + "&prompt=none", method: .get)
            let landing = try await party.land(answer)
            #expect(landing == "/profile?oauth_success=1")
            #expect(try await party.browser.session() != nil)
        }
    }

    @Test(arguments: ["https://issuer.example", RelyingParty.issuer + "/", ""])
    func `3rd-party-init-login-other-issuer`(issuer: String) async throws {
        try await RelyingParty.run { party in
            let query = FormEncoding.encode([("iss", issuer)])
            let answer = try await party.browser.ask(.get, "/api/auth/oauth/rp/initiate?\(query)")
            #expect(answer.status == .badRequest)
        }
    }

    @Test(arguments: ["https://evil.example/", "//evil.example", "/\\evil.example"])
    func `3rd-party-init-login-foreign-target`(target: String) async throws {
        try await RelyingParty.run { party in
            let query = FormEncoding.encode([("iss", RelyingParty.issuer), ("target_link_uri", target)])
            let answer = try await party.browser.ask(.get, "/api/auth/oauth/rp/initiate?\(query)")
            #expect(answer.problemCode == "OAUTH_REDIRECT_INVALID")
        }
    }
}
