import Crypto
import CryptoExtras
import FoundationEssentials
import HTTPTypes
import MartletTesting
import Testing

@testable import Martlet

@Suite("Alipay's gateway")
struct AlipayTests {
    private let harness: Harness

    init() throws {
        var provider = Provider.alipay
        provider.answerKey = try SampleRSAKey.answerKey()
        harness = try Harness(provider, clientSecret: nil, key: try SampleRSAKey.clientKey())
    }

    private static let token = #"{"open_id":"open-1","access_token":"token-1","expires_in":1296000}"#
    private static let person = #"{"code":"10000","msg":"Success","nick_name":"沈听澜","avatar":"https:\/\/a\/1"}"#

    /// The signature of the provider, in base64.
    private func signature(_ text: String) throws -> String {
        let signature = try SampleRSAKey.provider.get().signature(
            for: SHA256.hash(data: Array(text.utf8)), padding: .insecurePKCS1v1_5)
        return Data(signature.rawRepresentation).base64EncodedString()
    }

    /// An answer as the gateway gives it, perhaps changed after it was signed.
    private func answer(
        _ payload: String, _ name: String = "alipay_system_oauth_token_response", sent: String? = nil
    ) throws -> OutboundResponse {
        .json(#"{"\#(name)":\#(sent ?? payload),"sign":"\#(try signature(payload))"}"#)
    }

    private func exchange(_ answer: OutboundResponse) async throws -> Tokens {
        harness.transport.on(.token, answer)
        return try await harness.client.exchange(try await harness.authorized(parameters: ["auth_code": "code-1"]))
    }

    @Test
    func signsAllParametersSortedAndNothingAfterwards() async throws {
        _ = try await exchange(try answer(Self.token))
        let request = try harness.request(.token)
        #expect(request.url == "https://openapi.alipay.com/gateway.do")
        var form = request.form
        let sign = try #require(form.removeValue(forKey: "sign").flatMap { Data(base64Encoded: $0) })
        #expect(
            form == [
                "app_id": "client-1", "method": "alipay.system.oauth.token", "format": "JSON", "charset": "utf-8",
                "sign_type": "RSA2", "timestamp": "2030-01-01 08:00:00", "version": "1.0",
                "grant_type": "authorization_code", "code": "code-1",
            ])
        let content =
            "app_id=client-1&charset=utf-8&code=code-1&format=JSON&grant_type=authorization_code"
            + "&method=alipay.system.oauth.token&sign_type=RSA2&timestamp=2030-01-01 08:00:00&version=1.0"
        #expect(
            try SampleRSAKey.client.get().publicKey.isValidSignature(
                .init(rawRepresentation: sign), for: SHA256.hash(data: Array(content.utf8)), padding: .insecurePKCS1v1_5
            ))
    }

    @Test
    func readsAPersonOutOfSignedAnswers() async throws {
        let tokens = try await exchange(try answer(Self.token))
        harness.transport.on(.userInfo, try answer(Self.person, "alipay_user_info_share_response"))
        let profile = try await harness.client.profile(tokens)
        #expect(profile.subject == "open-1")
        #expect(profile.name == "沈听澜")
        #expect(profile.avatar == "https://a/1")
        let form = try harness.request(.userInfo).form
        #expect(form["auth_token"] == "token-1")
        #expect(form["method"] == "alipay.user.info.share")
        #expect(try harness.request(.userInfo).query.isEmpty)
    }

    @Test
    func keepsTheFormerIDOfAPersonWhoNowHasAnother() async throws {
        let both = #"{"open_id":"open-1","user_id":"2088102150527498","access_token":"token-1"}"#
        let tokens = try await exchange(try answer(both))
        harness.transport.on(.userInfo, try answer(Self.person, "alipay_user_info_share_response"))
        let profile = try await harness.client.profile(tokens)
        #expect(profile.subject == "open-1")
        #expect(profile.formerSubject == "2088102150527498")
    }

    @Test
    func believesWhatWasSignedBeforeItsSlashesWereEscaped() async throws {
        let tokens = try await exchange(try answer(Self.token))
        let signed = Self.person.split(separator: "\\").joined()
        harness.transport.on(.userInfo, try answer(signed, "alipay_user_info_share_response", sent: Self.person))
        #expect(try await harness.client.profile(tokens).avatar == "https://a/1")
    }

    @Test
    func refusesAnAnswerThatWasChanged() async throws {
        let changed = Self.token.split(separator: "open-1", omittingEmptySubsequences: false).joined(
            separator: "open-2")
        let answer = try answer(Self.token, sent: changed)
        #expect(try await failure { try await exchange(answer) } == .untrustedMessage(.answer, .badSignature))
    }

    @Test
    func refusesAnAnswerSignedByAnotherKey() async throws {
        let sign = Data(
            try SampleRSAKey.client.get().signature(
                for: SHA256.hash(data: Array(Self.token.utf8)), padding: .insecurePKCS1v1_5
            ).rawRepresentation
        ).base64EncodedString()
        let answer = OutboundResponse.json(
            #"{"alipay_system_oauth_token_response":\#(Self.token),"sign":"\#(sign)"}"#)
        #expect(try await failure { try await exchange(answer) } == .untrustedMessage(.answer, .badSignature))
    }

    @Test(arguments: [
        #"{"alipay_system_oauth_token_response":\#(Self.token)}"#,
        #"{"alipay_system_oauth_token_response":\#(Self.token),"sign":""}"#,
        #"{"alipay_system_oauth_token_response":\#(Self.token),"sign":"?"}"#,
        #"{"alipay_system_oauth_token_response":\#(Self.token),"sign":7}"#,
        Self.token,
        #"{"alipay_system_oauth_token_response":\#(Self.token),"alipay_system_oauth_token_response":\#(Self.token)}"#,
    ])
    func refusesAnAnswerWithoutASignature(body: String) async throws {
        let error = try await failure { try await exchange(.json(body)) }
        guard case .untrustedMessage(.answer, _) = error else { throw TestFailure("the error is \(error)") }
    }

    @Test
    func refusesASignedAnswerOfAnotherMethod() async throws {
        let answer = try answer(Self.person, "alipay_user_info_share_response")
        #expect(try await failure { try await exchange(answer) } == .untrustedMessage(.answer, .malformed))
    }

    @Test(arguments: [
        #"{"error_response":{"code":"40002","msg":"Invalid","sub_code":"isv.code-invalid","sub_msg":"code-1 无效"}}"#,
        #"{"alipay_system_oauth_token_response":{"code":"40002","msg":"Invalid","sub_code":"isv.code-invalid","sub_msg":"code-1 无效"}}"#,
    ])
    func readsAnErrorThoughItIsNotSigned(body: String) async throws {
        let rejection = try await rejection { try await exchange(.json(body)) }
        #expect(rejection.error == "isv.code-invalid")
        #expect(rejection.description == "[redacted] 无效")
    }

    @Test
    func readsASignedError() async throws {
        let tokens = try await exchange(try answer(Self.token))
        let error = #"{"code":"20001","msg":"授权权限不足","sub_code":"aop.invalid-auth-token"}"#
        harness.transport.on(.userInfo, try answer(error, "alipay_user_info_share_response"))
        let rejection = try await rejection { try await harness.client.profile(tokens) }
        #expect(rejection.error == "aop.invalid-auth-token")
    }

    @Test
    func exchangesTheCodeOfAnApp() async throws {
        var provider = Provider.alipayApp
        provider.answerKey = try SampleRSAKey.answerKey()
        let app = try Harness(provider, clientSecret: nil, key: try SampleRSAKey.clientKey())
        app.transport.on(.token, try answer(Self.token))
        #expect(try await app.client.exchange(loginCode: "code-1").accessToken == "token-1")
    }

    @Test
    func acceptsKeysAsTheVendorsToolWritesThem() throws {
        let pem = try SampleRSAKey.client.get().pemRepresentation
        let bare = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        #expect(try ClientKey(pem: Secret(bare)).publicJWK == SampleRSAKey.clientKey().publicJWK)
        let pkcs1 = try SampleRSAKey.client.get().derRepresentation.base64EncodedString()
        #expect(try ClientKey(pem: Secret(pkcs1)).publicJWK == SampleRSAKey.clientKey().publicJWK)
        _ = try RSAPublicKey(SampleRSAKey.provider.get().publicKey.pemRepresentation)
    }

    @Test
    func refusesToBeginWithoutTheKeys() throws {
        var provider = Provider.alipay
        let key = try SampleRSAKey.clientKey()
        func problem(_ key: ClientKey?) -> OAuthError? {
            do throws(OAuthError) {
                _ = try OAuthClient(provider, clientID: "1", key: key)
                return nil
            } catch {
                return error
            }
        }
        #expect(
            problem(key)
                == .misconfigured("alipay needs answerKey, the public key by which its answers are verified"))
        provider.answerKey = "not a key"
        #expect(
            problem(key)
                == .misconfigured("answerKey is not an RSA public key of 2,048 bits or more, in PEM or base64"))
        provider.answerKey = try SampleRSAKey.answerKey()
        #expect(problem(key) == nil)
        let needsKey = OAuthError.misconfigured("alipay needs an RSA private key that signs with RS256")
        #expect(problem(nil) == needsKey)
        #expect(problem(.generated()) == needsKey)
    }
}

@Suite("Members of a JSON text")
struct JSONMembersTests {
    @Test(arguments: [
        (#"{"a":1,"b":{"c":[1,2,{"d":"}"}]},"e":"x"}"#, "b", #"{"c":[1,2,{"d":"}"}]}"#),
        (#" { "a" : { "b" : "\"}" } , "c" : 2 } "#, "a", #"{ "b" : "\"}" }"#),
        (#"{"a":"1,2","b":null}"#, "a", #""1,2""#), (#"{"a":-1.5e3 ,"b":true}"#, "a", "-1.5e3"),
        (#"{"\u0061":"沈\\"}"#, "a", #""沈\\""#), (#"{"x":{"a":1},"a":2}"#, "a", "2"), (#"{"a":[]}"#, "a", "[]"),
    ])
    func areFoundAsTheyAreWritten(text: String, name: String, value: String) throws {
        let members = try #require(JSONMembers(of: Array(text.utf8)))
        #expect(members[name].map { String(decoding: $0, as: UTF8.self) } == value)
    }

    @Test(arguments: ["", "[]", "1", #"{"a":1"#, #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#])
    func areNotLookedForInAnythingElse(text: String) {
        #expect(JSONMembers(of: Array(text.utf8)) == nil)
    }
}
