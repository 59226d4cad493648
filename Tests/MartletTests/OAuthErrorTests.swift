import Testing

@testable import Martlet

@Suite("Errors")
struct OAuthErrorTests {
    private func rejection(_ description: String?, secrets: [String] = []) -> Rejection {
        Rejection(role: .token, status: 400, error: "e", description: description, secrets: secrets)
    }

    @Test
    func keepsADescriptionOnOneShortLine() {
        let text = "a\r\nSet-Cookie: x=1\u{0}\u{7F}\u{85}" + String(repeating: "b", count: 400)
        let cleaned = rejection(text).description ?? ""
        #expect(cleaned.unicodeScalars.count == 300)
        #expect(cleaned.hasPrefix("a  Set-Cookie: x=1   b"))
        #expect(!cleaned.contains { $0.isNewline })
    }

    @Test
    func takesSecretsOutOfADescriptionWhereverTheyAre() {
        let cleaned = rejection("s3cret and s3crets, s3cret", secrets: ["s3cret"]).description
        #expect(cleaned == "[redacted] and [redacted]s, [redacted]")
    }

    @Test
    func leavesAWordAloneThatMerelyHoldsATinyParameter() {
        #expect(rejection("a bad code", secrets: ["a", "bad"]).description == "a bad code")
    }

    @Test
    func doesNotCutADescriptionInsideASecret() {
        let text = String(repeating: "x", count: 297) + "s3cret"
        #expect(rejection(text, secrets: ["s3cret"]).description?.contains("s3c") == false)
    }

    @Test(arguments: [
        (
            OAuthError.unreachable(.token, reason: "no route"),
            "The provider's token endpoint cannot be reached: no route."
        ),
        (.timedOut(.keys), "The provider's keys endpoint did not answer in time."),
        (
            .rejected(Rejection(role: .token, status: 400, error: "invalid_grant", description: "used")),
            "The provider rejected the token request with status 400 and the error invalid_grant."
        ),
        (
            .rejected(Rejection(role: .token, status: 400, error: nil, description: "It was used.")),
            "The provider rejected the token request with status 400."
        ),
        (
            .rejected(Rejection(role: .userInfo, status: 500, error: nil, description: nil)),
            "The provider rejected the userInfo request with status 500."
        ),
        (
            .malformed(.userInfo, reason: "it is not JSON"),
            "The provider's userInfo answer cannot be used: it is not JSON."
        ),
        (.unsupported(.revocation), "The provider has no revocation endpoint."),
        (.misconfigured("the client id is empty"), "The client is not set up correctly: the client id is empty."),
    ])
    func explainsItself(error: OAuthError, text: String) {
        #expect(error.description == text)
    }

    @Test(arguments: [
        OAuthError.malformed(.token, reason: ""), .untrustedIDToken(.missing), .unsupported(.token), .misconfigured(""),
    ])
    func callsNothingTemporaryThatWillNotMendItself(error: OAuthError) {
        #expect(!error.isTemporary)
    }

    @Test(arguments: [
        (TransportError.unreachable("x"), "the provider cannot be reached: x"),
        (.timedOut, "the provider did not answer in time"),
        (.tooLarge(limit: 5), "the provider's answer is larger than 5 bytes"), (.refused("because"), "because"),
    ])
    func explainsWhatTheTransportSaw(error: TransportError, text: String) {
        #expect(error.description == text)
    }
}
