import FoundationEssentials

/// Apple's client secret: a JWT that the client signs with ES256.
///
/// <https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret>
struct AppleClientSecret {
    /// Longest time ahead at which a secret may expire, in seconds: six months.
    private static let longestLifetime: Int64 = 15_777_000
    /// How many characters of base64url an ES256 signature has.
    private static let signatureLength = 86

    private let token: CompactJWT

    /// Judges the `client_id` and `client_secret` of a call. The signature is checked where the client was registered.
    static func authenticate(_ call: Call, _ engine: Engine) throws(Refusal) -> Engine.Client {
        let clientID = try call.required("client_id")
        let text = try call.required("client_secret")
        guard let secret = CompactJWT(text).map(Self.init),
            text.split(separator: ".", omittingEmptySubsequences: false).last?.count == signatureLength,
            secret.hasForm(for: clientID, base: call.base, now: engine.configuration.now()),
            engine.apple.client(clientID).map(secret.isSigned) ?? true
        else { throw .clientSecretWrong }
        return Engine.Client(id: clientID, isConfidential: true)
    }

    /// Whether header and claims are as Apple wants them. The audience is Apple's own address, or the one where the
    /// client finds it.
    private func hasForm(for clientID: String, base: String, now: Date) -> Bool {
        guard let audience = token.claims["aud"]?.string, let issued = token.claims["iat"]?.integer,
            let expires = token.claims["exp"]?.integer
        else { return false }
        let now = Int64(now.timeIntervalSince1970)
        return token.algorithm == .es256 && token.header["kid"]?.string?.isEmpty == false
            && token.claims["iss"]?.string?.isEmpty == false && token.claims["sub"]?.string == clientID
            && ["https://appleid.apple.com", Apple.issuer(base)].contains(audience)
            && issued <= now && expires > now && expires <= now + Self.longestLifetime
    }

    private func isSigned(by client: AppleRegister.Client) -> Bool {
        token.claims["iss"]?.string == client.teamID && token.header["kid"]?.string == client.keyID
            && token.isSigned(by: [client.publicKey])
    }
}
