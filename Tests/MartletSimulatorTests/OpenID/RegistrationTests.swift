import HTTPTypes
import MartletSimulator
import Testing

@Suite struct RegistrationTests {
    private func put(_ visitor: Visitor, _ body: String, _ id: String = "app") async throws -> Answer {
        try await visitor.send(.put, "simulator/clients/" + id, body: body)
    }

    @Test func registersAndForgetsOverHTTP() async throws {
        try await Bench().run { visitor async throws in
            let key = try TestKey("ES256")
            let body: Value = [
                "secret": "s", "authMethod": "client_secret_basic", "jwks": key.set, "assertionAudience": ["issuer"],
                "requirePushedAuthorizationRequests": false, "requireSignedRequestObject": false, "dpop": false,
                "dpopNonce": true, "idTokenSignedResponseAlg": "EdDSA", "userinfoSignedResponseAlg": "PS384",
                "redirectURIs": ["https://app.example/callback"], "postLogoutRedirectURIs": ["https://app.example/"],
                "backchannelLogoutURI": "https://app.example/back", "frontchannelLogoutURI": .null,
            ]
            #expect(try await put(visitor, try body.text, "an%20app%2Bmore").status == 204)
            let form = ["grant_type": "client_credentials"]
            let wrong = Visitor.basic("an%20app%2Bmore", "any")
            #expect(try await visitor.post(Place.token, form, headers: wrong).status == 401)
            #expect(
                try await visitor.post(Place.token, form, headers: Visitor.basic("an+app%2Bmore", "s")).status == 200)
            #expect(try await visitor.send(.delete, "simulator/clients/an%20app%2Bmore").status == 204)
            #expect(try await visitor.send(.delete, "simulator/clients/an%20app%2Bmore").status == 404)
            #expect(try await visitor.post(Place.token, form, headers: wrong).status == 200)
        }
    }

    @Test(arguments: [
        "", "[]", #"{"unheardOf":1}"#, #"{"secret":1}"#, #"{"authMethod":"tls"}"#, #"{"dpop":"yes"}"#,
        #"{"authMethod":"client_secret_post"}"#, #"{"authMethod":"private_key_jwt"}"#, #"{"jwks":"text"}"#,
        #"{"jwks":{"keys":[{"kty":"XYZ"}]},"requireSignedRequestObject":true}"#, #"{"assertionAudience":["anybody"]}"#,
        #"{"idTokenSignedResponseAlg":"HS256"}"#, #"{"idTokenSignedResponseAlg":"none"}"#,
        #"{"redirectURIs":["/relative"]}"#, #"{"redirectURIs":[1]}"#, #"{"frontchannelLogoutURI":"javascript:1"}"#,
    ])
    func refusesAClientThatMakesNoSense(body: String) async throws {
        try await Bench().run { visitor async throws in
            let answer = try await put(visitor, body)
            #expect(answer.status == 400)
            #expect(try answer.json()["error"]?.string?.isEmpty == false)
        }
    }

    @Test func goesBackToRegisteredAddressesOnly() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", redirectURIs: [Visitor.redirectURI]))
        try await bench.run { visitor async throws in
            #expect(try await visitor.signIn(Place.authorize)["code"] != nil)
            let other = try await visitor.post(
                Place.authorize,
                [
                    "client_id": "app", "redirect_uri": Visitor.redirectURI + "/", "response_type": "code",
                    "person": "ada",
                ])
            #expect(other.status == 400)
            #expect(other.headers[.location] == nil)
        }
    }

    @Test(arguments: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"])
    func signsIDTokensByTheAlgorithmThatTheClientStates(algorithm: String) async throws {
        let bench = try Bench()
        try bench.simulator.register(
            .init(
                id: "app", secret: "s3cret",
                idTokenSignedResponseAlg: SignatureAlgorithm(rawValue: algorithm)))
        try await bench.run { visitor async throws in
            let tokens = try await visitor.tokens()
            let token = try IDTokenReader(try #require(tokens["id_token"]?.string))
            #expect(token.header["alg"]?.string == algorithm)
            #expect(try token.isSigned(by: try await visitor.keys()))
            let access = try #require(tokens["access_token"]?.string)
            #expect(token.claims["at_hash"]?.string == IDTokenReader.halfHash(access, algorithm))
            let broken = try await visitor.idToken(fault: "badSignature")
            #expect(try !broken.isSigned(by: try await visitor.keys()))
            let other = try await visitor.idToken(fault: "wrongAlg")
            #expect(other.header["alg"]?.string != algorithm)
            #expect(other.header["kid"] == token.header["kid"])
        }
    }

    @Test func signsIDTokensWithTheSecret() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", secret: "s3cret", idTokenSignedResponseAlg: .hs256))
        try await bench.run { visitor async throws in
            let token = try await visitor.idToken()
            #expect(token.header == .object(["alg": "HS256", "typ": "JWT"]))
            #expect(token.isSigned(bySecret: "s3cret"))
            #expect(try await !visitor.idToken(fault: "badSignature").isSigned(bySecret: "s3cret"))
        }
    }

    @Test func signsTheProfileWhereTheClientAsksForIt() async throws {
        let bench = try Bench()
        try bench.simulator.register(.init(id: "app", secret: "s3cret", userinfoSignedResponseAlg: .rs256))
        try await bench.run { visitor async throws in
            let profile = { (fault: String) in
                let tokens = try await visitor.tokens("app", ["scope": "openid email"], fault: fault)
                let access = try #require(tokens["access_token"]?.string)
                let answer = try await visitor.get(Place.userInfo, headers: Visitor.bearer(access))
                #expect(answer.headers[.contentType] == "application/jwt")
                return try IDTokenReader(answer.text)
            }
            let right = try await profile("")
            #expect(try right.isSigned(by: try await visitor.keys()))
            #expect(right.claims["iss"]?.string == Place.issuer)
            #expect(right.claims["aud"] == "app")
            #expect(right.claims["sub"] == "user-1815")
            #expect(right.claims["email"] == "ada@example.com")
            #expect(try await profile("userInfoSubjectMismatch").claims["sub"] == "user-1810")
            #expect(try await profile("userInfoMissingSubject").claims["sub"] == nil)
            #expect(try await profile("wrongAudience@userInfo").claims["aud"] == "app-of-somebody-else")
            #expect(try await profile("missingIss@userInfo").claims["iss"] == nil)
            #expect(try await profile("algNone@userInfo").header["alg"] == "none")
            let broken = try await profile("badSignature@userInfo")
            #expect(try !broken.isSigned(by: try await visitor.keys()))
        }
    }
}
