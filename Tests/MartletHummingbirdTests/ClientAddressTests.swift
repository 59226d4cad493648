import Testing

@testable import MartletHummingbird

@Suite struct ClientAddressTests {
    @Test(
        arguments: [
            ([], "9.9.9.9", "1.1.1.1", "9.9.9.9"), (["10.0.0.1"], "10.0.0.1", "1.1.1.1", "1.1.1.1"),
            (["10.0.0.1"], "10.0.0.1", "6.6.6.6, 1.1.1.1", "1.1.1.1"),
            (["10.0.0.1", "10.0.0.2"], "10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
            (["10.0.0.1"], "10.0.0.1", nil, "10.0.0.1"), (["10.0.0.1"], "10.0.0.1", "10.0.0.1", "10.0.0.1"),
            (["10.0.0.1"], "9.9.9.9", "10.0.0.1", "9.9.9.9"),
            (["10.0.0.1"], "::ffff:10.0.0.1", "1.1.1.1, ::ffff:10.0.0.1", "1.1.1.1"),
            (["::ffff:10.0.0.1"], "10.0.0.1", "1.1.1.1", "1.1.1.1"), ([], "::FFFF:9.9.9.9", nil, "9.9.9.9"),
        ] as [([String], String, String?, String)])
    func believesOnlyTheProxiesThatAreListed(trusted: [String], peer: String, forwarded: String?, client: String) {
        #expect(ClientAddress(trustedProxies: trusted).of(peer: peer, forwardedFor: forwarded) == client)
    }
}
