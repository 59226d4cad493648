import Crypto
import CryptoExtras
import FoundationEssentials

/// A public key that somebody else gave as a JSON Web Key (RFC 7517).
struct PublicKey: Sendable {
    private enum Material: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case p384(P384.Signing.PublicKey)
        case p521(P521.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    let id: String?
    /// SHA-256 thumbprint, base64url (RFC 7638 section 3).
    let thumbprint: String
    private let algorithm: String?
    private let material: Material

    /// Reads a key; `nil` where it is of no known kind, is not for signatures, or is a private one.
    init?(jwk: JSON) {
        guard jwk["d"] == nil, jwk["use"]?.string ?? "sig" == "sig", let type = jwk["kty"]?.string,
            let material = Self.material(type, jwk)
        else { return nil }
        let names = type == "RSA" ? ["e", "kty", "n"] : type == "EC" ? ["crv", "kty", "x", "y"] : ["crv", "kty", "x"]
        let canonical = JSON.object(names.compactMap { name in jwk[name].map { .init(name: name, value: $0) } })
        thumbprint = Base64URL.encode(Digest.sha256(canonical.text))
        (id, algorithm, self.material) = (jwk["kid"]?.string, jwk["alg"]?.string, material)
    }

    private static func material(_ type: String, _ jwk: JSON) -> Material? {
        let bytes = { (name: String) in jwk[name]?.string.flatMap(Base64URL.decode) }
        switch (type, jwk["crv"]?.string) {
        case ("RSA", _):
            guard let n = bytes("n"), let e = bytes("e") else { return nil }
            return (try? _RSA.Signing.PublicKey(n: n, e: e)).map(Material.rsa)
        case ("EC", let curve):
            guard let x = bytes("x"), let y = bytes("y"), x.count == y.count else { return nil }
            switch curve {
            case "P-256": return (try? P256.Signing.PublicKey(rawRepresentation: x + y)).map(Material.p256)
            case "P-384": return (try? P384.Signing.PublicKey(rawRepresentation: x + y)).map(Material.p384)
            case "P-521": return (try? P521.Signing.PublicKey(rawRepresentation: x + y)).map(Material.p521)
            default: return nil
            }
        case ("OKP", "Ed25519"):
            guard let x = bytes("x") else { return nil }
            return (try? Curve25519.Signing.PublicKey(rawRepresentation: x)).map(Material.ed25519)
        default: return nil
        }
    }

    /// Whether this key made the signature by that algorithm. A key that names an algorithm is good for no other.
    func verifies(_ signature: [UInt8], of data: Data, by algorithm: SignatureAlgorithm) -> Bool {
        guard self.algorithm == nil || self.algorithm == algorithm.rawValue else { return false }
        switch (algorithm, material) {
        case (.rs256, .rsa(let key)), (.ps256, .rsa(let key)):
            return Self.verifies(signature, of: SHA256.hash(data: data), by: algorithm, key)
        case (.rs384, .rsa(let key)), (.ps384, .rsa(let key)):
            return Self.verifies(signature, of: SHA384.hash(data: data), by: algorithm, key)
        case (.rs512, .rsa(let key)), (.ps512, .rsa(let key)):
            return Self.verifies(signature, of: SHA512.hash(data: data), by: algorithm, key)
        case (.es256, .p256(let key)):
            return (try? P256.Signing.ECDSASignature(rawRepresentation: signature))
                .map { key.isValidSignature($0, for: data) } ?? false
        case (.es384, .p384(let key)):
            return (try? P384.Signing.ECDSASignature(rawRepresentation: signature))
                .map { key.isValidSignature($0, for: data) } ?? false
        case (.es512, .p521(let key)):
            return (try? P521.Signing.ECDSASignature(rawRepresentation: signature))
                .map { key.isValidSignature($0, for: data) } ?? false
        case (.edDSA, .ed25519(let key)): return key.isValidSignature(signature, for: data)
        default: return false
        }
    }

    private static func verifies(
        _ signature: [UInt8], of digest: some Crypto.Digest, by algorithm: SignatureAlgorithm,
        _ key: _RSA.Signing.PublicKey
    ) -> Bool {
        key.isValidSignature(
            .init(rawRepresentation: Data(signature)), for: digest,
            padding: algorithm.rawValue.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5)
    }
}
