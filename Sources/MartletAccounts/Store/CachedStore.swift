public import FoundationEssentials

/// A store that answers ``AccountStore/recentSession(tokenHash:now:)`` from memory for a few seconds.
///
/// Whatever ends sessions, or changes, disables or removes a user through this store is seen at once. What another node
/// does is seen as soon as its news come (``followOtherNodes()``), and without them when the answer has grown old.
public struct CachedStore<Base: TransactionalStore>: TransactionalStore {
    private let base: Base
    private let cache: SessionCache
    private let notes = LastSeenNotes()

    /// Puts a cache before a store.
    ///
    /// - Parameters:
    ///   - base: the store.
    ///   - lifetime: for how many seconds an answer is given again; with 0, the store is always asked.
    ///   - capacity: how many answers are kept at most; one takes about a kilobyte, and as much as the ID token where
    ///     one is kept with the session.
    public init(_ base: Base, lifetime: TimeInterval = 5, capacity: Int = 10_000) {
        self.base = base
        self.cache = SessionCache(lifetime: lifetime, capacity: capacity)
    }

    /// The time of audit lines for calls that are not given one.
    public var clock: @Sendable () -> Date { base.clock }

    /// A session and its user, from memory if they were looked up a moment ago; see
    /// ``AccountStore/recentSession(tokenHash:now:)``.
    public func recentSession(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser? {
        if let known = cache.signedInUser(tokenHash: tokenHash, now: now),
            !known.session.isDueForLastSeen(now: now) || !notes.isPossible(now: now)
        {
            return known
        }
        return try await session(tokenHash: tokenHash, now: now)
    }

    /// A session and its user, from the store; see ``AccountStore/session(tokenHash:now:)``.
    public func session(tokenHash: [UInt8], now: Date) async throws(StoreError) -> SignedInUser? {
        let moment = cache.moment
        guard var found = try await read({ try $0.signedInUser(tokenHash: tokenHash, now: now) }) else { return nil }
        if found.session.isDueForLastSeen(now: now), notes.begin(now: now) {
            let session = found.session
            let touched = try? await write { try $0.touch(session, now: now) }
            notes.end(failedAt: touched == nil && !Task.isCancelled ? now : nil)
            if let touched { found = SignedInUser(user: found.user, session: touched) }
        }
        cache.keep(found, tokenHash: tokenHash, since: moment, now: now)
        return found
    }

    /// Runs an operation on the store; see ``TransactionalStore/read(_:)``.
    public func read<Value: Sendable>(
        _ operation: @escaping @Sendable (any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await base.read(operation)
    }

    /// Asks the store, in its own way; see ``AccountStore/isFlowConsumed(_:)``.
    public func isFlowConsumed(_ id: FlowID) async throws(StoreError) -> Bool {
        try await base.isFlowConsumed(id)
    }

    /// Returns if the store can be read and written, in its own way; see ``AccountStore/checkReady()``.
    public func checkReady() async throws(StoreError) {
        try await base.checkReady()
    }

    /// Runs an operation in a transaction of the store, which tells other nodes whom it changed; see
    /// ``TransactionalStore/write(_:)``.
    public func write<Value: Sendable>(
        _ operation: @escaping @Sendable (inout any AccountTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let changed = ChangedUsers()
        // Also after an error: the outcome of a commit may be unknown.
        defer { cache.forget(changed.ids) }
        return try await base.write { rows in
            var watched: any AccountTransaction = WatchedTransaction(rows: rows, changed: changed)
            let value = try operation(&watched)
            if !changed.ids.isEmpty { try watched.announceChanges(of: changed.ids) }
            if let watched = watched as? WatchedTransaction { rows = watched.rows }
            return value
        }
    }

    /// Hears what other nodes announce; see ``TransactionalStore/hear(_:)``.
    public func hear(_ heard: @escaping @Sendable (NodeNews) -> Void) async {
        await base.hear(heard)
    }

    /// Takes over what other nodes change until the task is cancelled; see ``AccountStore/followOtherNodes()``.
    public func followOtherNodes() async {
        await base.hear { [cache] news in
            switch news {
            case .changed(let userID): cache.forget([userID])
            case .missed: cache.forgetAll()
            }
        }
    }
}

/// What a node hears of others.
public enum NodeNews: Hashable, Sendable {
    /// Sessions of a user have ended, or the user was changed, disabled or removed.
    case changed(UserID)
    /// News may have been missed: anything may have changed.
    case missed
}
