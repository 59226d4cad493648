import Crypto
import CryptoExtras
import FoundationEssentials
import Synchronization

/// The keys that sign ID tokens: RSA with 2048 bits for RS256, and P-256 for ES256 (RFC 7518 section 3).
public struct SigningKeys: Sendable {
    let rsa: _RSA.Signing.PrivateKey
    let p256: P256.Signing.PrivateKey

    /// Makes new keys, which takes a tenth of a second or so.
    ///
    /// - Throws: an error of swift-crypto when no key can be made.
    public init() throws {
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        p256 = P256.Signing.PrivateKey()
    }

    /// Reads keys from PEM (PKCS #8, or PKCS #1 and SEC 1).
    ///
    /// - Throws: an error of swift-crypto when a text holds no such key, or an RSA key of less than 2048 bits.
    public init(rsaPEM: String, p256PEM: String) throws {
        rsa = try _RSA.Signing.PrivateKey(pemRepresentation: rsaPEM)
        p256 = try P256.Signing.PrivateKey(pemRepresentation: p256PEM)
    }
}

extension SigningKeys {
    static let rsaID = "simulator-rs256"
    static let p256ID = "simulator-es256"

    /// The RSA public key as a JSON Web Key (RFC 7518 section 6.3).
    func rsaJWK() throws -> JSON {
        let numbers = try rsa.publicKey.getKeyPrimitives()
        return [
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": .string(Self.rsaID),
            "n": .string(Base64URL.encode(numbers.modulus)), "e": .string(Base64URL.encode(numbers.publicExponent)),
        ]
    }

    /// The P-256 public key as a JSON Web Key (RFC 7518 section 6.2).
    func p256JWK() -> JSON {
        let point = p256.publicKey.rawRepresentation
        return [
            "kty": "EC", "use": "sig", "alg": "ES256", "kid": .string(Self.p256ID), "crv": "P-256",
            "x": .string(Base64URL.encode(point.prefix(32))), "y": .string(Base64URL.encode(point.suffix(32))),
        ]
    }
}

/// Keys that are made when they are first needed, unless they were given.
final class KeyRing: Sendable {
    private let keys: Mutex<SigningKeys?>

    init(_ keys: SigningKeys?) {
        self.keys = Mutex(keys)
    }

    /// The keys.
    func current() throws -> SigningKeys {
        try keys.withLock { keys in
            if let keys { return keys }
            let made = try SigningKeys()
            keys = made
            return made
        }
    }
}
