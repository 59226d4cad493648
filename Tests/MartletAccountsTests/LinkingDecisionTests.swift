import Martlet
import MartletAccounts
import MartletTesting
import Testing

@Suite("The linking decision")
struct LinkingDecisionTests {
    static let ann = UserID(rawValue: 1)
    static let bob = UserID(rawValue: 2)
    static let session = SessionID(random: SeededRandom(seed: 1).source)
    static let otherSession = SessionID(random: SeededRandom(seed: 2).source)

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let facts: LinkingFacts
        let decision: LinkingDecision

        init(_ name: String, _ facts: LinkingFacts, _ decision: LinkingDecision) {
            self.testDescription = name
            self.facts = facts
            self.decision = decision
        }
    }

    private static func signIn(
        owner: LinkingFacts.Owner? = nil, match: LinkingFacts.EmailOwner? = nil, isVerified: Bool = true,
        isTrusted: Bool = true, signedIn: UserID? = nil, _ signUp: LinkingPolicy.SignUp = .open,
        _ emailMatch: LinkingPolicy.EmailMatch = .ask
    ) -> LinkingFacts {
        LinkingFacts(
            purpose: .signIn, currentSession: signedIn.map { .init(userID: $0, sessionID: session) }, owner: owner,
            verifiedEmailOwner: match, emailIsVerified: isVerified, providerTrustedForEmail: isTrusted,
            policy: LinkingPolicy(signUp: signUp, emailMatch: emailMatch))
    }

    private static func bind(
        current: LinkingFacts.CurrentSession?, owner: LinkingFacts.Owner? = nil, hasOther: Bool = false
    ) -> LinkingFacts {
        LinkingFacts(
            purpose: .bind(userID: ann, sessionID: session), currentSession: current, owner: owner,
            flowUserHasOtherAccountOfProvider: hasOther)
    }

    static let annsEmail = LinkingFacts.EmailOwner(userID: ann)
    static let annsSession = LinkingFacts.CurrentSession(userID: ann, sessionID: session)
    static let asked = LinkingDecision.pendingBinding(.emailBelongsToUser)

    static let rows: [Row] = [
        Row("a bound account signs in", signIn(owner: .init(userID: ann, isEnabled: true)), .signIn(ann)),
        Row("a disabled owner is refused", signIn(owner: .init(userID: ann, isEnabled: false)), .refuse(.disabledUser)),
        Row(
            "a bound account signs in its owner whatever its email says",
            signIn(owner: .init(userID: bob, isEnabled: true), match: annsEmail, .closed, .link), .signIn(bob)),
        Row("an unknown account makes a user", signIn(), .createUser),
        Row("an unknown account makes a user beside another", signIn(signedIn: bob), .createUser),
        Row("closed sign-up makes no user", signIn(.closed), .pendingBinding(.signUpClosed)),
        Row("closed sign-up makes no user under link", signIn(.closed, .link), .pendingBinding(.signUpClosed)),
        Row("a match asks", signIn(match: annsEmail), asked),
        Row("a match asks when sign-up is closed", signIn(match: annsEmail, .closed), asked),
        Row("a match asks even the user who is signed in", signIn(match: annsEmail, signedIn: ann), asked),
        Row("link links", signIn(match: annsEmail, .open, .link), .linkTo(ann)),
        Row("link links who is signed in", signIn(match: annsEmail, signedIn: ann, .open, .link), .linkTo(ann)),
        Row("link asks when sign-up is closed", signIn(match: annsEmail, .closed, .link), asked),
        Row("link asks beside somebody else", signIn(match: annsEmail, signedIn: bob, .open, .link), asked),
        Row("link asks without trust", signIn(match: annsEmail, isTrusted: false, .open, .link), asked),
        Row(
            "link asks without trust in the user's proof",
            signIn(match: .init(userID: ann, proofIsTrusted: false), .open, .link), asked),
        Row(
            "link asks when the user has an account of the provider",
            signIn(match: .init(userID: ann, hasAccountOfProvider: true), .open, .link), asked),
        Row(
            "link refuses a disabled user", signIn(match: .init(userID: ann, isEnabled: false), .open, .link),
            .refuse(.disabledUser)),
        Row("an unverified email matches nobody", signIn(match: annsEmail, isVerified: false), .createUser),
        Row(
            "an unverified email matches nobody under link",
            signIn(match: annsEmail, isVerified: false, .open, .link), .createUser),
        Row(
            "an unverified email matches nobody when sign-up is closed",
            signIn(match: annsEmail, isVerified: false, .closed), .pendingBinding(.signUpClosed)),
        Row("separate ignores a match", signIn(match: annsEmail, .open, .separate), .createUser),
        Row(
            "separate ignores a match when sign-up is closed", signIn(match: annsEmail, .closed, .separate),
            .pendingBinding(.signUpClosed)),
        Row("a bind needs a session", bind(current: nil), .refuse(.unauthorized)),
        Row(
            "a bind is for its user", bind(current: .init(userID: bob, sessionID: session)),
            .refuse(.bindingUserMismatch)),
        Row(
            "a bind is for its session", bind(current: .init(userID: ann, sessionID: otherSession)),
            .refuse(.bindingUserMismatch)),
        Row(
            "a bind by another is refused before ownership is told",
            bind(current: .init(userID: bob, sessionID: session), owner: .init(userID: bob, isEnabled: true)),
            .refuse(.bindingUserMismatch)),
        Row(
            "another's account is not bound",
            bind(current: annsSession, owner: .init(userID: bob, isEnabled: true)), .refuse(.alreadyBound)),
        Row(
            "a disabled user's account is not bound",
            bind(current: annsSession, owner: .init(userID: bob, isEnabled: false)), .refuse(.alreadyBound)),
        Row(
            "one's own account is refreshed",
            bind(current: annsSession, owner: .init(userID: ann, isEnabled: true)), .refreshBinding(ann)),
        Row(
            "a second account of a provider is not bound", bind(current: annsSession, hasOther: true),
            .refuse(.alreadyBound)),
        Row("a free account is bound", bind(current: annsSession), .bind(ann)),
    ]

    @Test(arguments: rows)
    func followsTheTable(_ row: Row) {
        #expect(decide(row.facts) == row.decision)
    }

    /// Every combination of facts, judged by what must never happen rather than by the table.
    @Test
    func keepsItsPromisesForAllFacts() {
        for facts in Self.allFacts {
            let decision = decide(facts)
            #expect(decision == decide(facts))
            switch decision {
            case .signIn(let user): #expect(facts.owner?.userID == user && facts.owner?.isEnabled == true)
            case .createUser: #expect(facts.owner == nil && facts.policy.signUp == .open)
            case .linkTo(let user):
                #expect(facts.owner == nil && facts.verifiedEmailOwner?.userID == user)
                #expect(facts.emailIsVerified && facts.providerTrustedForEmail)
                #expect(facts.policy.emailMatch == .link && facts.policy.signUp == .open)
                #expect(facts.currentSession == nil || facts.currentSession?.userID == user)
            case .pendingBinding: #expect(facts.owner == nil && facts.purpose == .signIn)
            case .bind(let user), .refreshBinding(let user):
                #expect(facts.purpose == .bind(userID: user, sessionID: Self.session))
                #expect(facts.currentSession == .init(userID: user, sessionID: Self.session))
                #expect(facts.owner == nil || facts.owner?.userID == user)
            case .refuse: #expect(facts.purpose != .signIn || facts.owner?.isEnabled != true)
            }
        }
    }

    private static var allFacts: [LinkingFacts] {
        let purposes: [FlowPurpose] = [.signIn, .bind(userID: ann, sessionID: session)]
        let sessions: [LinkingFacts.CurrentSession?] =
            [nil] + [ann, bob].flatMap { user in [session, otherSession].map { .init(userID: user, sessionID: $0) } }
        let owners: [LinkingFacts.Owner?] =
            [nil] + [ann, bob].flatMap { user in [true, false].map { .init(userID: user, isEnabled: $0) } }
        let matches: [LinkingFacts.EmailOwner?] = [
            nil, .init(userID: ann), .init(userID: bob), .init(userID: ann, isEnabled: false),
            .init(userID: ann, proofIsTrusted: false), .init(userID: ann, hasAccountOfProvider: true),
        ]
        let policies = LinkingPolicy.SignUp.allCases.flatMap { signUp in
            LinkingPolicy.EmailMatch.allCases.map { LinkingPolicy(signUp: signUp, emailMatch: $0) }
        }
        var all = purposes.map { LinkingFacts(purpose: $0) }
        all = all.flatMap { facts in sessions.map { facts.with(\.currentSession, $0) } }
        all = all.flatMap { facts in owners.map { facts.with(\.owner, $0) } }
        all = all.flatMap { facts in matches.map { facts.with(\.verifiedEmailOwner, $0) } }
        all = all.flatMap { facts in policies.map { facts.with(\.policy, $0) } }
        for flag in [
            \LinkingFacts.flowUserHasOtherAccountOfProvider, \.emailIsVerified, \.providerTrustedForEmail,
        ] {
            all = all.flatMap { facts in [false, true].map { facts.with(flag, $0) } }
        }
        return all
    }
}

extension LinkingFacts {
    fileprivate func with<Value>(_ path: WritableKeyPath<LinkingFacts, Value>, _ value: Value) -> LinkingFacts {
        var copy = self
        copy[keyPath: path] = value
        return copy
    }
}
