public import Martlet

/// Who keeps the sessions of users: the store, or the application that Martlet is mounted in.
public enum SessionKeeper: Hashable, Sendable {
    /// The store: a session begins in it at every sign-in.
    case store
    /// The application, which says in which of its sessions a request comes, if in one.
    case application(present: ApplicationSession?)
}

/// A session that the application keeps.
public struct ApplicationSession: Hashable, Sendable {
    /// Whose session it is.
    public var userID: UserID
    /// What tells this session from others; derived from the application's own key, which is not kept.
    public let sessionID: SessionID

    /// Names a session.
    ///
    /// - Parameters:
    ///   - userID: whose session it is.
    ///   - key: anything that is the same for every request of one session and for no other: a session's id or token.
    public init(userID: UserID, key: Secret) {
        self.userID = userID
        self.sessionID = SessionID(digestOf: key)
    }
}
