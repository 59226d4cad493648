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

    /// Whether one of the keys made the signature; throws where the named key is not among them.
    func isSigned(by keys: Value) throws -> Bool {
        guard case .array(let keys)? = keys["keys"] else { return false }
        let key = try #require(keys.first { $0["kid"] == header["kid"] })
        switch header["alg"]?.string {
        case "RS256":
            let publicKey = try _RSA.Signing.PublicKey(
                n: try Self.bytes(try #require(key["n"]?.string)), e: try Self.bytes(try #require(key["e"]?.string)))
            return publicKey.isValidSignature(
                .init(rawRepresentation: signature), for: Data(input.utf8), padding: .insecurePKCS1v1_5)
        case "ES256":
            let point =
                try Self.bytes(try #require(key["x"]?.string)) + Self.bytes(try #require(key["y"]?.string))
            let publicKey = try P256.Signing.PublicKey(rawRepresentation: point)
            return publicKey.isValidSignature(
                try P256.Signing.ECDSASignature(rawRepresentation: signature), for: Data(input.utf8))
        default: return false
        }
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
}
