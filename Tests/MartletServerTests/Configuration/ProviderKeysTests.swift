import FoundationEssentials
import Martlet
import Testing

@testable import MartletServer

/// How a provider's keys and certificates are given, and what is said of wrong ones.
@Suite struct ProviderKeysTests {
    private static let signed =
        "issuer: https://op.example\n    clientID: app\n    clientAuthentication: private_key_jwt"
    private static let apple = "uses: apple\n    clientID: com.example.web"

    private func load(
        _ provider: String, environment: [String: String] = [:]
    ) throws(ConfigurationError) -> ProviderConfiguration? {
        try ServerConfiguration.parse(
            "providers:\n  corp:\n    \(provider)\n", file: "martlet.yaml", environment: environment
        ).providers.first
    }

    private func problems(_ provider: String, environment: [String: String] = [:]) -> [String] {
        do throws(ConfigurationError) {
            _ = try load(provider, environment: environment)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    private func withFile(_ text: String, _ test: (_ path: String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.path() + "/martlet-key-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(filePath: path))
        try test(path)
    }

    // MARK: The private key

    @Test func readsAPrivateKeyInPlace() throws {
        let key = SamplePEM.key.replacing("\n", with: "\n      ")
        let corp = try #require(try load("\(Self.signed)\n    keyID: 7\n    privateKey: |\n      \(key)"))
        #expect(corp.key?.algorithm == .es256 && corp.key?.keyID == "7")
    }

    @Test func readsAPrivateKeyFromAFile() throws {
        try withFile(SamplePEM.key) { path in
            let corp = try load("\(Self.signed)\n    privateKeyFile: \(path)\n    keyAlgorithm: ES256")
            #expect(corp?.key?.algorithm == .es256 && corp?.key?.keyID == nil)
        }
    }

    @Test func readsAPrivateKeyFromTheEnvironment() throws {
        let corp = try load(
            Self.signed,
            environment: [
                "MARTLET_PROVIDERS_CORP_PRIVATE_KEY": SamplePEM.key, "MARTLET_PROVIDERS_CORP_KEY_ID": "from-env",
                "MARTLET_PROVIDERS_CORP_KEY_ALGORITHM": "ES256",
            ])
        #expect(corp?.key?.algorithm == .es256 && corp?.key?.keyID == "from-env")
        try withFile(SamplePEM.key) { path in
            let corp = try load(Self.signed, environment: ["MARTLET_PROVIDERS_CORP_PRIVATE_KEY_FILE": path])
            #expect(corp?.key != nil)
        }
    }

    @Test func takesAppleByKeyTeamAndKeyID() throws {
        try withFile(SamplePEM.key) { path in
            let apple = try load(
                "\(Self.apple)\n    teamID: TEAM123456\n    keyID: KEY1234567\n    privateKeyFile: \(path)")
            #expect(apple?.provider.teamID == "TEAM123456" && apple?.clientSecret == nil)
        }
    }

    @Test(arguments: [
        (
            signed,
            "martlet.yaml:2: providers.corp.privateKeyFile: is missing: `clientAuthentication: private_key_jwt` needs"
        ),
        (
            "issuer: https://op.example\n    clientID: a\n    clientSecret: b\n    signsAuthorizationRequests: true",
            "providers.corp.privateKeyFile: is missing: `signsAuthorizationRequests: true` needs it, or privateKey"
        ),
        (apple, "providers.corp.privateKeyFile: is missing: Apple, whose client secret is signed with it,"),
        (apple, "providers.corp.teamID: is missing: the id of the team at Apple"),
        ("\(signed)\n    privateKey: none", "martlet.yaml:6: providers.corp.privateKey: "),
        ("\(signed)\n    privateKey: none", "give an unencrypted PEM of an EC, Ed25519 or RSA key"),
        ("\(signed)\n    privateKeyFile: no/such/key.pem", "privateKeyFile: the file no/such/key.pem cannot be read"),
        ("\(signed)\n    privateKey: a\n    privateKeyFile: b", "privateKey is given as well (at martlet.yaml:6)"),
        ("\(signed)\n    privateKey: [a]", "martlet.yaml:6: providers.corp.privateKey: expected text"),
        ("\(signed)\n    keyID: k", "martlet.yaml:6: providers.corp.keyID: is of no use without privateKey"),
        ("\(signed)\n    keyAlgorithm: ES256", "providers.corp.keyAlgorithm: is of no use without privateKey"),
        (
            "\(signed)\n    privateKeyfile: x",
            "providers.corp.privateKeyfile: unknown key; did you mean privateKeyFile?"
        ),
    ])
    func explainsWhatIsWrongWithAKey(provider: String, expected: String) {
        let found = problems(provider)
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }

    @Test func asksForTheKeyIDThatAppleGave() throws {
        try withFile(SamplePEM.key) { path in
            let found = problems("\(Self.apple)\n    teamID: TEAM123456\n    privateKeyFile: \(path)")
            #expect(
                found == ["martlet.yaml:2: providers.corp.keyID: is missing: the id that Apple gave the private key"])
        }
    }

    @Test(arguments: [("RS256", "it can with ES256"), ("ES257", "expected one of RS256, ")])
    func refusesAnAlgorithmThatTheKeyHasNot(algorithm: String, expected: String) throws {
        try withFile(SamplePEM.key) { path in
            let found = problems("\(Self.signed)\n    privateKeyFile: \(path)\n    keyAlgorithm: \(algorithm)")
            #expect(found.count == 1 && found.first?.contains(expected) == true, "\(found)")
        }
    }

    @Test func repeatsNothingOfAKeyThatCannotBeRead() {
        let half = SamplePEM.key.split(separator: "\n").dropLast(2).joined(separator: "\n      ")
        let found = problems("\(Self.signed)\n    privateKey: |\n      \(half)")
        #expect(!found.isEmpty && !found.joined().contains("MIGHAgEA"))
    }

    // MARK: The TLS certificate

    private static let mutual =
        "issuer: https://op.example\n    clientID: app\n    clientAuthentication: tls_client_auth"

    @Test func readsACertificateAndItsKeyFromFiles() throws {
        try withFile(SamplePEM.certificate) { chain in
            try withFile(SamplePEM.key) { key in
                let files = "clientCertificateFile: \(chain)\n    clientCertificateKeyFile: \(key)"
                #expect(try load("\(Self.mutual)\n    \(files)")?.certificate != nil)
                #expect(try load("\(Self.mutual)\n    \(files)\n    trustRootsFile: \(chain)")?.certificate != nil)
                let names = [
                    "CLIENT_CERTIFICATE_FILE": chain, "CLIENT_CERTIFICATE_KEY_FILE": key, "TRUST_ROOTS_FILE": chain,
                ]
                let environment = names.map { ("MARTLET_PROVIDERS_CORP_\($0)", $1) }
                let corp = try load(Self.mutual, environment: Dictionary(uniqueKeysWithValues: environment))
                #expect(corp?.certificate != nil)
            }
        }
    }

    @Test(arguments: [
        ("", "martlet.yaml:2: providers.corp.clientCertificateFile: is missing: this client authentication needs"),
        (
            "clientCertificateFile: CHAIN",
            "martlet.yaml:6: providers.corp.clientCertificateKeyFile: is missing: clientCertificateFile needs it"
        ),
        (
            "clientCertificateKeyFile: KEY",
            "martlet.yaml:6: providers.corp.clientCertificateFile: is missing: clientCertificateKeyFile needs it"
        ),
        ("clientCertificateFile: no/such\n    clientCertificateKeyFile: KEY", "the file no/such cannot be read"),
        ("clientCertificateFile: KEY\n    clientCertificateKeyFile: KEY", "the client certificate cannot be read"),
        (
            "clientCertificateFile: CHAIN\n    clientCertificateKeyFile: CHAIN",
            "the key of the client certificate cannot be read"
        ),
        (
            "clientCertificateFile: CHAIN\n    clientCertificateKeyFile: KEY\n    trustRootsFile: KEY",
            "the authorities of the provider's certificate cannot be read"
        ),
        (
            "trustRootsFile: CHAIN",
            "martlet.yaml:6: providers.corp.trustRootsFile: is of no use without clientCertificateFile"
        ),
    ])
    func explainsWhatIsWrongWithACertificate(settings: String, expected: String) throws {
        try withFile(SamplePEM.certificate) { chain in
            try withFile(SamplePEM.key) { key in
                let given = settings.replacing("CHAIN", with: chain).replacing("KEY", with: key)
                let found = problems(given.isEmpty ? Self.mutual : "\(Self.mutual)\n    \(given)")
                #expect(found.contains { $0.contains(expected) }, "\(found)")
                #expect(!found.joined().contains("MIGHAgEA"))
            }
        }
    }
}

/// A P-256 key, and a certificate of it that signed itself; both made for these tests.
enum SamplePEM {
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2dZLZrP/lA3Ko+wb
        sMJPP/Hsj62Qv3fJEMtoKeXdd4mhRANCAAQ/b5n3NVW0zLASznyvPZh4+3xs8TfO
        eycLyOAUUc8B7ql3S3pI9Iul2gz1+S763ILWw8Jrx/I+OWV/LqQy4uFx
        -----END PRIVATE KEY-----
        """

    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBjjCCATWgAwIBAgIULzJZU3w1ziZTa/U54MRxSCBtFNowCgYIKoZIzj0EAwIw
        HDEaMBgGA1UEAwwRbG9naW4uZXhhbXBsZS5jb20wIBcNMjYxMTIxMTAyMTQ0WhgP
        MjEyNjEwMjgxMDIxNDRaMBwxGjAYBgNVBAMMEWxvZ2luLmV4YW1wbGUuY29tMFkw
        EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEP2+Z9zVVtMywEs58rz2YePt8bPE3znsn
        C8jgFFHPAe6pd0t6SPSLpdoM9fku+tyC1sPCa8fyPjllfy6kMuLhcaNTMFEwHQYD
        VR0OBBYEFPfTpzY3kxwY0JlcKoCPUijpMZpMMB8GA1UdIwQYMBaAFPfTpzY3kxwY
        0JlcKoCPUijpMZpMMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIg
        XZj0V1FN2sjsNJRzZYNpXs8m4pIEgxlrEKRJNPG3cqMCIGLTSlOIPA4e+puI9MqJ
        g7DvB9CgvuROMwmLPDezqmJM
        -----END CERTIFICATE-----
        """
}
