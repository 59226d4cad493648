import HTTPTypes
import Martlet
import MartletTesting
import Testing

/// The answers here follow the shapes that the vendors document; the pages are those of ``Provider/documentation``.
@Suite("Profiles of the vendors")
struct VendorProfileTests {
    private func profile(
        _ provider: Provider, token: String = #"{"access_token":"token-1"}"#, userInfo: String
    ) async throws -> (profile: UserProfile, request: OutboundRequest) {
        let harness = try Harness(provider)
        let tokens = try await harness.tokens(token)
        harness.transport.on(.emails, .json("[]"))
        harness.transport.on(.userInfo, .json(userInfo))
        let profile = try await harness.client.profile(tokens)
        return (profile, try harness.request(.userInfo))
    }

    // MARK: GitHub and Gitee

    static let githubUser = #"""
        {"login":"octocat","id":9007199254740993123,"node_id":"MDQ6VXNlcjE=","name":"The Octocat",
        "avatar_url":"https://avatars.example/u/1","email":"shown@github.example","type":"User"}
        """#

    private func github(emails: OutboundResponse) async throws -> UserProfile {
        let harness = try Harness(.github)
        let tokens = try await harness.tokens(#"{"access_token":"token-1","scope":"read:user,user:email"}"#)
        harness.transport.on(.userInfo, .json(Self.githubUser))
        harness.transport.on(.emails, emails)
        let profile = try await harness.client.profile(tokens)
        #expect(try harness.request(.userInfo).url == "https://api.github.com/user")
        #expect(try harness.request(.userInfo).bearer == "token-1")
        #expect(try harness.request(.emails).url == "https://api.github.com/user/emails")
        #expect(try harness.request(.emails).bearer == "token-1")
        return profile
    }

    @Test
    func takesGitHubsPrimaryVerifiedEmailAndNeverTheFirst() async throws {
        let profile = try await github(
            emails: .json(
                #"""
                [{"email":"first@github.example","primary":false,"verified":true},
                {"email":"second@github.example","primary":false,"verified":false},
                {"email":"main@github.example","primary":true,"verified":true,"visibility":"private"}]
                """#))
        #expect(profile.subject == "9007199254740993123")
        #expect(profile.username == "octocat")
        #expect(profile.name == "The Octocat")
        #expect(profile.avatar == "https://avatars.example/u/1")
        #expect(profile.email == Email("main@github.example", isVerified: true))
    }

    @Test(arguments: [
        OutboundResponse.json("[]"), .json(#"[{"email":"a@b.example","primary":false,"verified":true}]"#),
        .json(#"[{"email":"a@b.example","primary":true,"verified":false}]"#),
        .json(#"[{"email":"a@b.example","primary":"true","verified":"true"}]"#),
        .json(#"[{"email":"a@b.example"}]"#), .json(#"[{"primary":true,"verified":true}]"#),
        .json(#"[{"email":"a@b@c","primary":true,"verified":true}]"#), .json(#"[null,7,"a@b.example"]"#),
        .json(#"{"email":"a@b.example","primary":true,"verified":true}"#),
        .json(#"{"message":"Not Found"}"#, status: 404), .json("{}", status: 403), .json("{}", status: 401),
    ])
    func takesGitHubsShownEmailOnlyAsUnverified(emails: OutboundResponse) async throws {
        let profile = try await github(emails: emails)
        #expect(profile.email == Email("shown@github.example", isVerified: false))
    }

    @Test(arguments: [OutboundResponse.json("", status: 500), OutboundResponse(status: 302), .json("garbage")])
    func doesNotTakeABrokenEmailListForAnEmptyOne(emails: OutboundResponse) async throws {
        _ = try await failure { try await github(emails: emails) }
    }

    @Test
    func takesGiteesConfirmedPrimaryEmail() async throws {
        let harness = try Harness(.gitee)
        let tokens = try await harness.tokens(#"{"access_token":"token-1","scope":"user_info emails"}"#)
        harness.transport.on(
            .userInfo,
            .json(
                #"{"id":8800555,"login":"zhang","name":"张三","avatar_url":"https://gitee.example/a.png","email":null}"#))
        harness.transport.on(
            .emails,
            .json(
                #"""
                [{"email":"old@gitee.example","state":"confirmed","scope":["committed"]},
                {"email":"new@gitee.example","state":"unconfirmed","scope":["primary"]},
                {"email":"main@gitee.example","state":"confirmed","scope":["primary","notified"]}]
                """#))
        let profile = try await harness.client.profile(tokens)
        #expect(profile.subject == "8800555")
        #expect(profile.username == "zhang")
        #expect(profile.name == "张三")
        #expect(profile.email == Email("main@gitee.example", isVerified: true))
        #expect(try harness.request(.emails).url == "https://gitee.com/api/v5/emails")
    }

    // MARK: Feishu, DingTalk, LINUX DO, OSChina

    @Test
    func readsFeishusProfileOutOfItsEnvelope() async throws {
        let (profile, request) = try await profile(
            .feishu, token: #"{"code":0,"access_token":"token-1","expires_in":7200}"#,
            userInfo: #"""
                {"code":0,"msg":"success","data":{"name":"王五","en_name":"Wang","avatar_url":"https://feishu.example/a",
                "open_id":"ou-1","union_id":"on-1","email":"","enterprise_email":"wang@corp.example","user_id":"5d9"}}
                """#)
        #expect(request.url == "https://open.feishu.cn/open-apis/authen/v1/user_info")
        #expect(request.bearer == "token-1")
        #expect(profile.subject == "ou-1")
        #expect(profile.name == "王五")
        #expect(profile.email == Email("wang@corp.example", isVerified: false))
        #expect(profile.avatar == "https://feishu.example/a")
        #expect(profile.identifiers == ["open_id": "ou-1", "union_id": "on-1"])
        #expect(profile.raw["user_id"] == .string("5d9"))
    }

    @Test
    func sendsDingTalksTokenInItsOwnHeader() async throws {
        let (profile, request) = try await profile(
            .dingtalk, token: #"{"accessToken":"token-1","expireIn":7200}"#,
            userInfo: #"""
                {"nick":"赵六","avatarUrl":"https://ding.example/a","openId":"o-1","unionId":"u-1","email":"z@corp.example",
                "stateCode":"86"}
                """#)
        #expect(request.url == "https://api.dingtalk.com/v1.0/contact/users/me")
        #expect(request.headers[.authorization] == nil)
        let name = try #require(HTTPField.Name("x-acs-dingtalk-access-token"))
        #expect(request.headers[name] == "token-1")
        #expect(profile.subject == "u-1")
        #expect(profile.identifiers == ["openId": "o-1", "unionId": "u-1"])
        #expect(profile.name == "赵六")
        #expect(profile.email == Email("z@corp.example", isVerified: false))
    }

    @Test
    func readsLinuxDosProfile() async throws {
        let (profile, request) = try await profile(
            .linuxdo,
            userInfo: #"""
                {"id":120,"username":"neo","name":"","email":"neo@linux.example","avatar_template":"https://l.example/{size}",
                "active":true,"trust_level":2}
                """#)
        #expect(request.url == "https://connect.linux.do/api/user")
        #expect(request.bearer == "token-1")
        #expect(profile.subject == "120")
        #expect(profile.username == "neo")
        #expect(profile.name == "neo")
        #expect(profile.email == Email("neo@linux.example", isVerified: false))
        #expect(profile.avatar == "https://l.example/{size}")
    }

    @Test
    func sendsOSChinasTokenInTheQuery() async throws {
        let (profile, request) = try await profile(
            .oschina,
            userInfo: #"{"id":899,"name":"彭","email":"p@oschina.example","avatar":"https://o.example/a","url":"x"}"#)
        #expect(request.endpoint == "https://www.oschina.net/action/openapi/user")
        #expect(request.query == ["access_token": "token-1", "dataType": "json"])
        #expect(request.headers[.authorization] == nil)
        #expect(profile.subject == "899")
        #expect(profile.username == "彭")
        #expect(profile.email == Email("p@oschina.example", isVerified: false))
    }

    // MARK: QQ

    @Test
    func findsTheOpenIDBeforeQQsProfile() async throws {
        let harness = try Harness(.qq)
        let tokens = try await harness.tokens(OutboundResponse(status: 200, body: Array("access_token=token-1".utf8)))
        harness.transport.on(
            .subject,
            OutboundResponse(
                status: 200,
                body: Array(#"callback( {"client_id":"client-1","openid":"oid-1","unionid":"UID_1"} );"#.utf8)))
        harness.transport.on(
            .userInfo,
            .json(#"{"ret":0,"msg":"","nickname":"企鹅","figureurl_qq_1":"https://q.example/40","figureurl_qq_2":""}"#))
        let profile = try await harness.client.profile(tokens)
        let subject = try harness.request(.subject)
        #expect(subject.endpoint == "https://graph.qq.com/oauth2.0/me")
        #expect(subject.query == ["access_token": "token-1", "fmt": "json", "unionid": "1"])
        let expected = [
            "access_token": "token-1", "oauth_consumer_key": "client-1", "openid": "oid-1", "format": "json",
        ]
        #expect(try harness.request(.userInfo).query == expected)
        #expect(profile.subject == "oid-1")
        #expect(profile.formerSubject == nil)
        #expect(profile.identifiers == ["openid": "oid-1", "unionid": "UID_1"])
        #expect(profile.name == "企鹅")
        #expect(profile.avatar == "https://q.example/40")
        #expect(profile.email == nil)
    }

    @Test
    func stopsWhenQQDoesNotSayWhoThePersonIs() async throws {
        let harness = try Harness(.qq)
        let tokens = try await harness.tokens(#"{"access_token":"token-1"}"#)
        harness.transport.on(.subject, .json(#"{"error":100016,"error_description":"access token check failed"}"#))
        let rejection = try await rejection { try await harness.client.profile(tokens) }
        #expect(rejection.role == .subject)
        #expect(rejection.error == "100016")
        #expect(harness.transport.requests(.userInfo).isEmpty)
    }

    // MARK: What every provider is held to

    @Test(arguments: [
        (Provider.wechatOpen, #"{"errcode":40003,"errmsg":"invalid openid"}"#, "40003"),
        (.feishu, #"{"code":20005,"msg":"invalid token"}"#, "20005"),
        (.dingtalk, #"{"code":"Forbidden","message":"no permission"}"#, "Forbidden"),
        (.oschina, #"{"error":"invalid_token","error_description":"expired"}"#, "invalid_token"),
    ])
    func readsAnErrorOfStatus200(provider: Provider, body: String, code: String) async throws {
        let harness = try Harness(provider)
        let tokens = try await harness.tokens(#"{"access_token":"t","accessToken":"t","openid":"o"}"#)
        harness.transport.on(.userInfo, .json(body))
        let rejection = try await rejection { try await harness.client.profile(tokens) }
        #expect(rejection.role == .userInfo)
        #expect(rejection.error == code)
    }

    @Test(arguments: [
        "{}", #"{"id":null}"#, #"{"id":""}"#, #"{"id":[]}"#, #"{"id":{}}"#, "[]", "null",
        #"{"login":"octocat","email":"a@b.example"}"#,
    ])
    func refusesAProfileWithoutASubject(userInfo: String) async throws {
        let error = try await failure { try await profile(.github, userInfo: userInfo) }
        #expect(error == .malformed(.userInfo, reason: "it does not say who the person is (id)"))
    }

    @Test
    func refusesASubjectOfAbsurdLength() async throws {
        let userInfo = #"{"id":"\#(String(repeating: "1", count: 256))"}"#
        let error = try await failure { try await profile(.github, userInfo: userInfo) }
        guard case .malformed(.userInfo, _) = error else { throw error }
    }

    @Test(arguments: [
        ("1234567890123456789", "1234567890123456789"), ("9007199254740993", "9007199254740993"),
        ("18446744073709551615", "18446744073709551615"), (#""0042""#, "0042"), ("1", "1"),
        ("100000000000000000000000000000", "100000000000000000000000000000"),
    ])
    func keepsEveryDigitOfASubject(written: String, subject: String) async throws {
        let (profile, _) = try await profile(.github, userInfo: #"{"id":\#(written)}"#)
        #expect(profile.subject == subject)
    }

    @Test
    func keepsSubjectsApartThatDifferOnlyInCase() async throws {
        let (lower, _) = try await profile(.github, userInfo: #"{"id":"abc"}"#)
        let (upper, _) = try await profile(.github, userInfo: #"{"id":"ABC"}"#)
        #expect(lower.subject != upper.subject)
    }

    @Test
    func keepsTheVendorsAnswerUnchanged() async throws {
        let (profile, _) = try await profile(.oschina, userInfo: #"{"id":899,"nested":{"list":[1,"二",null,true,0.1]}}"#)
        #expect(profile.raw == (try JSONValue(parsing: #"{"id":899,"nested":{"list":[1,"二",null,true,0.1]}}"#.utf8)))
    }

    @Test(arguments: [301, 302, 307])
    func followsNoRedirectWithTheToken(status: Int) async throws {
        let harness = try Harness(.github)
        let tokens = try await harness.tokens(#"{"access_token":"token-1"}"#)
        harness.transport.on(.userInfo, OutboundResponse(status: status, headers: [.location: "https://evil.example/"]))
        let error = try await failure { try await harness.client.profile(tokens) }
        let reason = "it is a redirect, which is never followed with credentials"
        #expect(error == .malformed(.userInfo, reason: reason))
        #expect(harness.transport.requests(.userInfo).count == 1)
    }
}
