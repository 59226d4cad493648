import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletSimulator
import MartletTesting
import Testing

@testable import EndToEndTests

/// Refresh tokens: the service refreshes what it keeps for the application's backend.
@Suite("Refresh token") struct RefreshTokenPlan {
    @Test func `oidcc-client-test-refresh-token`() async throws {
        try await signedInForLong { party in
            let first = try await party.accessToken()
            party.deployment.clock.advance(by: 3600)
            let second = try await party.accessToken()
            #expect(first.status == .ok && second.status == .ok)
            let (old, new) = (first.json["accessToken"], second.json["accessToken"])
            #expect(old?.string?.isEmpty == false && new?.string?.isEmpty == false && old != new)
            // The refresh token was rotated, and the new one was kept.
            party.deployment.clock.advance(by: 3600)
            let third = try await party.accessToken()
            #expect(third.status == .ok && third.json["accessToken"] != new)
        }
    }

    @Test func `oidcc-client-test-refresh-token-invalid-issuer`() async throws {
        try await refusesTheRefresh(.refreshWrongIssuer)
    }

    @Test func `oidcc-client-test-refresh-token-invalid-sub`() async throws {
        try await refusesTheRefresh(.refreshWrongSubject)
    }

    private func refusesTheRefresh(_ fault: Fault) async throws {
        try await signedInForLong { party in
            party.deployment.clock.advance(by: 3600)
            party.fails(fault, at: .refresh)
            let answer = try await party.accessToken()
            #expect(answer.status == .badRequest)
            #expect(answer.problemCode == "OAUTH_TOKEN_EXCHANGE_FAILED")
        }
    }

    private func signedInForLong(_ test: @Sendable (RelyingParty) async throws -> Void) async throws {
        try await RelyingParty.run(.query, ["scopes: [openid, profile, email, offline_access]", "keepTokens: true"]) {
            party in
            try await party.expectsSuccess()
            try await test(party)
        }
    }
}

extension RelyingParty {
    /// Asks for the person's access token as the application's backend does.
    func accessToken() async throws -> TestResponse {
        try await browser.ask(
            .get, "/api/auth/oauth/rp/token", headers: [.authorization: "Bearer \(Self.serviceKey)"])
    }
}
