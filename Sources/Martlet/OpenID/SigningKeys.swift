import Crypto
import CryptoExtras
import FoundationEssentials

/// A provider's public keys for signatures (RFC 7517). Keys that cannot be used are left out, as §5 asks, and so are RSA
/// keys of fewer than 256 bytes (RFC 7518 §3.3).
struct SigningKeys: Sendable {
    /// One usable key.
    struct Key: Sendable {
        let id: String?
        let algorithm: String?
        /// The issuer, or template of issuers, whose tokens alone it signs (Microsoft); nil for any.
        let issuer: String?
        let material: Material
    }

    enum Material: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case p384(P384.Signing.PublicKey)
        case p521(P521.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    let keys: [Key]

    /// Reads a key set.
    ///
    /// - Throws: ``OAuthError/malformed(_:reason:)`` if it is not a key set.
    static func parse(_ response: OutboundResponse) throws(OAuthError) -> SigningKeys {
        guard response.status == 200 else {
            throw .rejected(Rejection(role: .keys, status: response.status, error: nil, description: nil))
        }
        guard let set = (try? JSONValue(parsing: response.body))?["keys"]?.array else {
            throw .malformed(.keys, reason: "it is not a key set")
        }
        return SigningKeys(keys: set.prefix(100).compactMap(Key.init))
    }

    /// The keys that may have made a signature: the one the header names; without a name, the only key that fits.
    func candidates(keyID: String?, algorithm: SignatureAlgorithm, issuer: String?) -> [Key] {
        let fitting = keys.filter { algorithm.accepts($0) && $0.signs(for: issuer) }
        guard let keyID else { return fitting.count == 1 ? fitting : [] }
        return fitting.filter { $0.id == keyID }
    }
}

extension SigningKeys.Key {
    init?(_ json: JSONValue) {
        guard json["use"].map({ $0 == .string("sig") }) ?? true,
            json["key_ops"].map({ $0.array?.contains(.string("verify")) ?? false }) ?? true,
            let material = SigningKeys.Material(json)
        else { return nil }
        self.init(
            id: json["kid"]?.string, algorithm: json["alg"]?.string, issuer: json["issuer"]?.string, material: material)
    }

    /// Whether the key may sign what an issuer issues
    /// (https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer).
    func signs(for named: String?) -> Bool {
        guard let issuer else { return true }
        return named.map { IssuerRule(issuer: issuer, tenancy: Tenancy(issuer: issuer)).mayName($0) } ?? false
    }
}

extension SigningKeys.Material {
    init?(_ json: JSONValue) {
        func bytes(_ name: String) -> [UInt8]? { json[name]?.string.flatMap(Base64URL.decode) }
        switch (json["kty"]?.string, json["crv"]?.string) {
        case ("RSA", _):
            guard let n = bytes("n"), let e = bytes("e"), n.count <= 1024, n.drop(while: { $0 == 0 }).count >= 256,
                let key = try? _RSA.Signing.PublicKey(n: n, e: e)
            else { return nil }
            self = .rsa(key)
        case ("EC", let curve):
            guard let x = bytes("x"), let y = bytes("y"), let key = Self.elliptic(curve, x + y) else { return nil }
            self = key
        case ("OKP", "Ed25519"):
            guard let x = bytes("x"), let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x) else {
                return nil
            }
            self = .ed25519(key)
        default: return nil
        }
    }

    private static func elliptic(_ curve: String?, _ point: [UInt8]) -> SigningKeys.Material? {
        switch curve {
        case "P-256": (try? P256.Signing.PublicKey(rawRepresentation: point)).map { .p256($0) }
        case "P-384": (try? P384.Signing.PublicKey(rawRepresentation: point)).map { .p384($0) }
        case "P-521": (try? P521.Signing.PublicKey(rawRepresentation: point)).map { .p521($0) }
        default: nil
        }
    }
}
