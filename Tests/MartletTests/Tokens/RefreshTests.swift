import HTTPTypes
import Martlet
import MartletTesting
import Testing

@Suite("Refreshing tokens")
struct RefreshTests {
    static let answer = OutboundResponse.json(#"{"access_token":"token-2","accessToken":"token-2"}"#)
    static let old: Secret = "refresh-token-1"

    private func refresh(_ provider: Provider) async throws -> OutboundRequest {
        let harness = try Harness(provider)
        harness.transport.on(.token, Self.answer)
        #expect(try await harness.client.refresh(Self.old).accessToken == "token-2")
        return try harness.request(.token)
    }

    @Test(arguments: [Provider.gitee, .github, .google])
    func goesToTheTokenEndpoint(provider: Provider) async throws {
        let request = try await refresh(provider)
        #expect(request.method == .post)
        #expect(request.url == provider.tokenEndpoint)
        let expected = [
            "grant_type": "refresh_token", "refresh_token": "refresh-token-1", "client_id": "client-1",
            "client_secret": Harness.clientSecret.reveal(),
        ]
        #expect(request.form == expected)
    }

    @Test
    func goesToFeishusTokenEndpointAsJSON() async throws {
        let request = try await refresh(.feishu)
        #expect(request.url == "https://open.feishu.cn/open-apis/authen/v2/oauth/token")
        let expected: [String: JSONValue] = [
            "grant_type": .string("refresh_token"), "refresh_token": .string("refresh-token-1"),
            "client_id": .string("client-1"), "client_secret": .string(Harness.clientSecret.reveal()),
        ]
        #expect(request.json?.object == expected)
    }

    @Test
    func goesToDingTalkAsJSONWithItsNames() async throws {
        let request = try await refresh(.dingtalk)
        #expect(request.url == "https://api.dingtalk.com/v1.0/oauth2/userAccessToken")
        let expected: [String: JSONValue] = [
            "grantType": .string("refresh_token"), "refreshToken": .string("refresh-token-1"),
            "clientId": .string("client-1"), "clientSecret": .string(Harness.clientSecret.reveal()),
        ]
        #expect(request.json?.object == expected)
    }

    @Test(arguments: [Provider.wechatMP, .wechatOpen])
    func goesToWeChatsOwnEndpointByGetWithoutTheSecret(provider: Provider) async throws {
        let request = try await refresh(provider)
        #expect(request.method == .get)
        #expect(request.endpoint == "https://api.weixin.qq.com/sns/oauth2/refresh_token")
        let expected = ["grant_type": "refresh_token", "refresh_token": "refresh-token-1", "appid": "client-1"]
        #expect(request.query == expected)
        #expect(request.headers[.authorization] == nil)
    }

    @Test
    func sendsTheIdInPlaceOfBasicAuthenticationWhereTheVendorWantsNoSecret() async throws {
        var provider = Provider.linuxdo
        provider.tokenRequest.refreshSendsClientSecret = false
        let request = try await refresh(provider)
        #expect(request.headers[.authorization] == nil)
        let expected = ["grant_type": "refresh_token", "refresh_token": "refresh-token-1", "client_id": "client-1"]
        #expect(request.form == expected)
    }

    @Test
    func asksForFewerScopes() async throws {
        let harness = try Harness(.gitee)
        harness.transport.on(.token, Self.answer)
        _ = try await harness.client.refresh(Self.old, scopes: ["a", "b"])
        #expect(try harness.request(.token).form["scope"] == "a b")
    }

    @Test(arguments: [
        (#"{"access_token":"a","refresh_token":"refresh-token-2"}"#, Secret("refresh-token-2")),
        (#"{"access_token":"a"}"#, old), (#"{"access_token":"a","refresh_token":""}"#, old),
    ])
    func keepsTheOldRefreshTokenUnlessItWasRotated(body: String, expected: Secret) async throws {
        let harness = try Harness(.gitee)
        harness.transport.on(.token, .json(body))
        #expect(try await harness.client.refresh(Self.old).refreshToken == expected)
    }

    @Test
    func reportsARefusedRefreshToken() async throws {
        let harness = try Harness(.gitee)
        harness.transport.on(.token, .json(#"{"error":"invalid_grant"}"#, status: 400))
        let rejection = try await rejection { try await harness.client.refresh(Self.old) }
        #expect(rejection.error == "invalid_grant")
    }

    // MARK: The ID token of a refresh (OpenID Connect Core §12.2)

    private func refresh(subject: String?, claims: [String: JSONValue] = [:]) async throws -> Tokens {
        let signer = try IDTokenSigner("ES256")
        let world = try OpenIDWorld(signer)
        let idToken = try signer.sign(world.claims(nonce: nil, claims)).reveal()
        let harness = try Harness(world.client.provider)
        harness.transport.on(.discovery, .json(OpenIDWorld.metadata.serialized()))
        let keys = JSONValue.object(["keys": .array([try signer.jwk()])])
        harness.transport.on(.keys, .json(keys.serialized()))
        harness.transport.on(.token, .json(#"{"access_token":"a","id_token":"\#(idToken)"}"#))
        return try await harness.client.refresh(Self.old, subject: subject)
    }

    @Test(arguments: ["248289761001", nil])
    func verifiesTheIDTokenThatComesAlong(subject: String?) async throws {
        #expect(try await refresh(subject: subject).identity?.subject == "248289761001")
    }

    @Test
    func refusesAnIDTokenAboutAnotherSubject() async throws {
        let error = try await failure { try await refresh(subject: "somebody else") }
        #expect(error == .untrustedIDToken(.wrongClaim("sub")))
    }

    @Test
    func refusesAnIDTokenThatDoesNotVerify() async throws {
        let error = try await failure {
            try await refresh(subject: nil, claims: ["aud": .string("client-2")])
        }
        #expect(error == .untrustedIDToken(.wrongClaim("aud")))
    }
}
