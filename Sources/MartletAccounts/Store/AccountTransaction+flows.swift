public import FoundationEssentials
import Martlet

extension AccountTransaction {
    /// What ``AccountStore/completeFlow(_:now:)`` does, within a transaction.
    public mutating func completeFlow(_ completion: FlowCompletion, now: Date) throws -> FlowOutcome {
        let now = now.wholeMilliseconds
        let rememberedUntil = completion.rememberedUntil.wholeMilliseconds
        let account = try ProvenAccount(completion)
        // A flow too old to be remembered as used could otherwise come back after a sweep.
        guard now < rememberedUntil, try consumeFlow(completion.flowID, rememberedUntil: rememberedUntil) else {
            return .alreadyConsumed
        }
        let current = try presentUser(
            completion.sessionKeeper, tokenHash: completion.currentSessionTokenHash, now: now)
        let owner = try identity(of: account)
        let user = try owner.flatMap { try self.user($0.userID) }
        let facts = try linkingFacts(
            about: account, owner: owner, user: user, purpose: completion.purpose, current: current,
            policy: completion.policy)
        return try apply(
            decide(facts), to: account, owner: owner, user: user, current: current, of: completion, now: now)
    }

    /// What ``AccountStore/useOnce(_:until:)`` does, within a transaction.
    public mutating func useOnce(_ id: FlowID, until: Date, now: Date) throws -> Bool {
        let until = until.wholeMilliseconds
        return try now.wholeMilliseconds < until && consumeFlow(id, rememberedUntil: until)
    }

    private mutating func apply(
        _ decision: LinkingDecision, to account: ProvenAccount, owner: Identity?, user: User?,
        current: SignedInUser?, of completion: FlowCompletion, now: Date
    ) throws -> FlowOutcome {
        switch decision {
        case .signIn:
            var user = user
            if let owner, try refresh(owner, from: account, now: now).email != owner.email {
                user = try self.user(owner.userID)
            }
            return try signIn(user, isNewUser: false, of: completion, now: now)
        case .createUser:
            let user = try insertUser(account.profile, createdAt: now)
            try record(AuditEvent(.userCreated, userID: user.id, providerID: account.providerID, time: now))
            try insertBinding(of: account, to: user.id, now: now)
            return try signIn(user, isNewUser: true, of: completion, now: now)
        case .linkTo(let userID):
            try bind(account, to: userID, now: now)
            return try signIn(self.user(userID), isNewUser: false, of: completion, now: now)
        case .pendingBinding(let reason):
            try keepPendingBinding(of: account, for: current?.user.id, completion.pendingBinding, now: now)
            return .pendingBinding(reason)
        case .bind(let userID):
            return .bound(try bind(account, to: userID, now: now))
        case .refreshBinding(let userID):
            return try rebind(account, owner: owner, to: userID, now: now)
        case .refuse(let refusal):
            let isSignIn = completion.purpose == .signIn
            try record(
                AuditEvent(
                    isSignIn ? .signInRefused : .bindingRefused,
                    userID: isSignIn ? owner?.userID : current?.user.id, providerID: account.providerID, time: now))
            return .refused(refusal)
        }
    }

    private mutating func rebind(
        _ account: ProvenAccount, owner: Identity?, to userID: UserID, now: Date
    ) throws -> FlowOutcome {
        guard let owner else { return .bound(try bind(account, to: userID, now: now)) }
        let refreshed = try refresh(owner, from: account, now: now)
        try record(AuditEvent(.identityRefreshed, userID: userID, providerID: account.providerID, time: now))
        return .bindingRefreshed(refreshed)
    }

    /// Begins the new session, and ends the one that the browser brought, whosever it was (session fixation), unless the
    /// application keeps sessions.
    private mutating func signIn(
        _ user: User?, isNewUser: Bool, of completion: FlowCompletion, now: Date
    ) throws -> FlowOutcome {
        guard let user else {
            throw StoreError.corrupted("a binding belongs to a user who does not exist")
        }
        let new = completion.newSession
        let session = Session(
            id: new.id, userID: user.id, createdAt: now, expiresAt: new.expiresAt.wholeMilliseconds, lastSeenAt: now,
            userAgent: new.userAgent, address: new.address, providerID: completion.providerID,
            providerSubject: new.providerSubject, providerSessionID: new.providerSessionID,
            sealedIDToken: new.sealedIDToken)
        if completion.sessionKeeper == .store {
            if let hash = completion.currentSessionTokenHash, let former = try self.session(tokenHash: hash) {
                try deleteSession(former)
            }
            try insertSession(session, tokenHash: new.tokenHash)
        }
        try record(AuditEvent(.signedIn, userID: user.id, providerID: completion.providerID, time: now))
        return .signedIn(SignedInUser(user: user, session: session), isNewUser: isNewUser)
    }

    private mutating func keepPendingBinding(
        of account: ProvenAccount, for userID: UserID?, _ new: NewPendingBinding, now: Date
    ) throws {
        try insertPendingBinding(
            PendingBinding(
                tokenHash: new.tokenHash, expiresAt: new.expiresAt.wholeMilliseconds,
                browserBindingHash: new.browserBindingHash, userID: userID, providerID: account.providerID,
                profile: account.profile, providerTrustedForEmail: account.emailIsTrusted,
                sealedTokens: account.sealedTokens))
        try record(AuditEvent(.bindingPending, userID: userID, providerID: account.providerID, time: now))
    }
}
