import Foundation
import Testing

@testable import MartletSimulator

@Suite struct LedgerTests {
    private let grant = Grant(
        id: "g", dialect: "openid", clientID: "app", person: nil, scopes: [], authenticatedAt: Date())

    @Test func dropsTheOldestWhenFull() {
        let bench = ManualClock()
        let ledger = Ledger(
            capacity: 3, now: { bench.now }, random: Simulator.Configuration.systemRandomBytes)
        let secrets = (0..<20).map { _ in ledger.issue(.accessToken, for: grant, lifetime: 60) }
        #expect(secrets.filter { ledger.find($0, .accessToken) != nil } == Array(secrets.suffix(3)))
    }

    @Test func forgetsATokenWhenItsTimeIsUp() {
        let clock = ManualClock()
        let ledger = Ledger(
            capacity: 3, now: { clock.now }, random: Simulator.Configuration.systemRandomBytes)
        let secret = ledger.issue(.accessToken, for: grant, lifetime: 60)
        clock.advance(seconds: 59)
        #expect(ledger.find(secret, .accessToken) != nil)
        #expect(ledger.find(secret, .refreshToken) == nil)
        clock.advance(seconds: 1)
        #expect(ledger.find(secret, .accessToken) == nil)
    }

    @Test(arguments: ["a b", "ü&=+%", "李雷", "%zz", ""])
    func readsBackWhatItEncodes(text: String) {
        let parameters = Parameters([("name", text), ("ü", "1")])
        #expect(Parameters(encoded: parameters.encoded) == parameters)
    }

    @Test(arguments: [("%41+%2", "A %2"), ("%", "%"), ("a%4", "a%4"), ("%e6%9d%8e", "李")])
    func decodesLeniently(encoded: String, decoded: String) {
        #expect(Parameters.decode(encoded) == decoded)
    }

    @Test func writesJSONThatReadersAccept() throws {
        let value: JSON = ["quote": "\"\\\n\u{1}", "list": [1, true, .null], "deep": ["name": "李雷"]]
        let read = try JSONDecoder().decode(Value.self, from: Data(value.text.utf8))
        #expect(read["quote"] == "\"\\\n\u{1}")
        #expect(read["list"] == .array([1, true, .null]))
        #expect(read["deep"]?["name"] == "李雷")
    }
}
