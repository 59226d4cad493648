public import FoundationEssentials
public import Martlet

/// An account at a provider that is bound to a user: the user signs in with it.
///
/// It is known by `(providerID, subject)`, compared byte by byte, and by nothing else.
public struct Identity: Hashable, Sendable, Codable {
    /// The id of the binding.
    public var id: IdentityID
    /// The user it is bound to.
    public var userID: UserID
    /// The provider.
    public var providerID: String
    /// The person's immutable id at the provider.
    public var subject: String
    /// The handle, as of the last sign-in.
    public var username: String?
    /// The display name, as of the last sign-in at which the provider told it.
    public var name: String?
    /// The email address, as of the last sign-in, and whether the provider vouches for it.
    public var email: Email?
    /// The URL of a picture, as of the last sign-in.
    public var avatar: String?
    /// Further ids that the provider gave.
    public var identifiers: [String: String]
    /// When it was bound.
    public var boundAt: Date
    /// When it was last seen: at binding, at a sign-in, or when it was bound once more.
    public var lastSignInAt: Date

    /// Makes a record.
    public init(
        id: IdentityID, userID: UserID, providerID: String, subject: String, username: String?, name: String?,
        email: Email?, avatar: String?, identifiers: [String: String], boundAt: Date, lastSignInAt: Date
    ) {
        self.id = id
        self.userID = userID
        self.providerID = providerID
        self.subject = subject
        self.username = username
        self.name = name
        self.email = email
        self.avatar = avatar
        self.identifiers = identifiers
        self.boundAt = boundAt
        self.lastSignInAt = lastSignInAt
    }

    /// This binding with what the provider says now. A name stays where the provider says none: some tell it only once.
    func refreshed(with profile: UserProfile, now: Date) -> Identity {
        Identity(
            id: id, userID: userID, providerID: providerID, subject: profile.subject, username: profile.username,
            name: profile.name ?? name, email: profile.email, avatar: profile.avatar, identifiers: profile.identifiers,
            boundAt: boundAt, lastSignInAt: now)
    }
}
