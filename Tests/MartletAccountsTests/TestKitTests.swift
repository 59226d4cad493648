import FoundationEssentials
import Martlet
import MartletTesting
import Testing

@Suite("The test kit")
struct TestKitTests {
    @Test
    func movesTheClockOnlyWhenTold() {
        let clock = FixedClock()
        #expect(clock.now == clock.read())
        clock.advance(by: 5)
        #expect(clock.now.timeIntervalSince(FixedClock.start) == 5)
        clock.set(FixedClock.start)
        #expect(clock.read() == FixedClock.start)
    }

    @Test
    func givesTheSameBytesForTheSameSeed() {
        #expect(SeededRandom(seed: 3).bytes(100) == SeededRandom(seed: 3).source.bytes(100))
        #expect(SeededRandom(seed: 3).bytes(100) != SeededRandom(seed: 4).bytes(100))
        #expect(SeededRandom().bytes(0).isEmpty)
    }

    @Test
    func answersByRoleAndURLInTheirOrder() async throws {
        let transport = ScriptedTransport()
        transport.on(.token, .json("{}", status: 400), .json("{}"))
        transport.on(urlPrefix: "https://api.example/") { (_) throws(TransportError) in throw .timedOut }
        let token = OutboundRequest(role: .token, url: "https://api.example/token")
        #expect(try await transport.send(token).status == 400)
        #expect(try await transport.send(token).status == 200)
        #expect(try await transport.send(token).status == 200)
        let profile = OutboundRequest(role: .userInfo, url: "https://api.example/me")
        await #expect(throws: TransportError.timedOut) { try await transport.send(profile) }
        #expect(transport.requests(.token).count == 3)
        #expect(transport.requests.count == 4)
    }

    @Test
    func refusesARequestThatTheScriptDoesNotKnow() async {
        let transport = ScriptedTransport()
        transport.on(urlPrefix: "https://none.example/")
        for url in ["https://other.example/", "https://none.example/"] {
            await #expect(throws: TransportError.self) {
                try await transport.send(OutboundRequest(role: .keys, url: url))
            }
        }
        #expect(transport.requests.count == 2)
    }

    @Test
    func answersEverythingByAFunction() async throws {
        let transport = ScriptedTransport { (_) throws(TransportError) in .json("[]", status: 201) }
        #expect(try await transport.send(OutboundRequest(role: .keys, url: "https://x.example/")).status == 201)
    }
}
