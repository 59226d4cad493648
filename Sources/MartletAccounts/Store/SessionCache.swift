import FoundationEssentials
import Synchronization

/// Sessions that were looked up a moment ago, by the hash of their token.
///
/// Only what was found is kept, never that nothing was. Memory is bounded: the newest look-ups are kept, at least half of
/// the capacity and at most all of it.
final class SessionCache: Sendable {
    /// A moment among the changes that the cache was told of.
    struct Moment: Hashable {
        fileprivate let changes: UInt64
    }

    private struct Entry {
        let signedIn: SignedInUser
        let lookedUpAt: Date
    }

    private struct Entries {
        var byToken: [[UInt8]: Entry] = [:]
        var tokens: [UserID: Set<[UInt8]>] = [:]

        mutating func insert(_ entry: Entry, token: [UInt8]) {
            byToken[token] = entry
            tokens[entry.signedIn.user.id, default: []].insert(token)
        }

        mutating func remove(_ userID: UserID) {
            for token in tokens.removeValue(forKey: userID) ?? [] { byToken[token] = nil }
        }
    }

    private struct State {
        var newer = Entries()
        var older = Entries()
        var changes: UInt64 = 0
    }

    private let lifetime: TimeInterval
    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - lifetime: for how many seconds an answer is given again; 0 for never.
    ///   - capacity: how many are kept at most.
    init(lifetime: TimeInterval, capacity: Int) {
        self.lifetime = lifetime
        self.capacity = capacity
    }

    /// The present moment: to be asked for before the store is read.
    var moment: Moment { state.withLock { Moment(changes: $0.changes) } }

    /// How many sessions are kept.
    var count: Int { state.withLock { $0.newer.byToken.count + $0.older.byToken.count } }

    /// What was found for a token a moment ago, if the session has not ended by itself since.
    func signedInUser(tokenHash: [UInt8], now: Date) -> SignedInUser? {
        let entry = state.withLock { $0.newer.byToken[tokenHash] ?? $0.older.byToken[tokenHash] }
        // A clock that was set back makes an answer of the future, which may be as old as any.
        guard let entry, (0..<lifetime).contains(now.timeIntervalSince(entry.lookedUpAt)),
            entry.signedIn.session.expiresAt > now
        else { return nil }
        return entry.signedIn
    }

    /// Keeps what was found, unless something has changed since the store was read: the answer may be from before.
    ///
    /// - Parameters:
    ///   - moment: from before the store was read.
    ///   - now: when the store was read.
    func keep(_ signedIn: SignedInUser, tokenHash: [UInt8], since moment: Moment, now: Date) {
        guard lifetime > 0, capacity > 1 else { return }
        state.withLock { state in
            guard state.changes == moment.changes else { return }
            if state.newer.byToken.count >= capacity / 2 {
                state.older = state.newer
                state.newer = Entries()
            }
            state.newer.insert(Entry(signedIn: signedIn, lookedUpAt: now), token: tokenHash)
        }
    }

    /// Forgets users, of whom something has changed.
    func forget(_ users: Set<UserID>) {
        guard !users.isEmpty else { return }
        state.withLock { state in
            state.changes &+= 1
            for user in users {
                state.newer.remove(user)
                state.older.remove(user)
            }
        }
    }

    /// Forgets everything, for anything may have changed.
    func forgetAll() {
        state.withLock { $0 = State(changes: $0.changes &+ 1) }
    }
}
