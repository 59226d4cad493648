import Crypto
import FoundationEssentials
import HTTPTypes
import MartletTesting
import Testing

@testable import Martlet

@Suite("Signatures with an HMAC")
struct HMACSignatureTests {
    /// The vendor's example: https://www.tencentcloud.com/document/api/213/33224
    @Test
    func areThoseOfTencentCloudsExample() throws {
        var request = OutboundRequest(role: .userInfo, method: .post, url: "https://cvm.tencentcloudapi.com/")
        request.headers[.contentType] = "application/json; charset=utf-8"
        request.body = #"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#
        try request.signForTencentCloud(
            keyID: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******", secret: "Gu5t9xGARNpq86cd98joQYCN3*******",
            at: Date(timeIntervalSince1970: 1_551_113_065))
        #expect(
            request.headers[.authorization] == "TC3-HMAC-SHA256 "
                + "Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c")
    }

    @Test
    func leaveOutWhatTencentCloudDoesNotKnow() async throws {
        let harness = try Harness(.qCloud)
        let tokens = try await harness.tokens(
            #"{"Response":{"UserAccessToken":"token-1","UserOpenId":"open-1","RequestId":"r"}}"#)
        let request = try harness.request(.token)
        #expect(request.query == ["UserAuthCode": Harness.code.reveal()])
        #expect(request.headers[.authorization]?.contains("Credential=my-api-key/2030-01-01/open/tc3_request") == true)
        #expect(try await harness.client.profile(tokens).subject == "open-1")
    }

    /// The vendor's example, by the parameters and keys that its documentation prints.
    @Test
    func areThoseOfXimalayasExample() throws {
        var request = OutboundRequest(role: .userInfo, method: .get, url: "https://api.ximalaya.com/search")
        request.url = request.url.addingQuery([
            ("app_key", "b617866c20482d133d5de66fceb37da3"), ("calc_dimension", "1"), ("category_id", "0"),
            ("client_os_type", "4"), ("count", "20"), ("page", "1"), ("q", "聪明与智慧"),
        ])
        let nonce = try #require(Base64URL.decode("abcdefghijklmnopqrstuw"))
        request.signForXimalaya(
            secret: "4d8e605fa7ed546c4bcb33dee1381179", serverKey: "z0hh5l9A",
            at: Date(timeIntervalSince1970: 1_533_203_363.618), random: RandomSource { _ in nonce })
        #expect(request.query["nonce"] == "abcdefghijklmnopqrstuw")
        #expect(request.query["timestamp"] == "1533203363618")
        #expect(request.query["sig"] == "0ba819ab05c5959247794ef486c94792")
    }

    @Test
    func standInTheHeadersOfACallToBilibili() async throws {
        let harness = try Harness(.bilibili)
        harness.transport.on(.userInfo, .json(#"{"code":0,"data":{"openid":"open-1"}}"#))
        let tokens = try await harness.tokens(#"{"code":0,"data":{"access_token":"token-1","expires_in":1737515172}}"#)
        #expect(tokens.expiresIn == nil)
        #expect(try await harness.client.profile(tokens).subject == "open-1")
        let request = try harness.request(.userInfo)
        let names = [
            "accesskeyid", "content-md5", "signature-method", "signature-nonce", "signature-version", "timestamp",
        ].map { "x-bili-\($0)" }
        let text = names.map { name in "\(name):\(HTTPField.Name(name).flatMap { request.headers[$0] } ?? "missing")" }
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(text.joined(separator: "\n").utf8),
            using: SymmetricKey(data: Data(Harness.clientSecret.reveal().utf8)))
        #expect(request.headers[.authorization] == code.hexadecimal)
        #expect(text[0] == "x-bili-accesskeyid:client-1" && text[5] == "x-bili-timestamp:1893456000")
    }

    @Test
    func letACodeReadTheProfileAtDingTalk() async throws {
        let harness = try Harness(.dingtalkLegacy)
        harness.transport.on(.userInfo, .json(#"{"errcode":0,"user_info":{"unionid":"union-1","nick":"周"}}"#))
        let tokens = try await harness.client.exchange(try await harness.authorized())
        #expect(tokens.accessToken == nil && harness.transport.requests(.token).isEmpty)
        #expect(try await harness.client.profile(tokens).subject == "union-1")
        let request = try harness.request(.userInfo)
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("1893456000000".utf8), using: SymmetricKey(data: Data(Harness.clientSecret.reveal().utf8)))
        #expect(
            request.query == [
                "accessKey": "client-1", "timestamp": "1893456000000", "signature": Data(code).base64EncodedString(),
            ])
        #expect(request.json?["tmp_auth_code"]?.string == Harness.code.reveal())
    }
}
