/// A key that may stand in a set and that nobody can verify a token with. A client leaves it out and uses the others
/// (RFC 7517 section 5).
public enum UnusableKey: String, CaseIterable, Sendable {
    /// A key type that nobody knows.
    case unknownKty
    /// An elliptic curve that nobody knows.
    case unknownCrv
    /// An RSA key for an algorithm that nobody knows.
    case unknownAlg
    /// A post-quantum key: ML-DSA-65 with the key type `AKP`.
    case mlDSA
    /// An RSA key for encryption.
    case encryption
    /// An RSA key of 1024 bits for RS256.
    case shortRSA
    /// An RSA key for RS256 whose modulus is not base64url.
    case malformed

    /// The key.
    var jwk: JSON {
        let signature: JSON = ["kid": .string("unusable-" + rawValue), "use": "sig"]
        switch self {
        case .unknownKty: return signature.merging(["kty": "XYZ", "alg": "RS256", "xyz": Self.number(32)])
        case .unknownCrv:
            return signature.merging(
                ["kty": "EC", "crv": "P-999", "alg": "ES999", "x": Self.number(125), "y": Self.number(125)])
        case .unknownAlg: return signature.merging(Self.rsa(256)).adding("alg", "RS1024")
        case .mlDSA: return signature.merging(["kty": "AKP", "alg": "ML-DSA-65", "pub": Self.number(1952)])
        case .encryption: return signature.setting("use", "enc").merging(Self.rsa(256)).adding("alg", "RSA-OAEP-256")
        case .shortRSA: return signature.merging(Self.rsa(128)).adding("alg", "RS256")
        case .malformed: return signature.merging(["kty": "RSA", "alg": "RS256", "n": "*not base64*", "e": "AQAB"])
        }
    }

    private static func rsa(_ length: Int) -> JSON {
        ["kty": "RSA", "n": number(length), "e": "AQAB"]
    }

    /// An odd number of that many bytes, always the same.
    private static func number(_ length: Int) -> JSON {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 193) | ($0 == length - 1 ? 1 : 0) }
        return .string(Base64URL.encode(bytes))
    }
}
