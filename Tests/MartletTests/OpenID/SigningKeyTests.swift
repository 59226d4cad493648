import FoundationEssentials
import MartletTesting
import Testing

@testable import Martlet

@Suite("Signing keys")
struct SigningKeyTests {
    let signer: IDTokenSigner

    init() throws {
        signer = try IDTokenSigner("ES256")
    }

    @Test
    func fetchesKeysOnceForManyLogins() async throws {
        let world = try OpenIDWorld(signer)
        for _ in 0..<5 { try await world.signIn(signer) }
        #expect(world.keyFetches == 1)
    }

    @Test
    func fetchesKeysAgainAfterAnHour() async throws {
        let world = try OpenIDWorld(signer)
        try await world.signIn(signer)
        world.clock.advance(by: 3600)
        try await world.signIn(signer)
        #expect(world.keyFetches == 2)
    }

    @Test(arguments: [0, 61])
    func fetchesKeysOnceMoreForAnUnknownKeyIDAndTrustsTheNewKey(secondsLater: Double) async throws {
        let world = try OpenIDWorld(signer)
        try await world.signIn(signer)
        world.clock.advance(by: secondsLater)
        let next = try IDTokenSigner("ES256", keyID: "key-2")
        world.publish(try signer.jwk(), try next.jwk())
        for _ in 0..<3 { try await world.signIn(next) }
        #expect(world.keyFetches == 2)
    }

    @Test
    func fetchesKeysAtMostOnceAMinuteForAFloodOfRandomKeyIDs() async throws {
        let world = try OpenIDWorld(signer)
        try await world.signIn(signer)
        for number in 0..<20 {
            let stranger = try IDTokenSigner("ES256", keyID: "random-\(number)")
            #expect(try await world.distrust(stranger) == .unknownKey)
        }
        #expect(world.keyFetches == 2)
        world.clock.advance(by: 59)
        #expect(try await world.distrust(signer, header: ["kid": .string("random")]) == .unknownKey)
        #expect(world.keyFetches == 2)
        world.clock.advance(by: 1)
        for _ in 0..<5 {
            #expect(try await world.distrust(signer, header: ["kid": .string("random")]) == .unknownKey)
        }
        #expect(world.keyFetches == 3)
    }

    @Test
    func letsAFloodOfRandomKeyIDsDisturbNobodyElse() async throws {
        let world = try OpenIDWorld(signer)
        #expect(try await world.distrust(signer, header: ["kid": .string("random")]) == .unknownKey)
        try await world.signIn(signer)
    }

    @Test
    func forgetsAKeyThatIsNoLongerPublished() async throws {
        let world = try OpenIDWorld(signer)
        try await world.signIn(signer)
        let next = try IDTokenSigner("ES256", keyID: "key-2")
        world.publish(try next.jwk())
        try await world.signIn(next)
        #expect(try await world.distrust(signer) == .unknownKey)
    }

    @Test(arguments: [JSONValue.number(1), .null, .array([.string("key-1")]), .bool(true)])
    func refusesAKeyIDThatIsNoText(keyID: JSONValue) async throws {
        let world = try OpenIDWorld(signer)
        let error = try await world.distrust { nonce in
            let token = try signer.sign(world.claims(nonce: nonce)).reveal()
            let parts = token.split(separator: ".")
            let header = IDTokenSigner.part(.object(["alg": .string("ES256"), "kid": keyID]))
            return Secret("\(header).\(parts[1]).\(parts[2])")
        }
        #expect(error == .malformed)
    }

    @Test
    func doesNotFallBackToAnotherKeyForAnUnknownKeyID() async throws {
        let world = try OpenIDWorld(signer)
        #expect(try await world.distrust(signer, header: ["kid": .string("key-2")]) == .unknownKey)
    }

    @Test
    func usesTheOnlyKeyWhenTheHeaderNamesNone() async throws {
        try await OpenIDWorld(signer).signIn(signer, header: ["kid": .null])
    }

    @Test
    func usesTheOnlyKeyOfTheAlgorithmWhenTheHeaderNamesNone() async throws {
        let world = try OpenIDWorld(keys: [try signer.jwk(), try IDTokenSigner("EdDSA").jwk()])
        try await world.signIn(signer, header: ["kid": .null])
    }

    @Test
    func refusesToGuessAmongSeveralKeysWhenTheHeaderNamesNone() async throws {
        let world = try OpenIDWorld(keys: [try signer.jwk(), try IDTokenSigner("ES256", keyID: "key-2").jwk()])
        #expect(try await world.distrust(signer, header: ["kid": .null]) == .unknownKey)
    }

    @Test
    func triesEveryKeyOfTheNamedID() async throws {
        let world = try OpenIDWorld(keys: [try IDTokenSigner("ES256").jwk(), try signer.jwk()])
        try await world.signIn(signer)
    }

    @Test
    func usesNoKeyMeantForAnotherAlgorithm() async throws {
        let signer = try IDTokenSigner("RS256")
        let world = try OpenIDWorld(keys: [try signer.jwk(["alg": .string("RS512")])])
        #expect(try await world.distrust(signer) == .unknownKey)
    }

    @Test
    func usesNoKeyOfAnotherKind() async throws {
        let world = try OpenIDWorld(try IDTokenSigner("RS256"))
        #expect(try await world.distrust(signer) == .unknownKey)
    }

    @Test(arguments: [
        #"{"kty":"oct","k":"c2VjcmV0"}"#, #"{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}"#,
        #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, #"{"kty":"EC","crv":"P-256","x":"AA"}"#,
        #"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, #"{"kty":"RSA","n":"AQAB"}"#, #"{"kty":"RSA","n":"!","e":"AQAB"}"#,
        #"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#, #"{"kty":"OKP","crv":"Ed25519"}"#,
        #"{"kty":"OKP","crv":"X25519","x":"AA"}"#, #"{}"#, #"{"kty":1}"#, #"null"#, #""key""#,
        #"{"kty":"AKP","alg":"ML-DSA-65","kid":"key-1","pub":"AAAA"}"#, #"{"kty":"AKP","alg":"ES256","pub":"AAAA"}"#,
        #"{"kty":"RSA","alg":"PS256","kid":"key-1"}"#, #"{"kty":"FUTURE","alg":"XX999","kid":"key-1","use":"sig"}"#,
    ])
    func skipsAKeyItCannotUse(json: String) async throws {
        let unusable = try JSONValue(parsing: json.utf8)
        let world = try OpenIDWorld(keys: [unusable, try signer.jwk()])
        try await world.signIn(signer)
        let set = JSONValue.object(["keys": .array([unusable])]).serialized()
        #expect(try SigningKeys.parse(.json(set)).keys.isEmpty)
    }

    @Test(arguments: [
        ("use", JSONValue.string("enc")), ("use", .number(1)), ("key_ops", .array([.string("sign")])),
        ("key_ops", .array([])), ("key_ops", .string("verify")), ("alg", .string("ML-DSA-44")),
        ("alg", .string("ECDH-ES")),
    ])
    func skipsAKeyThatIsNotForVerifying(member: String, value: JSONValue) async throws {
        let world = try OpenIDWorld(keys: [try signer.jwk([member: value])])
        #expect(try await world.distrust(signer) == .unknownKey)
    }

    @Test
    func usesAKeyThatSaysItIsForVerifying() async throws {
        let operations = JSONValue.array([.string("sign"), .string("verify")])
        let key = try signer.jwk(["key_ops": operations, "alg": .string("ES256"), "use": .string("sig")])
        try await OpenIDWorld(keys: [key]).signIn(signer)
    }

    /// RFC 7518 §3.3 wants 2,048 bits; zeros in front make no key longer.
    @Test(arguments: [[UInt8](repeating: 0xFF, count: 255), [0] + [UInt8](repeating: 0xFF, count: 255)])
    func skipsAShortRSAKey(modulus: [UInt8]) throws {
        let set = #"{"keys":[{"kty":"RSA","n":"\#(Base64URL.encode(modulus))","e":"AQAB"}]}"#
        #expect(try SigningKeys.parse(.json(set)).keys.isEmpty)
    }

    @Test
    func skipsAnRSAKeyOfAbsurdSize() throws {
        let modulus = Base64URL.encode([UInt8](repeating: 0xFF, count: 1025))
        let set = #"{"keys":[{"kty":"RSA","n":"\#(modulus)","e":"AQAB"}]}"#
        #expect(try SigningKeys.parse(.json(set)).keys.isEmpty)
    }

    @Test
    func readsAtMostAHundredKeys() throws {
        let key = try signer.jwk().serialized()
        let set = #"{"keys":["# + Array(repeating: key, count: 150).joined(separator: ",") + "]}"
        #expect(try SigningKeys.parse(.json(set)).keys.count == 100)
    }

    @Test(arguments: ["", "[]", "{}", #"{"keys":{}}"#, "<html>"])
    func refusesWhatIsNotAKeySet(body: String) async throws {
        let world = try OpenIDWorld(signer)
        world.answerKeys(.json(body))
        let error = try await failure { try await world.signIn(signer) }
        #expect(error == .malformed(.keys, reason: "it is not a key set"))
    }

    @Test(arguments: [301, 404, 503])
    func refusesKeysOfAnotherStatus(status: Int) async throws {
        let world = try OpenIDWorld(signer)
        world.answerKeys(.json("{}", status: status))
        let rejection = try await rejection { try await world.signIn(signer) }
        #expect(rejection == Rejection(role: .keys, status: status, error: nil, description: nil))
    }

    @Test
    func keepsTheKeysWhileTheProviderIsDown() async throws {
        let world = try OpenIDWorld(signer)
        try await world.signIn(signer)
        world.answerKeys(.json("", status: 503))
        world.clock.advance(by: 7200)
        try await world.signIn(signer)
        #expect(world.keyFetches == 2)
    }

    @Test
    func joinsFetchesThatOverlap() async throws {
        let keys = JSONValue.object(["keys": .array([try signer.jwk()])])
        let transport = HeldTransport(answer: .json(keys.serialized()))
        let state = ProviderState(transport: transport, now: FixedClock().read)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask { try await state.signingKeys(uri: "https://id.example/keys").keys.count }
            }
            await transport.waitForARequest()
            transport.release()
            for try await count in group { #expect(count == 1) }
        }
        #expect(transport.count == 1)
    }
}
