public import FoundationEssentials

/// One browser in which a user is signed in.
public struct Session: Hashable, Sendable, Codable {
    /// How much time passes, in seconds, before ``lastSeenAt`` is written again: it need not cost a write per request.
    public static let lastSeenPrecision: TimeInterval = 300

    /// The public id.
    public var id: SessionID
    /// The user who is signed in.
    public var userID: UserID
    /// When the user signed in.
    public var createdAt: Date
    /// When the session ends by itself.
    public var expiresAt: Date
    /// When it was last used, to within ``lastSeenPrecision``.
    public var lastSeenAt: Date
    /// The browser's `User-Agent`.
    public var userAgent: String?
    /// The network address it was begun from.
    public var address: String?
    /// The provider it was begun with.
    public var providerID: String?
    /// The `sub` of the ID token that it was begun with.
    public var providerSubject: String?
    /// The `sid` of that ID token: the provider's own session (OpenID Connect Back-Channel Logout 1.0 §2.1).
    public var providerSessionID: String?
    /// That ID token, sealed by whoever began the session: the `id_token_hint` of a logout at the provider (OpenID
    /// Connect RP-Initiated Logout 1.0 §2).
    public var sealedIDToken: String?

    /// Makes a record.
    public init(
        id: SessionID, userID: UserID, createdAt: Date, expiresAt: Date, lastSeenAt: Date, userAgent: String?,
        address: String?, providerID: String?, providerSubject: String? = nil, providerSessionID: String? = nil,
        sealedIDToken: String? = nil
    ) {
        self.id = id
        self.userID = userID
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastSeenAt = lastSeenAt
        self.userAgent = userAgent
        self.address = address
        self.providerID = providerID
        self.providerSubject = providerSubject
        self.providerSessionID = providerSessionID
        self.sealedIDToken = sealedIDToken
    }
}

/// A session and its user.
public struct SignedInUser: Hashable, Sendable {
    /// The user.
    public var user: User
    /// The session.
    public var session: Session

    /// Makes the pair.
    public init(user: User, session: Session) {
        self.user = user
        self.session = session
    }
}

/// A session to be begun if a flow signs somebody in.
public struct NewSession: Hashable, Sendable {
    /// How many characters of a `User-Agent` are kept.
    static let userAgentLimit = 512

    /// The public id; always a new one.
    public var id: SessionID
    /// The hash of the token that the browser will hold, from ``SessionToken/hash``.
    public var tokenHash: [UInt8]
    /// When the session ends by itself.
    public var expiresAt: Date
    /// The browser's `User-Agent`.
    public var userAgent: String?
    /// The network address of the browser.
    public var address: String?
    /// The `sub` of the login's ID token, if there is one; neither empty nor with a NUL character.
    public var providerSubject: String?
    /// The `sid` of the login's ID token, if it has one; neither empty nor with a NUL character.
    public var providerSessionID: String?
    /// The login's ID token, sealed by the caller in a text without NUL characters.
    public var sealedIDToken: String?

    /// Makes a session to be begun; of a long `User-Agent`, the first 512 characters are kept.
    public init(
        id: SessionID, tokenHash: [UInt8], expiresAt: Date, userAgent: String? = nil, address: String? = nil,
        providerSubject: String? = nil, providerSessionID: String? = nil, sealedIDToken: String? = nil
    ) {
        self.id = id
        self.tokenHash = tokenHash
        self.expiresAt = expiresAt
        self.userAgent = userAgent.map { String($0.prefix(Self.userAgentLimit)) }
        self.address = address
        self.providerSubject = providerSubject
        self.providerSessionID = providerSessionID
        self.sealedIDToken = sealedIDToken
    }
}

extension Session {
    /// A session that the application keeps, of which no more is known than whose it is.
    package init(_ session: ApplicationSession, now: Date) {
        self.init(
            id: session.sessionID, userID: session.userID, createdAt: now, expiresAt: now, lastSeenAt: now,
            userAgent: nil, address: nil, providerID: nil)
    }
}
