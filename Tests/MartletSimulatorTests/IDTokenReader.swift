import Crypto
import CryptoExtras
import Foundation
import Testing

/// Takes an ID token apart, and checks its signature against published keys.
struct IDTokenReader {
    let header: Value
    let claims: Value
    private let input: String
    private let signature: Data

    init(_ token: String) throws {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        try #require(parts.count == 3)
        header = try JSONDecoder().decode(Value.self, from: try Self.bytes(parts[0]))
        claims = try JSONDecoder().decode(Value.self, from: try Self.bytes(parts[1]))
        input = parts[0] + "." + parts[1]
        signature = try Self.bytes(parts[2])
    }

    /// Whether the key that the header names made the signature; throws where there is no such key.
    func isSigned(by keys: Value) throws -> Bool {
        guard case .array(let keys)? = keys["keys"] else { return false }
        let key = try #require(keys.first { $0["kid"] == header["kid"] || header["kid"] == nil })
        let data = Data(input.utf8)
        switch header["alg"]?.string {
        case "RS256", "PS256": return try isSigned(SHA256.hash(data: data), key)
        case "RS384", "PS384": return try isSigned(SHA384.hash(data: data), key)
        case "RS512", "PS512": return try isSigned(SHA512.hash(data: data), key)
        case "ES256":
            return try P256.Signing.PublicKey(rawRepresentation: try Self.point(key))
                .isValidSignature(try .init(rawRepresentation: signature), for: data)
        case "ES384":
            return try P384.Signing.PublicKey(rawRepresentation: try Self.point(key))
                .isValidSignature(try .init(rawRepresentation: signature), for: data)
        case "ES512":
            return try P521.Signing.PublicKey(rawRepresentation: try Self.point(key))
                .isValidSignature(try .init(rawRepresentation: signature), for: data)
        case "EdDSA":
            return try Curve25519.Signing.PublicKey(rawRepresentation: try Self.bytes(try #require(key["x"]?.string)))
                .isValidSignature(signature, for: data)
        default: return false
        }
    }

    /// Whether the key that the header names is among these.
    func names(keyIn keys: Value) -> Bool {
        guard case .array(let keys)? = keys["keys"] else { return false }
        return keys.contains { $0["kid"] == header["kid"] }
    }

    private func isSigned(_ digest: some Digest, _ key: Value) throws -> Bool {
        let isPSS = header["alg"]?.string?.hasPrefix("PS") == true
        return try Self.rsa(key).isValidSignature(
            .init(rawRepresentation: signature), for: digest, padding: isPSS ? .PSS : .insecurePKCS1v1_5)
    }

    /// Whether a shared secret made the signature (HS256).
    func isSigned(bySecret secret: String) -> Bool {
        header["alg"] == "HS256"
            && HMAC<SHA256>.isValidAuthenticationCode(
                signature, authenticating: Data(input.utf8), using: SymmetricKey(data: Data(secret.utf8)))
    }

    private static func rsa(_ key: Value) throws -> _RSA.Signing.PublicKey {
        try _RSA.Signing.PublicKey(
            n: try bytes(try #require(key["n"]?.string)), e: try bytes(try #require(key["e"]?.string)))
    }

    private static func point(_ key: Value) throws -> Data {
        try bytes(try #require(key["x"]?.string)) + bytes(try #require(key["y"]?.string))
    }

    /// The key of that identifier as PEM, RSA or P-256.
    static func publicPEM(of id: Value?, in keys: Value) throws -> String {
        guard case .array(let all)? = keys["keys"] else { return "" }
        let key = try #require(all.first { $0["kid"] == id })
        if key["kty"] == "RSA" { return try rsa(key).pemRepresentation }
        return try P256.Signing.PublicKey(rawRepresentation: try point(key)).pemRepresentation
    }

    static func bytes(_ text: String) throws -> Data {
        var text = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        return try #require(Data(base64Encoded: text))
    }

    /// base64url of the SHA-256 of a text, or of its left half.
    static func hash(_ text: String, isHalf: Bool = false) -> String {
        let digest = Array(SHA256.hash(data: Data(text.utf8)))
        return Data(isHalf ? Array(digest.prefix(16)) : digest).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// base64url of the left half of a token's hash, as an algorithm makes it.
    static func halfHash(_ text: String, _ algorithm: String) -> String {
        let data = Data(text.utf8)
        let digest: [UInt8] =
            if algorithm.hasSuffix("256") {
                Array(SHA256.hash(data: data))
            } else if algorithm.hasSuffix("384") {
                Array(SHA384.hash(data: data))
            } else {
                Array(SHA512.hash(data: data))
            }
        return base64URL(digest.prefix(digest.count / 2))
    }
}
