import MartletSimulator
import Testing

@Suite struct IDTokenFaultTests {
    @Test func saysWhoSignedInWhenAndInWhichSession() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let first = try await visitor.idToken("app", ["max_age": "60"])
            #expect(first.claims["auth_time"] == .number(bench.now))
            #expect(first.claims["nonce"] == "n")
            #expect(first.claims["sub"] == "user-1815")
            let second = try await visitor.idToken()
            #expect(first.claims["sid"] != nil)
            #expect(first.claims["sid"] != second.claims["sid"])
        }
    }

    @Test(arguments: [
        ("missingSub", "sub"), ("missingAud", "aud"), ("missingIat", "iat"), ("missingExp", "exp"),
        ("missingIss", "iss"), ("missingNonce", "nonce"), ("missingAuthTime", "auth_time"),
    ])
    func leavesAClaimOut(fault: String, claim: String) async throws {
        try await Bench().run { visitor async throws in
            let right = try await visitor.idToken()
            let wrong = try await visitor.idToken(fault: fault)
            #expect(right.claims[claim] != nil)
            #expect(wrong.claims[claim] == nil)
            #expect(wrong.claims.count == right.claims.count - 1)
            #expect(try wrong.isSigned(by: try await visitor.keys()))
        }
    }

    @Test(arguments: [
        ("issuedInFuture", "iat", 3600), ("issuedInFuture", "exp", 7200), ("notYetValid", "nbf", 3600),
        ("staleAuthTime", "auth_time", -864_000), ("expiredIDToken", "exp", -3600), ("expiredIDToken", "iat", -7200),
    ])
    func movesATime(fault: String, claim: String, offset: Int64) async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let token = try await visitor.idToken(fault: fault)
            #expect(token.claims[claim] == .number(bench.now + offset))
            #expect(try token.isSigned(by: try await visitor.keys()))
        }
    }

    @Test(
        arguments: [
            ("arrayAudience", ["app"], nil), ("twoAudiencesWithoutAzp", ["app", "app-of-somebody-else"], nil),
            ("twoAudiencesWithAzp", ["app", "app-of-somebody-else"], "app"),
            ("wrongAzp", nil, "app-of-somebody-else"),
        ] as [(String, [String]?, String?)])
    func addressesTheToken(fault: String, audience: [String]?, party: String?) async throws {
        try await Bench().run { visitor async throws in
            let claims = try await visitor.idToken(fault: fault).claims
            #expect(claims["aud"] == (audience.map { .array($0.map(Value.string)) } ?? "app"))
            #expect(claims["azp"] == party.map(Value.string))
        }
    }

    @Test func addressesGooglesTokenWithoutItsAuthorizedParty() async throws {
        try await Bench().run { visitor async throws in
            let asked = ["scope": "openid"]
            let code = try await visitor.code(
                "accounts.google.com/o/oauth2/v2/auth", asked, fault: "twoAudiencesWithoutAzp")
            let form = visitor.exchange(code, ["client_secret": "s", "code_verifier": ""])
            let tokens = try await visitor.post("oauth2.googleapis.com/token", form).json()
            #expect(try IDTokenReader(try #require(tokens["id_token"]?.string)).claims["azp"] == nil)
        }
    }

    @Test func changesTheHashOfTheAccessToken() async throws {
        try await Bench().run { visitor async throws in
            let tokens = try await visitor.tokens(fault: "wrongAthash")
            let token = try IDTokenReader(try #require(tokens["id_token"]?.string))
            let access = try #require(tokens["access_token"]?.string)
            #expect(token.claims["at_hash"]?.string?.count == 22)
            #expect(token.claims["at_hash"]?.string != IDTokenReader.halfHash(access, "RS256"))
        }
    }

    @Test func namesNoKeyOrAnUnknownExtension() async throws {
        try await Bench().run { visitor async throws in
            let keys = try await visitor.keys()
            let bare = try await visitor.idToken(fault: "missingKid")
            #expect(bare.header["kid"] == nil)
            #expect(try bare.isSigned(by: ["keys": [try #require(keys["keys"]?[0])]]))
            let critical = try await visitor.idToken(fault: "unknownCrit")
            #expect(critical.header["crit"] == ["urn:example:unheard-of"])
            #expect(critical.header["urn:example:unheard-of"] == true)
            #expect(try critical.isSigned(by: keys))
        }
    }

    @Test(arguments: ["app", "app-es256"])
    func signsWithThePublicKeyAsASecret(client: String) async throws {
        try await Bench().run { visitor async throws in
            let right = try await visitor.idToken(client)
            let forged = try await visitor.idToken(client, fault: "hs256WithPublicKey")
            #expect(forged.header["alg"] == "HS256")
            #expect(forged.header["kid"] == right.header["kid"])
            let pem = try IDTokenReader.publicPEM(of: right.header["kid"], in: try await visitor.keys())
            #expect(forged.isSigned(bySecret: pem))
        }
    }

    @Test func signsAsAStrangerWithTheKeyInTheHeader() async throws {
        try await Bench().run { visitor async throws in
            let token = try await visitor.idToken(fault: "embeddedJWK")
            #expect(try token.isSigned(by: ["keys": [try #require(token.header["jwk"])]]))
            let keys = try await visitor.keys()
            #expect(!token.names(keyIn: keys))
        }
    }

    @Test func signsAsAStrangerWithTheKeyElsewhere() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let token = try await visitor.idToken("app-es256", fault: "jkuHeader")
            #expect(token.header["alg"] == "ES256")
            #expect(token.header["jku"] == "http://localhost/elsewhere.example/jwks")
            #expect(try token.isSigned(by: try await visitor.get("elsewhere.example/jwks").json()))
            #expect(bench.simulator.recordedRequests.last?.path == "elsewhere.example/jwks")
            let other = try await visitor.idToken(fault: "x5uHeader")
            #expect(other.header["x5u"] == "http://localhost/elsewhere.example/certificate.pem")
            let pem = try await visitor.get("elsewhere.example/certificate.pem")
            #expect(pem.text.hasPrefix("-----BEGIN PUBLIC KEY-----"))
        }
    }

    @Test(arguments: [("app", "RS512"), ("app-es256", "ES384")])
    func signsByAnotherAlgorithmThanTheKeys(client: String, algorithm: String) async throws {
        try await Bench().run { visitor async throws in
            let token = try await visitor.idToken(client, fault: "wrongAlg")
            #expect(token.header["alg"]?.string == algorithm)
            #expect(token.header["kid"]?.string == "simulator-" + (client == "app" ? "rs256" : "es256"))
            let keys = try await visitor.keys()
            guard case .array(let all)? = keys["keys"] else { return }
            let real = try #require(all.first { $0["alg"]?.string == algorithm })
            #expect(try token.isSigned(by: ["keys": [real.merging(["kid": try #require(token.header["kid"])])]]))
        }
    }

    @Test func changesTheIssuerOfTheCallback() async throws {
        try await Bench().run { visitor async throws in
            #expect(try await visitor.signIn(Place.authorize, fault: "wrongIss")["iss"] == "https://issuer.example")
            #expect(try await visitor.signIn(Place.authorize, fault: "missingIss@authorize")["iss"] == nil)
            #expect(try await visitor.signIn(Place.authorize, fault: "missingIss")["iss"] == Place.issuer)
        }
    }

    @Test func addsParametersToTheCallback() async throws {
        try await Bench().run { visitor async throws in
            let right = try await visitor.signIn(Place.authorize)
            let more = try await visitor.signIn(Place.authorize, fault: "extraParameters")
            #expect(Set(more.keys) == Set(right.keys).union(["session_state", "extra"]))
            #expect(try await visitor.signIn("github.com/login/oauth/authorize", fault: "extraParameters").count == 4)
        }
    }

    @Test func answersWithAProfileOfNobody() async throws {
        try await Bench().run { visitor async throws in
            let tokens = try await visitor.tokens(fault: "userInfoMissingSubject")
            let token = try IDTokenReader(try #require(tokens["id_token"]?.string))
            #expect(token.claims["sub"] == "user-1815")
            let access = try #require(tokens["access_token"]?.string)
            let profile = try await visitor.get(Place.userInfo, headers: Visitor.bearer(access))
            #expect(profile.status == 200)
            #expect(try profile.json()["sub"] == nil)
        }
    }
}

@Suite struct RefreshTests {
    private func refreshed(_ visitor: Visitor, fault: String) async throws -> (IDTokenReader, Value) {
        let first = try await visitor.tokens("app", ["scope": "openid offline_access"], fault: fault)
        let form = [
            "grant_type": "refresh_token", "refresh_token": first["refresh_token"]?.string ?? "",
            "client_id": "app", "client_secret": "s3cret",
        ]
        let second = try await visitor.post(Place.token, form).json()
        return (try IDTokenReader(try #require(first["id_token"]?.string)), second)
    }

    @Test func issuesAnIDTokenOfTheSameLogin() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let (before, answer) = try await refreshed(visitor, fault: "")
            let after = try IDTokenReader(try #require(answer["id_token"]?.string))
            for name in ["iss", "sub", "aud", "auth_time", "sid"] {
                #expect(after.claims[name] == before.claims[name], "\(name)")
            }
            #expect(after.claims["nonce"] == nil)
        }
    }

    @Test(arguments: [
        ("refreshWrongIssuer", "iss", "https://issuer.example"), ("refreshWrongSubject", "sub", "user-1810"),
        ("refreshWrongAudience", "aud", "app-of-somebody-else"),
    ])
    func changesAClaimAtARefreshOnly(fault: String, claim: String, value: String) async throws {
        try await Bench().run { visitor async throws in
            let (before, answer) = try await refreshed(visitor, fault: fault)
            let after = try IDTokenReader(try #require(answer["id_token"]?.string))
            #expect(before.claims[claim]?.string != value)
            #expect(after.claims[claim]?.string == value)
            #expect(try after.isSigned(by: try await visitor.keys()))
        }
    }

    @Test func misbehavesAtTheRefreshAndNotBefore() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            bench.simulator.set(fault: .tokenError, dialect: "openid", step: .refresh)
            #expect(try await refreshed(visitor, fault: "").1["error"] == "invalid_grant")
            bench.simulator.clearFaults()
            #expect(try await refreshed(visitor, fault: "tokenError@refresh").1["error"] == "invalid_grant")
        }
    }
}
