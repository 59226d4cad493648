import MartletSimulator
import Testing

@testable import EndToEndTests

/// What the `form_post` plan has besides the basic modules.
@Suite("form_post") struct FormPostPlan {
    @Test func `oidcc-client-test-form-post-error`() async throws {
        try await RelyingParty.run(.formPost) { party in
            party.fails(.denied, at: .authorize)
            try await party.expectsRefusal("OAUTH_ACCESS_DENIED", unasked: ["openid/token", "openid/userinfo"])
        }
    }
}
