public import FoundationEssentials

/// A line of the audit trail: what happened to whose account, and when. It holds no personal data, token or hash.
public struct AuditEvent: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A user was made.
        case userCreated = "user_created"
        /// A user signed in.
        case signedIn = "signed_in"
        /// An account was bound.
        case identityBound = "identity_bound"
        /// A bound account was bound once more.
        case identityRefreshed = "identity_refreshed"
        /// A binding was removed.
        case identityUnbound = "identity_unbound"
        /// A provider told of another email address of a bound account, or that it has none any more.
        case emailChanged = "email_changed"
        /// A provider told that a bound account no longer exists there.
        case accountDeletedAtProvider = "account_deleted_at_provider"
        /// A binding token was given out.
        case bindingPending = "binding_pending"
        /// A flow or a binding token was refused.
        case bindingRefused = "binding_refused"
        /// Somebody who may not sign in tried to.
        case signInRefused = "sign_in_refused"
        /// A session was ended.
        case sessionEnded = "session_ended"
        /// A user was allowed to sign in.
        case userEnabled = "user_enabled"
        /// A user was forbidden to sign in.
        case userDisabled = "user_disabled"
        /// A user was removed.
        case userDeleted = "user_deleted"
    }

    /// What happened.
    public var kind: Kind
    /// The user concerned, if one is known.
    public var userID: UserID?
    /// The provider concerned, if any.
    public var providerID: String?
    /// When it happened.
    public var time: Date

    /// Makes an event.
    public init(_ kind: Kind, userID: UserID?, providerID: String? = nil, time: Date) {
        self.kind = kind
        self.userID = userID
        self.providerID = providerID
        self.time = time
    }
}
