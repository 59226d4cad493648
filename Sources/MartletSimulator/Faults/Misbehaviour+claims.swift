extension Misbehaviour {
    private static let hour: Int64 = 3600

    /// The claims of an ID token or of a signed profile, distorted.
    ///
    /// - Parameter now: the present, in seconds since 1970.
    static func distort(claims: JSON, by fault: Fault?, clientID: String, now: Int64) -> JSON {
        let another = clientID + "-of-somebody-else"
        return switch fault {
        case .wrongIssuer, .refreshWrongIssuer: claims.setting("iss", "https://issuer.example")
        case .wrongAudience, .refreshWrongAudience: claims.setting("aud", .string(another))
        case .refreshWrongSubject: claims.setting("sub", claims["sub"].map(somebodyElse))
        case .wrongNonce: claims.setting("nonce", .string((claims["nonce"]?.string ?? "") + "-changed"))
        case .wrongAthash:
            claims.setting("at_hash", .string(SignatureAlgorithm.es256.leftHalfHash(of: "another token")))
        case .arrayAudience: claims.setting("aud", [.string(clientID)])
        case .twoAudiencesWithoutAzp:
            claims.setting("aud", [.string(clientID), .string(another)]).setting("azp", nil)
        case .twoAudiencesWithAzp:
            claims.setting("aud", [.string(clientID), .string(another)]).setting("azp", .string(clientID))
        case .wrongAzp: claims.setting("azp", .string(another))
        case .expiredIDToken: claims.setting("exp", .number(now - hour)).setting("iat", .number(now - 2 * hour))
        case .issuedInFuture: claims.setting("iat", .number(now + hour)).setting("exp", .number(now + 2 * hour))
        case .notYetValid: claims.setting("nbf", .number(now + hour))
        case .staleAuthTime: claims.setting("auth_time", .number(now - 240 * hour))
        default: missing(from: claims, by: fault)
        }
    }

    private static func missing(from claims: JSON, by fault: Fault?) -> JSON {
        switch fault {
        case .missingSub, .missingSubject: claims.setting("sub", nil)
        case .missingAud: claims.setting("aud", nil)
        case .missingIat: claims.setting("iat", nil)
        case .missingExp: claims.setting("exp", nil)
        case .missingIss: claims.setting("iss", nil)
        case .missingNonce: claims.setting("nonce", nil)
        case .missingAuthTime: claims.setting("auth_time", nil)
        default: claims
        }
    }
}
