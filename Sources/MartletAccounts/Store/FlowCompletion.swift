public import FoundationEssentials
public import Martlet

/// A login that its provider has vouched for, with all that a store needs to finish it.
public struct FlowCompletion: Hashable, Sendable {
    /// The id that is used up: of the flow, or, of a login without one, made of what must not come a second time.
    public var flowID: FlowID
    /// What the login is for.
    public var purpose: FlowPurpose
    /// The provider.
    public var providerID: String
    /// Until when the id could come back: so long it is remembered as used, and nothing is finished any later.
    public var rememberedUntil: Date
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
    /// The provider's tokens to keep with the binding, sealed by the caller in a text without NUL characters; nil leaves
    /// those that are there.
    public var sealedTokens: String?

    /// Makes a completion of a login without a flow, such as an ID token that an app got from the provider.
    public init(
        flowID: FlowID, purpose: FlowPurpose, providerID: String, rememberedUntil: Date, profile: UserProfile,
        providerTrustedForEmail: Bool, policy: LinkingPolicy, currentSessionTokenHash: [UInt8]?,
        sessionKeeper: SessionKeeper = .store, newSession: NewSession, pendingBinding: NewPendingBinding,
        sealedTokens: String? = nil
    ) {
        self.flowID = flowID
        self.purpose = purpose
        self.providerID = providerID
        self.rememberedUntil = rememberedUntil
        self.profile = profile
        self.providerTrustedForEmail = providerTrustedForEmail
        self.policy = policy
        self.currentSessionTokenHash = currentSessionTokenHash
        self.sessionKeeper = sessionKeeper
        self.newSession = newSession
        self.pendingBinding = pendingBinding
        self.sealedTokens = sealedTokens
    }

    /// Makes a completion of a flow, from ``FlowSealer/open(_:id:providerID:)``.
    public init(
        flow: Flow, profile: UserProfile, providerTrustedForEmail: Bool, policy: LinkingPolicy,
        currentSessionTokenHash: [UInt8]?, sessionKeeper: SessionKeeper = .store, newSession: NewSession,
        pendingBinding: NewPendingBinding, sealedTokens: String? = nil
    ) {
        self.init(
            flowID: flow.id, purpose: flow.purpose, providerID: flow.pending.providerID,
            rememberedUntil: flow.rememberedUntil, profile: profile,
            providerTrustedForEmail: providerTrustedForEmail, policy: policy,
            currentSessionTokenHash: currentSessionTokenHash, sessionKeeper: sessionKeeper, newSession: newSession,
            pendingBinding: pendingBinding, sealedTokens: sealedTokens)
    }
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
