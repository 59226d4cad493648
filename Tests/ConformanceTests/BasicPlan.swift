import HTTPTypes
import HummingbirdTesting
import Martlet
import MartletSimulator
import NIOCore
import Testing

@testable import EndToEndTests

/// The basic plan, and the same with `form_post`.
@Suite("Basic and form_post") struct BasicPlan {
    typealias Mode = RelyingParty.Mode

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test`(mode: Mode) async throws {
        try await RelyingParty.run(mode) { try await $0.expectsSuccess() }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-nonce-invalid`(mode: Mode) async throws {
        try await refuses(.wrongNonce, mode)
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-invalid-iss`(mode: Mode) async throws {
        try await refuses(.wrongIssuer, mode)
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-missing-sub`(mode: Mode) async throws {
        try await refuses(.missingSub, mode)
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-invalid-aud`(mode: Mode) async throws {
        try await refuses(.wrongAudience, mode)
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-missing-aud`(mode: Mode) async throws {
        try await refuses(.missingAud, mode)
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-missing-iat`(mode: Mode) async throws {
        try await refuses(.missingIat, mode)
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-kid-absent-single-jwks`(mode: Mode) async throws {
        try await RelyingParty.run(mode) { party in
            party.simulator.keySet = .init(algorithms: [.rs256], omitsKid: true)
            try await party.expectsSuccess()
        }
    }

    /// Two keys fit, and nothing says which: refused, not guessed.
    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-kid-absent-multiple-jwks`(mode: Mode) async throws {
        try await RelyingParty.run(mode) { party in
            party.simulator.keySet = .init(algorithms: [.rs256], omitsKid: true)
            try party.simulator.rotateKeys(keepingOld: true)
            try await party.expectsRefusal()
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-idtoken-sig-rs256`(mode: Mode) async throws {
        try await signedBy(.rs256, mode) { try await $0.expectsSuccess() }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-idtoken-sig-none`(mode: Mode) async throws {
        try await refuses(.algNone, mode)
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-invalid-sig-rs256`(mode: Mode) async throws {
        try await signedBy(.rs256, mode) { party in
            party.fails(.badSignature, at: .token)
            try await party.expectsRefusal()
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-invalid-sig-es256`(mode: Mode) async throws {
        try await signedBy(.es256, mode) { party in
            party.fails(.badSignature, at: .token)
            try await party.expectsRefusal()
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-invalid-sig-hs256`(mode: Mode) async throws {
        try await signedBy(.hs256, mode, ["signingAlgorithms: [HS256]"]) { party in
            try await party.expectsSuccess()
            party.browser.dropCookies(containing: "session")
            party.fails(.badSignature, at: .token)
            try await party.expectsRefusal()
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-invalid-athash`(mode: Mode) async throws {
        try await refuses(.wrongAthash, mode)
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-userinfo-invalid-sub`(mode: Mode) async throws {
        try await RelyingParty.run(mode) { party in
            party.fails(.userInfoSubjectMismatch, at: .userInfo)
            try await party.expectsRefusal("OAUTH_USER_INFO_FAILED", unasked: [])
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-userinfo-bearer-header`(mode: Mode) async throws {
        try await RelyingParty.run(mode) { party in
            try await party.expectsSuccess()
            let request = try #require(party.requests("openid/userinfo").first)
            #expect(request.headerNames.contains("authorization"))
            #expect(!request.query.contains { $0.name == "access_token" } && request.formNames.isEmpty)
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-client-secret-basic`(mode: Mode) async throws {
        try await RelyingParty.run(mode) { party in
            try party.register(authMethod: .clientSecretBasic)
            try await party.expectsSuccess()
            let request = try #require(party.requests("openid/token").first)
            #expect(request.headerNames.contains("authorization"))
            #expect(!request.formNames.contains("client_secret"))
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-scope-userinfo-claims`(mode: Mode) async throws {
        try await RelyingParty.run(mode) { party in
            try await party.expectsSuccess()
            let user = try #require(try await party.browser.session()?["user"])
            #expect(user["name"] == .string("Ada Lovelace"))
            #expect(user["email"] == .string("ada@example.com"))
            #expect(user["emailVerified"] == .bool(true))
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-nonce-unless-code-flow`(mode: Mode) async throws {
        try await RelyingParty.run(mode) { party in
            let first = try await party.begin().queryValue("nonce")
            let second = try await party.begin().queryValue("nonce")
            #expect((first ?? "").count >= 43)
            #expect(first != second)
        }
    }

    @Test(arguments: Mode.allCases)
    func `oidcc-client-test-userinfo-signed`(mode: Mode) async throws {
        try await RelyingParty.run(mode, ["userInfoSignedResponseAlg: RS256"]) { party in
            try party.register(userinfoSignedResponseAlg: .rs256)
            try await party.expectsSuccess()
            party.browser.dropCookies(containing: "session")
            party.fails(.badSignature, at: .userInfo)
            try await party.expectsRefusal("OAUTH_USER_INFO_FAILED", unasked: [])
        }
    }

    private func refuses(_ fault: Fault, _ mode: Mode) async throws {
        try await RelyingParty.run(mode) { party in
            party.fails(fault, at: .token)
            try await party.expectsRefusal()
        }
    }

    private func signedBy(
        _ algorithm: MartletSimulator.SignatureAlgorithm, _ mode: Mode, _ settings: [String] = [],
        _ test: @Sendable (RelyingParty) async throws -> Void
    ) async throws {
        try await RelyingParty.run(mode, settings) { party in
            try party.register(idTokenSignedResponseAlg: algorithm)
            try await test(party)
        }
    }
}

extension RelyingParty {
    /// Makes the provider misbehave from now on.
    func fails(_ fault: Fault, at step: Fault.Step, sourceLocation: SourceLocation = #_sourceLocation) {
        let isKnown = simulator.set(fault: fault, dialect: "openid", step: step)
        #expect(isKnown, sourceLocation: sourceLocation)
    }

    /// Registers the client at the provider, which then holds it to what it states.
    func register(
        authMethod: SimulatedClient.AuthMethod? = nil,
        idTokenSignedResponseAlg: MartletSimulator.SignatureAlgorithm? = nil,
        userinfoSignedResponseAlg: MartletSimulator.SignatureAlgorithm? = nil
    ) throws {
        var client = SimulatedClient(id: Self.clientID, secret: Self.clientSecret)
        client.authMethod = authMethod
        client.idTokenSignedResponseAlg = idTokenSignedResponseAlg
        client.userinfoSignedResponseAlg = userinfoSignedResponseAlg
        try simulator.register(client)
    }
}

extension String {
    /// The value of a parameter in a URL's query.
    func queryValue(_ name: String) -> String? {
        let query = split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        return FormEncoding.decode(String(query))?.first { $0.name == name }?.value
    }
}
