public import Hummingbird
public import MartletAccounts

/// Says who is signed in, in the application's own way.
///
/// With an application that keeps sessions itself, Martlet asks it instead of keeping sessions of its own.
public protocol WhoIsSignedIn: Sendable {
    /// The session that a request comes in, or nil when nobody is signed in.
    ///
    /// - Parameter request: the request, with the application's own cookie.
    func session(of request: Request) async throws -> ApplicationSession?
}

/// Signs users in, and out for good, in the application's own way.
public protocol SignsIn: Sendable {
    /// Begins a new session of the application for a user who has just proved who they are.
    ///
    /// - Parameters:
    ///   - user: the user as Martlet knows them; ``MartletAccounts/User/id`` is what the application's own table refers to.
    ///   - providerID: the provider that the session is begun with; keep it beside the session for
    ///     ``endSessions(of:providerID:)``.
    ///   - isNew: whether this is the user's first sign-in.
    ///   - request: the callback's request; end the session that its cookie names (session fixation).
    /// - Returns: the cookies that carry the new session.
    func signIn(_ user: User, providerID: String, isNew: Bool, request: Request) async throws -> [Cookie]

    /// Ends every session of a user that was begun with a provider, for the person has signed out there (OpenID Connect
    /// Back-Channel Logout 1.0 §2.7). By default nothing ends.
    ///
    /// - Parameters:
    ///   - userID: the user, as Martlet knows them.
    ///   - providerID: the provider that ``signIn(_:providerID:isNew:request:)`` was called with.
    func endSessions(of userID: UserID, providerID: String) async throws

    /// Removes what the application keeps of a user whose account is being deleted, sessions included. By default
    /// nothing is removed.
    ///
    /// It comes before Martlet removes the user: if it throws, nothing is removed there and the person may try again. So
    /// it may come more than once for one user, and for one of whom the application keeps nothing.
    ///
    /// - Parameter userID: the user, as Martlet knows them; the number is never used again.
    func removeUser(_ userID: UserID) async throws
}

extension SignsIn {
    /// Ends nothing.
    public func endSessions(of userID: UserID, providerID: String) async throws {}

    /// Removes nothing.
    public func removeUser(_ userID: UserID) async throws {}
}

/// An application that keeps its own users and sessions.
public typealias ApplicationSessions = WhoIsSignedIn & SignsIn
