import Crypto
import Martlet

/// A JWT that the client made, taken apart as its receiver does it: written apart from the library's own reader.
struct ReceivedJWT {
    let header: JSONValue
    let claims: JSONValue
    private let message: [UInt8]
    private let signature: [UInt8]

    init(_ text: String?) throws {
        let parts = (text ?? "").split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let claims = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw TestFailure("it is not a JWT: \(text ?? "nothing")") }
        self.header = try JSONValue(parsing: header)
        self.claims = try JSONValue(parsing: claims)
        self.message = Array("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
    }

    /// Whether a key made the signature.
    func isSigned(by signer: IDTokenSigner) throws -> Bool {
        try signer.isValid(signature, of: message)
    }

    /// Whether a secret made the HMAC with SHA-256.
    func isAuthenticated(by secret: String) -> Bool {
        let key = SymmetricKey(data: Array(secret.utf8))
        return HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: message, using: key)
    }

    /// A claim that is a text.
    func text(_ name: String) -> String? { claims[name]?.string }

    /// How long it is good for, in seconds.
    var lifetime: Int? {
        guard let issued = claims["iat"]?.integer, let end = claims["exp"]?.integer else { return nil }
        return end - issued
    }
}
