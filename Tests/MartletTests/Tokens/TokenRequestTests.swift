import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Testing

@Suite("Token requests")
struct TokenRequestTests {
    static let answer = #"{"access_token":"token-1","accessToken":"token-1","openid":"o","id_token":null}"#

    private func exchange(
        _ provider: Provider, clientID: String = "client-1", clientSecret: Secret? = Harness.clientSecret
    ) async throws -> (request: OutboundRequest, verifier: String?) {
        let harness = try Harness(provider, clientID: clientID, clientSecret: clientSecret)
        harness.transport.on(.token, .json(Self.answer))
        let pending = try await harness.begin(scopes: ["none"]).pending
        let callback = CallbackParameters(["code": Harness.code.reveal(), "state": "state-1"])
        _ = try await harness.client.exchange(try harness.client.validate(callback, for: pending))
        return (try harness.request(.token), pending.codeVerifier?.reveal())
    }

    private var code: String { Harness.code.reveal() }
    private var secret: String { Harness.clientSecret.reveal() }

    @Test(arguments: [
        (Provider.gitee, "https://gitee.com/oauth/token"), (.github, "https://github.com/login/oauth/access_token"),
        (.google, "https://oauth2.googleapis.com/token"),
    ])
    func postsAForm(provider: Provider, endpoint: String) async throws {
        let (request, verifier) = try await exchange(provider)
        #expect(request.method == .post)
        #expect(request.url == endpoint)
        #expect(request.headers[.contentType] == "application/x-www-form-urlencoded")
        #expect(request.headers[.accept] == "application/json")
        #expect(request.headers[.authorization] == nil)
        let expected = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Harness.redirectURI,
            "client_id": "client-1", "client_secret": secret, "code_verifier": try #require(verifier),
        ]
        #expect(request.form == expected)
    }

    @Test
    func asksOSChinaForJSONAndSendsNoVerifier() async throws {
        let (request, verifier) = try await exchange(.oschina)
        #expect(request.url == "https://www.oschina.net/action/openapi/token")
        #expect(verifier == nil)
        let expected = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Harness.redirectURI,
            "client_id": "client-1", "client_secret": secret, "dataType": "json",
        ]
        #expect(request.form == expected)
    }

    @Test
    func provesItselfToLinuxDoByBasicAuthentication() async throws {
        let (request, verifier) = try await exchange(.linuxdo)
        #expect(request.url == "https://connect.linux.do/oauth2/token")
        #expect(request.headers[.authorization] == "Basic " + Data("client-1:\(secret)".utf8).base64EncodedString())
        let expected = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Harness.redirectURI,
            "code_verifier": try #require(verifier),
        ]
        #expect(request.form == expected)
    }

    @Test
    func postsJSONToFeishu() async throws {
        let (request, verifier) = try await exchange(.feishu)
        #expect(request.method == .post)
        #expect(request.url == "https://open.feishu.cn/open-apis/authen/v2/oauth/token")
        #expect(request.headers[.contentType] == "application/json")
        let expected: [String: String] = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Harness.redirectURI,
            "client_id": "client-1", "client_secret": secret, "code_verifier": try #require(verifier),
        ]
        #expect(request.json?.object == expected.mapValues { .string($0) })
    }

    @Test
    func postsJSONWithItsOwnNamesToDingTalk() async throws {
        let (request, _) = try await exchange(.dingtalk)
        #expect(request.method == .post)
        #expect(request.url == "https://api.dingtalk.com/v1.0/oauth2/userAccessToken")
        let expected: [String: String] = [
            "grantType": "authorization_code", "code": code, "clientId": "client-1", "clientSecret": secret,
        ]
        #expect(request.json?.object == expected.mapValues { .string($0) })
    }

    @Test
    func asksQQByGet() async throws {
        let (request, _) = try await exchange(.qq)
        #expect(request.method == .get)
        #expect(request.body == nil)
        #expect(request.endpoint == "https://graph.qq.com/oauth2.0/token")
        let expected = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Harness.redirectURI,
            "client_id": "client-1", "client_secret": secret, "fmt": "json",
        ]
        #expect(request.query == expected)
    }

    @Test(arguments: [Provider.wechatMP, .wechatOpen])
    func asksWeChatByGetWithItsOwnNames(provider: Provider) async throws {
        let (request, _) = try await exchange(provider)
        #expect(request.method == .get)
        #expect(request.endpoint == "https://api.weixin.qq.com/sns/oauth2/access_token")
        let expected = ["grant_type": "authorization_code", "code": code, "appid": "client-1", "secret": secret]
        #expect(request.query == expected)
    }

    @Test
    func exchangesAMiniProgramsLoginCodeWithoutACallback() async throws {
        let harness = try Harness(.wechatMini)
        harness.transport.on(.token, .json(#"{"openid":"o","session_key":"k"}"#))
        let tokens = try await harness.client.exchange(loginCode: Harness.code)
        #expect(tokens.accessToken == nil)
        let request = try harness.request(.token)
        #expect(request.method == .get)
        #expect(request.endpoint == "https://api.weixin.qq.com/sns/jscode2session")
        let expected = ["grant_type": "authorization_code", "js_code": code, "appid": "client-1", "secret": secret]
        #expect(request.query == expected)
    }

    @Test(arguments: [
        Provider.github, .google, .wechatMP, .wechatWork,
        .openID(id: "example", name: "Example", issuer: "https://id.example"),
    ])
    func refusesALoginCodeWhereThereIsABrowserStep(provider: Provider) async throws {
        let harness = try Harness(provider)
        let error = try await failure { try await harness.client.exchange(loginCode: Harness.code) }
        guard case .misconfigured = error else { throw error }
        #expect(harness.transport.requests.isEmpty)
    }

    @Test
    func asksWeComForNoTokenOfAPerson() async throws {
        let harness = try Harness(.wechatWork)
        let tokens = try await harness.client.exchange(try await harness.authorized())
        #expect(tokens.accessToken == nil)
        #expect(harness.transport.requests.isEmpty)
    }

    /// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined by a colon.
    @Test(arguments: [
        ("client", "secret", "client:secret"), ("a:b", "c:d", "a%3Ab:c%3Ad"), ("a b", "p+q", "a%20b:p%2Bq"),
        ("é", "100%&=", "%C3%A9:100%25%26%3D"), ("客", "-._~", "%E5%AE%A2:-._~"),
    ])
    func encodesTheCredentialsOfBasicAuthentication(id: String, secret: String, pair: String) async throws {
        let (request, _) = try await exchange(.linuxdo, clientID: id, clientSecret: Secret(secret))
        #expect(request.headers[.authorization] == "Basic " + Data(pair.utf8).base64EncodedString())
    }

    @Test
    func sendsNoSecretOfAPublicClient() async throws {
        let (request, _) = try await exchange(.github, clientSecret: nil)
        #expect(request.form["client_secret"] == nil)
        #expect(request.form["client_id"] == "client-1")
    }

    @Test
    func sendsTheIdAloneWhereTheProviderWantsNoAuthentication() async throws {
        var provider = Provider.github
        provider.clientAuthentication = ClientAuthentication.none
        let (request, _) = try await exchange(provider)
        #expect(request.form["client_secret"] == nil)
        #expect(request.form["client_id"] == "client-1")
        #expect(request.headers[.authorization] == nil)
    }

    @Test
    func encodesParametersSoThatTheyCannotAddOthers() async throws {
        let harness = try Harness(.github)
        harness.transport.on(.token, .json(Self.answer))
        let response = try await harness.authorized(parameters: ["code": "a&client_id=b c+d"])
        _ = try await harness.client.exchange(response)
        let request = try harness.request(.token)
        #expect(request.form["code"] == "a&client_id=b c+d")
        #expect(request.form["client_id"] == "client-1")
    }

    @Test
    func needsATokenEndpoint() async throws {
        let harness = try Harness(.wechatWork)
        let error = try await failure { try await harness.client.refresh("refresh-token-1") }
        #expect(error == .unsupported(.token))
        #expect(error.description == "The provider has no token endpoint.")
    }
}
