import Crypto
import Martlet
import MartletTesting
import Testing

@Suite("Which algorithms an ID token may be signed with")
struct AlgorithmTests {
    static let longSecret: Secret = "0123456789abcdef0123456789abcdef"

    private static func metadata(_ algorithms: String...) -> JSONValue {
        ["id_token_signing_alg_values_supported": .array(algorithms.map { .string($0) })]
    }

    /// A token with an HMAC by a key.
    private static func authenticated(_ algorithm: String, _ claims: JSONValue, by key: [UInt8]) -> Secret {
        let signed = IDTokenSigner.part(.object(["alg": .string(algorithm)])) + "." + IDTokenSigner.part(claims)
        let message = Array(signed.utf8)
        let key = SymmetricKey(data: key)
        let code =
            switch algorithm {
            case "HS384": Array(HMAC<SHA384>.authenticationCode(for: message, using: key))
            case "HS512": Array(HMAC<SHA512>.authenticationCode(for: message, using: key))
            default: Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
            }
        return Secret(signed + "." + Base64URL.encode(code))
    }

    private func problem(_ algorithms: [SignatureAlgorithm], secret: Secret?) -> OAuthError? {
        var provider = Provider.openID(id: "example", name: "Example", issuer: OpenIDWorld.issuer)
        provider.signingAlgorithms = algorithms
        do throws(OAuthError) {
            _ = try OAuthClient(provider, clientID: "client-1", clientSecret: secret, transport: ScriptedTransport())
            return nil
        } catch {
            return error
        }
    }

    // MARK: Asymmetric ones

    @Test
    func areThoseThatTheMetadataLists() async throws {
        let listed = try IDTokenSigner("ES256")
        let unlisted = try IDTokenSigner("EdDSA", keyID: "key-2")
        let world = try OpenIDWorld(
            keys: [try listed.jwk(), try unlisted.jwk()], metadata: Self.metadata("ES256", "RS256"))
        try await world.signIn(listed)
        #expect(try await world.distrust(unlisted) == .algorithmNotAllowed)
    }

    @Test
    func areThoseOfTheEntryWhateverTheMetadataLists() async throws {
        let named = try IDTokenSigner("ES256")
        let other = try IDTokenSigner("EdDSA", keyID: "key-2")
        let world = try OpenIDWorld(
            keys: [try named.jwk(), try other.jwk()], metadata: Self.metadata("EdDSA")
        ) { $0.signingAlgorithms = [.es256, .es384] }
        try await world.signIn(named)
        #expect(try await world.distrust(other) == .algorithmNotAllowed)
    }

    @Test
    func areAskedBeforeAnyKeyIsFetched() async throws {
        let signer = try IDTokenSigner("ES256")
        let world = try OpenIDWorld(signer) { $0.signingAlgorithms = [.rs256] }
        #expect(try await world.distrust(signer) == .algorithmNotAllowed)
        #expect(world.keyFetches == 0)
    }

    // MARK: HMAC

    @Test(arguments: ["HS256", "HS384", "HS512"])
    func areNeverAnHMACBecauseTheMetadataSaySo(algorithm: String) async throws {
        let signer = try IDTokenSigner("ES256")
        let world = try OpenIDWorld(
            signer, metadata: Self.metadata(algorithm), clientSecret: Self.longSecret)
        let error = try await world.distrust { nonce in
            Self.authenticated(algorithm, world.claims(nonce: nonce), by: Array(Self.longSecret.reveal().utf8))
        }
        #expect(error == .algorithmNotAllowed)
        #expect(try await world.distrust(signer) == .algorithmNotAllowed)
    }

    @Test(arguments: [SignatureAlgorithm.hs256, .hs384, .hs512])
    func areAnHMACWhereTheEntryNamesItAlone(algorithm: SignatureAlgorithm) async throws {
        let world = try OpenIDWorld(keys: [], clientSecret: Self.longSecret) { $0.signingAlgorithms = [algorithm] }
        let tokens = try await world.signIn { nonce in
            Self.authenticated(
                algorithm.rawValue, world.claims(nonce: nonce), by: Array(Self.longSecret.reveal().utf8))
        }
        #expect(tokens.identity?.subject == "248289761001")
        #expect(world.keyFetches == 0)
    }

    @Test
    func areNoOtherThanTheHMACThatWasNamed() async throws {
        let signer = try IDTokenSigner("ES256")
        let world = try OpenIDWorld(signer, clientSecret: Self.longSecret) { $0.signingAlgorithms = [.hs256] }
        let secret = Array(Self.longSecret.reveal().utf8)
        #expect(try await world.distrust(signer) == .algorithmNotAllowed)
        let error = try await world.distrust { Self.authenticated("HS512", world.claims(nonce: $0), by: secret) }
        #expect(error == .algorithmNotAllowed)
    }

    /// What an attacker knows: the public key in any form, nothing, or the client's id.
    @Test
    func areNoHMACByAnythingButTheClientSecret() async throws {
        let signer = try IDTokenSigner("ES256")
        let world = try OpenIDWorld(signer, clientSecret: Self.longSecret) { $0.signingAlgorithms = [.hs256] }
        let guesses = [Array(try signer.jwk().serialized().utf8), [], Array("client-1".utf8), [0]]
        for guess in guesses {
            let error = try await world.distrust { Self.authenticated("HS256", world.claims(nonce: $0), by: guess) }
            #expect(error == .badSignature)
        }
        let cut = try await world.distrust { nonce in
            let token = Self.authenticated("HS256", world.claims(nonce: nonce), by: [1]).reveal()
            return Secret(token.split(separator: ".").dropLast().joined(separator: ".") + ".")
        }
        #expect(cut == .badSignature)
    }

    @Test(arguments: [[SignatureAlgorithm.hs256, .rs256], [.es256, .hs512], [.hs256, .hs384]])
    func mayNotNameAnHMACAmongOthers(algorithms: [SignatureAlgorithm]) {
        let expected = OAuthError.misconfigured("signingAlgorithms of example may name an HMAC only alone")
        #expect(problem(algorithms, secret: Self.longSecret) == expected)
    }

    @Test(arguments: [nil, "", Secret("0123456789abcdef0123456789abcde")])
    func mayNotNameAnHMACForAShortSecret(secret: Secret?) {
        let expected = OAuthError.misconfigured(
            "the client secret of example must have 32 bytes or more to verify an HMAC")
        #expect(problem([.hs256], secret: secret) == expected)
        #expect(problem([.es256], secret: secret) == nil)
    }
}
