import FoundationEssentials

/// A signed JWT of a provider, taken apart and not yet believed: an ID token, a logout token, a signed profile.
struct UnverifiedJWT: Sendable {
    let algorithm: SignatureAlgorithm
    let type: String?
    let keyID: String?
    let claims: JSONValue
    private let signedBytes: [UInt8]
    private let signature: [UInt8]

    init(_ token: Secret) throws(IDTokenError) {
        let bytes = Array(token.reveal().utf8)
        guard bytes.count <= 64 * 1024 else { throw .malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        let texts = parts.map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 3, let headerBytes = Base64URL.decode(texts[0]),
            let payload = Base64URL.decode(texts[1]), let signature = Base64URL.decode(texts[2]),
            let header = try? JSONValue(parsing: headerBytes), header.object != nil,
            let claims = try? JSONValue(parsing: payload), claims.object != nil
        else { throw .malformed }
        guard let algorithm = header["alg"]?.string.flatMap(SignatureAlgorithm.init) else {
            throw .algorithmNotAllowed
        }
        for name in ["crit", "jwk", "jku", "x5u"] where header[name] != nil { throw .headerNotAllowed }
        guard header["kid"] == nil || header["kid"]?.string != nil else { throw .malformed }
        self.algorithm = algorithm
        self.type = header["typ"]?.string?.lowercased()
        self.keyID = header["kid"]?.string
        self.claims = claims
        self.signedBytes = Array(bytes[..<parts[1].endIndex])
        self.signature = signature
    }

    /// Whether a key set holds a key that this token may be signed by.
    func names(aKeyOf keys: SigningKeys) -> Bool {
        !candidates(in: keys).isEmpty
    }

    /// Checks that one of the keys that fit made the signature.
    func checkSignature(_ keys: SigningKeys) throws(IDTokenError) {
        let candidates = candidates(in: keys)
        guard !candidates.isEmpty else { throw .unknownKey }
        guard candidates.contains(where: { algorithm.isValid(signature, of: signedBytes, by: $0) }) else {
            throw .badSignature
        }
    }

    private func candidates(in keys: SigningKeys) -> [SigningKeys.Key] {
        keys.candidates(keyID: keyID, algorithm: algorithm, issuer: claims["iss"]?.string)
    }

    /// Checks that the client secret made the signature.
    func checkSignature(_ secret: Secret) throws(IDTokenError) {
        guard let code = algorithm.authenticationCode(of: signedBytes, secret: secret) else {
            throw .algorithmNotAllowed
        }
        guard constantTimeEqual(code, signature) else { throw .badSignature }
    }

    /// The claims of a token without any check: for recordings only.
    static func claimsWithoutVerification(_ token: Secret) -> JSONValue? {
        let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(parts[1]) else { return nil }
        return try? JSONValue(parsing: payload)
    }
}
