import HTTPTypes
import MartletSimulator
import Testing

@Suite struct ClientAuthenticationTests {
    private let secret = "a-secret-of-more-than-thirty-two-bytes"
    private static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    private func form(_ assertion: String) -> [String: String] {
        ["client_assertion_type": Self.type, "client_assertion": assertion]
    }

    private func ask(_ visitor: Visitor, _ assertion: String) async throws -> Answer {
        let form = form(assertion).merging(["grant_type": "client_credentials"]) { $1 }
        return try await visitor.post(Place.token, form)
    }

    @Test(arguments: ["ES256", "ES384", "ES512", "RS256", "PS256", "EdDSA"])
    func acceptsAnAssertionByAKey(algorithm: String) async throws {
        let bench = try Bench()
        let key = try TestKey(algorithm)
        try bench.simulator.register(.init(id: "app", authMethod: .privateKeyJWT, jwks: try key.set.text))
        try await bench.run { visitor async throws in
            let answer = try await ask(visitor, try key.jwt(bench.assertion()))
            #expect(answer.status == 200)
            let forged = try await ask(
                visitor, try TestKey(algorithm == "RS256" ? "ES256" : "ES384").jwt(bench.assertion()))
            #expect(forged.status == 401)
            #expect(try forged.json()["error"] == "invalid_client")
        }
    }

    @Test func acceptsAnAssertionByASecret() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", secret: secret, authMethod: .clientSecretJWT))
        try await bench.run { visitor async throws in
            let right = try TestKey("HS256", secret: secret).jwt(bench.assertion())
            #expect(try await ask(visitor, right).status == 200)
            let wrong = try TestKey("HS256", secret: "another").jwt(bench.assertion())
            #expect(try await ask(visitor, wrong).json()["error"] == "invalid_client")
        }
    }

    @Test(
        arguments: [
            ["iss": "other"], ["iss": .null], ["aud": "http://localhost/other"], ["aud": .null], ["exp": 1],
            ["exp": .null],
            ["jti": .null], ["iat": 4_000_000_000], ["nbf": 4_000_000_000],
        ] as [Value])
    func refusesAnAssertionThatIsWrong(change: Value) async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try bench.simulator.register(.init(id: "app", jwks: try key.set.text))
        try await bench.run { visitor async throws in
            let answer = try await ask(visitor, try key.jwt(bench.assertion("app", change)))
            #expect(answer.status == 401)
            #expect(try answer.json()["error"] == "invalid_client")
        }
    }

    @Test func refusesAnAssertionThatIsNoneOrComesTwiceOrFromAStranger() async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try bench.simulator.register(.init(id: "app", jwks: try key.set.text))
        try await bench.run { visitor async throws in
            let assertion = try key.jwt(bench.assertion())
            #expect(try await ask(visitor, assertion).status == 200)
            #expect(try await ask(visitor, assertion).json()["error"] == "invalid_client")
            #expect(try await ask(visitor, "no.jwt").json()["error"] == "invalid_client")
            let unsigned = try key.jwt(bench.assertion(), header: ["alg": "none"])
            #expect(try await ask(visitor, unsigned).json()["error"] == "invalid_client")
            let stranger = try key.jwt(bench.assertion("stranger"))
            #expect(try await ask(visitor, stranger).json()["error"] == "invalid_client")
            let untyped = ["grant_type": "client_credentials", "client_assertion": try key.jwt(bench.assertion())]
            #expect(try await visitor.post(Place.token, untyped).json()["error"] == "invalid_request")
        }
    }

    @Test(arguments: [
        (SimulatedClient.AssertionAudience.issuer, "http://localhost/openid"),
        (.tokenEndpoint, "http://localhost/openid/token"), (.calledEndpoint, "http://localhost/openid/introspect"),
    ])
    func acceptsTheAudiencesThatTheClientStates(
        audience: SimulatedClient.AssertionAudience, value: String
    ) async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try await bench.run { visitor async throws in
            for stated in SimulatedClient.AssertionAudience.allCases {
                try bench.simulator.register(.init(id: "app", jwks: try key.set.text, assertionAudience: [stated]))
                let assertion = try key.jwt(bench.assertion("app", ["aud": [.string(value), "x"]]))
                let answer = try await visitor.post(
                    "openid/introspect", form(assertion).merging(["token": "t"]) { $1 })
                #expect((answer.status == 200) == (stated == audience))
            }
        }
    }

    @Test(arguments: [
        (Place.token, ["grant_type": "client_credentials"], 200),
        (Place.par, ["response_type": "code", "redirect_uri": Visitor.redirectURI], 201),
        ("openid/revoke", ["token": "t"], 200), ("openid/introspect", ["token": "t"], 200),
        ("openid/device_authorization", ["scope": "openid"], 200),
        ("openid/mtls/token", ["grant_type": "client_credentials"], 200),
    ])
    func takesAssertionsAtEveryEndpoint(path: String, form: [String: String], status: Int) async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try bench.simulator.register(.init(id: "app", authMethod: .privateKeyJWT, jwks: try key.set.text))
        try await bench.run { visitor async throws in
            let shown = self.form(try key.jwt(bench.assertion()))
            #expect(try await visitor.post(path, form.merging(shown) { $1 }).status == status)
            let bare = try await visitor.post(path, form.merging(["client_id": "app"]) { $1 })
            #expect(try bare.json()["error"] == "invalid_client")
        }
    }

    @Test(arguments: [
        SimulatedClient.AuthMethod.clientSecretBasic, .clientSecretPost, .clientSecretJWT, .privateKeyJWT, .none,
    ])
    func acceptsTheMethodThatTheClientStatesAndNoOther(stated: SimulatedClient.AuthMethod) async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try bench.simulator.register(
            .init(id: "app", secret: secret, authMethod: stated, jwks: try key.set.text))
        let shared = try TestKey("HS256", secret: secret)
        try await bench.run { visitor async throws in
            let ways: [(SimulatedClient.AuthMethod, [String: String], HTTPFields)] = [
                (.clientSecretBasic, [:], Visitor.basic("app", secret)),
                (.clientSecretPost, ["client_id": "app", "client_secret": secret], [:]),
                (.clientSecretJWT, form(try shared.jwt(bench.assertion())), [:]),
                (.privateKeyJWT, form(try key.jwt(bench.assertion())), [:]), (.none, ["client_id": "app"], [:]),
            ]
            for (method, form, headers) in ways {
                let code = try await visitor.code(Place.authorize, Place.challenge)
                var exchange = visitor.exchange(code, form)
                if method != .clientSecretPost, method != .none { exchange["client_id"] = nil }
                let answer = try await visitor.post(Place.token, exchange, headers: headers)
                #expect((answer.status == 200) == (method == stated), "\(method)")
                if method != stated { #expect(try answer.json()["error"] == "invalid_client") }
            }
        }
    }

    @Test func acceptsTheRegisteredSecretOnlyAndInOneWay() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", secret: secret))
        try await bench.run { visitor async throws in
            let form = ["grant_type": "client_credentials"]
            let right = Visitor.basic("app", secret)
            #expect(try await visitor.post(Place.token, form, headers: right).status == 200)
            let wrong = try await visitor.post(Place.token, form, headers: Visitor.basic("app", "any"))
            #expect(wrong.status == 401)
            let twice = form.merging(["client_secret": secret]) { $1 }
            #expect(try await visitor.post(Place.token, twice, headers: right).json()["error"] == "invalid_request")
            let another = form.merging(["client_id": "other"]) { $1 }
            #expect(try await visitor.post(Place.token, another, headers: right).status == 400)
            #expect(bench.simulator.forget(clientID: "app"))
            #expect(try await visitor.post(Place.token, form, headers: Visitor.basic("app", "any")).status == 200)
        }
    }
}
