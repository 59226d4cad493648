/// What a finished flow does.
public enum LinkingDecision: Hashable, Sendable {
    /// Sign in the user that the account is bound to, and refresh the binding.
    case signIn(UserID)
    /// Make a user with this binding, and sign in.
    case createUser
    /// Bind the account to this user, who proved to own the same email, and sign in.
    case linkTo(UserID)
    /// Give a binding token: somebody must first show that they may have this account bound.
    case pendingBinding(PendingBindingReason)
    /// Bind the account to this user, who asked for it.
    case bind(UserID)
    /// The account is bound to this user already: refresh the binding.
    case refreshBinding(UserID)
    /// Change nothing.
    case refuse(LinkingRefusal)
}

/// Why an account may not sign in or register by itself.
public enum PendingBindingReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// A user owns the same verified email.
    case emailBelongsToUser
    /// Nobody owns it, and sign-up is closed.
    case signUpClosed
}

/// Why a flow or a binding token changes nothing.
public enum LinkingRefusal: String, Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Binding needs a session, and there is none.
    case unauthorized
    /// Whoever finishes the binding is not who began it, or not in the same session.
    case bindingUserMismatch
    /// The account belongs to another user, or the user has another account of this provider.
    case alreadyBound
    /// The user may not sign in.
    case disabledUser

    /// The reason, in a sentence part.
    public var description: String {
        switch self {
        case .unauthorized: "nobody is signed in"
        case .bindingUserMismatch: "the binding was begun by another user or in another session"
        case .alreadyBound: "the account, or another account of the provider, is already bound"
        case .disabledUser: "the user may not sign in"
        }
    }
}

/// Decides what a finished flow does. Pure: the same facts always give the same decision.
///
/// An account that is bound signs in its owner, whatever its email says. For any other account:
/// - an email counts only if it is verified on both sides, and never under `separate`;
/// - with such a match, the account is bound at once only if the policy says `link`, sign-up is open, both proofs are
///   trusted, nobody else is signed in, and that user has no account of the provider yet; else it must be asked for;
/// - without a match, it makes a user if sign-up is open.
public func decide(_ facts: LinkingFacts) -> LinkingDecision {
    switch facts.purpose {
    case .signIn: decideSignIn(facts)
    case .bind(let userID, let sessionID):
        decideBind(facts, begunBy: LinkingFacts.CurrentSession(userID: userID, sessionID: sessionID))
    }
}

private func decideSignIn(_ facts: LinkingFacts) -> LinkingDecision {
    if let owner = facts.owner {
        return owner.isEnabled ? .signIn(owner.userID) : .refuse(.disabledUser)
    }
    if let match = emailMatch(facts) {
        guard mayLinkUnasked(to: match, facts) else { return .pendingBinding(.emailBelongsToUser) }
        return match.isEnabled ? .linkTo(match.userID) : .refuse(.disabledUser)
    }
    switch facts.policy.signUp {
    case .open: return .createUser
    case .closed: return .pendingBinding(.signUpClosed)
    }
}

private func emailMatch(_ facts: LinkingFacts) -> LinkingFacts.EmailOwner? {
    guard facts.emailIsVerified, facts.policy.emailMatch != .separate else { return nil }
    return facts.verifiedEmailOwner
}

private func mayLinkUnasked(to match: LinkingFacts.EmailOwner, _ facts: LinkingFacts) -> Bool {
    let someoneElseIsSignedIn = facts.currentSession.map { $0.userID != match.userID } ?? false
    return facts.policy == LinkingPolicy(signUp: .open, emailMatch: .link)
        && facts.providerTrustedForEmail && match.proofIsTrusted
        && !match.hasAccountOfProvider && !someoneElseIsSignedIn
}

private func decideBind(_ facts: LinkingFacts, begunBy: LinkingFacts.CurrentSession) -> LinkingDecision {
    guard let session = facts.currentSession else { return .refuse(.unauthorized) }
    guard session == begunBy else { return .refuse(.bindingUserMismatch) }
    if let owner = facts.owner {
        return owner.userID == session.userID ? .refreshBinding(session.userID) : .refuse(.alreadyBound)
    }
    return facts.flowUserHasOtherAccountOfProvider ? .refuse(.alreadyBound) : .bind(session.userID)
}
