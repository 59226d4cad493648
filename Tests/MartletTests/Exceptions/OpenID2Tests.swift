import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Testing

@Suite("Logins by OpenID 2.0")
struct OpenID2Tests {
    private let harness: Harness

    init() throws {
        harness = try Harness(.steam)
    }

    private static let assertion: [String: String] = [
        "state": "state-1", "openid.ns": "http://specs.openid.net/auth/2.0", "openid.mode": "id_res",
        "openid.op_endpoint": "https://steamcommunity.com/openid/login",
        "openid.claimed_id": "https://steamcommunity.com/openid/id/76561198074261830",
        "openid.identity": "https://steamcommunity.com/openid/id/76561198074261830",
        "openid.return_to": "https://app.example/callback?state=state-1",
        "openid.response_nonce": "2029-12-31T23:59:55Zabc=", "openid.assoc_handle": "1234567890",
        "openid.signed": "signed,op_endpoint,claimed_id,identity,return_to,response_nonce,assoc_handle",
        "openid.sig": "W0u5K7iV2nqYx9Zb4dPcJr1hTfM=",
    ]

    private func judge(_ changes: [String: String?] = [:]) async throws -> AuthorizationResponse {
        let pending = try await harness.begin().pending
        var callback = Self.assertion
        for (name, value) in changes { callback[name] = value }
        return try harness.client.validate(CallbackParameters(callback), for: pending)
    }

    private func error(_ changes: [String: String?]) async throws -> CallbackError? {
        do {
            _ = try await judge(changes)
            return nil
        } catch let error as CallbackError {
            return error
        }
    }

    private func answer(_ text: String, status: Int = 200) {
        harness.transport.on(.token, OutboundResponse(status: status, body: Array(text.utf8)))
    }

    private static let isValid = "ns:http://specs.openid.net/auth/2.0\nis_valid:true\n"

    @Test
    func letThePersonChooseTheIdentity() async throws {
        let request = try await harness.begin()
        #expect(request.url.hasPrefix("https://steamcommunity.com/openid/login?"))
        let anyone = "http://specs.openid.net/auth/2.0/identifier_select"
        #expect(
            request.url.queryParameters == [
                "openid.ns": "http://specs.openid.net/auth/2.0", "openid.mode": "checkid_setup",
                "openid.claimed_id": anyone, "openid.identity": anyone,
                "openid.return_to": "https://app.example/callback?state=state-1",
                "openid.realm": "https://app.example/",
            ])
    }

    @Test
    func believeWhatTheProviderSaysIsItsOwn() async throws {
        answer(Self.isValid)
        harness.transport.on(
            .userInfo, .json(#"{"response":{"players":[{"steamid":"76561198074261830","personaname":"Żubr"}]}}"#))
        let tokens = try await harness.client.exchange(try await judge())
        let profile = try await harness.client.profile(tokens)
        #expect(profile.subject == "76561198074261830")
        #expect(profile.name == "Żubr")
        let check = try harness.request(.token)
        #expect(check.url == "https://steamcommunity.com/openid/login")
        var expected = Self.assertion
        expected["state"] = nil
        expected["openid.mode"] = "check_authentication"
        #expect(check.form == expected)
        let call = try harness.request(.userInfo)
        #expect(call.query == ["key": Harness.clientSecret.reveal(), "steamids": "76561198074261830"])
    }

    @Test(
        arguments: [
            ("openid.return_to", "https://app.example/callback?state=state-2", "it is for another address"),
            ("openid.return_to", "https://evil.example/callback?state=state-1", "it is for another address"),
            ("openid.return_to", nil, "it is for another address"),
            ("openid.op_endpoint", "https://evil.example/openid/login", "it is of another provider"),
            ("openid.op_endpoint", nil, "it is of another provider"),
            ("openid.ns", "http://openid.net/signon/1.1", "it is not of OpenID 2.0"),
            ("openid.sig", nil, "it is not wholly signed"), ("openid.assoc_handle", nil, "it is not wholly signed"),
            ("openid.signed", nil, "it is not wholly signed"),
            (
                "openid.signed", "op_endpoint,identity,return_to,response_nonce,assoc_handle", "it is not wholly signed"
            ),
            ("openid.response_nonce", "2029-12-31T23:49:55Zabc", "it was not made now"),
            ("openid.response_nonce", "2030-01-01T00:01:05Zabc", "it was not made now"),
            ("openid.response_nonce", "abc", "it was not made now"),
        ] as [(String, String?, String)])
    func areRefusedWhenTheAssertionIsNotForThem(name: String, value: String?, reason: String) async throws {
        #expect(try await error([name: value]) == .unproven(reason))
    }

    @Test(arguments: [
        "https://evil.example/openid/id/76561198074261830", "http://steamcommunity.com/openid/id/76561198074261830",
        "https://steamcommunity.com/openid/id/", "https://steamcommunity.com/openid/id/1/2",
        "https://steamcommunity.com/openid/id/1?x", "https://steamcommunity.com/openid/id/１",
    ])
    func areRefusedForAnIdentityThatIsNotTheProviders(claimed: String) async throws {
        #expect(
            try await error(["openid.claimed_id": claimed, "openid.identity": claimed])
                == .unproven("it is about an identity that is not the provider's"))
    }

    @Test
    func areRefusedWhenTheTwoIdentifiersDiffer() async throws {
        #expect(
            try await error(["openid.identity": "https://steamcommunity.com/openid/id/76561198000000000"])
                == .unproven("it is about an identity that is not the provider's"))
    }

    @Test
    func areJudgedByTheirStateFirst() async throws {
        #expect(try await error(["state": "other"]) == .stateMismatch)
        #expect(try await error(["state": nil]) == .stateMismatch)
    }

    @Test
    func sayWhatThePersonDid() async throws {
        #expect(try await error(["openid.mode": "cancel"]) == .accessDenied)
        #expect(try await error(["openid.mode": nil]) == .missingCode)
        #expect(
            try await error(["openid.mode": "error", "openid.error": "no"])
                == .provider(error: "error", description: "no"))
    }

    @Test(arguments: [
        "ns:http://specs.openid.net/auth/2.0\nis_valid:false\n", "is_valid:true\n", "", "is_valid:true",
        "ns:http://specs.openid.net/auth/2.0\nis_valid:false\nis_valid:true\n",
        "ns:http://specs.openid.net/auth/2.0\nis_valid:truely\n", "<html>is_valid:true</html>",
    ])
    func areRefusedWhenTheProviderDisownsTheAssertion(text: String) async throws {
        answer(text)
        let response = try await judge()
        #expect(
            try await failure { try await harness.client.exchange(response) }
                == .untrustedMessage(.assertion, .badSignature))
    }

    @Test(arguments: [302, 500])
    func areRefusedWhenTheProviderDoesNotAnswer(status: Int) async throws {
        answer(Self.isValid, status: status)
        let response = try await judge()
        #expect(try await rejection { try await harness.client.exchange(response) }.status == status)
    }

    @Test
    func needToKnowWhatIdentifiersBeginWith() {
        var provider = Provider.steam
        provider.claimedIDPrefix = nil
        #expect(throws: OAuthError.misconfigured("steam needs claimedIDPrefix for OpenID 2.0")) {
            try OAuthClient(provider, clientID: "1", clientSecret: "s")
        }
    }
}
