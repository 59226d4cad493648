import Crypto
import CryptoExtras
import FoundationEssentials
import Martlet

/// Signs ID tokens as a provider does: the other side of the verifier, and written apart from it.
struct IDTokenSigner: Sendable {
    enum Key: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case p384(P384.Signing.PrivateKey)
        case p521(P521.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    /// RSA keys take long to make, so the tests share one.
    private static let sharedRSA = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    let algorithm: String
    let key: Key
    var keyID: String?

    /// Makes a signer with a key of the kind that the algorithm needs.
    init(_ algorithm: String, keyID: String? = "key-1") throws {
        self.algorithm = algorithm
        self.keyID = keyID
        self.key =
            switch algorithm {
            case "ES256": .p256(P256.Signing.PrivateKey())
            case "ES384": .p384(P384.Signing.PrivateKey())
            case "ES512": .p521(P521.Signing.PrivateKey())
            case "EdDSA": .ed25519(Curve25519.Signing.PrivateKey())
            default: .rsa(try Self.sharedRSA.get())
            }
    }

    /// A signed token.
    ///
    /// - Parameter header: members that replace or complete the usual header; null takes one away.
    func sign(_ claims: JSONValue, header: [String: JSONValue] = [:]) throws -> Secret {
        var members: [String: JSONValue] = ["alg": .string(algorithm), "typ": .string("JWT")]
        members["kid"] = keyID.map { .string($0) }
        members = members.merging(header) { $1 }.filter { $0.value != .null }
        let signed = Self.part(.object(members)) + "." + Self.part(claims)
        return Secret(signed + "." + Base64URL.encode(try signature(of: Array(signed.utf8))))
    }

    static func part(_ json: JSONValue) -> String {
        Base64URL.encode(Array(json.serialized().utf8))
    }

    private func signature(of message: [UInt8]) throws -> [UInt8] {
        switch key {
        case .rsa(let key): try rsaSignature(of: message, by: key)
        case .p256(let key): Array(try key.signature(for: message).rawRepresentation)
        case .p384(let key): Array(try key.signature(for: message).rawRepresentation)
        case .p521(let key): Array(try key.signature(for: message).rawRepresentation)
        case .ed25519(let key): Array(try key.signature(for: message))
        }
    }

    private func rsaSignature(of message: [UInt8], by key: _RSA.Signing.PrivateKey) throws -> [UInt8] {
        let padding: _RSA.Signing.Padding = algorithm.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5
        let signature =
            switch algorithm.suffix(3) {
            case "384": try key.signature(for: SHA384.hash(data: message), padding: padding)
            case "512": try key.signature(for: SHA512.hash(data: message), padding: padding)
            default: try key.signature(for: SHA256.hash(data: message), padding: padding)
            }
        return Array(signature.rawRepresentation)
    }

    /// The public key as a key set holds it (RFC 7517, RFC 8037).
    func jwk(_ more: [String: JSONValue] = [:]) throws -> JSONValue {
        var members = try publicMembers().mapValues { JSONValue.string($0) }
        members["kid"] = keyID.map { .string($0) }
        members["use"] = .string("sig")
        return .object(members.merging(more) { $1 }.filter { $0.value != .null })
    }

    /// The private key in PEM, PKCS #8.
    var pem: Secret {
        get throws {
            switch key {
            case .rsa(let key): Secret(key.pkcs8PEMRepresentation)
            case .p256(let key): Secret(key.pemRepresentation)
            case .p384(let key): Secret(key.pemRepresentation)
            case .p521(let key): Secret(key.pemRepresentation)
            case .ed25519(let key):
                // RFC 8410 §7: version, algorithm identifier, and the key in two octet strings.
                Self.pem(
                    [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32] + Array(key.rawRepresentation))
            }
        }
    }

    private static func pem(_ der: [UInt8]) -> Secret {
        Secret("-----BEGIN PRIVATE KEY-----\n\(Data(der).base64EncodedString())\n-----END PRIVATE KEY-----\n")
    }

    /// Whether a signature over a message is this key's.
    func isValid(_ signature: [UInt8], of message: [UInt8]) throws -> Bool {
        switch key {
        case .rsa(let key): isRSASignature(signature, of: message, by: key.publicKey)
        case .p256(let key):
            key.publicKey.isValidSignature(try .init(rawRepresentation: signature), for: message)
        case .p384(let key):
            key.publicKey.isValidSignature(try .init(rawRepresentation: signature), for: message)
        case .p521(let key):
            key.publicKey.isValidSignature(try .init(rawRepresentation: signature), for: message)
        case .ed25519(let key): key.publicKey.isValidSignature(signature, for: message)
        }
    }

    private func isRSASignature(
        _ signature: [UInt8], of message: [UInt8], by key: _RSA.Signing.PublicKey
    ) -> Bool {
        let padding: _RSA.Signing.Padding = algorithm.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5
        let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
        return switch algorithm.suffix(3) {
        case "384": key.isValidSignature(signature, for: SHA384.hash(data: message), padding: padding)
        case "512": key.isValidSignature(signature, for: SHA512.hash(data: message), padding: padding)
        default: key.isValidSignature(signature, for: SHA256.hash(data: message), padding: padding)
        }
    }

    private func publicMembers() throws -> [String: String] {
        switch key {
        case .rsa(let key):
            let primitives = try key.publicKey.getKeyPrimitives()
            return [
                "kty": "RSA", "n": Base64URL.encode(primitives.modulus),
                "e": Base64URL.encode(primitives.publicExponent),
            ]
        case .p256(let key): return Self.point("P-256", Array(key.publicKey.rawRepresentation))
        case .p384(let key): return Self.point("P-384", Array(key.publicKey.rawRepresentation))
        case .p521(let key): return Self.point("P-521", Array(key.publicKey.rawRepresentation))
        case .ed25519(let key):
            return ["kty": "OKP", "crv": "Ed25519", "x": Base64URL.encode(key.publicKey.rawRepresentation)]
        }
    }

    private static func point(_ curve: String, _ bytes: [UInt8]) -> [String: String] {
        let half = bytes.count / 2
        return [
            "kty": "EC", "crv": curve, "x": Base64URL.encode(bytes[..<half]), "y": Base64URL.encode(bytes[half...]),
        ]
    }
}
