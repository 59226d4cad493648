public import FoundationEssentials

extension OAuthClient {
    /// Verifies a notification of changes to a person's account that a provider posted.
    ///
    /// Take care yourself that one ``AccountNotification/id`` is used only once.
    ///
    /// - Parameters:
    ///   - notification: the JWT.
    ///   - audiences: the ids of the apps it may be for, besides this client's own: Apple names the app that the person
    ///     uses, which need not be the one of the web site.
    /// - Throws: ``OAuthError``; ``OAuthError/misconfigured(_:)`` if the provider's entry names no
    ///   ``Provider/notifications``, ``OAuthError/untrustedMessage(_:_:)`` for one that must be refused.
    public func verify(
        notification: Secret, audiences: [String] = []
    ) async throws(OAuthError) -> AccountNotification {
        guard let format = provider.notifications else {
            throw .misconfigured("\(provider.name) sends no notifications")
        }
        return try await verified(notification, as: .notification) { (token, rule) throws(IDTokenError) in
            switch format {
            case .appleAccountEvents:
                try AccountNotification(
                    appleEvents: token, rule, audiences: Set(audiences + [clientID]), now: now(),
                    clockSkew: Double(provider.clockSkew))
            }
        }
    }
}

/// A change to a person's account at a provider.
public struct AccountNotification: Hashable, Sendable {
    /// What changed.
    public enum Change: Hashable, Sendable {
        /// The person deleted the account at the provider.
        case accountDeleted
        /// The person does not want to sign in here with it any more.
        case consentRevoked
        /// Mail to this relayed address does not reach the person any more.
        case emailDisabled(String?)
        /// Mail to this relayed address reaches the person.
        case emailEnabled(String?)
        /// Something this library does not know; its name.
        case other(String)
    }

    /// What tells this notification from others: `jti`.
    public let id: String
    /// The person.
    public let subject: String
    /// What changed.
    public let change: Change
    /// When the notification was made.
    public let issuedAt: Date

    /// Judges the claims of a notification whose signature was checked; one older than a day is refused.
    init(
        appleEvents token: UnverifiedJWT, _ rule: IssuerRule, audiences: Set<String>, now: Date, clockSkew: Double
    ) throws(IDTokenError) {
        let claims = token.claims
        _ = try rule.judge(claims)
        guard try !audiences.isDisjoint(with: claims.audiences) else { throw .wrongClaim("aud") }
        guard let issuedAt = claims["iat"]?.numericDate else { throw .missingClaim("iat") }
        guard issuedAt < now.addingTimeInterval(clockSkew) else { throw .notYetValid }
        guard now < issuedAt.addingTimeInterval(86_400 + clockSkew) else { throw .expired }
        guard let id = claims["jti"]?.string, !id.isEmpty else { throw .missingClaim("jti") }
        guard let events = claims["events"] else { throw .missingClaim("events") }
        let event = events.string.flatMap { try? JSONValue(parsing: $0.utf8) } ?? events
        guard let type = event["type"]?.string, let subject = event["sub"]?.string, !subject.isEmpty else {
            throw .wrongClaim("events")
        }
        self.id = id
        self.subject = subject
        self.issuedAt = issuedAt
        self.change =
            switch type {
            case "account-delete", "account-deleted": .accountDeleted
            case "consent-revoked": .consentRevoked
            case "email-disabled": .emailDisabled(event["email"]?.string)
            case "email-enabled": .emailEnabled(event["email"]?.string)
            default: .other(type.oneShortLine)
            }
    }
}
