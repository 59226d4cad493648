import Martlet
import MartletTesting
import Testing

@Suite("Authorization URLs")
struct AuthorizationURLTests {
    /// What a provider's authorization URL must hold besides `state` and the redirect URI.
    struct Expectation: Sendable, CustomTestStringConvertible {
        var provider: Provider
        var endpoint: String
        var clientIDName = "client_id"
        var scope: String?
        var usesPKCE = false
        var hasNonce = false
        var fragment: String?
        var more: [String: String] = [:]
        var discovery: JSONValue?

        var testDescription: String { provider.id }
    }

    static let expectations = [
        Expectation(
            provider: .apple, endpoint: "https://appleid.apple.com/auth/authorize", scope: "openid name email",
            usesPKCE: true, hasNonce: true, more: ["response_mode": "form_post"]),
        Expectation(
            provider: .dingtalk, endpoint: "https://login.dingtalk.com/oauth2/auth", scope: "openid",
            more: ["prompt": "consent"]),
        Expectation(
            provider: .feishu, endpoint: "https://accounts.feishu.cn/open-apis/authen/v1/authorize",
            usesPKCE: true),
        Expectation(
            provider: .gitee, endpoint: "https://gitee.com/oauth/authorize", scope: "user_info emails", usesPKCE: true),
        Expectation(
            provider: .github, endpoint: "https://github.com/login/oauth/authorize", scope: "read:user user:email",
            usesPKCE: true),
        Expectation(
            provider: .google, endpoint: "https://accounts.google.com/o/oauth2/v2/auth", scope: "openid email profile",
            usesPKCE: true, hasNonce: true),
        Expectation(provider: .linuxdo, endpoint: "https://connect.linux.do/oauth2/authorize", usesPKCE: true),
        Expectation(
            provider: .microsoft, endpoint: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
            scope: "openid profile email", usesPKCE: true, hasNonce: true,
            discovery: ["issuer": .string("https://login.microsoftonline.com/{tenantid}/v2.0")]),
        Expectation(provider: .oschina, endpoint: "https://www.oschina.net/action/oauth2/authorize"),
        Expectation(provider: .qq, endpoint: "https://graph.qq.com/oauth2.0/authorize", scope: "get_user_info"),
        Expectation(
            provider: .wechatMP, endpoint: "https://open.weixin.qq.com/connect/oauth2/authorize",
            clientIDName: "appid", scope: "snsapi_userinfo", fragment: "wechat_redirect"),
        Expectation(
            provider: .wechatOpen, endpoint: "https://open.weixin.qq.com/connect/qrconnect", clientIDName: "appid",
            scope: "snsapi_login", fragment: "wechat_redirect"),
        Expectation(
            provider: .wechatWork, endpoint: "https://login.work.weixin.qq.com/wwlogin/sso/login",
            clientIDName: "appid", more: ["login_type": "CorpApp", "agentid": "my-agentid"]),
    ]

    @Test(arguments: expectations)
    func holdsExactlyWhatTheVendorDocuments(expected: Expectation) async throws {
        let harness = try Harness(expected.provider)
        if let discovery = expected.discovery { harness.transport.on(.discovery, .json(discovery.serialized())) }
        let request = try await harness.begin()
        var query = [
            "response_type": "code", expected.clientIDName: "client-1", "redirect_uri": Harness.redirectURI,
            "state": "state-1",
        ].merging(expected.more) { $1 }
        query["scope"] = expected.scope
        if let verifier = request.pending.codeVerifier {
            query["code_challenge"] = PKCE.challenge(for: verifier)
            query["code_challenge_method"] = "S256"
        }
        query["nonce"] = request.pending.nonce
        #expect(request.url.queryParameters == query)
        #expect(request.url.hasPrefix(expected.endpoint + "?"))
        #expect((request.pending.codeVerifier != nil) == expected.usesPKCE)
        #expect((request.pending.nonce != nil) == expected.hasNonce)
        let fragment = request.url.split(separator: "#", maxSplits: 1).dropFirst().first
        #expect(fragment.map(String.init) == expected.fragment)
    }

    @Test
    func refusesAProviderWithoutABrowserStep() async throws {
        let harness = try Harness(.wechatMini)
        let error = try await failure(of: { try await harness.begin() })
        #expect(error == .misconfigured("WeChat Mini Program has no authorization endpoint"))
    }

    @Test(arguments: [(Provider.github, "repo%20gist"), (.qq, "repo%2Cgist"), (.wechatOpen, "repo%2Cgist")])
    func joinsTheCallersScopesAsTheVendorWants(provider: Provider, joined: String) async throws {
        let request = try await Harness(provider).begin(scopes: ["repo", "gist"])
        #expect(request.url.contains("&scope=\(joined)"))
        #expect(request.pending.scopes == ["repo", "gist"])
    }

    @Test
    func leavesTheScopeOutWhenNoneIsAskedFor() async throws {
        let request = try await Harness(.github).begin(scopes: [])
        #expect(request.url.queryParameters["scope"] == nil)
    }

    @Test
    func asksForNoNonceWithoutTheScopeOpenID() async throws {
        let request = try await Harness(.google).begin(scopes: ["email"])
        #expect(request.pending.nonce == nil)
    }

    @Test(arguments: ["response_type", "client_id", "redirect_uri", "state", "scope", "nonce"])
    func keepsProtectedParametersFromTheCaller(name: String) async throws {
        let request = try await Harness(.google).begin(parameters: [name: "mine"])
        let value = try #require(request.url.queryParameters[name])
        #expect(!value.contains("mine"))
    }

    @Test(arguments: ["code_challenge", "code_challenge_method", "nonce"])
    func keepsTheCallerFromAddingWhatTheClientLeftOut(name: String) async throws {
        let request = try await Harness(.oschina).begin(parameters: [name: "mine"])
        #expect(request.url.queryParameters[name] == nil)
    }

    @Test
    func keepsTheCallerFromDowngradingPKCE() async throws {
        let request = try await Harness(.github).begin(parameters: [
            "code_challenge": "mine", "code_challenge_method": "plain",
        ])
        let verifier = try #require(request.pending.codeVerifier)
        #expect(request.url.queryParameters["code_challenge"] == PKCE.challenge(for: verifier))
        #expect(request.url.queryParameters["code_challenge_method"] == "S256")
    }

    @Test
    func addsTheCallersParametersAndLetsThemReplaceTheEntrys() async throws {
        let request = try await Harness(.dingtalk).begin(parameters: ["prompt": "login", "exclusiveLogin": "true"])
        #expect(request.url.queryParameters["prompt"] == "login")
        #expect(request.url.queryParameters["exclusiveLogin"] == "true")
    }

    @Test
    func encodesTheRedirectURIAndHostileValues() async throws {
        let harness = try Harness(.github)
        let request = try await harness.client.authorizationRequest(
            redirectURI: "https://app.example/回?a=1&b=2", parameters: ["login_hint": "a&state=x#y\r\nz"])
        #expect(request.url.contains("redirect_uri=https%3A%2F%2Fapp.example%2F%E5%9B%9E%3Fa%3D1%26b%3D2"))
        #expect(request.url.queryParameters["login_hint"] == "a&state=x#y\r\nz")
        #expect(!request.url.contains("#"))
    }

    @Test
    func asksForAFormPostWhereTheEntrySaysSo() async throws {
        var provider = Provider.github
        provider.responseMode = .formPost
        let request = try await Harness(provider).begin()
        #expect(request.url.queryParameters["response_mode"] == "form_post")
    }

    @Test
    func drawsAFreshStateVerifierAndNonceEachTime() async throws {
        let client = try Harness(.google).client
        var values: Set<String> = []
        for _ in 0..<20 {
            let pending = try await client.authorizationRequest(redirectURI: Harness.redirectURI).pending
            values.insert(pending.state)
            values.insert(try #require(pending.codeVerifier).reveal())
            values.insert(try #require(pending.nonce))
        }
        #expect(values.count == 60)
        #expect(values.allSatisfy { $0.count == 43 && Base64URL.decode($0)?.count == 32 })
    }

    @Test
    func computesTheChallengeOfRFC7636() {
        // The example of RFC 7636, appendix B.
        let challenge = PKCE.challenge(for: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }
}
