/// All that the decision about a finished flow depends on, gathered within one transaction.
public struct LinkingFacts: Hashable, Sendable {
    /// A live session: its user is enabled and it has not ended.
    public struct CurrentSession: Hashable, Sendable {
        /// The user who is signed in.
        public var userID: UserID
        /// The session.
        public var sessionID: SessionID

        /// Makes the pair.
        public init(userID: UserID, sessionID: SessionID) {
            self.userID = userID
            self.sessionID = sessionID
        }
    }

    /// The user that the account is already bound to.
    public struct Owner: Hashable, Sendable {
        /// The user.
        public var userID: UserID
        /// Whether the user may sign in.
        public var isEnabled: Bool

        /// Makes the pair.
        public init(userID: UserID, isEnabled: Bool) {
            self.userID = userID
            self.isEnabled = isEnabled
        }
    }

    /// The user who owns an email address that was verified.
    public struct EmailOwner: Hashable, Sendable {
        /// The user.
        public var userID: UserID
        /// Whether the user may sign in.
        public var isEnabled: Bool
        /// Whether a provider that is trusted for email proved that the address is this user's.
        public var proofIsTrusted: Bool
        /// Whether the user already has an account of the flow's provider.
        public var hasAccountOfProvider: Bool

        /// Makes the facts about the owner of an address.
        public init(
            userID: UserID, isEnabled: Bool = true, proofIsTrusted: Bool = true, hasAccountOfProvider: Bool = false
        ) {
            self.userID = userID
            self.isEnabled = isEnabled
            self.proofIsTrusted = proofIsTrusted
            self.hasAccountOfProvider = hasAccountOfProvider
        }
    }

    /// What the flow is for.
    public var purpose: FlowPurpose
    /// The browser's live session, if any, at the end of the flow.
    public var currentSession: CurrentSession?
    /// The user that `(provider, subject)` is bound to, if any.
    public var owner: Owner?
    /// Whether the user who began a bind has another account of this provider.
    public var flowUserHasOtherAccountOfProvider: Bool
    /// The user that owns the profile's email address, if it is verified there too. Looked for only at a sign-in with an
    /// account that is bound to nobody.
    public var verifiedEmailOwner: EmailOwner?
    /// Whether the profile's own email is verified. If not, it matches nobody.
    public var emailIsVerified: Bool
    /// Whether the provider's word that an email is verified may link an account without asking.
    public var providerTrustedForEmail: Bool
    /// What the service does with accounts it does not know.
    public var policy: LinkingPolicy

    /// Makes facts; those left out are the plain case of somebody unknown.
    public init(
        purpose: FlowPurpose, currentSession: CurrentSession? = nil, owner: Owner? = nil,
        flowUserHasOtherAccountOfProvider: Bool = false, verifiedEmailOwner: EmailOwner? = nil,
        emailIsVerified: Bool = false, providerTrustedForEmail: Bool = false, policy: LinkingPolicy = LinkingPolicy()
    ) {
        self.purpose = purpose
        self.currentSession = currentSession
        self.owner = owner
        self.flowUserHasOtherAccountOfProvider = flowUserHasOtherAccountOfProvider
        self.verifiedEmailOwner = verifiedEmailOwner
        self.emailIsVerified = emailIsVerified
        self.providerTrustedForEmail = providerTrustedForEmail
        self.policy = policy
    }
}
