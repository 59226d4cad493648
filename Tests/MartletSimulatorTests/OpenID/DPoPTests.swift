import HTTPTypes
import MartletSimulator
import Testing

@Suite struct DPoPTests {
    private func exchange(
        _ visitor: Visitor, _ proof: String?, _ request: [String: String] = [:]
    ) async throws -> Answer {
        let code = try await visitor.code(Place.authorize, Place.challenge.merging(request) { $1 })
        return try await visitor.post(
            Place.token, visitor.exchange(code), headers: proof.map { try headers(["DPoP": $0]) } ?? [:])
    }

    private func profile(_ visitor: Visitor, _ access: String, _ proof: String?) async throws -> Answer {
        var values = ["Authorization": "DPoP " + access]
        values["DPoP"] = proof
        return try await visitor.get(Place.userInfo, headers: try headers(values))
    }

    private func ath(_ access: String) -> Value { ["ath": .string(IDTokenReader.hash(access))] }

    @Test(arguments: ["ES256", "ES384", "RS256", "PS256", "EdDSA"])
    func bindsTokensToAKey(algorithm: String) async throws {
        let bench = try Bench()
        let key = try TestKey(algorithm)
        try await bench.run { visitor async throws in
            let tokens = try await exchange(visitor, try bench.proof(key)).json()
            #expect(tokens["token_type"] == "DPoP")
            let access = try #require(tokens["access_token"]?.string)
            let right = try bench.proof(key, Place.userInfo, method: "GET", ath(access))
            #expect(try await profile(visitor, access, right).status == 200)
            let answer = try await visitor.post(
                "openid/introspect", ["token": access], headers: Visitor.basic("app", "s3cret")
            ).json()
            #expect(answer["token_type"] == "DPoP")
            #expect(answer["cnf"]?["jkt"]?.string == (try key.thumbprint))
        }
    }

    @Test func refusesABoundTokenFromAnybodyElse() async throws {
        let bench = try Bench()
        let (key, other) = (try TestKey("ES256"), try TestKey("ES256"))
        try await bench.run { visitor async throws in
            let tokens = try await exchange(visitor, try bench.proof(key)).json()
            let access = try #require(tokens["access_token"]?.string)
            let wrong = try await profile(
                visitor, access, try bench.proof(other, Place.userInfo, method: "GET", ath(access)))
            #expect(wrong.status == 401)
            #expect(wrong.headers[.wwwAuthenticate]?.hasPrefix(#"DPoP error="invalid_token""#) == true)
            #expect(try await visitor.get(Place.userInfo, headers: Visitor.bearer(access)).status == 401)
            let bare = try await profile(visitor, access, nil)
            #expect(bare.headers[.wwwAuthenticate]?.hasPrefix(#"DPoP error="invalid_dpop_proof""#) == true)
            for change in [ath("another"), [:]] {
                let proof = try bench.proof(key, Place.userInfo, method: "GET", change)
                #expect(try await profile(visitor, access, proof).status == 401)
            }
            let unbound = try #require(try await exchange(visitor, nil).json()["access_token"]?.string)
            let proof = try bench.proof(key, Place.userInfo, method: "GET", ath(unbound))
            #expect(try await profile(visitor, unbound, proof).status == 401)
        }
    }

    @Test(
        arguments: [
            ["htm": "GET"], ["htm": .null], ["htu": "http://localhost/openid/par"], ["htu": .null], ["jti": .null],
            ["jti": ""], ["iat": .null], ["iat": 1_799_999_699], ["iat": 1_800_000_061],
        ] as [Value])
    func refusesAProofThatIsWrong(change: Value) async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let answer = try await exchange(visitor, try bench.proof(try TestKey("ES256"), Place.token, change))
            #expect(answer.status == 400)
            #expect(try answer.json()["error"] == "invalid_dpop_proof")
        }
    }

    @Test func refusesAProofWhoseHeaderIsWrong() async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        let changes: [Value] = [
            ["typ": "JWT"], ["typ": .null], ["alg": "none"], ["alg": "HS256"], ["jwk": .null],
            ["jwk": try TestKey("ES256").jwk], ["jwk": key.jwk.merging(["d": "AAAA"])],
        ]
        try await bench.run { visitor async throws in
            for change in changes {
                let proof = try bench.proof(key, Place.token, header: change)
                #expect(try await exchange(visitor, proof).json()["error"] == "invalid_dpop_proof")
            }
            #expect(try await exchange(visitor, "nonsense").json()["error"] == "invalid_dpop_proof")
        }
    }

    @Test func takesAProofOnceAndIgnoresTheQueryOfItsAddress() async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try await bench.run { visitor async throws in
            let proof = try bench.proof(key, Place.token, ["htu": "http://localhost/openid/token?a=1#b"])
            #expect(try await exchange(visitor, proof).status == 200)
            #expect(try await exchange(visitor, proof).json()["error"] == "invalid_dpop_proof")
        }
    }

    @Test func insistsOnAProofWhereTheClientStatesIt() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", dpop: true))
        try await bench.run { visitor async throws in
            #expect(try await exchange(visitor, nil).json()["error"] == "invalid_dpop_proof")
            #expect(try await exchange(visitor, try bench.proof(try TestKey("ES256"))).status == 200)
        }
    }

    @Test func givesANonceAndInsistsOnIt() async throws {
        let bench = try Bench()
        let key = try TestKey("ES256")
        try bench.simulator.register(.init(id: "app", dpop: true, dpopNonce: true))
        let nonce = try #require(HTTPField.Name("DPoP-Nonce"))
        try await bench.run { visitor async throws in
            let code = try await visitor.code(Place.authorize, Place.challenge)
            let ask = { (changes: Value) in
                try await visitor.post(
                    Place.token, visitor.exchange(code),
                    headers: try headers(["DPoP": try bench.proof(key, Place.token, changes)]))
            }
            let first = try await ask([:])
            #expect(first.status == 400)
            #expect(try first.json()["error"] == "use_dpop_nonce")
            let given = try #require(first.headers[nonce])
            #expect(try await ask(["nonce": "another"]).json()["error"] == "use_dpop_nonce")
            let second = try await ask(["nonce": .string(given)])
            #expect(second.status == 200)
            #expect(second.headers[nonce] == given)
            let access = try #require(try second.json()["access_token"]?.string)
            let bare = try await profile(
                visitor, access, try bench.proof(key, Place.userInfo, method: "GET", ath(access)))
            #expect(bare.status == 401)
            #expect(bare.headers[.wwwAuthenticate]?.hasPrefix(#"DPoP error="use_dpop_nonce""#) == true)
            #expect(bare.headers[nonce] == given)
            bench.clock.advance(seconds: 600)
            let stale = ath(access).merging(["nonce": .string(given)])
            let late = try await profile(
                visitor, access, try bench.proof(key, Place.userInfo, method: "GET", stale))
            let fresh = try #require(late.headers[nonce])
            #expect(fresh != given)
            let changes = ath(access).merging(["nonce": .string(fresh)])
            let right = try await profile(
                visitor, access, try bench.proof(key, Place.userInfo, method: "GET", changes))
            #expect(right.status == 200)
        }
    }

    @Test func bindsACodeToTheKeyThatWasNamed() async throws {
        let bench = try Bench()
        let (key, other) = (try TestKey("ES256"), try TestKey("ES256"))
        let named = ["dpop_jkt": try key.thumbprint]
        try await bench.run { visitor async throws in
            #expect(try await exchange(visitor, try bench.proof(key), named).status == 200)
            #expect(try await exchange(visitor, try bench.proof(other), named).status == 400)
            #expect(try await exchange(visitor, nil, named).status == 400)
        }
    }

    @Test func bindsACodeToTheKeyOfThePushedRequest() async throws {
        let bench = try Bench()
        let (key, other) = (try TestKey("ES256"), try TestKey("ES256"))
        let request = Place.challenge.merging(
            ["client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code"]
        ) { $1 }
        try await bench.run { visitor async throws in
            let push = { (change: [String: String]) in
                try await visitor.post(
                    Place.par, request.merging(change) { $1 },
                    headers: try headers(["DPoP": try bench.proof(key, Place.par)]))
            }
            #expect(try await push(["dpop_jkt": try other.thumbprint]).status == 400)
            for (shown, status) in [(key, 200), (other, 400)] {
                let uri = try #require(try await push([:]).json()["request_uri"]?.string)
                let code = try await visitor.post(
                    Place.authorize, ["client_id": "app", "request_uri": uri, "person": "ada"]
                ).callback["code"]
                let answer = try await visitor.post(
                    Place.token, visitor.exchange(try #require(code)),
                    headers: try headers(["DPoP": try bench.proof(shown)]))
                #expect(answer.status == status)
            }
        }
    }

    @Test(arguments: [(true, 400), (false, 200)])
    func bindsTheRefreshTokenOfAPublicClient(isPublic: Bool, status: Int) async throws {
        let bench = try Bench()
        let (key, other) = (try TestKey("ES256"), try TestKey("ES256"))
        try bench.simulator.register(.init(id: "app", secret: isPublic ? nil : "s"))
        try await bench.run { visitor async throws in
            let code = try await visitor.code(
                Place.authorize, Place.challenge.merging(["scope": "openid offline_access"]) { $1 })
            let secret = isPublic ? [:] : ["client_secret": "s"]
            let tokens = try await visitor.post(
                Place.token, visitor.exchange(code, secret), headers: try headers(["DPoP": try bench.proof(key)])
            ).json()
            let refresh = try #require(tokens["refresh_token"]?.string)
            let form = ["grant_type": "refresh_token", "refresh_token": refresh, "client_id": "app"]
            let answer = try await visitor.post(
                Place.token, form.merging(secret) { $1 }, headers: try headers(["DPoP": try bench.proof(other)]))
            #expect(answer.status == status)
            if status == 200 { #expect(try answer.json()["token_type"] == "DPoP") }
        }
    }
}
