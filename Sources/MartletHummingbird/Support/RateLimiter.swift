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

    private let perMinute: Double
    private let buckets: Mutex<[String: Bucket]> = Mutex([:])
    /// With more addresses than this, those that have been quiet for a minute are forgotten.
    private let capacity = 20_000

    /// - Parameter perMinute: how many requests an address may make in a minute.
    init(perMinute: Int) {
        self.perMinute = Double(perMinute)
    }

    /// Counts a request.
    ///
    /// - Returns: nil if it is within the limit, else in how many seconds the next one is.
    func secondsToWait(address: String, now: Date) -> Int? {
        guard let key = Self.key(of: address) else { return nil }
        return buckets.withLock { buckets in
            if buckets.count > capacity { buckets = buckets.filter { now.timeIntervalSince($0.value.filledAt) < 60 } }
            var bucket = buckets[key] ?? Bucket(tokens: perMinute, filledAt: now)
            let elapsed = max(0, now.timeIntervalSince(bucket.filledAt))
            bucket.tokens = min(perMinute, bucket.tokens + elapsed * perMinute / 60)
            bucket.filledAt = now
            defer { buckets[key] = bucket }
            guard bucket.tokens >= 1 else { return Int(((1 - bucket.tokens) * 60 / perMinute).rounded(.up)) }
            bucket.tokens -= 1
            return nil
        }
    }

    /// How many addresses are remembered.
    var count: Int { buckets.withLock { $0.count } }

    /// What an address counts as; nil for one that is not limited.
    static func key(of address: String) -> String? {
        let text = address.hasPrefix("::ffff:") && address.contains(".") ? String(address.dropFirst(7)) : address
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
