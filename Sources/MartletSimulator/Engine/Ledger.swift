import FoundationEssentials
import Synchronization

/// All codes and tokens that are out, each with the grant behind it. In memory and bounded: the oldest is dropped.
final class Ledger: Sendable {
    /// What a secret is good for.
    enum Kind: Sendable {
        case code, accessToken, refreshToken, ticket
    }

    private struct Entry {
        let kind: Kind
        let grant: Grant
        let expires: Date
        var isUsed = false
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var order: [String] = []
        var oldest = 0
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let now: @Sendable () -> Date
    private let random: @Sendable (Int) -> [UInt8]

    init(capacity: Int, now: @escaping @Sendable () -> Date, random: @escaping @Sendable (Int) -> [UInt8]) {
        self.capacity = capacity
        self.now = now
        self.random = random
    }

    /// Issues a secret that is good for `lifetime` seconds.
    func issue(_ kind: Kind, for grant: Grant, lifetime: Int) -> String {
        let secret = Base64URL.encode(random(32))
        issue(secret, kind, for: grant, lifetime: lifetime)
        return secret
    }

    /// Issues this secret, in place of an earlier issue of it.
    func issue(_ secret: String, _ kind: Kind, for grant: Grant, lifetime: Int) {
        let entry = Entry(kind: kind, grant: grant, expires: now().addingTimeInterval(Double(lifetime)))
        state.withLock { state in
            guard state.entries.updateValue(entry, forKey: secret) == nil else { return }
            state.order.append(secret)
            while state.order.count - state.oldest > capacity {
                state.entries[state.order[state.oldest]] = nil
                state.oldest += 1
            }
            if state.oldest > capacity {
                state.order.removeFirst(state.oldest)
                state.oldest = 0
            }
        }
    }

    /// The grant behind the first of these that was ever issued, used and expired ones too.
    func peek(_ secrets: [String]) -> Grant? {
        state.withLock { state in
            for secret in secrets {
                if let entry = state.entries[secret] { return entry.grant }
            }
            return nil
        }
    }

    /// The grant behind a token that is still good, and when it expires.
    func find(_ secret: String, _ kind: Kind) -> (grant: Grant, expires: Date)? {
        let now = now()
        return state.withLock { state in
            guard let entry = state.entries[secret], entry.kind == kind, !entry.isUsed, entry.expires > now else {
                return nil
            }
            return (entry.grant, entry.expires)
        }
    }

    /// Uses up a code. A second use takes back what the first one brought (RFC 6749 section 4.1.2).
    func redeem(code: String) throws(Refusal) -> Grant {
        let result: Result<Grant, Refusal> = consume(code, .code)
        if case .failure(.codeUsed) = result, let grant = peek([code]) { revoke(grantID: grant.id, sparing: code) }
        return try result.get()
    }

    /// Uses up a refresh token. A second use takes back all tokens of the login (RFC 9700 section 4.14.2).
    func redeem(refreshToken: String) throws(Refusal) -> Grant {
        let result: Result<Grant, Refusal> = consume(refreshToken, .refreshToken)
        if case .failure(.codeUsed) = result, let grant = peek([refreshToken]) {
            revoke(grantID: grant.id, sparing: refreshToken)
        }
        return try result.mapError { _ in Refusal.refreshTokenUnknown }.get()
    }

    private func consume(_ secret: String, _ kind: Kind) -> Result<Grant, Refusal> {
        let now = now()
        return state.withLock { state in
            guard let entry = state.entries[secret], entry.kind == kind else { return .failure(.codeUnknown) }
            guard !entry.isUsed else { return .failure(.codeUsed) }
            guard entry.expires > now else { return .failure(.codeExpired) }
            state.entries[secret]?.isUsed = true
            return .success(entry.grant)
        }
    }

    /// Takes back one token, and with a refresh token all tokens of its login (RFC 7009 section 2.1).
    ///
    /// - Returns: whether there was such a token.
    @discardableResult
    func revoke(_ secret: String, clientID: String? = nil) -> Bool {
        let found = state.withLock { state -> Entry? in
            guard let entry = state.entries[secret], clientID == nil || entry.grant.clientID == clientID else {
                return nil
            }
            state.entries[secret]?.isUsed = true
            return entry
        }
        if let found, found.kind == .refreshToken { revoke(grantID: found.grant.id, sparing: secret) }
        return found.map { !$0.isUsed } ?? false
    }

    /// Takes back every code and token of the grants that are meant.
    func revoke(where isMeant: (Grant) -> Bool) {
        state.withLock { state in
            for (secret, entry) in state.entries where isMeant(entry.grant) { state.entries[secret]?.isUsed = true }
        }
    }

    /// Marks everything of one login as used; what it spares was marked before.
    private func revoke(grantID: String, sparing: String) {
        state.withLock { state in
            for (secret, entry) in state.entries where entry.grant.id == grantID && secret != sparing {
                state.entries[secret]?.isUsed = true
            }
        }
    }
}
