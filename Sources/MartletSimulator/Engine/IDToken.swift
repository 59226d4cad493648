import FoundationEssentials

/// The registered claims of an ID token (OpenID Connect Core section 2).
enum IDToken {
    /// For how many seconds an ID token is good.
    private static let lifetime: Int64 = 3600

    /// The claims of a login, all of them right.
    ///
    /// - Parameter accessToken: what `at_hash` is made of; `nil` leaves it out.
    static func registeredClaims(
        grant: Grant, issuer: String, subject: String, accessToken: String?, algorithm: SignatureAlgorithm, now: Date
    ) -> JSON {
        let issued = Int64(now.timeIntervalSince1970)
        let claims: JSON = [
            "iss": .string(issuer), "sub": .string(subject), "aud": .string(grant.clientID),
            "exp": .number(issued + lifetime), "iat": .number(issued),
            "auth_time": .number(Int64(grant.authenticatedAt.timeIntervalSince1970)),
        ]
        return claims.adding("at_hash", accessToken.map { .string(algorithm.leftHalfHash(of: $0)) })
            .adding("nonce", grant.nonce.map(JSON.string)).adding("sid", grant.sid.map(JSON.string))
    }
}
