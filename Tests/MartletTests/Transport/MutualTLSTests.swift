import HTTPTypes
import Hummingbird
import HummingbirdTLS
import HummingbirdTesting
import Martlet
import MartletTesting
import NIOSSL
import Testing

/// RFC 8705, against a server on loopback that lets nobody in without a certificate of its authority.
@Suite("Mutual TLS")
struct MutualTLSTests {
    private static func serverConfiguration(demandsCertificate: Bool) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.server.utf8))
                .map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(TestCertificates.serverKey.utf8), format: .pem)))
        if demandsCertificate {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.authority.utf8)))
        }
        return configuration
    }

    /// Runs a token endpoint while a test talks to it.
    private static func serve<Value: Sendable>(
        demandsCertificate: Bool = true, keepsAlive: Bool = false,
        _ test: @Sendable (_ base: String) async throws -> Value
    ) async throws -> Value {
        let router = Router()
        router.post("token") { request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 1024))
            let token = body.contains("client_secret") ? "with-a-secret" : "token-1"
            return Response(
                status: .ok,
                headers: [.contentType: "application/json", .connection: keepsAlive ? "keep-alive" : "close"],
                body: ResponseBody(byteBuffer: .init(string: #"{"access_token":"\#(token)"}"#)))
        }
        let application = Application(
            router: router,
            server: try .tls(tlsConfiguration: serverConfiguration(demandsCertificate: demandsCertificate)),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        return try await application.test(.ahc(.https)) { client in
            try await test("https://127.0.0.1:\(try #require(client.port))")
        }
    }

    private static let certificate = Result {
        try ClientCertificate(
            chain: TestCertificates.client, privateKey: Secret(TestCertificates.clientKey),
            trustRoots: TestCertificates.authority)
    }

    /// What a client gets from the token endpoint.
    private static func token(
        at base: String, by certificate: ClientCertificate?
    ) async throws -> Result<Secret?, OAuthError> {
        var provider = Provider(id: "example", name: "Example")
        provider.tokenEndpoint = base + "/token"
        provider.clientAuthentication = .mutualTLS
        let client = try OAuthClient(
            provider, clientID: "client-1", clientSecret: "s3cret", transport: HTTPTransport(certificate: certificate))
        do throws(OAuthError) {
            return .success(try await client.clientCredentials().accessToken)
        } catch {
            return .failure(error)
        }
    }

    @Test
    func showsTheServerItsCertificate() async throws {
        let certificate = try Self.certificate.get()
        let result = try await Self.serve { try await Self.token(at: $0, by: certificate) }
        #expect(result == .success("token-1"))
    }

    @Test
    func isNotLetInWithoutOne() async throws {
        let result = try await Self.serve { try await Self.token(at: $0, by: nil) }
        guard case .failure(.unreachable(.token, _)) = result else { throw TestFailure("the result is \(result)") }
    }

    @Test
    func isNotLetInWithAStrangers() async throws {
        let certificate = try ClientCertificate(
            chain: TestCertificates.stranger, privateKey: Secret(TestCertificates.strangerKey),
            trustRoots: TestCertificates.authority)
        let result = try await Self.serve { try await Self.token(at: $0, by: certificate) }
        guard case .failure(.unreachable(.token, _)) = result else { throw TestFailure("the result is \(result)") }
    }

    /// One process, one server: a connection that was let in by a certificate is nobody else's.
    @Test
    func sharesNoConnectionWithAClientThatHasNone() async throws {
        let certificate = try Self.certificate.get()
        let results = try await Self.serve(keepsAlive: true) { base in
            let first = try await Self.token(at: base, by: certificate)
            return [first, try await Self.token(at: base, by: nil), try await Self.token(at: base, by: certificate)]
        }
        #expect(results[0] == .success("token-1"))
        guard case .failure(.unreachable(.token, _)) = results[1] else { throw TestFailure("it was let in") }
        #expect(results[2] == .success("token-1"))
    }

    @Test
    func verifiesTheServerAllTheSame() async throws {
        let certificate = try ClientCertificate(
            chain: TestCertificates.client, privateKey: Secret(TestCertificates.clientKey),
            trustRoots: TestCertificates.stranger)
        let bySystem = try ClientCertificate(
            chain: TestCertificates.client, privateKey: Secret(TestCertificates.clientKey))
        let results = try await Self.serve(demandsCertificate: false) { base in
            [try await Self.token(at: base, by: certificate), try await Self.token(at: base, by: bySystem)]
        }
        for result in results {
            guard case .failure(.unreachable(.token, let reason)) = result else { throw TestFailure("it was trusted") }
            #expect(!reason.isEmpty)
        }
    }

    // MARK: Reading

    private func problem(
        chain: String = TestCertificates.client, key: String = TestCertificates.clientKey, roots: String? = nil
    ) -> OAuthError? {
        do throws(OAuthError) {
            _ = try ClientCertificate(chain: chain, privateKey: Secret(key), trustRoots: roots)
            return nil
        } catch {
            return error
        }
    }

    @Test
    func readsAChain() {
        #expect(problem(chain: TestCertificates.client + "\n" + TestCertificates.authority) == nil)
    }

    @Test(arguments: [
        "", "certificate", TestCertificates.clientKey, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ])
    func refusesWhatIsNoCertificate(text: String) {
        #expect(problem(chain: text) == .misconfigured("the client certificate cannot be read: give it in PEM"))
        let roots = "the authorities of the provider's certificate cannot be read: give them in PEM"
        #expect(problem(roots: text) == .misconfigured(roots))
    }

    @Test(arguments: ["", "key", TestCertificates.client, ClientKeyTests.encrypted])
    func refusesWhatIsNoKey(text: String) {
        let reason = "the key of the client certificate cannot be read: give it in PEM, not encrypted"
        #expect(problem(key: text) == .misconfigured(reason))
    }

    @Test
    func printsNothingOfTheKey() throws {
        let certificate = try Self.certificate.get()
        let transport = HTTPTransport(certificate: certificate)
        var texts = "\(certificate) \(String(reflecting: certificate)) \(transport)"
        dump(certificate, to: &texts)
        dump(transport, to: &texts)
        let lines = TestCertificates.clientKey.split(separator: "\n").filter { !$0.hasPrefix("-") }
        #expect(lines.allSatisfy { !texts.contains($0) })
        #expect(certificate.description == "ClientCertificate")
    }
}
