import FoundationEssentials
import Martlet
import MartletTesting
import Testing

@testable import MartletAccounts

@Suite("The cache of sessions")
struct SessionCacheTests {
    private let now = FixedClock.start

    private func token(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    private func signedIn(_ user: Int64, until end: Date) throws -> SignedInUser {
        let id = UserID(rawValue: user)
        return SignedInUser(
            user: User(id: id, name: nil, email: nil, avatar: nil, isEnabled: true, createdAt: now),
            session: Session(
                id: SessionID(random: SeededRandom().source), userID: id, createdAt: now, expiresAt: end,
                lastSeenAt: now, userAgent: nil, address: nil, providerID: nil))
    }

    private func fill(_ cache: SessionCache, with tokens: Range<Int>) throws {
        for number in tokens {
            cache.keep(
                try signedIn(Int64(number), until: now + 3600), tokenHash: token(number), since: cache.moment, now: now)
        }
    }

    @Test
    func keepsTheNewestWithinItsCapacity() throws {
        let cache = SessionCache(lifetime: 5, capacity: 10)
        try fill(cache, with: 0..<1000)
        #expect(cache.count <= 10)
        for number in 995..<1000 { #expect(cache.signedInUser(tokenHash: token(number), now: now) != nil) }
        #expect(cache.signedInUser(tokenHash: token(900), now: now) == nil)
    }

    @Test
    func forgetsAUserWhereverTheUserIs() throws {
        let cache = SessionCache(lifetime: 5, capacity: 10)
        try fill(cache, with: 0..<8)
        cache.forget(Set((0..<8).map { UserID(rawValue: $0) }))
        #expect(cache.count == 0)
        for number in 0..<8 { #expect(cache.signedInUser(tokenHash: token(number), now: now) == nil) }
    }

    @Test
    func forgetsAllSessionsOfAUserAndNoOthers() throws {
        let cache = SessionCache(lifetime: 5, capacity: 100)
        for number in 0..<6 {
            cache.keep(
                try signedIn(Int64(number % 2), until: now + 3600), tokenHash: token(number), since: cache.moment,
                now: now)
        }
        cache.forget([UserID(rawValue: 1)])
        #expect(
            (0..<6).map { cache.signedInUser(tokenHash: token($0), now: now) != nil } == [
                true, false, true, false, true, false,
            ])
    }

    @Test(arguments: [(0.0, true), (59.999, true), (60, false), (61, false)])
    func neverGivesASessionThatHasEnded(seconds: TimeInterval, isThere: Bool) throws {
        let cache = SessionCache(lifetime: 3600, capacity: 10)
        cache.keep(try signedIn(1, until: now + 60), tokenHash: token(1), since: cache.moment, now: now)
        #expect((cache.signedInUser(tokenHash: token(1), now: now + seconds) != nil) == isThere)
    }

    @Test
    func keepsNothingThatWasReadBeforeAChange() throws {
        let cache = SessionCache(lifetime: 5, capacity: 10)
        for change in [{ cache.forget([UserID(rawValue: 9)]) }, { cache.forgetAll() }] {
            let before = cache.moment
            change()
            cache.keep(try signedIn(1, until: now + 60), tokenHash: token(1), since: before, now: now)
            #expect(cache.count == 0)
        }
        cache.forget([])
        cache.keep(try signedIn(1, until: now + 60), tokenHash: token(1), since: cache.moment, now: now)
        #expect(cache.count == 1)
    }
}
