import FoundationEssentials

/// Who has signed out, as a logout token says it. One of the two must be there.
struct LogoutSubject: Sendable {
    var subject: String?
    var sid: String?
}

extension Engine {
    /// For how many seconds a logout token is good.
    private static let logoutTokenLifetime: Int64 = 120

    /// A logout token for a client (OpenID Connect Back-Channel Logout section 2.4).
    func logoutToken(
        for clientID: String, about whom: LogoutSubject, issuer: String, fault: LogoutTokenFault?
    ) throws(Refusal) -> String {
        let issued = Int64(configuration.now().timeIntervalSince1970)
        var claims: JSON = [
            "iss": .string(issuer), "aud": .string(clientID), "iat": .number(issued),
            "exp": .number(issued + Self.logoutTokenLifetime), "jti": .string(randomText()),
            "events": ["http://schemas.openid.net/event/backchannel-logout": [:]],
        ]
        claims = claims.adding("sub", whom.subject.map(JSON.string)).adding("sid", whom.sid.map(JSON.string))
        let writer = JWTWriter(
            ring: keys, algorithm: OpenID.algorithm(of: clientID, self),
            secret: clients.find(clientID)?.settings.secret, omitsKid: keys.settings.omitsKid,
            fault: fault?.ofSignature)
        return try signed(writer, header: ["typ": "logout+jwt"], claims: fault?.distort(claims) ?? claims)
    }
}
