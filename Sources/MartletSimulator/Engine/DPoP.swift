import Crypto
import FoundationEssentials
import HTTPTypes

/// The nonces for proofs (RFC 9449 section 8), a new one every five minutes. The one before is still accepted.
struct ProofNonces: Sendable {
    /// For how many seconds a nonce is the newest.
    static let lifetime = 300.0

    private let secret: String

    init(secret: String) {
        self.secret = secret
    }

    /// The nonce to use at that time.
    func current(at time: Date) -> String {
        nonce(of: Int64(time.timeIntervalSince1970 / Self.lifetime))
    }

    /// Whether a nonce is the newest at that time, or was just before.
    func accepts(_ nonce: String, at time: Date) -> Bool {
        [time, time.addingTimeInterval(-Self.lifetime)].contains { current(at: $0) == nonce }
    }

    private func nonce(of period: Int64) -> String {
        Base64URL.encode(MAC.sha256(of: Data(String(period).utf8), key: secret).prefix(16))
    }
}

extension Engine {
    /// How many seconds a proof or an assertion may lie ahead.
    static let skew: Int64 = 60
    /// How many seconds old a proof may be.
    private static let proofLifetime: Int64 = 300

    /// The thumbprint of the key of the proof in a call (RFC 9449 section 4.3), or `nil` where there is no proof and
    /// the client needs none.
    ///
    /// - Parameter accessToken: the token that the proof must belong to.
    func proofKey(
        of call: Call, for client: RegisteredClient?, accessToken: String? = nil, isNeeded: Bool
    ) throws(Refusal) -> String? {
        guard let name = HTTPField.Name("DPoP") else { return nil }
        let headers = call.headers[values: name]
        guard let text = headers.first else {
            guard isNeeded else { return nil }
            throw .proofInvalid("A proof is required.")
        }
        guard headers.count == 1, let proof = CompactJWT(text) else {
            throw .proofInvalid("The header DPoP must be one JWT.")
        }
        let key = try key(of: proof)
        try judge(proof, of: call)
        if client?.settings.dpopNonce == true {
            let now = configuration.now()
            guard let nonce = proof.claims["nonce"]?.string, nonces.accepts(nonce, at: now) else {
                throw .nonceNeeded(nonces.current(at: now))
            }
        }
        if let accessToken, proof.claims["ath"]?.string != Base64URL.encode(Digest.sha256(accessToken)) {
            throw .proofInvalid("The proof belongs to another access token.")
        }
        let expires = configuration.now().addingTimeInterval(Double(Self.proofLifetime + Self.skew))
        guard let identifier = proof.claims["jti"]?.string, !identifier.isEmpty,
            used.first("proof", key.thumbprint, identifier, until: expires)
        else { throw .proofInvalid("The proof has no jti, or was used before.") }
        return key.thumbprint
    }

    private func key(of proof: CompactJWT) throws(Refusal) -> PublicKey {
        guard proof.header["typ"]?.string == "dpop+jwt" else { throw .proofInvalid("The proof's typ is wrong.") }
        guard let key = proof.header["jwk"].flatMap(PublicKey.init(jwk:)) else {
            throw .proofInvalid("The proof's jwk is not a usable public key.")
        }
        guard proof.isSigned(by: [key]) else { throw .proofInvalid("The proof's signature is wrong.") }
        return key
    }

    private func judge(_ proof: CompactJWT, of call: Call) throws(Refusal) {
        guard proof.claims["htm"]?.string == call.method.rawValue else {
            throw .proofInvalid("The proof is for another method.")
        }
        let uri = proof.claims["htu"]?.string?.prefix { $0 != "?" && $0 != "#" }
        guard uri.map(String.init) == call.base + "/" + call.path else {
            throw .proofInvalid("The proof is for another address.")
        }
        let now = Int64(configuration.now().timeIntervalSince1970)
        guard let issued = proof.claims["iat"]?.integer,
            (now - Self.proofLifetime...now + Self.skew).contains(issued)
        else { throw .proofInvalid("The proof is not of the present.") }
    }

    /// A grant whose tokens are bound to the key of a proof. A code for which a key was named, and a refresh token of a
    /// public client, are good with that key only (RFC 9449 sections 5 and 10).
    func bind(_ grant: Grant, to key: String?, isRefreshOfConfidential: Bool) throws(Refusal) -> Grant {
        if let expected = grant.keyThumbprint, expected != key, !isRefreshOfConfidential {
            throw .proofInvalid("The proof was made with another key.")
        }
        var grant = grant
        grant.keyThumbprint = key
        return grant
    }

    /// An answer that names the nonce for the client's next proof, where it needs one.
    func withNonce(_ reply: Reply, for client: RegisteredClient?) -> Reply {
        guard client?.settings.dpopNonce == true, let name = HTTPField.Name("DPoP-Nonce") else { return reply }
        var reply = reply
        reply.headers[name] = nonces.current(at: configuration.now())
        return reply
    }
}
