import HTTPTypes
import Testing

@Suite struct OpenIDTests {
    private let authorize = "openid/authorize"
    private let token = "openid/token"
    private let verifier = "a-verifier-of-forty-three-characters-or-more-0"

    private func exchange(_ code: String, _ change: [String: String] = [:]) -> [String: String] {
        [
            "grant_type": "authorization_code", "code": code, "redirect_uri": Visitor.redirectURI,
            "client_id": "app", "client_secret": "s3cret",
        ].merging(change) { $1 }
    }

    @Test(arguments: [("app", "RS256"), ("app-es256", "ES256")])
    func signsWithTheAlgorithmOfTheClient(client: String, algorithm: String) async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(
                authorize, ["client_id": client, "scope": "openid email", "nonce": "n"], as: "lilei")
            let tokens = try await visitor.post(token, exchange(code, ["client_id": client])).json()
            let reader = try IDTokenReader(try #require(tokens["id_token"]?.string))
            #expect(reader.header["alg"]?.string == algorithm)
            #expect(try reader.isSigned(by: try await visitor.get("openid/jwks").json()))
            #expect(reader.claims["iss"] == "http://localhost/openid")
            let access = try #require(tokens["access_token"]?.string)
            let profile = try await visitor.get("openid/userinfo", headers: Visitor.bearer(access)).json()
            #expect(profile["sub"] == reader.claims["sub"])
            #expect(profile["email"] == "lilei@example.cn")
            #expect(profile["name"] == nil)
        }
    }

    @Test func namesTheIssuerInTheCallback() async throws {
        try await Bench().run { visitor in
            #expect(try await visitor.signIn(authorize)["iss"] == "http://localhost/openid")
            let metadata = try await visitor.get("openid/.well-known/openid-configuration").json()
            #expect(metadata["authorization_response_iss_parameter_supported"] == true)
            #expect(metadata["issuer"] == "http://localhost/openid")
        }
    }

    @Test func acceptsAClientByBasicPostAndPKCE() async throws {
        try await Bench().run { visitor in
            let first = try await visitor.code(authorize)
            let basic = ["grant_type": "authorization_code", "code": first, "redirect_uri": Visitor.redirectURI]
            #expect(try await visitor.post(token, basic, headers: Visitor.basic("app", "s%2Fcret")).status == 200)
            let second = try await visitor.code(authorize)
            #expect(try await visitor.post(token, exchange(second)).status == 200)
            let challenge = ["code_challenge": IDTokenReader.hash(verifier), "code_challenge_method": "S256"]
            let third = try await visitor.code(authorize, challenge)
            let form = exchange(third, ["client_secret": "", "code_verifier": verifier])
            #expect(try await visitor.post(token, form).status == 200)
            let fourth = try await visitor.code(authorize)
            let bare = try await visitor.post(token, exchange(fourth, ["client_secret": ""]))
            #expect(try bare.json()["error"] == "invalid_client")
        }
    }

    @Test(arguments: ["", "another-verifier-of-forty-three-characters-000"])
    func enforcesPKCEWhereAChallengeWasSent(sent: String) async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(
                authorize, ["code_challenge": IDTokenReader.hash(verifier), "code_challenge_method": "S256"])
            let answer = try await visitor.post(token, exchange(code, ["code_verifier": sent]))
            #expect(answer.status == 400)
            #expect(try answer.json()["error"] == "invalid_grant")
        }
    }

    @Test func refusesAVerifierWithoutAChallenge() async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(authorize)
            let answer = try await visitor.post(token, exchange(code, ["code_verifier": verifier]))
            #expect(try answer.json()["error"] == "invalid_grant")
        }
    }

    @Test func takesEverythingBackWhenACodeIsUsedTwice() async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(authorize, ["scope": "openid"])
            let access = try #require(
                try await visitor.post(token, exchange(code)).json()["access_token"]?.string)
            #expect(try await visitor.get("openid/userinfo", headers: Visitor.bearer(access)).status == 200)
            #expect(try await visitor.post(token, exchange(code)).status == 400)
            #expect(try await visitor.get("openid/userinfo", headers: Visitor.bearer(access)).status == 401)
        }
    }

    @Test func refusesACodeAfterTenMinutes() async throws {
        let bench = try Bench()
        try await bench.run { visitor in
            let code = try await visitor.code(authorize)
            bench.clock.advance(seconds: 600)
            #expect(try await visitor.post(token, exchange(code)).status == 400)
        }
    }

    @Test func refusesACodeOfAnotherClient() async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(authorize)
            let answer = try await visitor.post(token, exchange(code, ["client_id": "other"]))
            #expect(try answer.json()["error"] == "invalid_grant")
        }
    }

    @Test func rotatesRefreshTokensAndNoticesReuse() async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(authorize, ["scope": "openid offline_access"])
            let first = try #require(
                try await visitor.post(token, exchange(code)).json()["refresh_token"]?.string)
            let refresh = { (value: String) in
                try await visitor.post(
                    token, ["grant_type": "refresh_token", "refresh_token": value],
                    headers: Visitor.basic("app", "s3cret"))
            }
            let second = try #require(try await refresh(first).json()["refresh_token"]?.string)
            #expect(second != first)
            #expect(try await refresh(first).status == 400)
            #expect(try await refresh(second).status == 400)
        }
    }

    @Test func looksIntoTokensAndRevokesThem() async throws {
        try await Bench().run { visitor in
            let code = try await visitor.code(authorize, ["scope": "openid"])
            let access = try #require(
                try await visitor.post(token, exchange(code)).json()["access_token"]?.string)
            let client = Visitor.basic("app", "s3cret")
            let before = try await visitor.post("openid/introspect", ["token": access], headers: client).json()
            #expect(before["active"] == true)
            #expect(before["client_id"] == "app")
            #expect(before["username"] == "ada-lovelace")
            #expect(try await visitor.post("openid/introspect", ["token": access]).status == 400)
            #expect(try await visitor.post("openid/revoke", ["token": access], headers: client).status == 200)
            #expect(try await visitor.post("openid/revoke", ["token": "unknown"], headers: client).status == 200)
            let after = try await visitor.post("openid/introspect", ["token": access], headers: client).json()
            #expect(after == .object(["active": false]))
        }
    }

    @Test func givesAClientATokenOfItsOwn() async throws {
        try await Bench().run { visitor in
            let form = ["grant_type": "client_credentials", "scope": "read"]
            let answer = try await visitor.post(token, form, headers: Visitor.basic("app", "s3cret")).json()
            #expect(answer["scope"] == "read")
            #expect(answer["id_token"] == nil)
            #expect(answer["refresh_token"] == nil)
            let bare = try await visitor.post(token, form.merging(["client_id": "app"]) { $1 })
            #expect(bare.status == 401)
        }
    }

    @Test func answersByFormPost() async throws {
        try await Bench().run { visitor in
            let answer = try await visitor.post(
                authorize,
                [
                    "client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code", "state": "<s>",
                    "response_mode": "form_post", "person": "ada",
                ])
            #expect(answer.status == 200)
            #expect(answer.text.contains(#"action="http://app.example/callback""#))
            #expect(answer.text.contains(#"name="state" value="&lt;s&gt;""#))
            #expect(answer.text.contains(#"name="code""#))
        }
    }

    @Test func letsADeviceIn() async throws {
        try await Bench().run { visitor in
            let started = try await visitor.post(
                "openid/device_authorization", ["client_id": "tv", "scope": "openid"]
            ).json()
            let userCode = try #require(started["user_code"]?.string)
            #expect(
                started["verification_uri_complete"]?.string == "http://localhost/openid/device?user_code=" + userCode)
            let form = [
                "client_id": "tv", "device_code": started["device_code"]?.string ?? "",
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
            ]
            #expect(try await visitor.post(token, form).json()["error"] == "authorization_pending")
            _ = try await visitor.post("openid/device", ["user_code": userCode, "person": "ada"])
            #expect(try await visitor.post(token, form).json()["id_token"] != nil)
        }
    }

    @Test func goesBackAfterSigningOut() async throws {
        try await Bench().run { visitor in
            let answer = try await visitor.get(
                "openid/end_session", ["post_logout_redirect_uri": "http://app.example/bye", "state": "x"])
            #expect(answer.headers[.location] == "http://app.example/bye?state=x")
            #expect(try await visitor.get("openid/end_session").status == 200)
            let bad = try await visitor.get("openid/end_session", ["post_logout_redirect_uri": "javascript:1"])
            #expect(bad.status == 400)
        }
    }
}
