/// What the service does with an account that it does not know.
public struct LinkingPolicy: Hashable, Sendable, Codable {
    /// Whether an unknown account makes a new user.
    public enum SignUp: String, Hashable, Sendable, Codable, CaseIterable {
        /// It does.
        case open
        /// It does not: it may only be bound to a user who exists.
        case closed
    }

    /// What happens when the unknown account has the verified email of a user.
    public enum EmailMatch: String, Hashable, Sendable, Codable, CaseIterable {
        /// The person must first sign in as that user, and can then bind the account.
        case ask
        /// The account is bound to that user at once, if both proofs of the email come from providers trusted for it.
        case link
        /// Emails mean nothing: the account makes a user of its own.
        case separate
    }

    /// Whether an unknown account makes a new user.
    public var signUp: SignUp
    /// What happens when the unknown account has the verified email of a user.
    public var emailMatch: EmailMatch

    /// Makes a policy; by default sign-up is open, and a matching email asks.
    public init(signUp: SignUp = .open, emailMatch: EmailMatch = .ask) {
        self.signUp = signUp
        self.emailMatch = emailMatch
    }
}
