import FoundationEssentials
import Martlet
import MartletTesting
import Testing

@Suite("Token answers")
struct TokenResponseTests {
    private func tokens(_ body: String, at provider: Provider = .github) async throws -> Tokens {
        try await Harness(provider).tokens(OutboundResponse(status: 200, body: Array(body.utf8)), scopes: ["none"])
    }

    @Test
    func readsEveryMemberOfTheStandardAnswer() async throws {
        let harness = try Harness(.gitee)
        let tokens = try await harness.tokens(
            #"{"access_token":"a","token_type":"mac","expires_in":3600,"refresh_token":"r","scope":"x y","more":1}"#)
        #expect(tokens.accessToken == "a")
        #expect(tokens.tokenType == "mac")
        #expect(tokens.expiresIn == 3600)
        #expect(tokens.expiresAt == harness.clock.now.addingTimeInterval(3600))
        #expect(tokens.refreshToken == "r")
        #expect(tokens.scopes == ["x", "y"])
        #expect(tokens.idToken == nil)
        #expect(tokens.identity == nil)
        #expect(tokens.raw["more"] == .number(1))
    }

    @Test
    func readsAnAnswerThatHoldsNothingButTheToken() async throws {
        let tokens = try await tokens(#"{"access_token":"a"}"#)
        #expect(tokens.tokenType == "Bearer")
        #expect(tokens.expiresIn == nil)
        #expect(tokens.expiresAt == nil)
        #expect(tokens.refreshToken == nil)
        #expect(tokens.scopes.isEmpty)
    }

    @Test(arguments: [
        #"{"access_token":"a"}"#, " \r\n\t{\"access_token\":\"a\"}", "access_token=a&expires_in=7776000",
        #"callback( {"access_token":"a"} );"#, "\ncallback({\"access_token\":\"a\"})\n", "code=1&access_token=a",
    ])
    func readsEveryNotation(body: String) async throws {
        #expect(try await tokens(body).accessToken == "a")
    }

    @Test
    func readsAFormsPercentEncodings() async throws {
        let tokens = try await tokens("access_token=a%2Bb&scope=repo%2Cgist&token_type=bearer")
        #expect(tokens.accessToken == "a+b")
        #expect(tokens.scopes == ["repo", "gist"])
    }

    @Test(
        arguments: [
            ("3600", 3600), (#""3600""#, 3600), (#""3600.0""#, 3600), ("3599.6", 3600), ("null", nil), (#""""#, nil),
            (#""soon""#, nil), (#""nan""#, nil), (#""inf""#, nil), ("1e30", nil), ("[]", nil), ("-1", -1),
        ] as [(String, Int?)])
    func readsTheLifetimeHoweverItIsWritten(written: String, seconds: Int?) async throws {
        #expect(try await tokens(#"{"access_token":"a","expires_in":\#(written)}"#).expiresIn == seconds)
    }

    @Test(arguments: [
        (#""a b""#, ["a", "b"]), (#""a,b""#, ["a", "b"]), (#""a, b ""#, ["a", "b"]), (#"["a","b"]"#, ["a", "b"]),
        (#"["a",1,null]"#, ["a"]), (#""""#, []), ("null", []), ("7", []),
    ])
    func readsTheScopeHoweverItIsWritten(written: String, scopes: [String]) async throws {
        #expect(try await tokens(#"{"access_token":"a","scope":\#(written)}"#).scopes == scopes)
    }

    @Test
    func readsAnAnswerInAnEnvelopeOrWithout() async throws {
        for body in [
            #"{"code":0,"data":{"access_token":"a","refresh_token":"r"}}"#,
            #"{"code":0,"access_token":"a","refresh_token":"r"}"#,
        ] {
            let tokens = try await tokens(body, at: .feishu)
            #expect(tokens.accessToken == "a")
            #expect(tokens.refreshToken == "r")
        }
    }

    @Test
    func readsDingTalksNames() async throws {
        let body = #"{"accessToken":"a","refreshToken":"r","expireIn":7200,"corpId":"c"}"#
        let tokens = try await tokens(body, at: .dingtalk)
        #expect(tokens.accessToken == "a")
        #expect(tokens.refreshToken == "r")
        #expect(tokens.expiresIn == 7200)
    }

    // MARK: Refusals

    @Test(arguments: [
        #"{}"#, #"{"access_token":""}"#, #"{"access_token":null}"#, #"{"access_token":[]}"#, "access_token=",
        #"{"data":{"access_token":"a"}}"#, "null", "[]",
    ])
    func refusesAnAnswerWithoutAnAccessToken(body: String) async throws {
        let error = try await failure { try await tokens(body) }
        #expect(error == .malformed(.token, reason: "it has no access token"))
    }

    @Test(arguments: [
        "", " ", "garbage", "<html>access_token=a</html>", "{", #"{"access_token":"a""#, "access_token=%zz",
        "callback(", "callback)(", "call({\"access_token\":\"a\"})", "callback({)", "\u{FEFF}",
    ])
    func refusesAnAnswerItCannotRead(body: String) async throws {
        let error = try await failure { try await tokens(body) }
        #expect(error == .malformed(.token, reason: "it is not JSON"))
    }

    @Test
    func refusesBytesThatAreNotUTF8() async throws {
        let harness = try Harness(.github)
        let body = Array(#"{"access_token":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)
        let error = try await failure { try await harness.tokens(OutboundResponse(status: 200, body: body)) }
        #expect(error == .malformed(.token, reason: "it is not JSON"))
    }

    @Test
    func refusesAnAbsurdlyDeepAnswer() async throws {
        let body = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let error = try await failure { try await tokens(body) }
        #expect(error == .malformed(.token, reason: "it is not JSON"))
    }

    @Test(arguments: [300, 301, 302, 303, 307, 308])
    func refusesARedirectEvenIfItHoldsATokenAnswer(status: Int) async throws {
        let harness = try Harness(.github)
        let error = try await failure { try await harness.tokens(.json(#"{"access_token":"a"}"#, status: status)) }
        let reason = "it is a redirect, which is never followed with credentials"
        #expect(error == .malformed(.token, reason: reason))
    }

    @Test(arguments: [400, 401, 403, 429, 500, 502, 503])
    func refusesAnErrorStatusEvenIfTheBodyHoldsAToken(status: Int) async throws {
        let harness = try Harness(.github)
        let error = try await failure { try await harness.tokens(.json(#"{"access_token":"a"}"#, status: status)) }
        guard case .rejected(let rejection) = error else { throw error }
        #expect(rejection.status == status)
        #expect(rejection.error == nil)
        #expect(error.isTemporary == (status >= 500 || status == 429))
    }

    @Test
    func refusesAnErrorPageThatIsNotJSON() async throws {
        let harness = try Harness(.github)
        let answer = OutboundResponse(status: 502, body: Array("<html>Bad Gateway</html>".utf8))
        let rejection = try await rejection { try await harness.tokens(answer) }
        #expect(rejection.status == 502)
        #expect(rejection.description == nil)
    }

    /// How each vendor tells an error in an answer of status 200, after its documentation.
    struct VendorError: Sendable, CustomTestStringConvertible {
        var provider: Provider
        var body: String
        var error: String
        var description: String?

        var testDescription: String { "\(provider.id): \(body)" }
    }

    @Test(arguments: [
        VendorError(
            provider: .github, body: #"{"error":"bad_verification_code","error_description":"Expired."}"#,
            error: "bad_verification_code", description: "Expired."),
        VendorError(
            provider: .github, body: "error=bad_code&error_description=Old+code", error: "bad_code",
            description: "Old code"),
        VendorError(
            provider: .wechatOpen, body: #"{"errcode":40029,"errmsg":"invalid code"}"#, error: "40029",
            description: "invalid code"),
        VendorError(
            provider: .wechatMP, body: #"{"errcode":-1,"errmsg":"system busy"}"#, error: "-1",
            description: "system busy"),
        VendorError(
            provider: .qq, body: #"callback( {"error":100019,"error_description":"code to access token error"} );"#,
            error: "100019", description: "code to access token error"),
        VendorError(
            provider: .qq, body: #"{"ret":-1,"msg":"client request's parameters are invalid"}"#, error: "-1",
            description: "client request's parameters are invalid"),
        VendorError(
            provider: .feishu, body: #"{"code":20003,"error":"invalid_grant","error_description":"used"}"#,
            error: "invalid_grant", description: "used"),
        VendorError(
            provider: .feishu, body: #"{"code":20014,"msg":"app token invalid"}"#, error: "20014",
            description: "app token invalid"),
        VendorError(
            provider: .dingtalk, body: #"{"code":"invalidParameter.authCode.notFound","message":"no such code"}"#,
            error: "invalidParameter.authCode.notFound", description: "no such code"),
        VendorError(provider: .gitee, body: #"{"error":{"code":7,"message":"m"}}"#, error: "7", description: "m"),
        VendorError(provider: .gitee, body: #"{"error":{"type":"t"}}"#, error: "t"),
        VendorError(provider: .gitee, body: #"{"error":{},"error_message":"m"}"#, error: "error", description: "m"),
        VendorError(provider: .gitee, body: #"{"error":true,"access_token":"a"}"#, error: "true"),
    ])
    func readsAnErrorOfStatus200(expected: VendorError) async throws {
        let rejection = try await rejection { try await tokens(expected.body, at: expected.provider) }
        #expect(rejection.status == 200)
        #expect(rejection.role == .token)
        #expect(rejection.error == expected.error)
        #expect(rejection.description == expected.description)
    }

    @Test(arguments: [
        (Provider.wechatOpen, #"{"errcode":0,"access_token":"a"}"#), (.qq, #"{"ret":0,"access_token":"a"}"#),
        (.feishu, #"{"code":0,"access_token":"a"}"#), (.github, #"{"error":null,"access_token":"a"}"#),
        (.github, #"{"error":"","access_token":"a"}"#),
    ])
    func takesTheVendorsSuccessCodesForSuccess(provider: Provider, body: String) async throws {
        #expect(try await tokens(body, at: provider).accessToken == "a")
    }

    // MARK: Transport

    @Test(arguments: [
        (TransportError.unreachable("refused"), OAuthError.unreachable(.token, reason: "refused"), true),
        (.timedOut, .timedOut(.token), true),
        (
            .tooLarge(limit: 10),
            .malformed(.token, reason: "the provider's answer is larger than 10 bytes"), false
        ),
        (.refused("plain http is refused"), .misconfigured("the token endpoint: plain http is refused"), false),
    ])
    func reportsWhyNoAnswerCame(cause: TransportError, expected: OAuthError, isTemporary: Bool) async throws {
        let harness = try Harness(.github)
        harness.transport.on(.token) { (_) throws(TransportError) in throw cause }
        let response = try await harness.authorized()
        let error = try await failure { try await harness.client.exchange(response) }
        #expect(error == expected)
        #expect(error.isTemporary == isTemporary)
    }
}
