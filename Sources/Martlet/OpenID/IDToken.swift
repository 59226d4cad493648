import Crypto
public import FoundationEssentials

/// The claims of an ID token that was verified (OpenID Connect Core §2).
public struct IDTokenClaims: Hashable, Sendable {
    /// Who issued it.
    public let issuer: String
    /// Who it is about, at that issuer.
    public let subject: String
    /// When it ends.
    public let expiresAt: Date
    /// All claims.
    public let claims: JSONValue
}

/// Why an ID token is not trusted.
public enum IDTokenError: Error, Hashable, Sendable, CustomStringConvertible {
    /// None came, though one was asked for.
    case missing
    /// It is not a signed JWT of reasonable size.
    case malformed
    /// It is signed by an algorithm that is not accepted (`none` and HMAC among them).
    case algorithmNotAllowed
    /// Its header asks for something that is never done (`crit`, embedded or linked keys).
    case headerNotAllowed
    /// No key of the provider fits it.
    case unknownKey
    /// The signature is wrong.
    case badSignature
    /// A required claim is missing or of the wrong type; which one.
    case missingClaim(String)
    /// A claim does not have the value it must; which one.
    case wrongClaim(String)
    /// It has ended.
    case expired
    /// It begins in the future.
    case notYetValid

    /// What is wrong, as a sentence part.
    public var description: String {
        switch self {
        case .missing: "none came"
        case .malformed: "it is not a signed token"
        case .algorithmNotAllowed: "its signature algorithm is not accepted"
        case .headerNotAllowed: "its header asks for something that is not allowed"
        case .unknownKey: "no key of the provider fits it"
        case .badSignature: "its signature is wrong"
        case .missingClaim(let name): "the claim \(name) is missing"
        case .wrongClaim(let name): "the claim \(name) is not the expected one"
        case .expired: "it has ended"
        case .notYetValid: "it begins in the future"
        }
    }
}

/// What an ID token must say (OpenID Connect Core §3.1.3.7).
struct IDTokenExpectations: Sendable {
    var issuer: IssuerRule
    /// The client ids that a token may be for: the client's own, and for native apps theirs.
    var audiences: Set<String>
    var nonce: ExpectedNonce
    var accessToken: Secret?
    /// The longest time since the person proved themselves, in seconds, where one was asked for.
    var maxAge: Int?
    var now: Date
    /// How far the two clocks may differ, in seconds.
    var clockSkew: Double

    /// Judges the claims of a token whose signature was checked.
    func judge(_ token: UnverifiedJWT) throws(IDTokenError) -> IDTokenClaims {
        let claims = token.claims
        // A message of another kind, signed by the same key, is no ID token (RFC 8725 §3.11, §3.12).
        guard token.type?.hasSuffix("+jwt") != true else { throw .headerNotAllowed }
        guard claims["events"] == nil else { throw .wrongClaim("events") }
        let issuer = try issuer.judge(claims)
        guard let subject = claims["sub"]?.string, !subject.isEmpty, subject.utf8.count <= 255 else {
            throw .missingClaim("sub")
        }
        try judgeAudience(claims)
        let expiresAt = try judgeTimes(claims)
        try nonce.judge(claims)
        if let hash = claims["at_hash"], let accessToken {
            guard hash == .string(token.algorithm.accessTokenHash(accessToken)) else { throw .wrongClaim("at_hash") }
        }
        return IDTokenClaims(issuer: issuer, subject: subject, expiresAt: expiresAt, claims: claims)
    }

    private func judgeAudience(_ claims: JSONValue) throws(IDTokenError) {
        let named = try claims.audiences
        guard !audiences.isDisjoint(with: named) else { throw .wrongClaim("aud") }
        if let party = claims["azp"] {
            guard let party = party.string, audiences.contains(party) else { throw .wrongClaim("azp") }
        } else if named.count > 1 {
            throw .missingClaim("azp")
        }
    }

    private func judgeTimes(_ claims: JSONValue) throws(IDTokenError) -> Date {
        guard let expiresAt = claims["exp"]?.numericDate else { throw .missingClaim("exp") }
        guard let issuedAt = claims["iat"]?.numericDate else { throw .missingClaim("iat") }
        guard now < expiresAt.addingTimeInterval(clockSkew) else { throw .expired }
        guard issuedAt < now.addingTimeInterval(clockSkew) else { throw .notYetValid }
        if let notBefore = claims["nbf"]?.numericDate, notBefore >= now.addingTimeInterval(clockSkew) {
            throw .notYetValid
        }
        if let maxAge {
            guard let authenticatedAt = claims["auth_time"]?.numericDate else { throw .missingClaim("auth_time") }
            guard now < authenticatedAt.addingTimeInterval(Double(maxAge) + clockSkew) else {
                throw .wrongClaim("auth_time")
            }
        }
        return expiresAt
    }
}

/// The nonce that an ID token must hold.
enum ExpectedNonce: Sendable {
    /// Whatever it holds: a refreshed token, or one of the device flow.
    case any
    /// Exactly this one.
    case exactly(String)
    /// What an app got from its platform: the text that the app sent, or its SHA-256 in lower-case hexadecimal digits;
    /// none if the app sent none.
    case native(String?)

    func judge(_ claims: JSONValue) throws(IDTokenError) {
        switch self {
        case .any: return
        case .exactly(let nonce): try Self.require(in: claims, oneOf: [nonce])
        case .native(nil):
            guard claims["nonce"] == nil else { throw .wrongClaim("nonce") }
        case .native(let nonce?):
            let digest = SHA256.hash(data: Array(nonce.utf8)).map {
                String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
            }
            try Self.require(in: claims, oneOf: [nonce, digest.joined()])
        }
    }

    private static func require(in claims: JSONValue, oneOf nonces: [String]) throws(IDTokenError) {
        guard let given = claims["nonce"]?.string else { throw .missingClaim("nonce") }
        guard nonces.contains(where: { constantTimeEqual(given, $0) }) else { throw .wrongClaim("nonce") }
    }
}

extension JSONValue {
    /// Whom a token is for: `aud` as one text or an array (RFC 7519 §4.1.3).
    var audiences: [String] {
        get throws(IDTokenError) {
            switch self["aud"] {
            case .string(let one): [one]
            case .array(let many): many.compactMap(\.string)
            default: throw .missingClaim("aud")
            }
        }
    }
}
