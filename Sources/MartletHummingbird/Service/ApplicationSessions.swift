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

/// Signs a user in, in the application's own way.
public protocol SignsIn: Sendable {
    /// Begins a new session of the application for a user who has just proved who they are.
    ///
    /// - Parameters:
    ///   - user: the user as Martlet knows them; ``MartletAccounts/User/id`` is what the application's own table refers to.
    ///   - isNew: whether this is the user's first sign-in.
    ///   - request: the callback's request; end the session that its cookie names (session fixation).
    /// - Returns: the cookies that carry the new session.
    func signIn(_ user: User, isNew: Bool, request: Request) async throws -> [Cookie]
}

/// An application that keeps its own users and sessions.
public typealias ApplicationSessions = WhoIsSignedIn & SignsIn
