/// A way in which a logout token may be wrong (OpenID Connect Back-Channel Logout section 2.6).
public enum LogoutTokenFault: String, CaseIterable, Sendable {
    /// It is unsigned.
    case algNone
    /// It is signed by another algorithm than the key that it names is for.
    case wrongAlg
    /// It names another issuer.
    case wrongIss
    /// It is meant for another client.
    case wrongAud
    /// It has no `events`.
    case missingEvents
    /// It is about another event.
    case wrongEvent
    /// It has a `nonce`, as only an ID token may.
    case withNonce
    /// It has no `jti`.
    case missingJti
    /// It has no `iat`.
    case missingIat
    /// It says neither who signed out nor of which session.
    case missingSubAndSid
    /// It expired an hour ago.
    case expired
    /// Its signature does not verify.
    case wrongSignature

    /// The fault of its signature.
    var ofSignature: Fault? {
        switch self {
        case .algNone: .algNone
        case .wrongAlg: .wrongAlg
        case .wrongSignature: .badSignature
        default: nil
        }
    }

    /// Claims, distorted.
    func distort(_ claims: JSON) -> JSON {
        switch self {
        case .wrongIss: return claims.setting("iss", "https://issuer.example")
        case .wrongAud: return claims.setting("aud", "somebody-else")
        case .missingEvents: return claims.setting("events", nil)
        case .wrongEvent: return claims.setting("events", ["http://schemas.example/event/something-else": [:]])
        case .withNonce: return claims.setting("nonce", "nonce")
        case .missingJti: return claims.setting("jti", nil)
        case .missingIat: return claims.setting("iat", nil)
        case .missingSubAndSid: return claims.setting("sub", nil).setting("sid", nil)
        case .expired:
            let issued = (claims["iat"]?.integer ?? 0) - 7200
            return claims.setting("iat", .number(issued)).setting("exp", .number(issued + 3600))
        case .algNone, .wrongAlg, .wrongSignature: return claims
        }
    }
}
