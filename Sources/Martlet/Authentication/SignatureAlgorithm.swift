import Crypto
import CryptoExtras

/// A signature algorithm of JOSE (RFC 7518 §3.1, RFC 8037 §3.1). `none` is not among them.
public enum SignatureAlgorithm: String, Hashable, Sendable, Codable, CaseIterable {
    /// RSASSA-PKCS1-v1_5 with SHA-256
    case rs256 = "RS256"
    /// RSASSA-PKCS1-v1_5 with SHA-384
    case rs384 = "RS384"
    /// RSASSA-PKCS1-v1_5 with SHA-512
    case rs512 = "RS512"
    /// RSASSA-PSS with SHA-256
    case ps256 = "PS256"
    /// RSASSA-PSS with SHA-384
    case ps384 = "PS384"
    /// RSASSA-PSS with SHA-512
    case ps512 = "PS512"
    /// ECDSA on P-256 with SHA-256
    case es256 = "ES256"
    /// ECDSA on P-384 with SHA-384
    case es384 = "ES384"
    /// ECDSA on P-521 with SHA-512
    case es512 = "ES512"
    /// Ed25519
    case edDSA = "EdDSA"
    /// HMAC with SHA-256, keyed by the client secret
    case hs256 = "HS256"
    /// HMAC with SHA-384, keyed by the client secret
    case hs384 = "HS384"
    /// HMAC with SHA-512, keyed by the client secret
    case hs512 = "HS512"

    /// The shortest client secret that may key an HMAC, in bytes.
    static let shortestSecret = 32

    /// The algorithms that need no shared secret: what is accepted of a provider unless something narrower is set.
    public static let asymmetric: [SignatureAlgorithm] = allCases.filter { !$0.usesClientSecret }

    /// Whether the client secret is the key.
    public var usesClientSecret: Bool {
        switch self {
        case .hs256, .hs384, .hs512: true
        default: false
        }
    }

    /// Whether a key is of this algorithm's kind and not meant for another.
    func accepts(_ key: SigningKeys.Key) -> Bool {
        guard key.algorithm == nil || key.algorithm == rawValue else { return false }
        return switch (self, key.material) {
        case (.rs256, .rsa), (.rs384, .rsa), (.rs512, .rsa), (.ps256, .rsa), (.ps384, .rsa), (.ps512, .rsa),
            (.es256, .p256), (.es384, .p384), (.es512, .p521), (.edDSA, .ed25519):
            true
        default: false
        }
    }

    /// Whether a signature over a message was made by a key.
    func isValid(_ signature: [UInt8], of message: [UInt8], by key: SigningKeys.Key) -> Bool {
        switch (self, key.material) {
        case (.rs256, .rsa(let key)): Self.rsa(key, signature, SHA256.hash(data: message), .insecurePKCS1v1_5)
        case (.rs384, .rsa(let key)): Self.rsa(key, signature, SHA384.hash(data: message), .insecurePKCS1v1_5)
        case (.rs512, .rsa(let key)): Self.rsa(key, signature, SHA512.hash(data: message), .insecurePKCS1v1_5)
        case (.ps256, .rsa(let key)): Self.rsa(key, signature, SHA256.hash(data: message), .PSS)
        case (.ps384, .rsa(let key)): Self.rsa(key, signature, SHA384.hash(data: message), .PSS)
        case (.ps512, .rsa(let key)): Self.rsa(key, signature, SHA512.hash(data: message), .PSS)
        case (.es256, .p256(let key)):
            (try? P256.Signing.ECDSASignature(rawRepresentation: signature))
                .map { key.isValidSignature($0, for: message) } ?? false
        case (.es384, .p384(let key)):
            (try? P384.Signing.ECDSASignature(rawRepresentation: signature))
                .map { key.isValidSignature($0, for: message) } ?? false
        case (.es512, .p521(let key)):
            (try? P521.Signing.ECDSASignature(rawRepresentation: signature))
                .map { key.isValidSignature($0, for: message) } ?? false
        case (.edDSA, .ed25519(let key)): key.isValidSignature(signature, for: message)
        default: false
        }
    }

    private static func rsa(
        _ key: _RSA.Signing.PublicKey, _ signature: [UInt8], _ digest: some Digest, _ padding: _RSA.Signing.Padding
    ) -> Bool {
        key.isValidSignature(.init(rawRepresentation: signature), for: digest, padding: padding)
    }

    /// The HMAC of a message, keyed by a client secret; nil for an algorithm that is no HMAC, or a secret too short.
    func authenticationCode(of message: [UInt8], secret: Secret) -> [UInt8]? {
        let bytes = Array(secret.reveal().utf8)
        guard bytes.count >= Self.shortestSecret else { return nil }
        let key = SymmetricKey(data: bytes)
        return switch self {
        case .hs256: Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        case .hs384: Array(HMAC<SHA384>.authenticationCode(for: message, using: key))
        case .hs512: Array(HMAC<SHA512>.authenticationCode(for: message, using: key))
        default: nil
        }
    }

    /// The left half of a hash of the access token, as `at_hash` holds it (OpenID Connect Core §3.1.3.6).
    func accessTokenHash(_ token: Secret) -> String {
        let bytes = Array(token.reveal().utf8)
        let digest: [UInt8] =
            switch self {
            case .rs256, .ps256, .es256, .hs256: Array(SHA256.hash(data: bytes))
            case .rs384, .ps384, .es384, .hs384: Array(SHA384.hash(data: bytes))
            case .rs512, .ps512, .es512, .hs512, .edDSA: Array(SHA512.hash(data: bytes))
            }
        return Base64URL.encode(digest.prefix(digest.count / 2))
    }
}
