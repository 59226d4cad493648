import FoundationEssentials
import Martlet
import MartletAccounts

/// A store under examination, with a clock, randomness, and short words for what people do.
struct ContractWorld: Sendable {
    let store: any AccountStore
    let clock = FixedClock()
    private let random = SeededRandom()

    init(store: any AccountStore) {
        self.store = store
    }

    var now: Date { clock.now }

    /// A flow that is ready to be completed, and what the browser would hold afterwards.
    struct Attempt: Sendable {
        var completion: FlowCompletion
        var sessionToken: SessionToken
        var bindingToken: BindingToken

        func with(_ change: (inout FlowCompletion) -> Void) -> Attempt {
            var changed = self
            change(&changed.completion)
            return changed
        }

        func redemption(sessionToken: SessionToken, browser: [UInt8]? = nil) -> PendingBindingRedemption {
            PendingBindingRedemption(
                tokenHash: bindingToken.hash,
                browserBindingHash: browser ?? completion.pendingBinding.browserBindingHash,
                sessionTokenHash: sessionToken.hash)
        }
    }

    /// Somebody who is signed in.
    struct Person: Sendable {
        var user: User
        var session: Session
        var token: SessionToken
        var isNew: Bool

        var bindPurpose: FlowPurpose { .bind(userID: user.id, sessionID: session.id) }
    }

    /// A person's account at a provider.
    func profile(
        _ subject: String, email: String? = nil, isVerified: Bool = true, formerSubject: String? = nil
    ) -> UserProfile {
        UserProfile(
            subject: subject, formerSubject: formerSubject, username: "user-\(subject)", name: "Name of \(subject)",
            email: email.flatMap { Email($0, isVerified: isVerified) }, avatar: "https://images.example/\(subject)",
            identifiers: ["union": "u-\(subject)"], raw: .object(["unused": .bool(true)]))
    }

    func attempt(
        _ profile: UserProfile, at providerID: String = "alpha", purpose: FlowPurpose = .signIn,
        policy: LinkingPolicy = LinkingPolicy(), isTrusted: Bool = true, browserHolds current: SessionToken? = nil,
        sessionLifetime: TimeInterval = 3600
    ) throws -> Attempt {
        let id = FlowID(random: random.source)
        let sessionToken = SessionToken(random: random.source)
        let bindingToken = BindingToken(random: random.source)
        let flow = Flow(
            id: id, purpose: purpose, pending: try SampleAuthorization.pending(providerID: providerID), landing: "",
            startedAt: now)
        let session = NewSession(
            id: SessionID(random: random.source), tokenHash: sessionToken.hash,
            expiresAt: now.addingTimeInterval(sessionLifetime), userAgent: "Browser/1.0", address: "192.0.2.7")
        let pending = NewPendingBinding(
            tokenHash: bindingToken.hash, expiresAt: now.addingTimeInterval(300),
            browserBindingHash: random.bytes(32))
        let completion = FlowCompletion(
            flow: flow, profile: profile, providerTrustedForEmail: isTrusted, policy: policy,
            currentSessionTokenHash: current?.hash, newSession: session, pendingBinding: pending)
        return Attempt(completion: completion, sessionToken: sessionToken, bindingToken: bindingToken)
    }

    func complete(_ attempt: Attempt) async throws -> FlowOutcome {
        try await store.completeFlow(attempt.completion, now: now)
    }

    /// Completes an attempt that must sign somebody in.
    func person(_ attempt: Attempt) async throws -> Person {
        let outcome = try await complete(attempt)
        guard case .signedIn(let signedIn, let isNew) = outcome else {
            throw ContractViolation("somebody should be signed in, but the outcome is \(outcome)")
        }
        return Person(user: signedIn.user, session: signedIn.session, token: attempt.sessionToken, isNew: isNew)
    }

    /// Signs in with an account.
    func signIn(_ subject: String, at providerID: String = "alpha", email: String? = nil) async throws -> Person {
        try await person(try attempt(profile(subject, email: email), at: providerID))
    }

    /// Signs in with an account, keeping tokens.
    func signIn(_ subject: String, at providerID: String = "alpha", tokens: String) async throws -> Person {
        try await person(try attempt(profile(subject), at: providerID).with { $0.sealedTokens = tokens })
    }

    /// The tokens that are kept with somebody's binding.
    func tokens(of person: Person, at providerID: String = "alpha") async throws -> KeptTokens? {
        try await store.keptTokens(of: person.user.id, providerID: providerID)
    }

    /// Binds an account to somebody who is signed in, from the same browser.
    func bind(_ profile: UserProfile, at providerID: String, to person: Person) async throws -> FlowOutcome {
        try await complete(
            try attempt(profile, at: providerID, purpose: person.bindPurpose, browserHolds: person.token))
    }

    /// Which providers somebody has accounts of.
    func providers(of person: Person) async throws -> [String] {
        try await store.identities(of: person.user.id).map(\.providerID)
    }
}
