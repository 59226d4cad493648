import HTTPTypes
import MartletTesting
import Testing

@testable import Martlet

@Suite("Profile calls")
struct ProfileRequestTests {
    private let sources = ProfileSources(
        token: .object(["openid": .string("o 1")]), callback: ["code": "c"], clientID: "client-1")

    private func request(_ configure: (inout ProviderCall) -> Void) throws -> OutboundRequest {
        var call = ProviderCall(endpoint: "https://id.example/me?v=2")
        configure(&call)
        return try call.request(role: .userInfo, accessToken: "token-1", sources)
    }

    @Test
    func getsWithABearerTokenUnlessToldOtherwise() throws {
        let request = try request { _ in }
        #expect(request.method == .get)
        #expect(request.url == "https://id.example/me?v=2")
        #expect(request.headers[.authorization] == "Bearer token-1")
        #expect(request.headers[.accept] == "application/json")
        #expect(request.headers[.userAgent] == "martlet")
        #expect(request.body == nil)
    }

    @Test
    func putsTheTokenWhereTheVendorWantsIt() throws {
        let scheme = try request { $0.accessToken.scheme = "OAuth2" }
        #expect(scheme.headers[.authorization] == "OAuth2 token-1")
        let header = try request { $0.accessToken = .header("X-Token") }
        #expect(try header.headers[#require(HTTPField.Name("X-Token"))] == "token-1")
        let query = try request { $0.accessToken = .query("oauth_token") }
        #expect(query.url == "https://id.example/me?v=2&oauth_token=token-1")
        let none = try request { $0.accessToken.location = .none }
        #expect(none.headers[.authorization] == nil)
        #expect(none.query == ["v": "2"])
    }

    @Test
    func fillsParametersAndLeavesOutThoseItCannotFill() throws {
        let request = try request {
            $0.parameters = [
                "openid": "{$token.openid}", "app": "{$client.id}", "lang": "zh_CN", "missing": "{$token.unionid}",
                "both": "{$client.id}/{$callback.code}", "secret": "{$client.secret}",
            ]
        }
        let expected = ["v": "2", "openid": "o 1", "app": "client-1", "lang": "zh_CN", "both": "client-1/c"]
        #expect(request.query == expected)
    }

    @Test(arguments: [(ParameterEncoding.form, "a=1&b=x%20y"), (.json, #"{"a":"1","b":"x y"}"#)])
    func putsParametersInTheBody(encoding: ParameterEncoding, body: String) throws {
        let request = try request {
            $0.method = .post
            $0.encoding = encoding
            $0.parameters = ["b": "x y", "a": "1"]
        }
        #expect(request.method == .post)
        #expect(request.body == body)
    }

    @Test
    func addsFurtherHeadersAndSkipsImpossibleOnes() throws {
        let request = try request { $0.headers = ["Accept": "application/vnd.example+json", "not a name": "x"] }
        #expect(request.headers[.accept] == "application/vnd.example+json")
        #expect(request.headers.count == 3)
    }

    @Test
    func refusesAHeaderNameThatIsNone() {
        #expect(throws: OAuthError.misconfigured("not a name is not a header name")) {
            try request { $0.accessToken = .header("not a name") }
        }
    }

    @Test
    func needsAnEndpoint() {
        #expect(throws: OAuthError.unsupported(.userInfo)) { try request { $0.endpoint = nil } }
    }

    @Test
    func identifiesByTheTokenAnswerWhereThereIsNoProfileEndpoint() async throws {
        var provider = Provider.oschina
        provider.userInfoEndpoint = nil
        provider.profile.id = "$token.uid"
        let harness = try Harness(provider)
        let tokens = try await harness.tokens(#"{"access_token":"t","uid":12345678901234567890}"#)
        #expect(try await harness.client.profile(tokens).subject == "12345678901234567890")
    }

    @Test
    func readsWhatTheCallbackSaidButNeverTheCode() async throws {
        var provider = Provider.oschina
        provider.userInfoEndpoint = nil
        provider.profile.id = "$token.uid"
        provider.profile.name = "$callback.nickname"
        provider.profile.username = "$callback.code"
        provider.profile.identifiers = ["code": "$callback.code"]
        let harness = try Harness(provider)
        harness.transport.on(.token, .json(#"{"access_token":"t","uid":1}"#))
        let response = try await harness.authorized(parameters: ["code": Harness.code.reveal(), "nickname": "Jane"])
        let profile = try await harness.client.profile(try await harness.client.exchange(response))
        #expect(profile.name == "Jane")
        #expect(profile.username == nil)
        #expect(profile.identifiers.isEmpty)
    }

    // MARK: Choosing an email

    @Test
    func findsAListInsideTheAnswer() throws {
        var selection = EmailSelection()
        selection.list = "data.emails"
        selection.address = "value.address"
        selection.primary = "kind=main"
        selection.verified = "proof.done"
        let json = #"""
            {"data":{"emails":[{"kind":"other","proof":{"done":true},"value":{"address":"a@b"}},
            {"kind":"main","proof":{"done":true},"value":{"address":"c@d"}}]}}
            """#
        let answer = try JSONValue(parsing: json.utf8)
        #expect(selection.primaryVerified(in: answer) == Email("c@d", isVerified: true))
    }

    @Test
    func findsNothingInAnAnswerOfAnotherShape() throws {
        var selection = EmailSelection()
        selection.list = "data"
        #expect(selection.primaryVerified(in: .object(["data": .string("x")])) == nil)
        #expect(selection.primaryVerified(in: .null) == nil)
    }
}
