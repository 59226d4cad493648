import Crypto
import FoundationEssentials
import Martlet
import MartletTesting
import Testing

@Suite("ID tokens")
struct IDTokenTests {
    let signer: IDTokenSigner
    let world: OpenIDWorld

    init() throws {
        signer = try IDTokenSigner("ES256")
        world = try OpenIDWorld(signer)
    }

    @Test(arguments: [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    ])
    func trustsASignatureOfEachAcceptedAlgorithm(algorithm: String) async throws {
        let signer = try IDTokenSigner(algorithm)
        let tokens = try await OpenIDWorld(signer).signIn(signer)
        let identity = try #require(tokens.identity)
        #expect(identity.subject == "248289761001")
        #expect(identity.issuer == OpenIDWorld.issuer)
        #expect(identity.expiresAt == world.clock.now.addingTimeInterval(600))
        #expect(identity.claims["aud"] == .string("client-1"))
    }

    @Test(arguments: [nil, ""])
    func refusesALoginWithoutAnIDToken(text: String?) async throws {
        #expect(try await world.distrust { _ in text.map { Secret($0) } } == .missing)
    }

    // MARK: Form and header

    @Test(arguments: [
        "a", "a.b", "a.b.c.d", "!.e30.e30", "e30.!.e30", "e30.e30.!", "bnVsbA.e30.e30", "W10.e30.e30",
    ])
    func refusesWhatIsNotASignedToken(text: String) async throws {
        #expect(try await world.distrust { _ in Secret(text) } == .malformed)
    }

    @Test
    func refusesClaimsThatAreNoObject() async throws {
        #expect(try await world.distrust { _ in try signer.sign(.array([])) } == .malformed)
    }

    @Test
    func refusesAnOversizeToken() async throws {
        let filler = JSONValue.string(String(repeating: "a", count: 64 * 1024))
        #expect(try await world.distrust(signer, claims: ["filler": filler]) == .malformed)
    }

    @Test(arguments: ["none", "None", "nOnE", "", "es256", "HS256", "HS384", "HS512", "RSA-OAEP", "dir"])
    func refusesAnAlgorithmThatIsNotAccepted(name: String) async throws {
        #expect(try await world.distrust(signer, header: ["alg": .string(name)]) == .algorithmNotAllowed)
    }

    @Test(arguments: [JSONValue.null, .number(256), .array([.string("ES256")])])
    func refusesAHeaderWithoutAnAlgorithm(value: JSONValue) async throws {
        #expect(try await world.distrust(signer, header: ["alg": value]) == .algorithmNotAllowed)
    }

    @Test
    func refusesAnUnsignedToken() async throws {
        let error = try await world.distrust { nonce in
            let header = IDTokenSigner.part(.object(["alg": .string("none")]))
            return Secret(header + "." + IDTokenSigner.part(world.claims(nonce: nonce)) + ".")
        }
        #expect(error == .algorithmNotAllowed)
    }

    @Test
    func refusesAMACMadeWithThePublicKey() async throws {
        let publicKey = Array(try signer.jwk().serialized().utf8)
        let error = try await world.distrust { nonce in
            let header = IDTokenSigner.part(.object(["alg": .string("HS256"), "kid": .string("key-1")]))
            let signed = header + "." + IDTokenSigner.part(world.claims(nonce: nonce))
            let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: SymmetricKey(data: publicKey))
            return Secret(signed + "." + Base64URL.encode(code))
        }
        #expect(error == .algorithmNotAllowed)
    }

    @Test
    func refusesAKeyThatTheTokenBringsAlong() async throws {
        let forger = try IDTokenSigner("ES256")
        #expect(try await world.distrust(forger, header: ["jwk": try forger.jwk()]) == .headerNotAllowed)
    }

    @Test(arguments: ["jku", "x5u"])
    func refusesAKeyThatTheTokenLinksTo(name: String) async throws {
        let header = [name: JSONValue.string("https://evil.example/keys")]
        #expect(try await world.distrust(signer, header: header) == .headerNotAllowed)
        #expect(world.keyFetches <= 1)
    }

    @Test
    func refusesACriticalExtension() async throws {
        let header: [String: JSONValue] = ["crit": .array([.string("exp")]), "exp": .number(1)]
        #expect(try await world.distrust(signer, header: header) == .headerNotAllowed)
    }

    // MARK: Signature

    @Test
    func refusesASignatureByAnotherKeyOfTheSameID() async throws {
        #expect(try await world.distrust(try IDTokenSigner("ES256")) == .badSignature)
    }

    @Test(arguments: ["RS256", "ES256", "ES384", "ES512", "EdDSA"])
    func refusesAnEmptySignature(algorithm: String) async throws {
        let signer = try IDTokenSigner(algorithm)
        let world = try OpenIDWorld(signer)
        let error = try await world.distrust { nonce in
            let token = try signer.sign(world.claims(nonce: nonce)).reveal()
            return Secret(token.split(separator: ".").dropLast().joined(separator: ".") + ".")
        }
        #expect(error == .badSignature)
    }

    @Test
    func refusesClaimsChangedAfterSigning() async throws {
        let error = try await world.distrust { nonce in
            let parts = try signer.sign(world.claims(nonce: nonce)).reveal().split(separator: ".")
            let forged = world.claims(nonce: nonce, ["sub": .string("somebody else")])
            return Secret("\(parts[0]).\(IDTokenSigner.part(forged)).\(parts[2])")
        }
        #expect(error == .badSignature)
    }

    @Test
    func refusesASignatureByAnotherAlgorithmThanTheHeaders() async throws {
        let signer = try IDTokenSigner("RS256")
        let world = try OpenIDWorld(signer)
        #expect(try await world.distrust(signer, header: ["alg": .string("PS256")]) == .badSignature)
    }

    // MARK: Claims

    @Test(arguments: [
        ("iss", JSONValue.null, IDTokenError.missingClaim("iss")), ("iss", .number(1), .missingClaim("iss")),
        ("iss", .string("https://evil.example"), .wrongClaim("iss")),
        ("iss", .string("https://id.example/"), .wrongClaim("iss")),
        ("sub", .null, .missingClaim("sub")), ("sub", .string(""), .missingClaim("sub")),
        ("sub", .number(42), .missingClaim("sub")),
        ("sub", .string(String(repeating: "s", count: 256)), .missingClaim("sub")),
        ("aud", .null, .missingClaim("aud")), ("aud", .string("client-2"), .wrongClaim("aud")),
        ("aud", .array([]), .wrongClaim("aud")), ("aud", .array([.number(1)]), .wrongClaim("aud")),
        ("aud", .array([.string("client-1"), .string("client-2")]), .missingClaim("azp")),
        ("azp", .string("client-2"), .wrongClaim("azp")), ("azp", .number(1), .wrongClaim("azp")),
        ("exp", .null, .missingClaim("exp")), ("exp", .string("1893456600"), .missingClaim("exp")),
        ("iat", .null, .missingClaim("iat")), ("iat", .string("now"), .missingClaim("iat")),
        ("nonce", .null, .missingClaim("nonce")), ("nonce", .string("another"), .wrongClaim("nonce")),
        ("nonce", .string(""), .wrongClaim("nonce")), ("nonce", .number(1), .missingClaim("nonce")),
        ("at_hash", .string("AAAA"), .wrongClaim("at_hash")), ("at_hash", .number(1), .wrongClaim("at_hash")),
    ])
    func refusesAWrongClaim(name: String, value: JSONValue, expected: IDTokenError) async throws {
        #expect(try await world.distrust(signer, claims: [name: value]) == expected)
    }

    @Test(arguments: [
        JSONValue.string("client-1"), .array([.string("client-1")]),
        .array([.string("client-2"), .string("client-1")]),
    ])
    func acceptsAnAudienceThatNamesTheClientAsAuthorizedParty(audience: JSONValue) async throws {
        try await world.signIn(signer, claims: ["aud": audience, "azp": .string("client-1")])
    }

    /// Seconds from now, and the judgement. The two clocks may differ by a minute.
    @Test(
        arguments: [
            ("exp", -59, nil), ("exp", -60, IDTokenError.expired), ("exp", -3600, .expired), ("iat", 59, nil),
            ("iat", 60, .notYetValid), ("nbf", 59, nil), ("nbf", 60, .notYetValid), ("nbf", -5, nil),
        ] as [(String, Int, IDTokenError?)])
    func judgesTimesWithAMinuteOfTolerance(claim: String, offset: Int, expected: IDTokenError?) async throws {
        let time = JSONValue.number(Decimal(Int(world.clock.now.timeIntervalSince1970) + offset))
        if let expected {
            #expect(try await world.distrust(signer, claims: [claim: time]) == expected)
        } else {
            try await world.signIn(signer, claims: [claim: time])
        }
    }

    @Test(arguments: ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA"])
    func acceptsTheRightHashOfTheAccessToken(algorithm: String) async throws {
        let bytes = Array(OpenIDWorld.accessToken.utf8)
        let half: [UInt8] =
            switch algorithm.suffix(3) {
            case "256": Array(SHA256.hash(data: bytes).prefix(16))
            case "384": Array(SHA384.hash(data: bytes).prefix(24))
            default: Array(SHA512.hash(data: bytes).prefix(32))
            }
        let signer = try IDTokenSigner(algorithm)
        try await OpenIDWorld(signer).signIn(signer, claims: ["at_hash": .string(Base64URL.encode(half))])
    }

    @Test(arguments: [
        (IDTokenError.missing, "none came"), (.malformed, "it is not a signed token"),
        (.algorithmNotAllowed, "its signature algorithm is not accepted"),
        (.headerNotAllowed, "its header asks for something that is not allowed"),
        (.unknownKey, "no key of the provider fits it"), (.badSignature, "its signature is wrong"),
        (.missingClaim("sub"), "the claim sub is missing"),
        (.wrongClaim("aud"), "the claim aud is not the expected one"),
        (.expired, "it has ended"), (.notYetValid, "it begins in the future"),
    ])
    func explainsWhyATokenIsNotTrusted(error: IDTokenError, text: String) {
        #expect(error.description == text)
        #expect(OAuthError.untrustedIDToken(error).description == "The ID token is not to be trusted: \(text).")
    }
}
