import Crypto
import CryptoExtras
import FoundationEssentials

/// The keys that sign tokens: RSA with 2048 bits, P-256, P-384, P-521 and Ed25519 (RFC 7518 section 3, RFC 8037).
public struct SigningKeys: Sendable {
    let rsa: _RSA.Signing.PrivateKey
    let p256: P256.Signing.PrivateKey
    let p384 = P384.Signing.PrivateKey()
    let p521 = P521.Signing.PrivateKey()
    let ed25519 = Curve25519.Signing.PrivateKey()
    /// What the key identifiers begin with, after `simulator`; empty until the keys are rotated.
    var generation = ""

    /// Makes new keys, which takes a tenth of a second or so.
    ///
    /// - Throws: an error of swift-crypto when no key can be made.
    public init() throws {
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        p256 = P256.Signing.PrivateKey()
    }

    /// Reads the keys of RS256 and ES256 from PEM (PKCS #8, or PKCS #1 and SEC 1), and makes the others.
    ///
    /// - Throws: an error of swift-crypto when a text holds no such key, or an RSA key of less than 2048 bits.
    public init(rsaPEM: String, p256PEM: String) throws {
        rsa = try _RSA.Signing.PrivateKey(pemRepresentation: rsaPEM)
        p256 = try P256.Signing.PrivateKey(pemRepresentation: p256PEM)
    }
}

extension SigningKeys {
    /// The identifier of an algorithm's key, for example `simulator-rs256`. One RSA key has an identifier per algorithm.
    func id(_ algorithm: SignatureAlgorithm) -> String {
        "simulator" + generation + "-" + algorithm.rawValue.lowercased()
    }

    /// The public key of an algorithm as a JSON Web Key (RFC 7517 section 4), or `nil` for HS256, which has none.
    func jwk(_ algorithm: SignatureAlgorithm) throws -> JSON? {
        guard let members = try publicMembers(algorithm) else { return nil }
        let common: JSON = [
            "use": "sig", "alg": .string(algorithm.rawValue), "kid": .string(id(algorithm)),
        ]
        return common.merging(members)
    }

    /// The RSA public key for RS256 as a JSON Web Key.
    func rsaJWK() throws -> JSON {
        try jwk(.rs256) ?? .null
    }

    /// The members that define the key (RFC 7518 section 6, RFC 8037 section 2).
    func publicMembers(_ algorithm: SignatureAlgorithm) throws -> JSON? {
        switch algorithm {
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512:
            let numbers = try rsa.publicKey.getKeyPrimitives()
            return [
                "kty": "RSA", "n": .string(Base64URL.encode(numbers.modulus)),
                "e": .string(Base64URL.encode(numbers.publicExponent)),
            ]
        case .es256: return Self.curve("P-256", p256.publicKey.rawRepresentation)
        case .es384: return Self.curve("P-384", p384.publicKey.rawRepresentation)
        case .es512: return Self.curve("P-521", p521.publicKey.rawRepresentation)
        case .edDSA:
            let point = ed25519.publicKey.rawRepresentation
            return ["kty": "OKP", "crv": "Ed25519", "x": .string(Base64URL.encode(point))]
        case .hs256: return nil
        }
    }

    private static func curve(_ name: String, _ point: Data) -> JSON {
        [
            "kty": "EC", "crv": .string(name), "x": .string(Base64URL.encode(point.prefix(point.count / 2))),
            "y": .string(Base64URL.encode(point.suffix(point.count / 2))),
        ]
    }

    /// The signature of these bytes, in the form of RFC 7518 section 3.
    ///
    /// - Parameter secret: the key of HS256.
    func signature(of data: Data, _ algorithm: SignatureAlgorithm, secret: String?) throws -> [UInt8] {
        switch algorithm {
        case .rs256, .ps256: try rsaSignature(of: SHA256.hash(data: data), algorithm)
        case .rs384, .ps384: try rsaSignature(of: SHA384.hash(data: data), algorithm)
        case .rs512, .ps512: try rsaSignature(of: SHA512.hash(data: data), algorithm)
        case .es256: Array(try p256.signature(for: data).rawRepresentation)
        case .es384: Array(try p384.signature(for: data).rawRepresentation)
        case .es512: Array(try p521.signature(for: data).rawRepresentation)
        case .edDSA: Array(try ed25519.signature(for: data))
        case .hs256: MAC.sha256(of: data, key: secret ?? "")
        }
    }

    private func rsaSignature(of digest: some Crypto.Digest, _ algorithm: SignatureAlgorithm) throws -> [UInt8] {
        let padding: _RSA.Signing.Padding = algorithm.rawValue.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5
        return Array(try rsa.signature(for: digest, padding: padding).rawRepresentation)
    }

    /// The public key as PEM, which an attacker hopes to see taken for the secret of HS256.
    func publicPEM(_ algorithm: SignatureAlgorithm) -> String {
        switch algorithm {
        case .es256: p256.publicKey.pemRepresentation
        case .es384: p384.publicKey.pemRepresentation
        case .es512: p521.publicKey.pemRepresentation
        default: rsa.publicKey.pemRepresentation
        }
    }
}

/// HMAC with SHA-256.
enum MAC {
    /// The code of these bytes, with the bytes of a text as the key.
    static func sha256(of data: Data, key: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: Data(key.utf8))))
    }
}
