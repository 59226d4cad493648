import Crypto
import FoundationEssentials

/// A signature algorithm of JSON Web Signatures (RFC 7518 section 3.1, RFC 8037 section 3.1).
public enum SignatureAlgorithm: String, CaseIterable, Codable, Sendable {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    case rs384 = "RS384"
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    case rs512 = "RS512"
    /// RSASSA-PSS with SHA-256.
    case ps256 = "PS256"
    /// RSASSA-PSS with SHA-384.
    case ps384 = "PS384"
    /// RSASSA-PSS with SHA-512.
    case ps512 = "PS512"
    /// ECDSA over P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA over P-384 with SHA-384.
    case es384 = "ES384"
    /// ECDSA over P-521 with SHA-512.
    case es512 = "ES512"
    /// Ed25519.
    case edDSA = "EdDSA"
    /// HMAC with SHA-256.
    case hs256 = "HS256"

    /// The algorithms that have a public key.
    static let asymmetric = allCases.filter { $0 != .hs256 }

    /// The left half of a token's hash, for `at_hash` (OpenID Connect Core section 3.1.3.6). Ed25519 hashes with SHA-512.
    func leftHalfHash(of token: String) -> String {
        let data = Data(token.utf8)
        let digest: [UInt8] =
            switch self {
            case .rs256, .ps256, .es256, .hs256: Array(SHA256.hash(data: data))
            case .rs384, .ps384, .es384: Array(SHA384.hash(data: data))
            case .rs512, .ps512, .es512, .edDSA: Array(SHA512.hash(data: data))
            }
        return Base64URL.encode(digest.prefix(digest.count / 2))
    }

    /// Another algorithm, whose valid signature is still not what was agreed upon.
    var other: SignatureAlgorithm {
        switch self {
        case .rs256, .rs384: .rs512
        case .rs512, .ps256, .ps384, .ps512, .hs256: .rs256
        case .es256, .edDSA: .es384
        case .es384, .es512: .es256
        }
    }
}
