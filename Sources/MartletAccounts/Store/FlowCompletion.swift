public import Martlet

/// A flow whose provider has answered, with all that a store needs to finish it.
public struct FlowCompletion: Hashable, Sendable {
    /// The flow, from ``FlowSealer/open(_:id:providerID:)``.
    public var flow: Flow
    /// The account, as its provider described it.
    public var profile: UserProfile
    /// Whether the provider's word that an email is verified may link accounts without asking.
    public var providerTrustedForEmail: Bool
    /// What to do with an account that is unknown.
    public var policy: LinkingPolicy
    /// The hash of the session token that the browser brought, if it brought one.
    public var currentSessionTokenHash: [UInt8]?
    /// Who keeps sessions; with the application, the two members beside this one count for nothing.
    public var sessionKeeper: SessionKeeper
    /// The session to begin if somebody is signed in.
    public var newSession: NewSession
    /// The binding token to give out if the account must be asked for.
    public var pendingBinding: NewPendingBinding

    /// Makes a completion.
    public init(
        flow: Flow, profile: UserProfile, providerTrustedForEmail: Bool, policy: LinkingPolicy,
        currentSessionTokenHash: [UInt8]?, sessionKeeper: SessionKeeper = .store, newSession: NewSession,
        pendingBinding: NewPendingBinding
    ) {
        self.flow = flow
        self.profile = profile
        self.providerTrustedForEmail = providerTrustedForEmail
        self.policy = policy
        self.currentSessionTokenHash = currentSessionTokenHash
        self.sessionKeeper = sessionKeeper
        self.newSession = newSession
        self.pendingBinding = pendingBinding
    }

    var providerID: String { flow.pending.providerID }
}

/// What finishing a flow did.
public enum FlowOutcome: Hashable, Sendable {
    /// Somebody is signed in, in the new session; the browser's former session, if any, has ended.
    case signedIn(SignedInUser, isNewUser: Bool)
    /// The account is now bound to the user who asked for it.
    case bound(Identity)
    /// The account was bound to the user who asked for it already, and is refreshed.
    case bindingRefreshed(Identity)
    /// The binding token was put in force.
    case pendingBinding(PendingBindingReason)
    /// Nothing was changed, but the flow is used up.
    case refused(LinkingRefusal)
    /// The flow was finished before, or is so old that nothing is known of it.
    case alreadyConsumed
}

/// What removing a binding did.
public enum UnbindOutcome: Hashable, Sendable {
    /// This binding was removed.
    case unbound(Identity)
    /// The user has no binding of the provider.
    case notFound
    /// It is the user's only binding, and stays.
    case lastBinding
}
