import HTTPTypes
import MartletSimulator
import Testing

@Suite struct LogoutTests {
    private let path = "openid/end_session"
    private let bye = "http://app.example/bye"

    private func hint(_ visitor: Visitor, _ client: String = "app", as person: String = "ada") async throws -> String {
        try #require(try await visitor.tokens(client, as: person)["id_token"]?.string)
    }

    @Test func goesBackWithTheStateWhereTheHintIsGood() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", secret: "s3cret", postLogoutRedirectURIs: [bye]))
        try await bench.run { visitor async throws in
            let hint = try await hint(visitor)
            bench.clock.advance(seconds: 86_400)
            try bench.simulator.rotateKeys()
            let query = ["id_token_hint": hint, "client_id": "app", "post_logout_redirect_uri": bye, "state": "x"]
            let answer = try await visitor.get(path, query)
            #expect(answer.status == 302)
            #expect(answer.headers[.location] == bye + "?state=x")
            #expect(try await visitor.post(path, query).headers[.location] == bye + "?state=x")
        }
    }

    @Test func refusesAHintOfSomebodyElse() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", secret: "s3cret", postLogoutRedirectURIs: [bye]))
        try await bench.run { visitor async throws in
            let right = try await hint(visitor)
            let forged = try TestKey("ES256").jwt(["iss": .string(Place.issuer), "aud": "app", "sub": "user-1815"])
            let broken = try #require(try await visitor.tokens(fault: "badSignature")["id_token"]?.string)
            let foreign = try #require(try await visitor.tokens(fault: "wrongIssuer")["id_token"]?.string)
            let queries = [
                ["id_token_hint": forged], ["id_token_hint": broken], ["id_token_hint": foreign],
                ["id_token_hint": "x"], ["id_token_hint": right, "client_id": "other"],
                ["id_token_hint": right, "post_logout_redirect_uri": bye + "/"],
                ["client_id": "app", "post_logout_redirect_uri": "https://other.example/"],
            ]
            for query in queries {
                let answer = try await visitor.get(path, query)
                #expect(answer.status == 400)
                #expect(answer.headers[.location] == nil)
            }
        }
    }

    @Test func acceptsAHintThatIsSignedWithTheSecret() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", secret: "s3cret", idTokenSignedResponseAlg: .hs256))
        try await bench.run { visitor async throws in
            #expect(try await visitor.get(path, ["id_token_hint": try await hint(visitor)]).status == 200)
        }
    }

    @Test func changesTheStateOnTheWayBack() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let query = ["post_logout_redirect_uri": bye, "state": "x"]
            bench.simulator.set(fault: .wrongState, dialect: "openid", step: .logout)
            #expect(try await visitor.get(path, query).headers[.location] == bye + "?state=x-changed")
            bench.simulator.set(fault: .missingState, dialect: "openid", step: .logout)
            #expect(try await visitor.get(path, query).headers[.location] == bye)
            bench.simulator.clearFaults()
            let token = try #require(try await visitor.tokens(fault: "missingState@logout")["id_token"]?.string)
            let hinted = query.merging(["id_token_hint": token]) { $1 }
            #expect(try await visitor.get(path, hinted).headers[.location] == bye)
        }
    }

    @Test func tellsTheClientsOfThePersonInFrames() async throws {
        let bench = try Bench()
        let frame = "http://one.example/front?x=1"
        try bench.simulator.register(.init(id: "one", secret: "s3cret", frontchannelLogoutURI: frame))
        try bench.simulator.register(
            .init(id: "two", secret: "s3cret", frontchannelLogoutURI: "http://two.example/front"))
        try await bench.run { visitor async throws in
            let first = try await visitor.idToken("one")
            let second = try await visitor.idToken("two")
            let other = try await visitor.idToken("two", as: "sam")
            let hint = try await hint(visitor)
            let query = ["id_token_hint": hint, "post_logout_redirect_uri": bye, "state": "x"]
            let page = try await visitor.get(path, query)
            #expect(page.status == 200)
            let escaped = "http%3A%2F%2Flocalhost%2Fopenid&amp;sid="
            let (sid, next) = (first.claims["sid"]?.string ?? "", second.claims["sid"]?.string ?? "")
            #expect(page.text.contains(#"src="http://one.example/front?x=1&amp;iss=\#(escaped)\#(sid)""#))
            #expect(page.text.contains(#"src="http://two.example/front?iss=\#(escaped)\#(next)""#))
            #expect(!page.text.contains(other.claims["sid"]?.string ?? ""))
            #expect(page.text.contains(#"content="2;url=http://app.example/bye?state=x""#))
            #expect(page.text.contains(#"href="http://app.example/bye?state=x""#))
            #expect(
                page.headers[.contentSecurityPolicy]?.contains("frame-src http://one.example http://two.example;")
                    == true)
            #expect(try await visitor.get(path, query).status == 302)
        }
    }

    @Test func signsOutWithoutAClientThatAsks() async throws {
        let bench = try Bench()
        try bench.simulator.register(
            .init(id: "app", secret: "s3cret", frontchannelLogoutURI: "http://app.example/front"))
        try await bench.run { visitor async throws in
            _ = try await visitor.idToken()
            let page = try await visitor.get(path, ["logout_hint": "ada"])
            #expect(page.text.contains("<iframe"))
            #expect(!page.text.contains("http-equiv"))
        }
    }
}

@Suite struct LogoutTokenTests {
    private let event = "http://schemas.openid.net/event/backchannel-logout"

    private func answer(_ visitor: Visitor, _ body: [String: String]) async throws -> Answer {
        try await visitor.post("simulator/openid/logout-token", json: body)
    }

    private func token(_ visitor: Visitor, _ body: [String: String]) async throws -> IDTokenReader {
        let whole = ["client_id": "app"].merging(body) { $1 }
        return try IDTokenReader(try #require(try await answer(visitor, whole).json()["logout_token"]?.string))
    }

    @Test func saysWhoSignedOut() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let token = try await token(visitor, ["person": "ada"])
            #expect(try token.isSigned(by: try await visitor.keys()))
            #expect(token.header["typ"] == "logout+jwt")
            #expect(token.claims["iss"]?.string == Place.issuer)
            #expect(token.claims["aud"] == "app")
            #expect(token.claims["sub"] == "user-1815")
            #expect(token.claims["sid"] == nil)
            #expect(token.claims["iat"] == .number(bench.now))
            #expect(token.claims["exp"] == .number(bench.now + 120))
            #expect(token.claims["events"] == .object([event: [:]]))
            #expect(token.claims["jti"]?.string?.isEmpty == false)
            let session = try await self.token(visitor, ["sid": "1"]).claims
            #expect(session["sid"] == "1")
            #expect(session["sub"] == nil)
            #expect(try await self.token(visitor, ["sub": "s", "sid": "1"]).claims["sub"] == "s")
        }
    }

    @Test func signsByTheAlgorithmOfTheClientAndSaysWhereToSendIt() async throws {
        let bench = try Bench()
        let uri = "https://app.example/back"
        try bench.simulator.register(.init(id: "app", idTokenSignedResponseAlg: .ps512, backchannelLogoutURI: uri))
        try await bench.run { visitor async throws in
            let body = try await answer(visitor, ["client_id": "app", "person": "ada"]).json()
            #expect(body["backchannel_logout_uri"]?.string == uri)
            let token = try IDTokenReader(try #require(body["logout_token"]?.string))
            #expect(token.header["alg"] == "PS512")
            #expect(try token.isSigned(by: try await visitor.keys()))
        }
    }

    @Test(arguments: [
        ("missingEvents", "events"), ("missingJti", "jti"), ("missingIat", "iat"), ("missingSubAndSid", "sub"),
        ("missingSubAndSid", "sid"),
    ])
    func leavesAClaimOut(fault: String, claim: String) async throws {
        try await Bench().run { visitor async throws in
            #expect(try await token(visitor, ["person": "ada", "sid": "1"]).claims[claim] != nil)
            #expect(try await token(visitor, ["person": "ada", "sid": "1", "fault": fault]).claims[claim] == nil)
        }
    }

    @Test func changesAClaim() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let claims = { (fault: String) async throws -> Value in
                try await token(visitor, ["person": "ada", "fault": fault]).claims
            }
            #expect(try await claims("wrongIss")["iss"] == "https://issuer.example")
            #expect(try await claims("wrongAud")["aud"] == "somebody-else")
            #expect(try await claims("wrongEvent")["events"]?[event] == nil)
            #expect(try await claims("withNonce")["nonce"] != nil)
            #expect(try await claims("expired")["exp"] == .number(bench.now - 3600))
        }
    }

    @Test func breaksTheSignature() async throws {
        try await Bench().run { visitor async throws in
            let keys = try await visitor.keys()
            let token = { (fault: String) async throws -> IDTokenReader in
                try await self.token(visitor, ["person": "ada", "fault": fault])
            }
            #expect(try await token("algNone").header["alg"] == "none")
            #expect(try await token("wrongAlg").header["alg"] == "RS512")
            #expect(try await !token("wrongSignature").isSigned(by: keys))
        }
    }

    @Test(arguments: [
        ["person": "ada"], ["client_id": "app"], ["client_id": "app", "person": "nobody"],
        ["client_id": "app", "person": "ada", "fault": "unheardOf"],
    ])
    func refusesABodyThatMakesNoSense(body: [String: String]) async throws {
        try await Bench().run { visitor async throws in
            #expect(try await answer(visitor, body).status == 400)
        }
    }

    @Test func givesTheSameInSwift() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            for fault in LogoutTokenFault.allCases {
                let text = try bench.simulator.logoutToken(for: "app", person: "ada", sid: "1", fault: fault)
                let over = try await token(visitor, ["person": "ada", "sid": "1", "fault": fault.rawValue])
                #expect(try IDTokenReader(text).claims.merging(["jti": "x"]) == over.claims.merging(["jti": "x"]))
            }
            #expect(throws: Simulator.LogoutTokenError.unknownPerson) {
                try bench.simulator.logoutToken(for: "app", person: "nobody")
            }
            let elsewhere = try bench.simulator.logoutToken(for: "app", sid: "1", baseURL: "https://s.example/")
            #expect(try IDTokenReader(elsewhere).claims["iss"] == "https://s.example/openid")
        }
    }
}
