import Crypto
import FoundationEssentials
import HTTPTypes
import MartletTesting
import Testing

@testable import Martlet

@Suite("Signatures with MD5")
struct MD5SignatureTests {
    private func md5(_ text: String) -> String {
        Insecure.MD5.hash(data: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The profile call of a login.
    private func profileCall(
        _ provider: Provider, token: String, answer: String
    ) async throws -> (request: OutboundRequest, profile: UserProfile) {
        let harness = try Harness(provider)
        harness.transport.on(.userInfo, .json(answer))
        let profile = try await harness.client.profile(try await harness.tokens(token))
        return (try harness.request(.userInfo), profile)
    }

    @Test
    func standAtTheEndOfACallToJD() async throws {
        let (request, profile) = try await profileCall(
            .jd, token: #"{"access_token":"token-1","open_id":"open-1","code":0}"#,
            answer:
                #"{"jingdong_user_getUserInfoByOpenId_responce":{"getuserinfobyappidandopenid_result":{"code":0,"data":{"nickName":"晚风"}}}}"#
        )
        #expect(profile.subject == "open-1")
        #expect(profile.name == "晚风")
        let secret = Harness.clientSecret.reveal()
        let text =
            #"360buy_param_json{"openId":"open-1"}access_tokentoken-1app_keyclient-1"#
            + "methodjingdong.user.getUserInfoByOpenIdtimestamp2030-01-01 08:00:00v2.0"
        #expect(request.query["sign"] == md5(secret + text + secret).uppercased())
        #expect(request.query["timestamp"] == "2030-01-01 08:00:00")
        #expect(request.url.contains("&sign="))
        #expect(request.body == nil)
    }

    @Test
    func standInTheEnvelopeOfACallToEleme() async throws {
        let (request, profile) = try await profileCall(
            .eleme, token: #"{"access_token":"token-1"}"#,
            answer: #"{"nop":"1.0.0","result":{"userId":1765934029999999999,"userName":"面馆"},"error":null}"#)
        #expect(profile.subject == "1765934029999999999")
        let envelope = try #require(request.json)
        #expect(envelope["nop"] == .string("1.0.0"))
        #expect(envelope["action"] == .string("eleme.user.getUser"))
        #expect(envelope["token"] == .string("token-1"))
        #expect(envelope["params"] == [:])
        #expect(envelope.value(at: "metas.app_key") == .string("client-1"))
        #expect(envelope.value(at: "metas.timestamp") == .number(1_893_456_000))
        let text = #"eleme.user.getUsertoken-1app_key="client-1"timestamp=1893456000"# + Harness.clientSecret.reveal()
        #expect(envelope["signature"] == .string(md5(text).uppercased()))
        #expect(request.headers[.authorization] == nil)
    }

    @Test
    func areKeyedByTheTokenAtOdnoklassniki() async throws {
        var provider = Provider.odnoklassniki
        provider.apiKey = "public-1"
        let (request, profile) = try await profileCall(
            provider, token: #"{"access_token":"token-1"}"#, answer: #"{"uid":"578592731938","name":"Злата"}"#)
        #expect(profile.subject == "578592731938")
        let sessionSecret = md5("token-1" + Harness.clientSecret.reveal())
        let sig = md5("application_key=public-1format=jsonmethod=users.getCurrentUser" + sessionSecret)
        #expect(
            request.query == [
                "application_key": "public-1", "format": "json", "method": "users.getCurrentUser",
                "access_token": "token-1", "sig": sig,
            ])
    }

    /// The worked example of https://konstantintogoi.github.io/aiookru/api, a client of the same API.
    @Test
    func areThoseOfAnotherClientOfOdnoklassniki() {
        var request = OutboundRequest(
            role: .userInfo,
            url: "https://api.ok.ru/fb.do?application_key=ABCDEFGHIGKLMNOPK&format=json&method=events.get")
        request.signForOdnoklassniki(
            secret: "ABC123DEF456GHI789JKL123", accessToken: "-s-84W-s3egarWUsbkq-IWTucuedzTKT8VUXIA.s4Xx8IW7")
        #expect(request.query["sig"] == "232c8eb921951c4dba9b72606f9ddb4c")
    }

    @Test(arguments: [Provider.jd, .eleme])
    func needAClientSecret(provider: Provider) {
        #expect(throws: OAuthError.misconfigured("\(provider.id) needs a client secret")) {
            try OAuthClient(provider, clientID: "1")
        }
    }

    @Test(arguments: [Provider.jd, .eleme])
    func areNotMadeForTheTokenCall(provider: Provider) async throws {
        let harness = try Harness(provider)
        _ = try await harness.tokens(#"{"access_token":"token-1","code":0}"#)
        let form = try harness.request(.token).form
        #expect(form["sign"] == nil && form["signature"] == nil && form["grant_type"] == "authorization_code")
    }
}
