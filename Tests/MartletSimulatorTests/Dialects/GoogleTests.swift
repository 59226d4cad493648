import Foundation
import HTTPTypes
import Testing

@Suite struct GoogleTests {
    private let authorize = "accounts.google.com/o/oauth2/v2/auth"
    private let token = "oauth2.googleapis.com/token"

    private func tokens(
        _ visitor: Visitor, _ request: [String: String] = [:], as person: String = "ada"
    ) async throws -> Value {
        let asked = ["scope": "openid email profile", "nonce": "n-1"].merging(request) { $1 }
        let code = try await visitor.code(authorize, asked, as: person)
        return try await visitor.post(
            token,
            [
                "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
                "client_id": "app", "client_secret": "s3cret",
            ]
        ).json()
    }

    @Test func issuesAnIDTokenThatVerifies() async throws {
        let bench = try Bench()
        try await bench.run { visitor in
            let tokens = try await tokens(visitor)
            let reader = try IDTokenReader(try #require(tokens["id_token"]?.string))
            #expect(try reader.isSigned(by: try await visitor.get("www.googleapis.com/oauth2/v3/certs").json()))
            #expect(reader.header["alg"] == "RS256")
            #expect(reader.claims["iss"] == "http://localhost/accounts.google.com")
            #expect(reader.claims["aud"] == "app")
            #expect(reader.claims["nonce"] == "n-1")
            #expect(reader.claims["sub"] == "100000000000000001815")
            #expect(reader.claims["email_verified"] == true)
            #expect(reader.claims["exp"] == .number(Int64(bench.clock.now.timeIntervalSince1970) + 3600))
            let access = try #require(tokens["access_token"]?.string)
            #expect(reader.claims["at_hash"]?.string == IDTokenReader.hash(access, isHalf: true))
            let profile = try await visitor.get(
                "openidconnect.googleapis.com/v1/userinfo", headers: Visitor.bearer(access)
            ).json()
            #expect(profile["sub"] == reader.claims["sub"])
            #expect(profile["name"] == "Ada Lovelace")
        }
    }

    @Test func givesARefreshTokenForOfflineAccessOnly() async throws {
        try await Bench().run { visitor in
            #expect(try await tokens(visitor)["refresh_token"] == nil)
            let refresh = try #require(try await tokens(visitor, ["access_type": "offline"])["refresh_token"]?.string)
            for _ in 0..<2 {
                let again = try await visitor.post(
                    token,
                    [
                        "grant_type": "refresh_token", "refresh_token": refresh, "client_id": "app",
                        "client_secret": "s3cret",
                    ])
                #expect(again.status == 200)
                #expect(try again.json()["access_token"] != nil)
                #expect(try again.json()["refresh_token"] == nil)
            }
        }
    }

    @Test func saysThatAnEmailIsNotVerified() async throws {
        try await Bench().run { visitor in
            let tokens = try await tokens(visitor, as: "uma")
            let reader = try IDTokenReader(try #require(tokens["id_token"]?.string))
            #expect(reader.claims["email"] == "uma@example.com")
            #expect(reader.claims["email_verified"] == false)
        }
    }

    @Test func describesItself() async throws {
        try await Bench().run { visitor in
            let metadata = try await visitor.get("accounts.google.com/.well-known/openid-configuration").json()
            #expect(metadata["issuer"] == "http://localhost/accounts.google.com")
            #expect(metadata["token_endpoint"] == "http://localhost/oauth2.googleapis.com/token")
            #expect(metadata["jwks_uri"] == "http://localhost/www.googleapis.com/oauth2/v3/certs")
        }
    }

    @Test func revokesATokenOnce() async throws {
        try await Bench().run { visitor in
            let access = try #require(try await tokens(visitor)["access_token"]?.string)
            #expect(try await visitor.post("oauth2.googleapis.com/revoke", ["token": access]).status == 200)
            #expect(try await visitor.post("oauth2.googleapis.com/revoke", ["token": access]).status == 400)
            let profile = try await visitor.get(
                "openidconnect.googleapis.com/v1/userinfo", headers: Visitor.bearer(access))
            #expect(profile.status == 401)
        }
    }

    @Test func makesADeviceWaitWithStatus428() async throws {
        try await Bench().run { visitor in
            let started = try await visitor.post(
                "oauth2.googleapis.com/device/code", ["client_id": "tv", "scope": "openid email"]
            ).json()
            #expect(started["verification_url"] == "http://localhost/www.google.com/device")
            let form = [
                "client_id": "tv", "client_secret": "s3cret", "device_code": started["device_code"]?.string ?? "",
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            ]
            #expect(try await visitor.post(token, form).status == 428)
            let userCode = try #require(started["user_code"]?.string)
            _ = try await visitor.post("www.google.com/device", ["user_code": userCode, "person": "sam"])
            let answer = try await visitor.post(token, form).json()
            #expect(answer["refresh_token"] != nil)
            #expect(answer["id_token"] != nil)
        }
    }

    @Test(arguments: [
        (["code": "unknown"], 400, "invalid_grant"), (["client_secret": "wrong"], 401, "invalid_client"),
        (["redirect_uri": "http://other.example/"], 400, "invalid_grant"),
        (["grant_type": "password"], 400, "unsupported_grant_type"),
    ])
    func refuses(change: [String: String], status: Int, error: String) async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(authorize, ["scope": "openid"])
            let form = [
                "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
                "client_id": "app", "client_secret": "s3cret",
            ].merging(change) { $1 }
            let answer = try await visitor.post(token, form)
            #expect(answer.status == status)
            #expect(try answer.json()["error"]?.string == error)
        }
    }
}
