import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Testing

/// OpenID Connect Core §5.3.2
@Suite("Profiles that the provider signs")
struct SignedUserInfoTests {
    let signer: IDTokenSigner

    init() throws {
        signer = try IDTokenSigner("RS256")
    }

    private static func signed(_ text: Secret, type: String = "application/jwt", status: Int = 200) -> OutboundResponse
    {
        OutboundResponse(status: status, headers: [.contentType: type], body: Array(text.reveal().utf8))
    }

    private static let claims: [String: JSONValue] = [
        "sub": .string("248289761001"), "name": .string("Jane Doe"), "iss": .string(OpenIDWorld.issuer),
        "aud": .string("client-1"),
    ]

    /// The profile of a login whose profile endpoint answers so.
    private func profile(
        _ answer: OutboundResponse, metadata: JSONValue = [:], secret: Secret? = Harness.clientSecret,
        _ configure: (inout Provider) -> Void = { _ in }
    ) async throws -> UserProfile {
        let world = try OpenIDWorld(signer, metadata: metadata, clientSecret: secret, configure)
        world.harness.transport.on(.userInfo, answer)
        return try await world.client.profile(try await world.signIn(signer))
    }

    private func refusal(
        _ changes: [String: JSONValue], header: [String: JSONValue] = [:],
        _ configure: (inout Provider) -> Void = { _ in }
    ) async throws -> OAuthError {
        let claims = Self.claims.merging(changes) { $1 }.filter { $0.value != .null }
        let text = try signer.sign(.object(claims), header: header)
        return try await failure { try await profile(Self.signed(text), configure) }
    }

    @Test(arguments: ["application/jwt", "application/jwt; charset=utf-8", "Application/JWT", "application/jwt;x"])
    func areUnderstood(type: String) async throws {
        let text = try signer.sign(.object(Self.claims))
        for expected in [nil, SignatureAlgorithm.rs256] {
            let profile = try await profile(Self.signed(text, type: type)) { $0.userInfoSignedResponseAlg = expected }
            #expect(profile.subject == "248289761001")
            #expect(profile.name == "Jane Doe")
        }
    }

    @Test
    func needNeitherIssuerNorAudience() async throws {
        let claims = Self.claims.filter { $0.key == "sub" || $0.key == "name" }
        #expect(try await profile(Self.signed(try signer.sign(.object(claims)))).name == "Jane Doe")
    }

    @Test
    func mayBeForSeveralClients() async throws {
        let several = JSONValue.array([.string("client-2"), .string("client-1")])
        let text = try signer.sign(.object(Self.claims.merging(["aud": several]) { $1 }))
        #expect(try await profile(Self.signed(text)).name == "Jane Doe")
    }

    @Test(arguments: [
        ("iss", JSONValue.string("https://evil.example"), IDTokenError.wrongClaim("iss")),
        ("iss", .number(1), .missingClaim("iss")), ("aud", .string("client-2"), .wrongClaim("aud")),
        ("aud", .array([]), .wrongClaim("aud")), ("aud", .number(1), .missingClaim("aud")),
    ])
    func areRefusedWithAWrongClaim(name: String, value: JSONValue, expected: IDTokenError) async throws {
        #expect(try await refusal([name: value]) == .untrustedMessage(.userInfo, expected))
    }

    @Test(arguments: [JSONValue.string("somebody else"), .null, .string("")])
    func areRefusedAboutAnotherSubject(subject: JSONValue) async throws {
        let reason = "it is about another subject than the ID token"
        #expect(try await refusal(["sub": subject]) == .malformed(.userInfo, reason: reason))
    }

    @Test
    func areRefusedWhenSomebodyElseSignedThem() async throws {
        let text = try IDTokenSigner("ES256").sign(.object(Self.claims))
        let error = try await failure { try await profile(Self.signed(text)) }
        #expect(error == .untrustedMessage(.userInfo, .unknownKey))
        let changed = try signer.sign(.object(Self.claims)).reveal() + "AAAA"
        let cut = try await failure { try await profile(Self.signed(Secret(changed))) }
        #expect(cut == .untrustedMessage(.userInfo, .badSignature))
    }

    @Test(arguments: ["none", "HS256"])
    func areRefusedWithoutASignatureOfTheProvider(algorithm: String) async throws {
        let error = try await refusal([:], header: ["alg": .string(algorithm)])
        #expect(error == .untrustedMessage(.userInfo, .algorithmNotAllowed))
    }

    @Test(arguments: ["{}", #"{"sub":"248289761001","name":"Jane Doe"}"#])
    func mustBeSignedWhereTheEntrySaysSo(body: String) async throws {
        let error = try await failure {
            try await profile(.json(body)) { $0.userInfoSignedResponseAlg = .rs256 }
        }
        #expect(error == .untrustedMessage(.userInfo, .malformed))
        #expect(error.description == "The userinfo answer is not to be trusted: it is not a signed token.")
    }

    @Test
    func mustBeSignedAsTheEntrySays() async throws {
        let error = try await refusal([:]) { $0.userInfoSignedResponseAlg = .ps256 }
        #expect(error == .untrustedMessage(.userInfo, .algorithmNotAllowed))
    }

    /// The metadata's list is of ID tokens.
    @Test
    func mayBeSignedOtherwiseThanIDTokens() async throws {
        let other = try IDTokenSigner("ES256", keyID: "key-2")
        let world = try OpenIDWorld(
            keys: [try signer.jwk(), try other.jwk()],
            metadata: ["id_token_signing_alg_values_supported": .array([.string("RS256")])]
        ) { $0.userInfoSignedResponseAlg = .es256 }
        world.harness.transport.on(.userInfo, Self.signed(try other.sign(.object(Self.claims))))
        #expect(try await world.client.profile(try await world.signIn(signer)).name == "Jane Doe")
        #expect(try await world.distrust(other) == .algorithmNotAllowed)
    }

    @Test
    func letAnErrorThroughAsItIs() async throws {
        let answer = OutboundResponse.json(#"{"error":"invalid_token"}"#, status: 401)
        let rejection = try await rejection {
            try await profile(answer) { $0.userInfoSignedResponseAlg = .rs256 }
        }
        #expect(rejection.error == "invalid_token")
    }
}
