import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Synchronization
import Testing

@Suite("Device flow")
struct DeviceFlowTests {
    static let started = #"""
        {"device_code":"device-code-1","user_code":"WDJB-MJHT","verification_uri":"https://github.com/login/device",
        "expires_in":900,"interval":5}
        """#
    static let pending = #"{"error":"authorization_pending"}"#
    static let slowDown = #"{"error":"slow_down"}"#
    static let granted = #"{"access_token":"token-1"}"#

    /// Waits that only move the clock, and are remembered.
    final class Waits: Sendable {
        private let waits = Mutex<[Int]>([])
        private let clock: FixedClock

        init(_ clock: FixedClock) {
            self.clock = clock
        }

        var all: [Int] { waits.withLock { $0 } }

        func wait(_ seconds: Int) {
            waits.withLock { $0.append(seconds) }
            clock.advance(by: Double(seconds))
        }
    }

    private func begin(_ body: String, provider: Provider = .github) async throws -> DeviceAuthorization {
        let harness = try Harness(provider)
        harness.transport.on(.deviceAuthorization, .json(body))
        return try await harness.client.deviceAuthorization()
    }

    /// A flow whose polls are answered one after the other.
    private func poll(_ answers: String...) async throws -> (tokens: Tokens, waits: [Int], polls: [OutboundRequest]) {
        let harness = try Harness(.github)
        harness.transport.on(.deviceAuthorization, .json(Self.started))
        let remaining = Mutex(answers)
        harness.transport.on(.token) { (_) throws(TransportError) in
            let next = remaining.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
            guard let next, next != "timeout" else { throw .timedOut }
            return .json(next)
        }
        let authorization = try await harness.client.deviceAuthorization()
        let waits = Waits(harness.clock)
        let tokens = try await harness.client.deviceTokens(for: authorization) { waits.wait($0) }
        return (tokens, waits.all, harness.transport.requests(.token))
    }

    @Test
    func beginsAsRFC8628Says() async throws {
        let harness = try Harness(.github)
        harness.transport.on(.deviceAuthorization, .json(Self.started))
        let authorization = try await harness.client.deviceAuthorization()
        #expect(authorization.deviceCode == "device-code-1")
        #expect(authorization.userCode == "WDJB-MJHT")
        #expect(authorization.verificationURI == "https://github.com/login/device")
        #expect(authorization.verificationURIComplete == nil)
        #expect(authorization.expiresAt == harness.clock.now.addingTimeInterval(900))
        #expect(authorization.interval == 5)
        let request = try harness.request(.deviceAuthorization)
        #expect(request.method == .post)
        #expect(request.url == "https://github.com/login/device/code")
        #expect(request.form == ["client_id": "client-1", "scope": "read:user user:email"])
    }

    @Test
    func asksForNoScopeWhenThereIsNone() async throws {
        let harness = try Harness(.github)
        harness.transport.on(.deviceAuthorization, .json(Self.started))
        _ = try await harness.client.deviceAuthorization(scopes: [])
        #expect(try harness.request(.deviceAuthorization).form == ["client_id": "client-1"])
    }

    @Test
    func readsGooglesNameOfTheAddressAndTheDefaultInterval() async throws {
        let authorization = try await begin(
            #"{"device_code":"d","user_code":"u","verification_url":"https://g","expires_in":"1800"}"#,
            provider: .google)
        #expect(authorization.verificationURI == "https://g")
        #expect(authorization.interval == 5)
    }

    @Test
    func readsTheAddressForAQRCode() async throws {
        let authorization = try await begin(
            "device_code=d&user_code=u&verification_uri=https://g&verification_uri_complete=https://g/u&expires_in=1&interval=0"
        )
        #expect(authorization.verificationURIComplete == "https://g/u")
        #expect(authorization.interval == 1)
    }

    @Test(arguments: [
        "{}", #"{"user_code":"u","verification_uri":"v","expires_in":1}"#,
        #"{"device_code":"d","verification_uri":"v","expires_in":1}"#,
        #"{"device_code":"d","user_code":"u","expires_in":1}"#,
        #"{"device_code":"d","user_code":"u","verification_uri":"v"}"#,
    ])
    func refusesAnIncompleteBeginning(body: String) async throws {
        let error = try await failure { try await begin(body) }
        #expect(error == .malformed(.deviceAuthorization, reason: "a required member is missing"))
    }

    @Test
    func saysWhenTheProviderOffersNoDeviceFlow() async throws {
        let error = try await failure { try await begin("{}", provider: .gitee) }
        #expect(error == .unsupported(.deviceAuthorization))
    }

    @Test
    func waitsBeforeItPollsUntilThePersonAllows() async throws {
        let flow = try await poll(Self.pending, Self.pending, Self.granted)
        #expect(flow.tokens.accessToken == "token-1")
        #expect(flow.waits == [5, 5, 5])
        let expected = [
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "device-code-1",
            "client_id": "client-1", "client_secret": Harness.clientSecret.reveal(),
        ]
        #expect(flow.polls.map(\.form) == [expected, expected, expected])
    }

    @Test
    func slowsDownByFiveSecondsForGood() async throws {
        let flow = try await poll(Self.slowDown, Self.pending, Self.slowDown, Self.granted)
        #expect(flow.waits == [5, 10, 10, 15])
    }

    @Test
    func slowsDownAfterATimeOut() async throws {
        let flow = try await poll("timeout", Self.pending, Self.granted)
        #expect(flow.waits == [5, 10, 10])
    }

    @Test(arguments: ["access_denied", "expired_token", "incorrect_device_code"])
    func endsWithAnyOtherError(code: String) async throws {
        let rejection = try await rejection { try await poll(Self.pending, #"{"error":"\#(code)"}"#) }
        #expect(rejection.error == code)
    }

    @Test
    func endsWhenTheCodeHasEnded() async throws {
        let harness = try Harness(.github)
        harness.transport.on(.deviceAuthorization, .json(Self.started))
        harness.transport.on(.token, .json(Self.pending))
        let authorization = try await harness.client.deviceAuthorization()
        let waits = Waits(harness.clock)
        let rejection = try await rejection {
            try await harness.client.deviceTokens(for: authorization) { waits.wait($0) }
        }
        #expect(rejection.error == "expired_token")
        #expect(waits.all.count == 180)
    }

    @Test
    func stopsWhenItsWaitIsCancelled() async throws {
        let harness = try Harness(.github)
        harness.transport.on(.deviceAuthorization, .json(Self.started))
        let authorization = try await harness.client.deviceAuthorization()
        await #expect(throws: CancellationError.self) {
            try await harness.client.deviceTokens(for: authorization) { _ in throw CancellationError() }
        }
        #expect(harness.transport.requests(.token).isEmpty)
    }

    @Test
    func verifiesTheIDTokenWithoutANonce() async throws {
        let signer = try IDTokenSigner("ES256")
        let world = try OpenIDWorld(signer)
        let harness = try Harness(.google)
        let idToken = try signer.sign(world.claims(nonce: nil, ["iss": .string("https://accounts.google.com")]))
        let keys = JSONValue.object(["keys": .array([try signer.jwk()])])
        harness.transport.on(.keys, .json(keys.serialized()))
        harness.transport.on(.deviceAuthorization, .json(Self.started))
        harness.transport.on(.token, .json(#"{"access_token":"a","id_token":"\#(idToken.reveal())"}"#))
        let authorization = try await harness.client.deviceAuthorization()
        let tokens = try await harness.client.deviceTokens(for: authorization) { _ in }
        #expect(tokens.identity?.subject == "248289761001")
    }
}
