import Crypto
import CryptoExtras
import Foundation
import Testing

extension Value: Encodable, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(dictionaryLiteral elements: (String, Value)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }

    init(arrayLiteral elements: Value...) { self = .array(elements) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    /// The value as JSON.
    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// This object with members changed; `null` takes one away.
    func merging(_ changes: Value) -> Value {
        guard case .object(let own) = self, case .object(let new) = changes else { return changes }
        return .object(own.merging(new) { $1 }.filter { $0.value != .null })
    }

    var integer: Int64? {
        if case .number(let value) = self { value } else { nil }
    }

    var texts: [String] {
        if case .array(let values) = self { values.compactMap(\.string) } else { [] }
    }
}

/// base64url without padding.
func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
}

/// A key of a client, with which it signs assertions, request objects and proofs.
struct TestKey: Sendable {
    private static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    let algorithm: String
    /// The public key, or nothing for HS256.
    let jwk: Value
    private let sign: @Sendable (Data) throws -> Data

    /// - Parameter secret: the key of HS256.
    init(_ algorithm: String, secret: String = "") throws {
        self.algorithm = algorithm
        switch algorithm {
        case "RS256", "PS256":
            let key = try Self.rsa.get()
            let numbers = try key.publicKey.getKeyPrimitives()
            jwk = [
                "kty": "RSA", "n": .string(base64URL(numbers.modulus)), "e": .string(base64URL(numbers.publicExponent)),
            ]
            let padding: _RSA.Signing.Padding = algorithm == "PS256" ? .PSS : .insecurePKCS1v1_5
            sign = { try key.signature(for: $0, padding: padding).rawRepresentation }
        case "ES384":
            let key = P384.Signing.PrivateKey()
            jwk = Self.curve("P-384", key.publicKey.rawRepresentation)
            sign = { try key.signature(for: $0).rawRepresentation }
        case "ES512":
            let key = P521.Signing.PrivateKey()
            jwk = Self.curve("P-521", key.publicKey.rawRepresentation)
            sign = { try key.signature(for: $0).rawRepresentation }
        case "EdDSA":
            let key = Curve25519.Signing.PrivateKey()
            jwk = ["kty": "OKP", "crv": "Ed25519", "x": .string(base64URL(key.publicKey.rawRepresentation))]
            sign = { try key.signature(for: $0) }
        case "HS256":
            jwk = [:]
            sign = { Data(HMAC<SHA256>.authenticationCode(for: $0, using: SymmetricKey(data: Data(secret.utf8)))) }
        default:
            let key = P256.Signing.PrivateKey()
            jwk = Self.curve("P-256", key.publicKey.rawRepresentation)
            sign = { try key.signature(for: $0).rawRepresentation }
        }
    }

    private static func curve(_ name: String, _ point: Data) -> Value {
        [
            "kty": "EC", "crv": .string(name), "x": .string(base64URL(point.prefix(point.count / 2))),
            "y": .string(base64URL(point.suffix(point.count / 2))),
        ]
    }

    /// The set of this key alone.
    var set: Value { ["keys": [jwk]] }

    /// SHA-256 thumbprint (RFC 7638).
    var thumbprint: String {
        get throws { base64URL(SHA256.hash(data: Data(try jwk.text.utf8))) }
    }

    /// A JWT in compact form; changes of the header may take members away.
    func jwt(_ claims: Value, header changes: Value = [:]) throws -> String {
        let header: Value = ["alg": .string(algorithm), "typ": "JWT"]
        let input =
            base64URL(try header.merging(changes).text.utf8) + "." + base64URL(try claims.text.utf8)
        return input + "." + base64URL(try sign(Data(input.utf8)))
    }
}
