import HTTPTypes
import Martlet
import MartletTesting
import Testing

@Suite("Profiles of WeCom")
struct WeComProfileTests {
    let harness: Harness

    init() throws {
        harness = try Harness(.wechatWork)
    }

    private func tokens() async throws -> Tokens {
        try await harness.client.exchange(try await harness.authorized())
    }

    /// Answers for a member who allowed the details.
    private func answerForAMember(detail: OutboundResponse = .json(#"{"errcode":0}"#)) {
        harness.transport.on(
            .appToken, .json(#"{"errcode":0,"errmsg":"ok","access_token":"app-token-1","expires_in":7200}"#),
            .json(#"{"errcode":0,"errmsg":"ok","access_token":"app-token-2","expires_in":7200}"#))
        harness.transport.on(.subject, .json(#"{"errcode":0,"userid":"zhangsan","user_ticket":"ticket-1"}"#))
        harness.transport.on(
            .userInfo, .json(#"{"errcode":0,"userid":"zhangsan","name":"张三","alias":"jack","avatar":"https://w/1"}"#))
        harness.transport.on(.userInfoDetail, detail)
    }

    @Test
    func readsAMemberByTheApplicationsOwnToken() async throws {
        answerForAMember(
            detail: .json(#"{"errcode":0,"email":"z@corp.example","avatar":"https://w/2","biz_mail":"b@corp.example"}"#)
        )
        let profile = try await harness.client.profile(try await tokens())
        #expect(profile.subject == "zhangsan")
        #expect(profile.username == "jack")
        #expect(profile.name == "张三")
        #expect(profile.email == Email("z@corp.example", isVerified: false))
        #expect(profile.avatar == "https://w/2")
        #expect(profile.identifiers == ["userid": "zhangsan"])
        let appToken = try harness.request(.appToken)
        #expect(appToken.endpoint == "https://qyapi.weixin.qq.com/cgi-bin/gettoken")
        #expect(appToken.query == ["corpid": "client-1", "corpsecret": Harness.clientSecret.reveal()])
        #expect(appToken.headers[.authorization] == nil)
        let subject = try harness.request(.subject)
        #expect(subject.endpoint == "https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo")
        #expect(subject.query == ["access_token": "app-token-1", "code": Harness.code.reveal()])
        let member = try harness.request(.userInfo)
        #expect(member.endpoint == "https://qyapi.weixin.qq.com/cgi-bin/user/get")
        #expect(member.query == ["access_token": "app-token-1", "userid": "zhangsan"])
        let detail = try harness.request(.userInfoDetail)
        #expect(detail.method == .post)
        #expect(detail.query == ["access_token": "app-token-1"])
        #expect(detail.json == .object(["user_ticket": .string("ticket-1")]))
    }

    @Test
    func keepsTheApplicationsTokenUntilItIsAboutToEnd() async throws {
        answerForAMember()
        _ = try await harness.client.profile(try await tokens())
        harness.clock.advance(by: 7139)
        _ = try await harness.client.profile(try await tokens())
        #expect(harness.transport.requests(.appToken).count == 1)
        harness.clock.advance(by: 1)
        _ = try await harness.client.profile(try await tokens())
        #expect(harness.transport.requests(.appToken).count == 2)
        #expect(harness.transport.requests(.subject).last?.query["access_token"] == "app-token-2")
    }

    @Test
    func fetchesTheApplicationsTokenAnewAfterARefusal() async throws {
        harness.transport.on(
            .appToken, .json(#"{"errcode":0,"access_token":"app-token-1","expires_in":7200}"#),
            .json(#"{"errcode":0,"access_token":"app-token-2","expires_in":7200}"#))
        harness.transport.on(
            .subject, .json(#"{"errcode":42001,"errmsg":"access_token expired"}"#),
            .json(#"{"errcode":0,"userid":"zhangsan"}"#))
        harness.transport.on(.userInfo, .json(#"{"errcode":0,"name":"张三"}"#))
        let rejection = try await rejection { try await harness.client.profile(try await tokens()) }
        #expect(rejection.error == "42001")
        #expect(try await harness.client.profile(try await tokens()).subject == "zhangsan")
        #expect(
            harness.transport.requests(.subject).map { $0.query["access_token"] } == ["app-token-1", "app-token-2"])
    }

    @Test
    func leavesTheDetailsOutWithoutATicket() async throws {
        harness.transport.on(.appToken, .json(#"{"errcode":0,"access_token":"app-token-1","expires_in":7200}"#))
        harness.transport.on(.subject, .json(#"{"errcode":0,"userid":"zhangsan"}"#))
        harness.transport.on(.userInfo, .json(#"{"errcode":0,"name":"张三","biz_mail":"b@corp.example"}"#))
        let profile = try await harness.client.profile(try await tokens())
        #expect(profile.email == Email("b@corp.example", isVerified: false))
        #expect(harness.transport.requests(.userInfoDetail).isEmpty)
    }

    @Test
    func signsInWithoutTheDetailsThatThePersonDidNotAllow() async throws {
        answerForAMember(detail: .json(#"{"errcode":40078,"errmsg":"invalid user ticket"}"#))
        let profile = try await harness.client.profile(try await tokens())
        #expect(profile.subject == "zhangsan")
        #expect(profile.avatar == "https://w/1")
    }

    @Test
    func refusesSomebodyWhoIsNoMember() async throws {
        harness.transport.on(.appToken, .json(#"{"errcode":0,"access_token":"app-token-1","expires_in":7200}"#))
        harness.transport.on(.subject, .json(#"{"errcode":0,"openid":"o-1","external_userid":"w-1"}"#))
        harness.transport.on(.userInfo, .json(#"{"errcode":0}"#))
        let error = try await failure { try await harness.client.profile(try await tokens()) }
        #expect(error == .malformed(.userInfo, reason: "it does not say who the person is ($subject.userid)"))
    }

    @Test(arguments: [#"{"errcode":0}"#, #"{"access_token":""}"#, #"{"access_token":["a"]}"#])
    func refusesAnAnswerWithoutTheApplicationsToken(body: String) async throws {
        harness.transport.on(.appToken, .json(body))
        let error = try await failure { try await harness.client.profile(try await tokens()) }
        #expect(error == .malformed(.appToken, reason: "it has no access token"))
    }

    @Test
    func reportsARefusedSecretWithoutRepeatingIt() async throws {
        let body = #"{"errcode":40001,"errmsg":"invalid credential \#(Harness.clientSecret.reveal())"}"#
        harness.transport.on(.appToken, .json(body))
        let rejection = try await rejection { try await harness.client.profile(try await tokens()) }
        #expect(rejection.role == .appToken)
        #expect(rejection.description == "invalid credential [redacted]")
    }
}
