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

/// An ID token taken apart and not yet believed.
struct UnverifiedIDToken: Sendable {
    let algorithm: SignatureAlgorithm
    let keyID: String?
    let claims: JSONValue
    private let signedBytes: [UInt8]
    private let signature: [UInt8]

    init(_ token: Secret) throws(IDTokenError) {
        let text = token.reveal()
        guard text.utf8.count <= 64 * 1024 else { throw .malformed }
        let parts = text.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let headerBytes = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2]),
            let header = try? JSONValue(parsing: headerBytes), header.object != nil,
            let claims = try? JSONValue(parsing: payload), claims.object != nil
        else { throw .malformed }
        guard let algorithm = header["alg"]?.string.flatMap(SignatureAlgorithm.init) else {
            throw .algorithmNotAllowed
        }
        for name in ["crit", "jwk", "jku", "x5u"] where header[name] != nil { throw .headerNotAllowed }
        self.algorithm = algorithm
        self.keyID = header["kid"]?.string
        self.claims = claims
        self.signedBytes = Array("\(parts[0]).\(parts[1])".utf8)
        self.signature = signature
    }

    /// Whether a key set holds a key that this token may be signed by.
    func names(aKeyOf keys: SigningKeys) -> Bool {
        !keys.candidates(keyID: keyID, algorithm: algorithm).isEmpty
    }

    /// Checks that one of the keys that fit made the signature.
    func checkSignature(_ keys: SigningKeys) throws(IDTokenError) {
        let candidates = keys.candidates(keyID: keyID, algorithm: algorithm)
        guard !candidates.isEmpty else { throw .unknownKey }
        guard candidates.contains(where: { algorithm.isValid(signature, of: signedBytes, by: $0) }) else {
            throw .badSignature
        }
    }

    /// The claims of an ID token without any check: for recordings only.
    static func claimsWithoutVerification(_ token: Secret) -> JSONValue? {
        let parts = token.reveal().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(parts[1]) else { return nil }
        return try? JSONValue(parsing: payload)
    }
}

/// What an ID token must say (OpenID Connect Core §3.1.3.7).
struct IDTokenExpectations: Sendable {
    var issuer: String
    var clientID: String
    var nonce: String?
    var accessToken: Secret?
    var now: Date
    /// How far the two clocks may differ, in seconds.
    var clockSkew: Double = 60

    /// Judges the claims of a token whose signature was checked.
    func judge(_ token: UnverifiedIDToken) throws(IDTokenError) -> IDTokenClaims {
        let claims = token.claims
        guard let issuer = claims["iss"]?.string else { throw .missingClaim("iss") }
        guard issuer == self.issuer else { throw .wrongClaim("iss") }
        guard let subject = claims["sub"]?.string, !subject.isEmpty, subject.utf8.count <= 255 else {
            throw .missingClaim("sub")
        }
        try judgeAudience(claims)
        let expiresAt = try judgeTimes(claims)
        if let nonce {
            guard let given = claims["nonce"]?.string else { throw .missingClaim("nonce") }
            guard constantTimeEqual(given.utf8, nonce.utf8) else { throw .wrongClaim("nonce") }
        }
        if let hash = claims["at_hash"], let accessToken {
            guard hash == .string(token.algorithm.accessTokenHash(accessToken)) else { throw .wrongClaim("at_hash") }
        }
        return IDTokenClaims(issuer: issuer, subject: subject, expiresAt: expiresAt, claims: claims)
    }

    private func judgeAudience(_ claims: JSONValue) throws(IDTokenError) {
        let audiences: [String]
        switch claims["aud"] {
        case .string(let one): audiences = [one]
        case .array(let many): audiences = many.compactMap(\.string)
        default: throw .missingClaim("aud")
        }
        guard audiences.contains(clientID) else { throw .wrongClaim("aud") }
        if let party = claims["azp"] {
            guard party == .string(clientID) else { throw .wrongClaim("azp") }
        } else if audiences.count > 1 {
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
        return expiresAt
    }
}
