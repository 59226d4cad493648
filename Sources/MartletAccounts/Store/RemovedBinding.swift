/// A binding that is gone, with what its provider should now be told to revoke (RFC 7009).
public struct RemovedBinding: Hashable, Sendable {
    /// The binding as it was.
    public var identity: Identity
    /// The tokens that were kept with it, as the caller sealed them.
    public var sealedTokens: String?

    /// Makes a record.
    public init(identity: Identity, sealedTokens: String?) {
        self.identity = identity
        self.sealedTokens = sealedTokens
    }
}

/// What removing a binding did.
public enum UnbindOutcome: Hashable, Sendable {
    /// This binding was removed.
    case unbound(RemovedBinding)
    /// The user has no binding of the provider.
    case notFound
    /// It is the user's only binding, and stays.
    case lastBinding
}

/// What was done about an account that no longer exists at its provider.
public enum ProviderDeletion: Hashable, Sendable {
    /// The account is bound to nobody; nothing was changed.
    case unknown
    /// The binding was removed; its user has others.
    case unbound(RemovedBinding)
    /// The user was removed, as nobody could have signed in as them again, with these bindings.
    case userDeleted(UserID, [RemovedBinding])
}
