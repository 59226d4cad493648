public import FoundationEssentials
public import Martlet

/// A binding token to be given out if a flow ends in a pending binding.
public struct NewPendingBinding: Hashable, Sendable {
    /// The hash of the token, from ``BindingToken/hash``.
    public var tokenHash: [UInt8]
    /// When the token ends.
    public var expiresAt: Date
    /// A hash of the value, in a cookie, that ties the token to the browser that earned it.
    public var browserBindingHash: [UInt8]

    /// Makes a token to be given out.
    public init(tokenHash: [UInt8], expiresAt: Date, browserBindingHash: [UInt8]) {
        self.tokenHash = tokenHash
        self.expiresAt = expiresAt
        self.browserBindingHash = browserBindingHash
    }
}

/// An account that proved itself at its provider and waits for a user to bind it.
public struct PendingBinding: Hashable, Sendable, Codable {
    /// The hash of the binding token.
    public var tokenHash: [UInt8]
    /// When the token ends.
    public var expiresAt: Date
    /// The hash of the value that ties the token to a browser.
    public var browserBindingHash: [UInt8]
    /// The user who was signed in when the token was given; only that user may redeem it.
    public var userID: UserID?
    /// The provider.
    public var providerID: String
    /// The account, without the provider's raw answer.
    public var profile: UserProfile
    /// Whether the provider was trusted for email.
    public var providerTrustedForEmail: Bool
    /// The provider's tokens, sealed, to be kept with the binding.
    public var sealedTokens: String?

    /// Makes a record.
    public init(
        tokenHash: [UInt8], expiresAt: Date, browserBindingHash: [UInt8], userID: UserID?, providerID: String,
        profile: UserProfile, providerTrustedForEmail: Bool, sealedTokens: String? = nil
    ) {
        self.tokenHash = tokenHash
        self.expiresAt = expiresAt
        self.browserBindingHash = browserBindingHash
        self.userID = userID
        self.providerID = providerID
        self.profile = profile
        self.providerTrustedForEmail = providerTrustedForEmail
        self.sealedTokens = sealedTokens
    }
}

/// A binding token as it comes back, and who brings it.
public struct PendingBindingRedemption: Hashable, Sendable {
    /// The hash of the token.
    public var tokenHash: [UInt8]
    /// The hash of the value in the browser's cookie.
    public var browserBindingHash: [UInt8]
    /// The hash of the browser's session token.
    public var sessionTokenHash: [UInt8]?
    /// Who keeps sessions; with the application, the session token counts for nothing.
    public var sessionKeeper: SessionKeeper
    /// The providers that accounts may be bound of now; nil for any.
    public var providerIDs: Set<String>?

    /// Makes a redemption.
    public init(
        tokenHash: [UInt8], browserBindingHash: [UInt8], sessionTokenHash: [UInt8]?,
        sessionKeeper: SessionKeeper = .store, providerIDs: Set<String>? = nil
    ) {
        self.tokenHash = tokenHash
        self.browserBindingHash = browserBindingHash
        self.sessionTokenHash = sessionTokenHash
        self.sessionKeeper = sessionKeeper
        self.providerIDs = providerIDs
    }
}

/// What redeeming a binding token did.
public enum RedemptionOutcome: Hashable, Sendable {
    /// The account is now bound to the user, or was already and is refreshed. The token is used up.
    case bound(Identity)
    /// The token is unknown, used, expired, of another browser, or of a provider that is not offered any more.
    case invalidToken
    /// Nothing was bound: nobody is signed in, the token was earned by another user (both leave the token as it is),
    /// or the account or another one of its provider is already bound (the token is used up).
    case refused(LinkingRefusal)
}
