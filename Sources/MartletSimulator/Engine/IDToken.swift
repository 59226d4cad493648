import Crypto
import CryptoExtras
import FoundationEssentials

/// An ID token (OpenID Connect Core section 2), as the claims and the ways in which it may be wrong.
struct IDToken {
    /// Signature algorithms that the simulator knows.
    enum Algorithm: String {
        case rs256 = "RS256"
        case es256 = "ES256"
    }

    let claims: JSON
    let algorithm: Algorithm
    let fault: Fault?

    /// The compact form (RFC 7515 section 7.1).
    func signed(with keys: SigningKeys) throws -> String {
        let isUnsigned = fault == .algNone
        let kid = algorithm == .rs256 ? SigningKeys.rsaID : SigningKeys.p256ID
        let header: JSON =
            isUnsigned
            ? ["alg": "none", "typ": "JWT"]
            : [
                "alg": .string(algorithm.rawValue), "typ": "JWT",
                "kid": .string(fault == .unknownKid ? "unpublished" : kid),
            ]
        let input = Base64URL.encode(header.text.utf8) + "." + Base64URL.encode(claims.text.utf8)
        if isUnsigned { return input + "." }
        var signature = try signature(of: Data(input.utf8), with: keys)
        if fault == .badSignature { signature[signature.count / 2] ^= 0x01 }
        return input + "." + Base64URL.encode(signature)
    }

    private func signature(of data: Data, with keys: SigningKeys) throws -> [UInt8] {
        switch algorithm {
        case .rs256:
            Array(try keys.rsa.signature(for: data, padding: .insecurePKCS1v1_5).rawRepresentation)
        case .es256:
            Array(try keys.p256.signature(for: data).rawRepresentation)
        }
    }
}

extension IDToken {
    /// Left half of the SHA-256 of a token, for `at_hash` (OpenID Connect Core section 3.1.3.6).
    static func leftHalfHash(of token: String) -> String {
        Base64URL.encode(Digest.sha256(token).prefix(16))
    }

    /// The registered claims of a login's ID token, with the fault that concerns them.
    static func registeredClaims(
        grant: Grant, issuer: String, subject: String, accessToken: String, now: Date, fault: Fault?
    ) -> JSON {
        let age: Double = fault == .expiredIDToken ? -7200 : 0
        let issued = Int64(now.timeIntervalSince1970 + age)
        var claims: JSON = [
            "iss": .string(fault == .wrongIssuer ? "https://issuer.example" : issuer),
            "aud": .string(fault == .wrongAudience ? grant.clientID + "-of-somebody-else" : grant.clientID),
            "exp": .number(issued + 3600), "iat": .number(issued),
            "auth_time": .number(Int64(grant.authenticatedAt.timeIntervalSince1970)),
            "at_hash": .string(leftHalfHash(of: accessToken)),
        ]
        if fault != .missingSubject { claims = claims.adding("sub", .string(subject)) }
        let nonce = fault == .wrongNonce ? (grant.nonce ?? "") + "-changed" : grant.nonce
        return claims.adding("nonce", nonce.map(JSON.string))
    }
}
