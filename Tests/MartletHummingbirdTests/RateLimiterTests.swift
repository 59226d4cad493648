import FoundationEssentials
import Testing

@testable import MartletHummingbird

@Suite struct RateLimiterTests {
    private let start = Date(timeIntervalSince1970: 1_900_000_000)

    @Test func allowsAMinutesWorthAtOnceAndRefillsSteadily() {
        let limiter = RateLimiter(perMinute: 60)
        for _ in 0..<60 { #expect(limiter.secondsToWait(address: "9.9.9.9", now: start) == nil) }
        #expect(limiter.secondsToWait(address: "9.9.9.9", now: start) == 1)
        #expect(limiter.secondsToWait(address: "9.9.9.9", now: start.addingTimeInterval(1)) == nil)
        #expect(limiter.secondsToWait(address: "9.9.9.9", now: start.addingTimeInterval(1)) == 1)
    }

    @Test func countsAddressesApart() {
        let limiter = RateLimiter(perMinute: 1)
        #expect(limiter.secondsToWait(address: "9.9.9.9", now: start) == nil)
        #expect(limiter.secondsToWait(address: "9.9.9.8", now: start) == nil)
        #expect(limiter.secondsToWait(address: "9.9.9.9", now: start) == 60)
    }

    @Test(
        arguments: [
            ("9.9.9.9", "9.9.9.9"), ("::ffff:9.9.9.9", "9.9.9.9"), ("127.0.0.1", nil), ("::1", nil),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::6", "2001:db8:1:2::/64"),
            ("2001:db8::1", "2001:db8:0:0::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"), ("::", "0:0:0:0::/64"),
        ] as [(String, String?)])
    func countsAnIPv6ClientByItsNetwork(address: String, key: String?) {
        #expect(RateLimiter.key(of: address) == key)
    }

    @Test func remembersTheLatestAddressesHoweverManyThereAre() {
        let limiter = RateLimiter(perMinute: 1, capacity: 100)
        #expect(limiter.secondsToWait(address: "9.9.9.9", now: start) == nil)
        for index in 0..<10_000 {
            let address = "10.0.\(index / 256).\(index % 256)"
            #expect(limiter.secondsToWait(address: address, now: start) == nil)
            // Whoever goes on asking is not forgotten.
            #expect(limiter.secondsToWait(address: "9.9.9.9", now: start) == 60)
            #expect(limiter.secondsToWait(address: address, now: start) == 60)
            #expect(limiter.count <= 100)
        }
        #expect(limiter.secondsToWait(address: "10.0.0.0", now: start) == nil)
    }
}
