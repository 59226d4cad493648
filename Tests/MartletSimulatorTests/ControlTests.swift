import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MartletSimulator
import Testing

@Suite struct ControlTests {
    @Test func recordsNamesButNoHeaderValues() async throws {
        let bench = try Bench()
        try await bench.run { visitor in
            _ = try await visitor.get("openid/userinfo", ["a": "1"], headers: Visitor.bearer("opaque"))
            _ = try await visitor.post("openid/token", ["grant_type": "x"])
            _ = try await visitor.post("api.dingtalk.com/v1.0/oauth2/userAccessToken", json: ["code": "c"])
            let recorded = bench.simulator.recordedRequests
            #expect(recorded.map(\.method) == ["GET", "POST", "POST"])
            #expect(recorded[0].path == "openid/userinfo")
            #expect(recorded[0].query.map(\.name) == ["a"])
            #expect(recorded[0].query.map(\.value) == ["1"])
            #expect(recorded[0].headerNames.contains("authorization"))
            #expect(recorded[1].formNames == ["grant_type"])
            #expect(recorded[2].formNames == ["code"])
            let list = try await visitor.get("simulator/requests")
            #expect(try list.json().count == 3)
            #expect(!list.text.contains("opaque"))
            #expect(try await visitor.send(.delete, "simulator/requests").status == 204)
            #expect(bench.simulator.recordedRequests.isEmpty)
        }
    }

    @Test func recordsWhoFollowsARedirection() async throws {
        let bench = try Bench()
        try await bench.run { visitor in
            _ = try await visitor.get("elsewhere.example/token")
            #expect(bench.simulator.recordedRequests.map(\.path) == ["elsewhere.example/token"])
        }
    }

    @Test func keepsTheLastThousand() async throws {
        let bench = try Bench()
        try await bench.run { visitor in
            for number in 0..<1001 { _ = try await visitor.get("openid/jwks", ["n": String(number)]) }
            #expect(bench.simulator.recordedRequests.count == 1000)
            #expect(bench.simulator.recordedRequests.first?.query.first?.value == "1")
        }
    }

    @Test func signsInOverASocket() async throws {
        let bench = try Bench()
        let application = bench.simulator.application(hostname: "127.0.0.1", port: 0, logger: .silent)
        try await application.test(.live) { client in
            let visitor = Visitor(client: client)
            let code = try await visitor.code("openid/authorize", ["scope": "openid"])
            let tokens = try await visitor.post(
                "openid/token",
                ["grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI],
                headers: Visitor.basic("app", "s3cret"))
            let idToken = try IDTokenReader(try #require(try tokens.json()["id_token"]?.string))
            #expect(try idToken.isSigned(by: try await visitor.get("openid/jwks").json()))
        }
    }

    @Test func takesTheConfiguredBaseURL() async throws {
        let simulator = Simulator(configuration: .init(baseURL: "http://simulator:9090/"))
        try await Application(router: simulator.router()).test(.router) { client in
            let metadata = try await Visitor(client: client).get("openid/.well-known/openid-configuration").json()
            #expect(metadata["issuer"] == "http://simulator:9090/openid")
        }
    }

    @Test func speaksFourteenDialectsAndOpenIDConnect() {
        #expect(
            Simulator.dialects == [
                "github", "google", "apple", "microsoft", "gitee", "oschina", "linuxdo", "feishu", "wechat_mp",
                "wechat_open", "wechat_mini", "wechat_work", "dingtalk", "qq", "openid",
            ])
    }
}
