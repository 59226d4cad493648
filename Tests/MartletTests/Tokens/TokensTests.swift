import FoundationEssentials
import Martlet
import MartletTesting
import Testing

@Suite("Tokens and secrets in texts")
struct TokensTests {
    static let body = #"""
        {"access_token":"SECRET-access","refresh_token":"SECRET-refresh","id_token":"SECRET-id","expires_in":60,
        "scope":"a b"}
        """#

    @Test
    func printsNoToken() async throws {
        let tokens = try await Harness(.gitee).tokens(Self.body)
        var dumped = ""
        dump(tokens, to: &dumped)
        let texts = "\(tokens) \(String(reflecting: tokens)) \(dumped)"
        #expect(!texts.contains("SECRET"))
        #expect(!texts.contains(Harness.code.reveal()))
        #expect(Mirror(reflecting: tokens).children.isEmpty)
    }

    @Test
    func printsWhichMembersThereAre() async throws {
        let tokens = try await Harness(.gitee).tokens(Self.body)
        let text = #"Tokens(type: Bearer, expiresIn: 60, refreshable: true, scopes: ["a", "b"], idToken: true)"#
        #expect(tokens.description == text)
        let kept = Tokens(accessToken: "SECRET-access")
        let shorter = "Tokens(type: Bearer, expiresIn: unknown, refreshable: false, scopes: [], idToken: false)"
        #expect(kept.description == shorter)
    }

    @Test
    func readsTheProfileWithTokensThatWereKept() async throws {
        let harness = try Harness(.oschina)
        harness.transport.on(.userInfo, .json(#"{"id":899}"#))
        let tokens = Tokens(accessToken: "kept-token", refreshToken: "kept-refresh")
        #expect(try await harness.client.userInfo(tokens)["id"] == .number(899))
        #expect(try harness.request(.userInfo).query["access_token"] == "kept-token")
        #expect(tokens.refreshToken == "kept-refresh")
    }

    // MARK: Errors

    /// Providers whose token requests carry their secrets in a form, in JSON, in the query and in a header.
    static let dialects: [Provider] = [.github, .feishu, .dingtalk, .wechatOpen, .qq, .linuxdo, .oschina]

    @Test(arguments: dialects)
    func neverRepeatsTheSecretsOfAnExchangeInAnError(provider: Provider) async throws {
        let harness = try Harness(provider)
        let pending = try await harness.begin().pending
        let callback = CallbackParameters(["code": Harness.code.reveal(), "state": "state-1"])
        let secrets = [Harness.code, Harness.clientSecret, pending.codeVerifier].compactMap { $0?.reveal() }
        harness.transport.on(.token, Self.echo(secrets))
        let response = try harness.client.validate(callback, for: pending)
        let error = try await failure { try await harness.client.exchange(response) }
        Self.expect(error, toHide: secrets)
    }

    @Test(arguments: dialects)
    func neverRepeatsTheSecretsOfARefreshInAnError(provider: Provider) async throws {
        let harness = try Harness(provider)
        let secrets = [Harness.clientSecret.reveal(), "refresh-token-1"]
        harness.transport.on(.token, Self.echo(secrets))
        let error = try await failure { try await harness.client.refresh("refresh-token-1") }
        Self.expect(error, toHide: secrets)
    }

    @Test(arguments: [Provider.github, .google])
    func neverRepeatsTheSecretsOfARevocationInAnError(provider: Provider) async throws {
        let harness = try Harness(provider)
        let secrets = [Harness.clientSecret.reveal(), "access-token-1"]
        harness.transport.on(.revocation, Self.echo(secrets))
        let error = try await failure { try await harness.client.revoke("access-token-1") }
        Self.expect(error, toHide: secrets)
    }

    @Test
    func neverRepeatsTheSecretsOfADeviceFlowInAnError() async throws {
        let harness = try Harness(.github)
        harness.transport.on(.deviceAuthorization, .json(DeviceFlowTests.started))
        let secrets = [Harness.clientSecret.reveal(), "device-code-1"]
        harness.transport.on(.token, Self.echo(secrets))
        let authorization = try await harness.client.deviceAuthorization()
        let error = try await failure {
            try await harness.client.deviceTokens(for: authorization) { _ in }
        }
        Self.expect(error, toHide: secrets)
    }

    @Test(arguments: [Provider.github, .oschina, .dingtalk])
    func neverRepeatsTheSecretsOfAProfileCallInAnError(provider: Provider) async throws {
        let harness = try Harness(provider)
        let secrets = [Harness.clientSecret.reveal(), "access-token-1", Harness.code.reveal()]
        let tokens = try await harness.tokens(
            #"{"access_token":"access-token-1","accessToken":"access-token-1"}"#)
        harness.transport.on(.userInfo, Self.echo(secrets))
        let error = try await failure { try await harness.client.profile(tokens) }
        Self.expect(error, toHide: secrets)
    }

    @Test
    func neverRepeatsWeComsSecretsInAnError() async throws {
        let harness = try Harness(.wechatWork)
        let tokens = try await harness.client.exchange(try await harness.authorized())
        harness.transport.on(.appToken, .json(#"{"errcode":0,"access_token":"app-token-1","expires_in":7200}"#))
        let secrets = ["app-token-1", Harness.code.reveal(), Harness.clientSecret.reveal()]
        harness.transport.on(.subject, Self.echo(secrets))
        let error = try await failure { try await harness.client.profile(tokens) }
        Self.expect(error, toHide: secrets)
    }

    /// A provider that repeats everything it was sent, as a careless one does.
    private static func echo(_ secrets: [String]) -> OutboundResponse {
        let text = secrets.map { "you sent \($0)!" }.joined(separator: " ")
        let body = JSONValue.object([
            "error": .string("bad \(secrets[0])"), "error_description": .string(text),
        ])
        return .json(body.serialized(), status: 400)
    }

    private static func expect(_ error: OAuthError, toHide secrets: [String]) {
        var dumped = ""
        dump(error, to: &dumped)
        let texts = "\(error) \(String(reflecting: error)) \(dumped)"
        for secret in secrets { #expect(!texts.contains(secret)) }
        #expect(texts.contains("you sent [redacted]!"))
    }
}
