import Crypto
import FoundationEssentials
import Martlet
import MartletTesting
import Testing

@Suite("ID tokens that an app brings")
struct NativeIDTokenTests {
    let signer: IDTokenSigner
    let world: OpenIDWorld

    init() throws {
        signer = try IDTokenSigner("ES256")
        world = try OpenIDWorld(signer)
    }

    /// SHA-256 as lower-case hexadecimal digits, as Apple's documentation shows it for the nonce.
    private static func digest(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).reduce(into: "") { digits, byte in
            digits += byte < 16 ? "0" : ""
            digits += String(byte, radix: 16)
        }
    }

    @discardableResult
    private func accept(
        _ claims: [String: JSONValue] = [:], header: [String: JSONValue] = [:], audiences: [String] = [],
        nonce: String? = nil, tokenNonce: String? = nil, in world: OpenIDWorld? = nil
    ) async throws -> Tokens {
        let world = world ?? self.world
        let token = try signer.sign(world.claims(nonce: tokenNonce, claims), header: header)
        return try await world.client.tokens(nativeIDToken: token, audiences: audiences, nonce: nonce)
    }

    private func refusal(
        _ claims: [String: JSONValue] = [:], header: [String: JSONValue] = [:], audiences: [String] = [],
        nonce: String? = nil, tokenNonce: String? = nil, in world: OpenIDWorld? = nil
    ) async throws -> IDTokenError {
        let error = try await failure {
            try await accept(
                claims, header: header, audiences: audiences, nonce: nonce, tokenNonce: tokenNonce, in: world)
        }
        guard case .untrustedIDToken(let reason) = error else { throw TestFailure("the error is \(error)") }
        return reason
    }

    @Test
    func areEnoughForAProfileWithoutAnyFurtherCall() async throws {
        let tokens = try await accept(["email": .string("jane@id.example"), "email_verified": .bool(true)])
        #expect(tokens.accessToken == nil)
        #expect(tokens.identity?.issuer == OpenIDWorld.issuer)
        let profile = try await world.client.profile(tokens)
        #expect(profile.subject == "248289761001")
        #expect(profile.email == Email("jane@id.example", isVerified: true))
        #expect(world.harness.transport.requests(.userInfo).isEmpty)
        #expect(world.harness.transport.requests(.token).isEmpty)
    }

    // MARK: Audience

    @Test(arguments: [
        (JSONValue.string("client-1"), ["app-1"]), (.string("app-1"), ["app-1"]),
        (.string("app-2"), ["app-1", "app-2"]),
        (.array([.string("app-1")]), ["app-1"]),
    ])
    func mayBeForTheClientOrAnAppThatIsListed(audience: JSONValue, audiences: [String]) async throws {
        try await accept(["aud": audience], audiences: audiences)
    }

    @Test(arguments: [
        (JSONValue.string("app-1"), []), (.string("app-2"), ["app-1"]), (.string("APP-1"), ["app-1"]),
        (.string(""), ["app-1"]), (.array([]), ["app-1"]), (.array([.string("app-3")]), ["app-1"]),
    ])
    func areRefusedForAnyOtherApp(audience: JSONValue, audiences: [String]) async throws {
        #expect(try await refusal(["aud": audience], audiences: audiences) == .wrongClaim("aud"))
    }

    @Test
    func mayBePresentedByAListedAppOnly() async throws {
        let claims = ["azp": JSONValue.string("android-1")]
        try await accept(claims, audiences: ["android-1"])
        #expect(try await refusal(claims, audiences: ["app-1"]) == .wrongClaim("azp"))
        let several = ["aud": JSONValue.array([.string("client-1"), .string("another")])]
        #expect(try await refusal(several) == .missingClaim("azp"))
    }

    // MARK: Nonce

    @Test
    func holdTheNonceAsItIsOrItsDigest() async throws {
        try await accept(nonce: "nonce-1", tokenNonce: "nonce-1")
        try await accept(nonce: "nonce-1", tokenNonce: Self.digest("nonce-1"))
        // SHA-256 of "abc": FIPS 180-4, as NIST's examples show it.
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        try await accept(nonce: "abc", tokenNonce: known)
    }

    @Test
    func areRefusedWithAnotherNonce() async throws {
        let digest = Self.digest("nonce-1")
        for other in ["nonce-2", "", Self.digest("nonce-2"), digest.uppercased(), Self.digest(digest)] {
            #expect(try await refusal(nonce: "nonce-1", tokenNonce: other) == .wrongClaim("nonce"))
        }
        #expect(try await refusal(nonce: digest, tokenNonce: "nonce-1") == .wrongClaim("nonce"))
    }

    @Test
    func needTheNonceOnBothSidesOrOnNone() async throws {
        try await accept(nonce: nil, tokenNonce: nil)
        #expect(try await refusal(nonce: "nonce-1", tokenNonce: nil) == .missingClaim("nonce"))
        #expect(try await refusal(nonce: nil, tokenNonce: "nonce-1") == .wrongClaim("nonce"))
        #expect(try await refusal(nonce: "", tokenNonce: "nonce-1") == .wrongClaim("nonce"))
    }

    // MARK: Everything else

    @Test(arguments: [
        ("iss", JSONValue.string("https://evil.example"), IDTokenError.wrongClaim("iss")),
        ("exp", .number(1), .expired), ("sub", .null, .missingClaim("sub")), ("aud", .null, .missingClaim("aud")),
    ])
    func areJudgedLikeAnyOther(name: String, value: JSONValue, expected: IDTokenError) async throws {
        #expect(try await refusal([name: value]) == expected)
    }

    @Test
    func areRefusedWhenSomebodyElseSignedThem() async throws {
        let token = try IDTokenSigner("ES256").sign(world.claims(nonce: nil))
        let error = try await failure { try await world.client.tokens(nativeIDToken: token, nonce: nil) }
        #expect(error == .untrustedIDToken(.badSignature))
    }

    /// Messages of other kinds, signed by the same key: a logout token has the same claims and no nonce.
    @Test
    func areNoMessagesOfAnotherKind() async throws {
        let events = ["events": ["http://schemas.openid.net/event/backchannel-logout": [:]] as JSONValue]
        #expect(try await refusal(events) == .wrongClaim("events"))
        for type in ["logout+jwt", "at+jwt", "application/at+jwt", "secevent+jwt", "AT+JWT"] {
            #expect(try await refusal(header: ["typ": .string(type)]) == .headerNotAllowed)
        }
        try await accept(header: ["typ": .null])
        try await accept(header: ["typ": .string("JOSE")])
    }

    @Test
    func mustBeAsFreshAsTheEntryWants() async throws {
        let world = try OpenIDWorld(signer) { $0.maxAge = 300 }
        #expect(try await refusal(in: world) == .missingClaim("auth_time"))
        let now = JSONValue.number(Decimal(Int(world.clock.now.timeIntervalSince1970)))
        try await accept(["auth_time": now], in: world)
    }

    @Test
    func needAnOpenIDProvider() async throws {
        let error = try await failure { try await Harness(.github).client.tokens(nativeIDToken: "a.b.c", nonce: nil) }
        #expect(error == .misconfigured("github has no issuer whose signatures could be verified"))
    }
}
