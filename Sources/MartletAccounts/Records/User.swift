public import FoundationEssentials
public import Martlet

/// A person who has an account with the service.
public struct User: Hashable, Sendable, Codable {
    /// The id, which never changes.
    public var id: UserID
    /// The display name, from the account that the user was made with.
    public var name: String?
    /// The email address, a copy of what a provider told of an account; not unique among users.
    public var email: Email?
    /// The URL of a picture.
    public var avatar: String?
    /// Whether the user may sign in.
    public var isEnabled: Bool
    /// When the user was made.
    public var createdAt: Date

    /// Makes a record.
    public init(id: UserID, name: String?, email: Email?, avatar: String?, isEnabled: Bool, createdAt: Date) {
        self.id = id
        self.name = name
        self.email = email
        self.avatar = avatar
        self.isEnabled = isEnabled
        self.createdAt = createdAt
    }
}
