public import FoundationEssentials
public import Martlet

/// What a flow is for.
public enum FlowPurpose: Hashable, Sendable {
    /// To sign in.
    case signIn
    /// To bind an account of a provider to a user who is signed in, within the very session that began it.
    case bind(userID: UserID, sessionID: SessionID)
}

/// One journey to a provider and back: what was fixed when it began, and must still hold when it ends.
public struct Flow: Hashable, Sendable {
    /// How long a flow lasts, in seconds.
    public static let lifetime: TimeInterval = 300

    /// The id, which is also in the `state` and in the name of the flow's cookie.
    public let id: FlowID
    /// What it is for.
    public let purpose: FlowPurpose
    /// What the callback is judged by; holds secrets, so a flow is only ever stored sealed.
    public let pending: PendingAuthorization
    /// Where the person lands afterwards: a path or an absolute URL that was already judged; empty for the default.
    public let landing: String
    /// When it began.
    public let startedAt: Date

    /// Makes a flow.
    public init(id: FlowID, purpose: FlowPurpose, pending: PendingAuthorization, landing: String, startedAt: Date) {
        self.id = id
        self.purpose = purpose
        self.pending = pending
        self.landing = landing
        self.startedAt = startedAt
    }

    /// Until when its id must be remembered as used: twice its lifetime, so that a flow that was still young when its
    /// callback was judged is never forgotten while the exchange with the provider is under way.
    package var rememberedUntil: Date { startedAt.addingTimeInterval(2 * Self.lifetime) }
}

/// Why a `state` or a sealed flow is not accepted.
public enum FlowError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Altered, made by somebody else, or of another provider or flow.
    case invalid
    /// Genuine, but older than ``Flow/lifetime``.
    case expired

    /// What is wrong, in a sentence part.
    public var description: String {
        switch self {
        case .invalid: "the state is not valid"
        case .expired: "the state has expired"
        }
    }
}

/// How far a clock may be behind that of the node which began a flow, in seconds.
let clockTolerance: TimeInterval = 60

/// Judges the age of something issued at a time.
func checkAge(issuedAt: Date, now: Date) throws(FlowError) {
    let age = now.timeIntervalSince(issuedAt)
    guard age >= -clockTolerance else { throw .invalid }
    guard age <= Flow.lifetime else { throw .expired }
}
