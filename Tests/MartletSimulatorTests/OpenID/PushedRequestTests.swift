import HTTPTypes
import MartletSimulator
import Testing

@Suite struct PushedRequestTests {
    private let request = [
        "client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code", "state": "pushed",
        "scope": "openid", "code_challenge": IDTokenReader.hash(Place.verifier), "code_challenge_method": "S256",
    ]

    private func push(_ visitor: Visitor, _ change: [String: String] = [:]) async throws -> Answer {
        try await visitor.post(Place.par, request.merging(change) { $1 })
    }

    private func authorize(_ visitor: Visitor, _ uri: String, _ change: [String: String] = [:]) async throws -> Answer {
        let form = ["client_id": "app", "request_uri": uri, "person": "ada", "state": "ignored"]
        return try await visitor.post(Place.authorize, form.merging(change) { $1 })
    }

    @Test func takesARequestBeforeTheBrowserComes() async throws {
        try await Bench().run { visitor async throws in
            let pushed = try await push(visitor)
            #expect(pushed.status == 201)
            #expect(try pushed.json()["expires_in"] == 60)
            let uri = try #require(try pushed.json()["request_uri"]?.string)
            #expect(uri.hasPrefix("urn:ietf:params:oauth:request_uri:"))
            let page = try await visitor.get(Place.authorize, ["client_id": "app", "request_uri": uri])
            #expect(page.status == 200)
            #expect(page.text.contains(#"name="request_uri" value="\#(uri)""#))
            let callback = try await authorize(visitor, uri).callback
            #expect(callback["state"] == "pushed")
            let code = try #require(callback["code"])
            #expect(try await visitor.post(Place.token, visitor.exchange(code)).status == 200)
            let again = try await authorize(visitor, uri)
            #expect(again.status == 400)
            #expect(again.text.contains("invalid_request_uri"))
        }
    }

    @Test func signsInWithoutAPageByAPushedRequest() async throws {
        try await Bench().run { visitor async throws in
            let uri = try #require(try await push(visitor).json()["request_uri"]?.string)
            let silent = ["client_id": "app", "request_uri": uri, "prompt": "none", "login_hint": "ada"]
            #expect(try await visitor.get(Place.authorize, silent).callback["code"] != nil)
            #expect(try await visitor.get(Place.authorize, silent).status == 400)
            let inside = ["prompt": "none", "login_hint": "ada"]
            let second = try #require(try await push(visitor, inside).json()["request_uri"]?.string)
            let bare = try await visitor.get(Place.authorize, ["client_id": "app", "request_uri": second])
            #expect(bare.callback["code"] != nil)
        }
    }

    @Test func refusesAnExpiredOrForeignRequest() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let uri = try #require(try await push(visitor).json()["request_uri"]?.string)
            #expect(try await authorize(visitor, uri, ["client_id": "other"]).status == 400)
            #expect(try await authorize(visitor, uri, ["request": "x"]).status == 400)
            let second = try #require(try await push(visitor).json()["request_uri"]?.string)
            bench.clock.advance(seconds: 60)
            #expect(try await authorize(visitor, second).text.contains("invalid_request_uri"))
        }
    }

    @Test(arguments: [
        (["client_secret": "wrong"], 401, "invalid_client"), (["redirect_uri": "/"], 400, "invalid_request"),
        (["response_type": "token"], 400, "invalid_request"), (["request_uri": "urn:x"], 400, "invalid_request"),
        (["request": "x"], 400, "invalid_request_object"),
    ])
    func refusesInJSON(change: [String: String], status: Int, error: String) async throws {
        try await Bench().run { visitor async throws in
            let answer = try await push(visitor, change)
            #expect(answer.status == status)
            #expect(try answer.json()["error"]?.string == error)
        }
    }

    @Test func insistsOnPushedRequestsAndKnownAddresses() async throws {
        let bench = try Bench()
        try bench.simulator.register(
            .init(
                id: "app", requirePushedAuthorizationRequests: true, redirectURIs: [Visitor.redirectURI]))
        try await bench.run { visitor async throws in
            #expect(try await visitor.get(Place.authorize, request).status == 400)
            #expect(try await push(visitor, ["redirect_uri": "https://other.example/"]).status == 400)
            let uri = try #require(try await push(visitor).json()["request_uri"]?.string)
            #expect(try await authorize(visitor, uri).callback["code"] != nil)
        }
    }

    @Test func misbehavesAtItsOwnStep() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            #expect(bench.simulator.set(fault: .serverError, dialect: "openid", step: .par))
            #expect(try await push(visitor).status == 500)
        }
    }
}

@Suite struct RequestObjectTests {
    private func claims(_ bench: Bench, _ changes: Value = [:]) -> Value {
        let claims: Value = [
            "iss": "app", "aud": .string(Place.issuer), "exp": .number(bench.now + 60), "client_id": "app",
            "redirect_uri": .string(Visitor.redirectURI), "response_type": "code", "state": "signed", "max_age": 60,
            "nonce": "signed", "scope": "openid", "code_challenge": .string(IDTokenReader.hash(Place.verifier)),
            "code_challenge_method": "S256",
        ]
        return claims.merging(changes)
    }

    @Test(arguments: ["ES256", "RS256", "PS256", "EdDSA"])
    func takesTheParametersFromTheObjectOnly(algorithm: String) async throws {
        let bench = try Bench()
        let key = try TestKey(algorithm)
        try bench.simulator.register(
            .init(id: "app", authMethod: SimulatedClient.AuthMethod.none, jwks: try key.set.text))
        try await bench.run { visitor async throws in
            let object = try key.jwt(claims(bench), header: ["typ": "oauth-authz-req+jwt"])
            let form = [
                "client_id": "app", "request": object, "person": "ada", "state": "unsigned", "nonce": "unsigned",
            ]
            let callback = try await visitor.post(Place.authorize, form).callback
            #expect(callback["state"] == "signed")
            let code = try #require(callback["code"])
            let tokens = try await visitor.post(Place.token, visitor.exchange(code)).json()
            let token = try IDTokenReader(try #require(tokens["id_token"]?.string))
            #expect(token.claims["nonce"] == "signed")
            #expect(token.claims["auth_time"] == .number(bench.now))
        }
    }

    @Test func takesASignedRequestThatIsPushed() async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try bench.simulator.register(
            .init(id: "app", secret: "s", jwks: try key.set.text, requireSignedRequestObject: true))
        try await bench.run { visitor async throws in
            let client = Visitor.basic("app", "s")
            let form = ["request": try key.jwt(claims(bench)), "state": "unsigned"]
            let pushed = try await visitor.post(Place.par, form, headers: client)
            #expect(pushed.status == 201)
            let uri = try #require(try pushed.json()["request_uri"]?.string)
            let callback = try await visitor.post(
                Place.authorize, ["client_id": "app", "request_uri": uri, "person": "ada"]
            ).callback
            #expect(callback["state"] == "signed")
            let plain = ["redirect_uri": Visitor.redirectURI, "response_type": "code"]
            #expect(try await visitor.post(Place.par, plain, headers: client).json()["error"] == "invalid_request")
            #expect(try await visitor.get(Place.authorize, plain.merging(["client_id": "app"]) { $1 }).status == 400)
        }
    }

    @Test(
        arguments: [
            ["iss": "other"], ["aud": "https://other.example"], ["aud": .null], ["exp": 1], ["exp": .null],
            ["client_id": "other"], ["request_uri": "urn:x"], ["nbf": 4_000_000_000],
        ] as [Value])
    func refusesAnObjectThatIsWrong(change: Value) async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try bench.simulator.register(.init(id: "app", jwks: try key.set.text))
        try await bench.run { visitor async throws in
            let query = ["client_id": "app", "request": try key.jwt(claims(bench, change))]
            let answer = try await visitor.get(Place.authorize, query)
            #expect(answer.status == 400)
            #expect(answer.text.contains("invalid_request_object"))
        }
    }

    @Test func refusesAnObjectThatAnotherKeyOrNobodySigned() async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try bench.simulator.register(.init(id: "app", jwks: try key.set.text))
        try await bench.run { visitor async throws in
            let objects = [
                try TestKey("ES256").jwt(claims(bench)), try key.jwt(claims(bench), header: ["alg": "none"]),
                try TestKey("HS256", secret: "").jwt(claims(bench)),
            ]
            for object in objects {
                let answer = try await visitor.get(Place.authorize, ["client_id": "app", "request": object])
                #expect(answer.text.contains("invalid_request_object"))
            }
            let unknown = ["client_id": "stranger", "request": try key.jwt(claims(bench))]
            #expect(try await visitor.get(Place.authorize, unknown).text.contains("invalid_request_object"))
        }
    }
}
