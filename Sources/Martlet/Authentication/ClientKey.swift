import Crypto
import CryptoExtras
import FoundationEssentials

/// A private key by which a client proves who it is: client assertions, signed requests, Apple's client secret, DPoP.
///
/// Its textual form holds no secret.
public struct ClientKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The `kid` under which the provider knows the public key.
    public let keyID: String?
    /// What the key signs with.
    public let algorithm: SignatureAlgorithm

    private let material: Material

    private enum Material: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case p384(P384.Signing.PrivateKey)
        case p521(P521.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    /// Reads a key in PEM: PKCS #8 (`PRIVATE KEY`, as Apple's `.p8` files), SEC 1 (`EC PRIVATE KEY`) or PKCS #1
    /// (`RSA PRIVATE KEY`); P-256, P-384, P-521, Ed25519, or RSA of 2,048 bits and more. It must not be encrypted. An RSA
    /// key may also come in bare base64, as Alipay's tool writes it.
    ///
    /// - Parameters:
    ///   - pem: the whole text.
    ///   - keyID: the `kid` under which the provider knows the public key.
    ///   - algorithm: for RSA `RS256` (the default) or another of its algorithms; other keys have but one.
    /// - Throws: ``OAuthError/misconfigured(_:)`` if it is no such key, or the key cannot sign so.
    public init(pem: Secret, keyID: String? = nil, algorithm: SignatureAlgorithm? = nil) throws(OAuthError) {
        guard let material = Self.read(pem.reveal()) else {
            throw .misconfigured(
                "the private key cannot be read: give an unencrypted PEM of an EC, Ed25519 or RSA key of 2,048 bits or more"
            )
        }
        let possible = Self.algorithms(of: material)
        let chosen = algorithm ?? possible[0]
        guard possible.contains(chosen) else {
            throw .misconfigured(
                "the private key cannot sign with \(chosen.rawValue); it can with "
                    + possible.map(\.rawValue).joined(separator: ", "))
        }
        self.material = material
        self.keyID = keyID
        self.algorithm = chosen
    }

    /// A new P-256 key, which lives as long as the process: for DPoP, where the provider learns the key from the proof, and
    /// for simulated providers.
    public static func generated(keyID: String? = nil) -> ClientKey {
        ClientKey(material: .p256(P256.Signing.PrivateKey()), keyID: keyID, algorithm: .es256)
    }

    /// A new RSA key of 2,048 bits in PEM, for simulated providers; it takes a tenth of a second or so.
    ///
    /// - Throws: an error of swift-crypto when no key can be made.
    package static func newRSAKey() throws -> Secret {
        Secret(try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation)
    }

    /// The P-256 key of 32 secret random bytes, the same for the same bytes; nil for the few that make no key.
    package init?(p256 secret: [UInt8]) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
        self.init(material: .p256(key), keyID: nil, algorithm: .es256)
    }

    private init(material: Material, keyID: String?, algorithm: SignatureAlgorithm) {
        self.material = material
        self.keyID = keyID
        self.algorithm = algorithm
    }

    /// The algorithm and the key id; never the key.
    public var description: String { "ClientKey(\(algorithm.rawValue), kid: \(keyID ?? "none"))" }

    /// A mirror without children, so that `dump` shows no key.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    private static func read(_ text: String) -> Material? {
        // `openssl ecparam` writes the curve before the key.
        let pem = text.firstRange(of: "-----BEGIN EC PRIVATE KEY").map { String(text[$0.lowerBound...]) } ?? text
        if let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) { return .p256(key) }
        if let key = try? P384.Signing.PrivateKey(pemRepresentation: pem) { return .p384(key) }
        if let key = try? P521.Signing.PrivateKey(pemRepresentation: pem) { return .p521(key) }
        if let key = try? _RSA.Signing.PrivateKey(pemRepresentation: pem) { return .rsa(key) }
        if let der = Data(base64Encoded: pem.filter { !$0.isWhitespace }),
            let key = try? _RSA.Signing.PrivateKey(derRepresentation: der)
        {
            return .rsa(key)
        }
        return ed25519(pem).map { .ed25519($0) }
    }

    /// An Ed25519 key in PKCS #8 is these bytes and then the 32 of the key (RFC 8410 §7).
    private static let ed25519Header: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]

    private static func ed25519(_ pem: String) -> Curve25519.Signing.PrivateKey? {
        let lines = pem.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
        guard pem.contains("-----BEGIN PRIVATE KEY-----"), let der = Data(base64Encoded: lines.joined()),
            der.starts(with: ed25519Header), der.count == ed25519Header.count + 32
        else { return nil }
        return try? Curve25519.Signing.PrivateKey(rawRepresentation: der.dropFirst(ed25519Header.count))
    }

    private static func algorithms(of material: Material) -> [SignatureAlgorithm] {
        switch material {
        case .rsa: [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
        case .p256: [.es256]
        case .p384: [.es384]
        case .p521: [.es512]
        case .ed25519: [.edDSA]
        }
    }

    // MARK: Public half

    /// The public key as a key set holds it (RFC 7517, RFC 8037): what is registered at the provider.
    public var publicJWK: JSONValue {
        var members = publicMembers
        members["alg"] = algorithm.rawValue
        members["use"] = "sig"
        members["kid"] = keyID
        return .object(members.mapValues { .string($0) })
    }

    /// The members that make the key, and no others (RFC 7638 §3.2).
    var publicMembers: [String: String] {
        switch material {
        case .rsa(let key):
            guard let primitives = try? key.publicKey.getKeyPrimitives() else { return [:] }
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

    /// The SHA-256 thumbprint of the public key, URL-safe base64 (RFC 7638).
    public var thumbprint: String {
        let canonical = JSONValue.object(publicMembers.mapValues { .string($0) }).serialized()
        return Base64URL.encode(SHA256.hash(data: Array(canonical.utf8)))
    }

    // MARK: Signing

    /// A JWT in compact form (RFC 7515 §7.1), with `alg` and, unless the header says otherwise, `kid`.
    func sign(_ claims: JSONValue, header: [String: JSONValue] = [:]) throws(OAuthError) -> Secret {
        var members: [String: JSONValue] = ["alg": .string(algorithm.rawValue)]
        members["kid"] = keyID.map { .string($0) }
        let signed = JWTText.unsigned(header: members.merging(header) { $1 }, claims: claims)
        do {
            return Secret(signed + "." + Base64URL.encode(try signature(of: Array(signed.utf8))))
        } catch {
            throw .misconfigured("the private key cannot sign")
        }
    }

    /// The signature of a message by the key's algorithm.
    func signature(of message: [UInt8]) throws -> [UInt8] {
        switch material {
        case .rsa(let key): try rsaSignature(of: message, by: key)
        case .p256(let key): Array(try key.signature(for: message).rawRepresentation)
        case .p384(let key): Array(try key.signature(for: message).rawRepresentation)
        case .p521(let key): Array(try key.signature(for: message).rawRepresentation)
        case .ed25519(let key): Array(try key.signature(for: message))
        }
    }

    private func rsaSignature(of message: [UInt8], by key: _RSA.Signing.PrivateKey) throws -> [UInt8] {
        let signature =
            switch algorithm {
            case .rs384: try key.signature(for: SHA384.hash(data: message), padding: .insecurePKCS1v1_5)
            case .rs512: try key.signature(for: SHA512.hash(data: message), padding: .insecurePKCS1v1_5)
            case .ps256: try key.signature(for: SHA256.hash(data: message), padding: .PSS)
            case .ps384: try key.signature(for: SHA384.hash(data: message), padding: .PSS)
            case .ps512: try key.signature(for: SHA512.hash(data: message), padding: .PSS)
            default: try key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5)
            }
        return Array(signature.rawRepresentation)
    }
}

/// The text of a JWT that is to be signed.
enum JWTText {
    /// Header and claims in compact form, without a signature (RFC 7515 §5.1).
    static func unsigned(header: [String: JSONValue], claims: JSONValue) -> String {
        [JSONValue.object(header), claims].map { Base64URL.encode(Array($0.serialized().utf8)) }.joined(separator: ".")
    }
}
