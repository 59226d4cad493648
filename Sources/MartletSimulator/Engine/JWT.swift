import FoundationEssentials

/// A JSON Web Token that somebody sent, taken apart (RFC 7515 section 7.1). Nothing in it is believed yet.
struct CompactJWT: Sendable {
    let header: JSON
    let claims: JSON
    private let input: String
    private let signature: [UInt8]

    /// Takes a token apart; `nil` where it has not three parts, or the first two are not JSON objects.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { return nil }
        (self.header, self.claims, self.signature) = (header, claims, signature)
        input = parts[0] + "." + parts[1]
    }

    private static func object(_ part: String) -> JSON? {
        Base64URL.decode(part).flatMap { JSON(parsing: $0) }.flatMap { $0.members == nil ? nil : $0 }
    }

    /// The algorithm that the header names, where it is known here.
    var algorithm: SignatureAlgorithm? {
        header["alg"]?.string.flatMap(SignatureAlgorithm.init(rawValue:))
    }

    /// Whether one of these keys made the signature. A token with `kid` is for the key of that name, and one with
    /// `crit` is for nobody here.
    func isSigned(by keys: [PublicKey]) -> Bool {
        guard let algorithm, header["crit"] == nil else { return false }
        let kid = header["kid"]?.string
        let data = Data(input.utf8)
        return keys.contains { key in
            (kid == nil || key.id == nil || key.id == kid) && key.verifies(signature, of: data, by: algorithm)
        }
    }

    /// Whether a shared secret made the signature (HS256).
    func isSigned(by secret: String) -> Bool {
        guard algorithm == .hs256, header["crit"] == nil else { return false }
        return MAC.sha256(of: Data(input.utf8), key: secret) == signature
    }
}

/// How a token of the simulator is signed, and in which way wrongly.
struct JWTWriter: Sendable {
    let ring: KeyRing
    let algorithm: SignatureAlgorithm
    /// The key of HS256.
    var secret: String?
    var omitsKid = false
    var fault: Fault?
    /// Where the simulator is reached, for the addresses of faults.
    var base = ""

    /// The compact form (RFC 7515 section 7.1). The header gains `alg`, and `kid` unless it has one.
    func write(header: JSON = ["typ": "JWT"], claims: JSON) throws -> String {
        if fault == .rotateBeforeSigning { try ring.rotate(keepsOld: false) }
        let forgery = try forgery()
        var whole = header.adding("alg", .string(forgery.algorithm))
        if !omitsKid, let id = forgery.keyID, header["kid"] == nil { whole = whole.adding("kid", .string(id)) }
        whole = whole.merging(forgery.header)
        let input = Base64URL.encode(whole.text.utf8) + "." + Base64URL.encode(claims.text.utf8)
        var signature = try forgery.sign(Data(input.utf8))
        if fault == .badSignature { signature[signature.count / 2] ^= 0x01 }
        return input + "." + Base64URL.encode(signature)
    }

    /// What the header says, and who signs.
    private struct Forgery {
        var algorithm: String
        var keyID: String?
        var header: JSON = [:]
        var sign: (Data) throws -> [UInt8]
    }

    /// The right way, or the wrong one that the fault is about.
    private func forgery() throws -> Forgery {
        let keys = try ring.current()
        var forgery = Forgery(
            algorithm: algorithm.rawValue, keyID: algorithm == .hs256 ? nil : keys.id(algorithm),
            sign: { try keys.signature(of: $0, algorithm, secret: secret) })
        switch fault {
        case .algNone: (forgery.algorithm, forgery.keyID, forgery.sign) = ("none", nil, { _ in [] })
        case .unknownKid: forgery.keyID = "unpublished"
        case .missingKid: forgery.keyID = nil
        case .unknownCrit: forgery.header = ["crit": ["urn:example:unheard-of"], "urn:example:unheard-of": true]
        case .wrongAlg:
            forgery.algorithm = algorithm.other.rawValue
            forgery.sign = { try keys.signature(of: $0, algorithm.other, secret: nil) }
        case .hs256WithPublicKey:
            forgery.algorithm = SignatureAlgorithm.hs256.rawValue
            forgery.sign = { MAC.sha256(of: $0, key: keys.publicPEM(algorithm)) }
        case .embeddedJWK, .jkuHeader, .x5uHeader: try forge(&forgery)
        default: break
        }
        return forgery
    }

    /// Signs with a key that is not the simulator's, and points at it.
    private func forge(_ forgery: inout Forgery) throws {
        let stranger = try ring.stranger()
        let algorithm = algorithm == .hs256 ? .rs256 : algorithm
        forgery.algorithm = algorithm.rawValue
        forgery.keyID = stranger.id(algorithm)
        forgery.sign = { try stranger.signature(of: $0, algorithm, secret: nil) }
        switch fault {
        case .embeddedJWK: forgery.header = JSON.object([]).adding("jwk", try stranger.jwk(algorithm))
        case .jkuHeader: forgery.header = ["jku": .string(base + "/" + KeyRing.strangersKeysPath)]
        default: forgery.header = ["x5u": .string(base + "/" + KeyRing.strangersCertificatePath)]
        }
    }
}

extension Engine {
    /// A token of these claims, signed with the current key of that algorithm (RFC 7519).
    ///
    /// - Parameter header: members besides `alg` and `kid`.
    func signedJWT(
        header: JSON = ["typ": "JWT"], claims: JSON, algorithm: SignatureAlgorithm
    ) throws(Refusal) -> String {
        try signed(JWTWriter(ring: keys, algorithm: algorithm), header: header, claims: claims)
    }

    /// What the writer makes of these claims.
    func signed(
        _ writer: JWTWriter, header: JSON = ["typ": "JWT"], claims: JSON
    ) throws(Refusal) -> String {
        do {
            return try writer.write(header: header, claims: claims)
        } catch {
            throw .failure
        }
    }
}
