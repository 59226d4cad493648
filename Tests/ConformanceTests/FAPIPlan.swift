import MartletSimulator
import Testing

@testable import EndToEndTests

/// What the FAPI 2.0 client plans add.
@Suite("FAPI 2.0") struct FAPIPlan {
    @Test func `fapi2-authorization-response-without-iss`() async throws {
        try await refusesTheCallback(.missingIss)
    }

    @Test func `fapi2-authorization-response-with-wrong-iss`() async throws {
        try await refusesTheCallback(.wrongIss)
    }

    @Test(arguments: [Fault.arrayAudience, .twoAudiencesWithAzp])
    func `fapi2-aud-as-an-array`(fault: Fault) async throws {
        try await RelyingParty.run { party in
            party.fails(fault, at: .token)
            try await party.expectsSuccess()
        }
    }

    @Test(arguments: [
        Fault.badSignature, .twoAudiencesWithoutAzp, .wrongAzp, .expiredIDToken, .issuedInFuture, .notYetValid,
        .missingExp, .missingIss, .missingNonce, .hs256WithPublicKey, .embeddedJWK, .jkuHeader, .x5uHeader,
        .unknownCrit, .wrongAlg, .unknownKid,
    ])
    func `fapi2-id-token-wrong-in-one-thing`(fault: Fault) async throws {
        try await RelyingParty.run { party in
            party.fails(fault, at: .token)
            try await party.expectsRefusal()
        }
    }

    @Test(arguments: [Fault.missingAuthTime, .staleAuthTime])
    func `id-token-max-age`(fault: Fault) async throws {
        try await RelyingParty.run(.query, ["maxAge: 3600"]) { party in
            try await party.expectsSuccess()
            party.browser.dropCookies(containing: "session")
            party.fails(fault, at: .token)
            try await party.expectsRefusal()
        }
    }

    private func refusesTheCallback(_ fault: Fault) async throws {
        try await RelyingParty.run { party in
            party.fails(fault, at: .authorize)
            try await party.expectsRefusal("OAUTH_STATE_INVALID", unasked: ["openid/token"])
        }
    }
}
