import FoundationEssentials
import Synchronization

/// Counts requests by address: a bucket for each that fills again over a minute.
///
/// An IPv6 address counts by its /64, since one client has all of it. This machine's own addresses are not limited:
/// behind a proxy that is not listed, everybody would be one of them.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Date
    }

    private struct Buckets {
        var newer: [String: Bucket] = [:]
        var older: [String: Bucket] = [:]
    }

    private let perMinute: Double
    private let capacity: Int
    private let buckets = Mutex(Buckets())

    /// - Parameters:
    ///   - perMinute: how many requests an address may make in a minute.
    ///   - capacity: how many addresses are remembered: those that were heard of last, at least half as many.
    init(perMinute: Int, capacity: Int = 20_000) {
        self.perMinute = Double(perMinute)
        self.capacity = capacity
    }

    /// Counts a request.
    ///
    /// - Returns: nil if it is within the limit, else in how many seconds the next one is.
    func secondsToWait(address: String, now: Date) -> Int? {
        guard let key = Self.key(of: address) else { return nil }
        return buckets.withLock { buckets in
            var bucket = buckets.newer[key] ?? buckets.older[key] ?? Bucket(tokens: perMinute, filledAt: now)
            let elapsed = max(0, now.timeIntervalSince(bucket.filledAt))
            bucket.tokens = min(perMinute, bucket.tokens + elapsed * perMinute / 60)
            bucket.filledAt = now
            defer {
                buckets.newer[key] = bucket
                if buckets.newer.count >= capacity / 2 { buckets = Buckets(older: buckets.newer) }
            }
            guard bucket.tokens >= 1 else { return Int(((1 - bucket.tokens) * 60 / perMinute).rounded(.up)) }
            bucket.tokens -= 1
            return nil
        }
    }

    /// How many addresses are remembered.
    var count: Int { buckets.withLock { $0.newer.count + $0.older.count } }

    /// What an address counts as; nil for one that is not limited.
    static func key(of address: String) -> String? {
        let text = ClientAddress.plain(address)
        if text.hasPrefix("127.") || text == "::1" { return nil }
        guard text.contains(":") else { return text }
        let halves = text.prefix { $0 != "%" }.split(separator: "::", omittingEmptySubsequences: false)
        let head = halves[0].split(separator: ":")
        let tail = halves.count > 1 ? halves[1].split(separator: ":") : []
        let zeros = halves.count > 1 ? max(0, 8 - head.count - tail.count) : 0
        let groups = head + Array(repeating: "0", count: zeros) + tail
        return groups.prefix(4).joined(separator: ":") + "::/64"
    }
}
