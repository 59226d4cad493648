public import FoundationEssentials
import Martlet

/// An account whose owner has just proved to hold it.
struct ProvenAccount {
    let providerID: String
    let profile: UserProfile
    let emailIsTrusted: Bool
    let sealedTokens: String?

    /// - Throws: ``StoreError/conflict(_:)`` if the provider gave a text as an id that cannot be one.
    init(_ completion: FlowCompletion) throws(StoreError) {
        let ids = [
            completion.profile.subject, completion.profile.formerSubject, completion.newSession.providerSubject,
            completion.newSession.providerSessionID,
        ]
        guard ids.allSatisfy({ $0?.canBeID ?? true }) else {
            throw .conflict("an id of the provider is empty or holds a NUL character")
        }
        self.providerID = completion.providerID
        self.profile = Self.storable(completion.profile)
        self.emailIsTrusted = completion.providerTrustedForEmail
        self.sealedTokens = completion.sealedTokens
    }

    init(_ pending: PendingBinding) {
        self.providerID = pending.providerID
        self.profile = pending.profile
        self.emailIsTrusted = pending.providerTrustedForEmail
        self.sealedTokens = pending.sealedTokens
    }

    /// The profile without the provider's raw answer, which may hold anything, and without NUL characters, which some
    /// databases do not keep.
    private static func storable(_ profile: UserProfile) -> UserProfile {
        func clean(_ text: String) -> String {
            text.utf8.contains(0) ? String(text.unicodeScalars.filter { $0.value != 0 }) : text
        }
        var profile = profile
        profile.raw = .null
        profile.username = profile.username.map(clean)
        profile.name = profile.name.map(clean)
        profile.avatar = profile.avatar.map(clean)
        profile.identifiers = profile.identifiers.mapValues(clean)
        return profile
    }
}

extension AccountTransaction {
    /// What ``AccountStore/redeemPendingBinding(_:now:)`` does, within a transaction.
    public mutating func redeemPendingBinding(
        _ redemption: PendingBindingRedemption, now: Date
    ) throws -> RedemptionOutcome {
        let now = now.wholeMilliseconds
        guard
            let current = try presentUser(redemption.sessionKeeper, tokenHash: redemption.sessionTokenHash, now: now)
        else {
            return .refused(.unauthorized)
        }
        guard let pending = try pendingBinding(tokenHash: redemption.tokenHash), pending.expiresAt > now,
            constantTimeEqual(pending.browserBindingHash, redemption.browserBindingHash),
            redemption.providerIDs?.contains(pending.providerID) ?? true
        else { return .invalidToken }
        if let earner = pending.userID, earner != current.user.id { return .refused(.bindingUserMismatch) }
        try deletePendingBinding(tokenHash: redemption.tokenHash)
        return try bind(ProvenAccount(pending), inSessionOf: current, now: now)
    }

    private mutating func bind(
        _ account: ProvenAccount, inSessionOf current: SignedInUser, now: Date
    ) throws -> RedemptionOutcome {
        let owner = try identity(of: account)
        let purpose = FlowPurpose.bind(userID: current.user.id, sessionID: current.session.id)
        let facts = try linkingFacts(
            about: account, owner: owner, user: owner.flatMap { try self.user($0.userID) }, purpose: purpose,
            current: current, policy: LinkingPolicy())
        switch decide(facts) {
        case .refreshBinding(let userID):
            guard let owner else { return .bound(try bind(account, to: userID, now: now)) }
            try record(AuditEvent(.identityRefreshed, userID: userID, providerID: account.providerID, time: now))
            return .bound(try refresh(owner, from: account, now: now))
        case .bind(let userID):
            return .bound(try bind(account, to: userID, now: now))
        case .refuse(let refusal):
            try record(
                AuditEvent(.bindingRefused, userID: current.user.id, providerID: account.providerID, time: now))
            return .refused(refusal)
        case .signIn, .createUser, .linkTo, .pendingBinding:
            // The decision about a bind is one of the three above; anything else must change nothing.
            return .refused(.bindingUserMismatch)
        }
    }

    /// What ``AccountStore/unbind(providerID:of:)`` does, within a transaction.
    public mutating func unbind(providerID: String, of userID: UserID, now: Date) throws -> UnbindOutcome {
        let identities = try identities(of: userID)
        guard let identity = identities.first(where: { $0.providerID == providerID }) else { return .notFound }
        guard identities.count > 1 else { return .lastBinding }
        let removed = try removal(of: identity)
        try deleteIdentity(identity.id)
        try record(AuditEvent(.identityUnbound, userID: userID, providerID: providerID, time: now.wholeMilliseconds))
        try settleEmail(of: userID, providerID: providerID, now: now)
        return .unbound(removed)
    }

    /// The binding of an account: by its subject, else by the one it was formerly known by.
    func identity(of account: ProvenAccount) throws -> Identity? {
        if let identity = try identity(providerID: account.providerID, subject: account.profile.subject) {
            return identity
        }
        guard let former = account.profile.formerSubject else { return nil }
        return try identity(providerID: account.providerID, subject: former)
    }

    /// Gathers what the decision about an account depends on: its binding and that one's user, if any, are known.
    func linkingFacts(
        about account: ProvenAccount, owner: Identity?, user: User?, purpose: FlowPurpose, current: SignedInUser?,
        policy: LinkingPolicy
    ) throws -> LinkingFacts {
        var facts = LinkingFacts(
            purpose: purpose, emailIsVerified: account.profile.email?.isVerified ?? false,
            providerTrustedForEmail: account.emailIsTrusted, policy: policy)
        if let current {
            facts.currentSession = .init(userID: current.user.id, sessionID: current.session.id)
        }
        if let owner {
            facts.owner = .init(userID: owner.userID, isEnabled: user?.isEnabled ?? false)
        }
        if case .bind(let userID, _) = purpose {
            facts.flowUserHasOtherAccountOfProvider = try hasOtherAccount(than: owner, account, user: userID)
        }
        // An account that is bound signs in its owner, whatever its email says.
        if owner == nil, purpose == .signIn, let email = account.profile.email, email.isVerified {
            facts.verifiedEmailOwner = try emailOwner(email.comparisonKey, account)
        }
        return facts
    }

    private func emailOwner(
        _ comparisonKey: String, _ account: ProvenAccount
    ) throws -> LinkingFacts.EmailOwner? {
        guard let (userID, proofIsTrusted) = try verifiedEmailOwner(comparisonKey: comparisonKey) else { return nil }
        return LinkingFacts.EmailOwner(
            userID: userID, isEnabled: try user(userID)?.isEnabled ?? false, proofIsTrusted: proofIsTrusted,
            hasAccountOfProvider: try hasOtherAccount(than: nil, account, user: userID))
    }

    private func hasOtherAccount(
        than owner: Identity?, _ account: ProvenAccount, user userID: UserID
    ) throws -> Bool {
        try identities(of: userID).contains { $0.providerID == account.providerID && $0.id != owner?.id }
    }

    /// Binds an account to a user who was there before, and records it.
    @discardableResult
    mutating func bind(_ account: ProvenAccount, to userID: UserID, now: Date) throws -> Identity {
        let identity = try insertBinding(of: account, to: userID, now: now)
        try settleEmail(of: userID, providerID: account.providerID, now: now)
        return identity
    }

    /// Binds an account and records it.
    @discardableResult
    mutating func insertBinding(of account: ProvenAccount, to userID: UserID, now: Date) throws -> Identity {
        let identity = try insertIdentity(
            account.profile, providerID: account.providerID, userID: userID, emailIsTrusted: account.emailIsTrusted,
            boundAt: now)
        try keep(account.sealedTokens, of: identity.id, now: now)
        try record(AuditEvent(.identityBound, userID: userID, providerID: account.providerID, time: now))
        return identity
    }

    /// Brings a binding up to date with what its provider says now, its subject and tokens included.
    @discardableResult
    mutating func refresh(_ identity: Identity, from account: ProvenAccount, now: Date) throws -> Identity {
        let refreshed = identity.refreshed(with: account.profile, now: now)
        try updateIdentity(refreshed, emailIsTrusted: account.emailIsTrusted)
        try keep(account.sealedTokens, of: identity.id, now: now)
        if refreshed.email != identity.email {
            // A provider that says nothing of an address for once has not taken it away.
            let present = refreshed.email ?? identity.email.flatMap { Email($0.value, isVerified: false) }
            try settleEmail(
                of: identity.userID, providerID: account.providerID, replacing: identity.email, by: present, now: now)
        }
        return refreshed
    }
}
