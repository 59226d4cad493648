import Crypto
import CryptoExtras
import FoundationEssentials

/// A provider's public keys for signatures (RFC 7517). Keys that cannot be used are left out, as §5 asks.
struct SigningKeys: Sendable {
    /// One usable key.
    struct Key: Sendable {
        let id: String?
        let algorithm: String?
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
    func candidates(keyID: String?, algorithm: SignatureAlgorithm) -> [Key] {
        let fitting = keys.filter { algorithm.accepts($0) }
        guard let keyID else { return fitting.count == 1 ? fitting : [] }
        return fitting.filter { $0.id == keyID }
    }
}

extension SigningKeys.Key {
    init?(_ json: JSONValue) {
        guard json["use"].map({ $0 == .string("sig") }) ?? true, let material = SigningKeys.Material(json) else {
            return nil
        }
        self.init(id: json["kid"]?.string, algorithm: json["alg"]?.string, material: material)
    }
}

extension SigningKeys.Material {
    init?(_ json: JSONValue) {
        func bytes(_ name: String) -> [UInt8]? { json[name]?.string.flatMap(Base64URL.decode) }
        switch (json["kty"]?.string, json["crv"]?.string) {
        case ("RSA", _):
            guard let n = bytes("n"), let e = bytes("e"), n.count <= 1024,
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

/// The signature algorithms of ID tokens that are accepted (RFC 7518 §3.1, RFC 8037): never `none`, never HMAC.
enum SignatureAlgorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case edDSA = "EdDSA"

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

    /// The left half of a hash of the access token, as `at_hash` holds it (OpenID Connect Core §3.1.3.6).
    func accessTokenHash(_ token: Secret) -> String {
        let bytes = Array(token.reveal().utf8)
        let digest: [UInt8] =
            switch self {
            case .rs256, .ps256, .es256: Array(SHA256.hash(data: bytes))
            case .rs384, .ps384, .es384: Array(SHA384.hash(data: bytes))
            case .rs512, .ps512, .es512, .edDSA: Array(SHA512.hash(data: bytes))
            }
        return Base64URL.encode(digest.prefix(digest.count / 2))
    }
}
