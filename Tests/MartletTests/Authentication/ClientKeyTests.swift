import Crypto
import CryptoExtras
import FoundationEssentials
import Martlet
import Testing

@Suite("A client's private key")
struct ClientKeyTests {
    /// Keys made by `openssl ec` for these tests alone, in SEC 1.
    static let sec1: [(pem: String, algorithm: SignatureAlgorithm)] = [
        (
            """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIFAsexdraQQti6KBtLDSlReFBz6kNL3gDrXRn8XDzlsVoAoGCCqGSM49
            AwEHoUQDQgAEbE69ndOL5AChnaBPk+qbjkIkf/kF3jSzqYoq2eKg91EdVt4OLcV2
            vGUY33yJJIqmSq0sigHi3Pw24RVuGCUExw==
            -----END EC PRIVATE KEY-----
            """, .es256
        ),
        (
            """
            -----BEGIN EC PRIVATE KEY-----
            MIGkAgEBBDB0v+rLj4eCeVd4GFPVFoXhtuZMUggspcfr0rIjGhj4t+P32uizn/cN
            Lae26YO0qYSgBwYFK4EEACKhZANiAAT7zT6lihzX3R7d89Kx11aVV0Xm3+6Djtzo
            q0loGVgZQyGMFCU7Pys1Y/Ni1V7a6ei7+/dojZQX75GRMPXWMl5tPYj8Ib3oF8ko
            clIJrOImgb1RRTrURIyaUeb3QX1D5CY=
            -----END EC PRIVATE KEY-----
            """, .es384
        ),
        (
            """
            -----BEGIN EC PRIVATE KEY-----
            MIHcAgEBBEIBeRN52CtoZlEoWnoTCh9HpKuKiGGvyaeDjl6ijYcEUCooNsz8aFh/
            rsJnPh8qrCpw1JQUiYVuvtkzSkmMo4FdI5KgBwYFK4EEACOhgYkDgYYABAHJq3qT
            LQleEkeIdc0GDwV7gRzglojqKfuL8b2yZ44gzzAFVgK6m4mjW1b74mepLKCsxeVb
            ZVVVF6Xfka7T8Sup7QF6U5I+4cn0T6eUpMQeywPlEYrVJLgGNLBeBO900NIRqhRQ
            E5OK4bqHvB2G8nfldMOQYbACb1FCw1Mxzxl7xOgPhA==
            -----END EC PRIVATE KEY-----
            """, .es512
        ),
    ]

    /// P-256, encrypted by `openssl pkcs8`.
    static let encrypted = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhK7jDPRQs/2QICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEAQ2CXjtIqKZ0HWdm3KWrr8EgZB+
        fQOzW1KE1+3dJ/HVlQWYs9Dm3Z/Q/7UsEfcwNjamAYaLGRhSRCOCeoufA5p1euIu
        6ZWhGx+kjtP4ZRJqMzPH1MAQBP0xJIfSOS3XABRylr1oloMVS59x0bOIPHlle+L2
        zvpiAVYpEM1DsxUKKRxTcQmqzZPWRR+2iyKS31xQT6Ewr4dyBWYcaKP6umgQCF0=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    private func problem(_ pem: String, algorithm: SignatureAlgorithm? = nil) -> OAuthError? {
        do throws(OAuthError) {
            _ = try ClientKey(pem: Secret(pem), algorithm: algorithm)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("ES256", SignatureAlgorithm.es256), ("ES384", .es384), ("ES512", .es512), ("EdDSA", .edDSA), ("RS256", .rs256),
    ])
    func isReadFromPKCS8(kind: String, algorithm: SignatureAlgorithm) throws {
        let pem = try IDTokenSigner(kind).pem
        let key = try ClientKey(pem: pem, keyID: "k")
        #expect(key.algorithm == algorithm)
        #expect(key.keyID == "k")
        let windows = pem.reveal().split(separator: "\n").joined(separator: "\r\n")
        #expect(try ClientKey(pem: Secret(windows)).algorithm == algorithm)
        #expect(try ClientKey(pem: Secret("\n" + pem.reveal() + "\n\n")).algorithm == algorithm)
    }

    @Test(arguments: sec1)
    func isReadFromSEC1(pem: String, algorithm: SignatureAlgorithm) throws {
        #expect(try ClientKey(pem: Secret(pem)).algorithm == algorithm)
    }

    @Test
    func isReadFromPKCS1() throws {
        guard case .rsa(let rsa) = try IDTokenSigner("RS256").key else { throw TestFailure("it is no RSA key") }
        #expect(rsa.pemRepresentation.hasPrefix("-----BEGIN RSA PRIVATE KEY-----"))
        #expect(try ClientKey(pem: Secret(rsa.pemRepresentation)).algorithm == .rs256)
    }

    @Test(arguments: [SignatureAlgorithm.rs256, .rs384, .rs512, .ps256, .ps384, .ps512])
    func mayUseAnyAlgorithmOfRSA(algorithm: SignatureAlgorithm) throws {
        let key = try ClientKey(pem: IDTokenSigner("RS256").pem, algorithm: algorithm)
        #expect(key.algorithm == algorithm)
        #expect(key.publicJWK["alg"] == .string(algorithm.rawValue))
    }

    @Test(arguments: [
        ("ES256", SignatureAlgorithm.rs256, "ES256"), ("ES256", .es384, "ES256"), ("EdDSA", .es256, "EdDSA"),
        ("RS256", .es256, "RS256, RS384, RS512, PS256, PS384, PS512"), ("ES512", .hs256, "ES512"),
    ])
    func refusesAnAlgorithmThatItDoesNotHave(kind: String, algorithm: SignatureAlgorithm, its: String) throws {
        let problem = problem(try IDTokenSigner(kind).pem.reveal(), algorithm: algorithm)
        let expected = "the private key cannot sign with \(algorithm.rawValue); it can with \(its)"
        #expect(problem == .misconfigured(expected))
    }

    @Test(arguments: [
        "", "secret", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        encrypted,
    ])
    func refusesWhatItCannotRead(pem: String) {
        let expected =
            "the private key cannot be read: give an unencrypted PEM of an EC, Ed25519 or RSA key of 2,048 bits or more"
        #expect(problem(pem) == .misconfigured(expected))
    }

    @Test
    func refusesAPublicKey() throws {
        guard case .p256(let key) = try IDTokenSigner("ES256").key else { throw TestFailure("it is no P-256 key") }
        #expect(problem(key.publicKey.pemRepresentation) != nil)
    }

    @Test
    func refusesAShortRSAKey() throws {
        let short = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1024))
        #expect(problem(short.pemRepresentation) != nil)
        #expect(problem(short.pkcs8PEMRepresentation) != nil)
    }

    // MARK: Its public half

    @Test(arguments: ["ES256", "ES384", "ES512", "EdDSA", "RS256"])
    func showsItsPublicHalfAsAKeySetHoldsIt(kind: String) throws {
        let signer = try IDTokenSigner(kind)
        let key = try ClientKey(pem: signer.pem, keyID: "key-1")
        #expect(key.publicJWK == (try signer.jwk(["alg": .string(kind)])))
        for member in ["d", "p", "q", "dp", "dq", "qi", "k"] { #expect(key.publicJWK[member] == nil) }
    }

    /// The example of RFC 8037, appendix A.1 (private key) and A.3 (thumbprint).
    @Test
    func hasTheThumbprintOfRFC8037() throws {
        let scalar = try #require(Base64URL.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
        let der = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32] + scalar
        let pem = "-----BEGIN PRIVATE KEY-----\n\(Data(der).base64EncodedString())\n-----END PRIVATE KEY-----"
        let key = try ClientKey(pem: Secret(pem))
        #expect(key.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        #expect(key.publicJWK["x"] == .string("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
    }

    @Test
    func isAnotherOneEachTimeItIsGenerated() {
        let keys = (0..<10).map { _ in ClientKey.generated() }
        #expect(Set(keys.map(\.thumbprint)).count == 10)
        #expect(keys.allSatisfy { $0.algorithm == .es256 && $0.keyID == nil })
    }

    @Test(arguments: ["ES256", "EdDSA", "RS256"])
    func printsNothingOfItself(kind: String) throws {
        let pem = try IDTokenSigner(kind).pem
        let key = try ClientKey(pem: pem, keyID: "key-1")
        var texts = "\(key) \(String(reflecting: key))"
        dump(key, to: &texts)
        let lines = pem.reveal().split(separator: "\n").filter { !$0.hasPrefix("-") }
        #expect(lines.allSatisfy { !texts.contains($0) })
        #expect(key.description == "ClientKey(\(kind), kid: key-1)")
        #expect(texts.count < 200)
    }
}
