import FoundationEssentials
import Martlet
import Testing

@testable import MartletServer

@Suite struct ReplayTests {
    private func replay(_ text: String) async throws -> Replay.Result {
        try await Replay().run(try JSONValue(parsing: text.utf8))
    }

    private static let token =
        #"{"role": "token", "status": 200, "headers": {}, "body": "{\"access_token\": \"t\", \"token_type\": \"bearer\"}"}"#
    private static let user =
        #"{"url": "https://api.github.com/user", "method": "GET", "status": 200, "headers": {}, "body": "{\"id\": 1234567890123456789, \"login\": \"ada\", \"name\": null}"}"#
    private static let emails =
        #"{"role": "emails", "status": 200, "headers": {}, "body": {"base64": "W3siZW1haWwiOiJhQGIuYyIsInByaW1hcnkiOnRydWUsInZlcmlmaWVkIjp0cnVlfV0="}}"#

    private static func recording(_ exchanges: [String], _ more: String = "") -> String {
        #"{"provider": "github", "configuration": {"clientID": "id", "clientSecret": "secret"}, "callback": {"code": "c", "state": "s"}, "#
            + more + #""exchanges": ["# + exchanges.joined(separator: ",") + "]}"
    }

    @Test func printsWhatWasAskedAndUnderstood() async throws {
        let result = try await replay(Self.recording([Self.token, Self.user, Self.emails]))
        #expect(result.isOK && result.isSuccess && result.matches == nil)
        #expect(result.json["profile"]?["id"] == .string("1234567890123456789"))
        #expect(result.json["profile"]?["email"] == .string("a@b.c"))
        #expect(result.json["profile"]?["emailVerified"] == .bool(true))
        #expect(result.json["tokens"]?["accessToken"] == .string("t"))
        #expect(result.json["raw"]?["login"] == .string("ada"))
        #expect(result.json["authorizationURL"]?.string?.contains("state=s") == true)
        let requests = try #require(result.json["requests"]?.array)
        #expect(requests.map { $0["match"]?.string } == ["role", "url", "role"])
        #expect(requests[0]["body"]?.string?.contains("code=c") == true)
        #expect(requests[0]["headers"]?["accept"] == .string("application/json"))
    }

    @Test func comparesOnlyTheFieldsGivenAsText() async throws {
        let good = try await replay(
            Self.recording(
                [Self.token, Self.user, Self.emails], #""expected": {"id": "1234567890123456789", "name": null},"#))
        #expect(good.matches == true && good.json["differences"] == .array([]))
        let bad = try await replay(
            Self.recording([Self.token, Self.user, Self.emails], #""expected": {"username": "eve"},"#))
        #expect(bad.matches == false && !bad.isSuccess)
        #expect(bad.json["differences"]?.value(at: "0.actual") == .string("ada"))
    }

    @Test func namesTheRequestThatHasNoAnswer() async throws {
        let result = try await replay(Self.recording([Self.token]))
        #expect(!result.isOK)
        #expect(result.json["error"]?["code"] == .string("NO_RECORDED_ANSWER"))
        #expect(result.json["error"]?["detail"] == .string("GET https://api.github.com/user"))
    }

    @Test func expectsAnErrorWhereTheRecordingSaysSo() async throws {
        let refused =
            #"{"role": "token", "status": 200, "headers": {}, "body": "{\"error\": \"bad_verification_code\"}"}"#
        let result = try await replay(Self.recording([refused], #""expected": {"ok": false},"#))
        #expect(!result.isOK && result.isSuccess)
        #expect(result.json["error"]?["code"] == .string("OAUTH_TOKEN_EXCHANGE_FAILED"))
    }

    @Test(
        arguments: [
            (#"{"body": {"grant_type": "authorization_code", "code": "c", "username": null}}"#, nil),
            (#"{"headers": {"accept": "application/json", "authorization": null}}"#, nil),
            (#"{"body": {"code": "other"}}"#, "POST https://github.com/login/oauth/access_token body code"),
            (#"{"body": {"audience": "a"}}"#, "POST https://github.com/login/oauth/access_token body audience"),
            (#"{"body": {"code": null}}"#, "POST https://github.com/login/oauth/access_token body code"),
            (
                #"{"headers": {"accept": "text/html"}}"#,
                "POST https://github.com/login/oauth/access_token header accept"
            ),
        ] as [(String, String?)])
    func comparesTheRequestsWithWhatTheyMustBe(request: String, difference: String?) async throws {
        let token = Self.token.replacing(#""role": "token""#, with: #""role": "token", "request": \#(request)"#)
        let result = try await replay(Self.recording([token, Self.user, Self.emails], #""expected": {"ok": true},"#))
        #expect(result.matches == (difference == nil))
        #expect(result.json["differences"]?.value(at: "0.field")?.string == difference)
    }

    @Test func comparesTheCodeOfAnError() async throws {
        let refused = #"{"role": "token", "status": 400, "headers": {}, "body": "{\"error\": \"invalid_grant\"}"}"#
        for (code, matches) in [("OAUTH_TOKEN_EXCHANGE_FAILED", true), ("OAUTH_USER_INFO_FAILED", false)] {
            let expected = #""expected": {"ok": false, "error": "\#(code)"},"#
            #expect(try await replay(Self.recording([refused], expected)).matches == matches)
        }
    }

    @Test func matchesAURLByItsPathAndAtLeastItsQuery() async throws {
        let exchange = { (url: String) in
            #"{"url": ""# + url
                + #"", "status": 200, "headers": {}, "body": "{\"openid\": \"o\", \"unionid\": \"u\"}"}"#
        }
        let text = { (url: String) in
            #"{"provider": "wechat_mini", "configuration": {"clientID": "wx", "clientSecret": "s"}, "callback": {"code": "c"}, "exchanges": ["#
                + exchange(url) + "]}"
        }
        let base = "https://api.weixin.qq.com/sns/jscode2session"
        #expect(try await replay(text(base)).json["profile"]?["id"] == .string("u"))
        #expect(try await replay(text(base + "?js_code=c")).isOK)
        #expect(try await !replay(text(base + "?js_code=other")).isOK)
        #expect(try await !replay(text("https://evil.example/sns/jscode2session")).isOK)
    }

    @Test func saysWhatIsWrongWithACallback() async throws {
        let text = Self.recording([Self.token]).replacing(#""code": "c""#, with: #""error": "access_denied""#)
        let result = try await replay(text)
        #expect(result.json["error"]?["code"] == .string("OAUTH_ACCESS_DENIED"))
    }

    @Test(arguments: [
        "{}", #"{"provider": "github"}"#, #"{"provider": "github", "exchanges": [{}]}"#,
        #"{"provider": "github", "exchanges": [{"role": "token"}]}"#,
        #"{"provider": "github", "now": "yesterday", "exchanges": []}"#,
    ])
    func refusesWhatIsNoRecording(text: String) async throws {
        await #expect(throws: (any Error).self) { try await replay(text) }
    }

    @Test func saysWhatIsWrongWithTheConfiguration() async throws {
        let result = try await replay(#"{"provider": "github", "configuration": {"clientIdd": "x"}, "exchanges": []}"#)
        #expect(result.json["error"]?["code"] == .string("CONFIGURATION_INVALID"))
    }
}
