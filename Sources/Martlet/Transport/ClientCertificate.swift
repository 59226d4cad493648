import NIOSSL

/// A TLS certificate of a client with its private key, by which it proves who it is (RFC 8705).
///
/// Its textual form holds no secret.
public struct ClientCertificate: Sendable, CustomStringConvertible, CustomReflectable {
    let configuration: TLSConfiguration

    /// Reads a certificate and its key.
    ///
    /// - Parameters:
    ///   - chain: PEM of the certificate, followed by those of its issuers, if the provider needs them.
    ///   - privateKey: PEM of the key, not encrypted.
    ///   - trustRoots: PEM of the authorities that the provider's own certificate is verified by; by default the system's.
    /// - Throws: ``OAuthError/misconfigured(_:)`` if one cannot be read.
    public init(chain: String, privateKey: Secret, trustRoots: String? = nil) throws(OAuthError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        do {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(chain.utf8))
                .map { .certificate($0) }
        } catch {
            throw .misconfigured("the client certificate cannot be read: give it in PEM")
        }
        guard !configuration.certificateChain.isEmpty else {
            throw .misconfigured("the client certificate cannot be read: give it in PEM")
        }
        do {
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(privateKey.reveal().utf8), format: .pem))
        } catch {
            throw .misconfigured("the key of the client certificate cannot be read: give it in PEM, not encrypted")
        }
        if let trustRoots {
            do {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(trustRoots.utf8)))
            } catch {
                throw .misconfigured("the authorities of the provider's certificate cannot be read: give them in PEM")
            }
        }
        self.configuration = configuration
    }

    /// The word `ClientCertificate`.
    public var description: String { "ClientCertificate" }

    /// A mirror without children, so that `dump` shows no key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
