import HTTPTypes
import Martlet
import MartletTesting
import Testing

@Suite("Profiles of WeChat")
struct WeChatProfileTests {
    private func profile(
        token: String, userInfo: String? = nil, scopes: [String]? = nil, at provider: Provider = .wechatOpen
    ) async throws -> (profile: UserProfile, harness: Harness) {
        let harness = try Harness(provider)
        let tokens = try await harness.tokens(token, scopes: scopes)
        if let userInfo { harness.transport.on(.userInfo, .json(userInfo)) }
        return (try await harness.client.profile(tokens), harness)
    }

    @Test(arguments: [Provider.wechatMP, .wechatOpen])
    func identifiesByUnionIDAndKeepsTheOpenID(provider: Provider) async throws {
        let (profile, harness) = try await profile(
            token: #"{"access_token":"t","openid":"o-1","scope":"snsapi_userinfo","unionid":"u-1"}"#,
            userInfo: #"{"openid":"o-1","nickname":"微信","headimgurl":"https://w.example/0","unionid":"u-1","sex":0}"#,
            at: provider)
        #expect(profile.subject == "u-1")
        #expect(profile.formerSubject == "o-1")
        #expect(profile.identifiers == ["openid": "o-1", "unionid": "u-1"])
        #expect(profile.name == "微信")
        #expect(profile.avatar == "https://w.example/0")
        #expect(profile.email == nil)
        let request = try harness.request(.userInfo)
        #expect(request.endpoint == "https://api.weixin.qq.com/sns/userinfo")
        #expect(request.query == ["access_token": "t", "openid": "o-1", "lang": "zh_CN"])
    }

    @Test
    func identifiesByOpenIDWithoutAUnionID() async throws {
        let (profile, _) = try await profile(
            token: #"{"access_token":"t","openid":"o-1"}"#, userInfo: #"{"openid":"o-1","unionid":"","nickname":"n"}"#)
        #expect(profile.subject == "o-1")
        #expect(profile.formerSubject == nil)
        #expect(profile.identifiers == ["openid": "o-1"])
    }

    @Test
    func findsAUnionIDThatOnlyTheTokenAnswerBrings() async throws {
        let (profile, _) = try await profile(
            token: #"{"access_token":"t","openid":"o-1","unionid":"u-1"}"#, userInfo: #"{"openid":"o-1"}"#)
        #expect(profile.subject == "u-1")
        #expect(profile.formerSubject == "o-1")
    }

    @Test(
        arguments: [
            (#"{"access_token":"t","openid":"o-1","scope":"snsapi_base"}"#, nil),
            (#"{"access_token":"t","openid":"o-1"}"#, ["snsapi_base"]),
        ] as [(String, [String]?)])
    func asksForNoProfileWithTheBaseScopeAlone(token: String, scopes: [String]?) async throws {
        let (profile, harness) = try await profile(token: token, scopes: scopes, at: .wechatMP)
        #expect(profile.subject == "o-1")
        #expect(profile.name == nil)
        #expect(harness.transport.requests(.userInfo).isEmpty)
    }

    @Test
    func asksForTheProfileWhenTheBaseScopeIsNotAlone() async throws {
        let (profile, _) = try await profile(
            token: #"{"access_token":"t","openid":"o-1","scope":"snsapi_base,snsapi_userinfo"}"#,
            userInfo: #"{"openid":"o-1","nickname":"n"}"#, at: .wechatMP)
        #expect(profile.name == "n")
    }

    /// The answers are UTF-8 and their content type does not say so; nothing may be "repaired".
    @Test
    func readsANicknameAsUTF8() async throws {
        let harness = try Harness(.wechatOpen)
        let tokens = try await harness.tokens(#"{"access_token":"t","openid":"o-1"}"#)
        let body = #"{"openid":"o-1","nickname":"Zoë 🐧 名"}"#
        harness.transport.on(
            .userInfo, OutboundResponse(status: 200, headers: [.contentType: "text/plain"], body: Array(body.utf8)))
        #expect(try await harness.client.profile(tokens).name == "Zoë 🐧 名")
    }

    @Test(
        arguments: [
            (#"{"openid":"o-1","unionid":"u-1","session_key":"k"}"#, "u-1", "o-1"),
            (#"{"openid":"o-1","session_key":"k"}"#, "o-1", nil), (#"{"openid":"o-1","errcode":0}"#, "o-1", nil),
        ] as [(String, String, String?)])
    func identifiesAMiniProgramsUserByTheTokenAnswer(token: String, subject: String, former: String?) async throws {
        let harness = try Harness(.wechatMini)
        harness.transport.on(.token, .json(token))
        let profile = try await harness.client.profile(try await harness.client.exchange(loginCode: "login-code-1"))
        #expect(profile.subject == subject)
        #expect(profile.formerSubject == former)
        #expect(profile.identifiers["openid"] == "o-1")
        #expect(harness.transport.requests.count == 1)
    }

    @Test
    func doesNotKeepAMiniProgramsSessionKey() async throws {
        let harness = try Harness(.wechatMini)
        harness.transport.on(.token, .json(#"{"openid":"o-1","session_key":"SECRET-key"}"#))
        let profile = try await harness.client.profile(try await harness.client.exchange(loginCode: "login-code-1"))
        #expect(!"\(profile)".contains("SECRET"))
    }

    @Test
    func reportsAMiniProgramsRefusedCode() async throws {
        let harness = try Harness(.wechatMini)
        harness.transport.on(.token, .json(#"{"errcode":40029,"errmsg":"invalid code: login-code-1"}"#))
        let rejection = try await rejection { try await harness.client.exchange(loginCode: "login-code-1") }
        #expect(rejection.error == "40029")
        #expect(rejection.description == "invalid code: [redacted]")
    }
}
