import Foundation
import HTTPTypes
import Testing

@Suite struct AppleTests {
    private let authorize = "appleid.apple.com/auth/authorize"
    private let token = "appleid.apple.com/auth/token"
    private let revoke = "appleid.apple.com/auth/revoke"
    private let keys = "appleid.apple.com/auth/keys"
    private let signer = AppleSigner()

    /// Signs in by `form_post` and gives what the form posts.
    private func signIn(
        _ visitor: Visitor, as person: String = "ada", scope: String = "name email", client: String = "app",
        change: [String: String] = [:]
    ) async throws -> [String: String] {
        let form = [
            "client_id": client, "redirect_uri": Visitor.redirectURI, "response_type": "code", "state": "<s>",
            "scope": scope, "nonce": "n", "response_mode": "form_post", "person": person,
        ]
        let page = try await visitor.post(authorize, form.merging(change) { $1 })
        #expect(page.status == 200)
        #expect(page.text.contains(#"action="\#(Visitor.redirectURI)""#))
        return page.hiddenFields
    }

    private func exchange(
        _ visitor: Visitor, _ code: String?, _ change: [String: String] = [:]
    ) async throws -> Answer {
        let form = [
            "grant_type": "authorization_code", "code": code ?? "", "redirect_uri": Visitor.redirectURI,
            "client_id": "app", "client_secret": try signer.secret(),
        ]
        return try await visitor.post(token, form.merging(change) { $1 })
    }

    private func idToken(
        _ visitor: Visitor, as person: String = "ada", fault: String = ""
    ) async throws -> IDTokenReader {
        let code = try await signIn(visitor, as: person, change: ["fault": fault])["code"]
        return try IDTokenReader(try #require(try await exchange(visitor, code).json()["id_token"]?.string))
    }

    // MARK: Consent

    @Test func sendsTheNameAtTheFirstConsentOnly() async throws {
        try await Bench().run { visitor async throws in
            let first = try await signIn(visitor)
            #expect(first["state"] == "<s>")
            #expect(first["code"] != nil)
            let user = try JSONDecoder().decode(Value.self, from: Data(try #require(first["user"]).utf8))
            #expect(user["name"] == .object(["firstName": "Ada", "lastName": "Lovelace"]))
            #expect(user["email"] == "ada@example.com")
            #expect(try await signIn(visitor)["user"] == nil)
            #expect(try await signIn(visitor, client: "another")["user"] != nil)
            #expect(try await signIn(visitor, as: "sam")["user"] != nil)
        }
    }

    @Test(arguments: [("name", "name", "email"), ("email", "email", "name")])
    func sendsWhatWasAskedFor(scope: String, present: String, absent: String) async throws {
        try await Bench().run { visitor async throws in
            let text = try #require(try await signIn(visitor, scope: scope)["user"])
            let user = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
            #expect(user[present] != nil)
            #expect(user[absent] == nil)
        }
    }

    @Test func answersInTheQueryWhereNoScopeIsAskedFor() async throws {
        try await Bench().run { visitor async throws in
            let callback = try await visitor.signIn(authorize)
            #expect(callback["code"] != nil)
            #expect(callback["user"] == nil)
        }
    }

    @Test(arguments: [["response_mode": "query"], ["response_mode": ""], ["scope": "name phone"]])
    func showsAnErrorForARequestThatAppleRefuses(change: [String: String]) async throws {
        try await Bench().run { visitor async throws in
            let query = [
                "client_id": "app", "redirect_uri": Visitor.redirectURI, "response_type": "code",
                "scope": "name email", "response_mode": "form_post",
            ]
            #expect(try await visitor.get(authorize, query).status == 200)
            let answer = try await visitor.get(authorize, query.merging(change) { $1 })
            #expect(answer.status == 400)
            #expect(answer.headers[.location] == nil)
        }
    }

    @Test func saysThatThePersonCancelled() async throws {
        try await Bench().run { visitor async throws in
            let fields = try await signIn(visitor, change: ["decision": "cancel"])
            #expect(fields == ["error": "user_cancelled_authorize", "state": "<s>"])
            #expect(try await signIn(visitor)["user"] != nil)
        }
    }

    // MARK: ID token

    @Test func issuesAnIDTokenInItsShape() async throws {
        let bench = try Bench()
        try await bench.run { visitor async throws in
            let code = try await signIn(visitor)["code"]
            let tokens = try await exchange(visitor, code).json()
            #expect(tokens["token_type"] == "Bearer")
            #expect(tokens["expires_in"] == 3600)
            let reader = try IDTokenReader(try #require(tokens["id_token"]?.string))
            #expect(reader.header["alg"] == "RS256")
            #expect(try reader.isSigned(by: try await visitor.get(keys).json()))
            let claims = reader.claims
            #expect(claims["iss"] == "http://localhost/appleid.apple.com")
            #expect(claims["aud"] == "app")
            #expect(claims["nonce"] == "n")
            #expect(claims["nonce_supported"] == true)
            #expect(claims["auth_time"] == .number(Int64(bench.clock.now.timeIntervalSince1970)))
            #expect(claims["real_user_status"] == 2)
            #expect(claims["name"] == nil)
            let subject = try #require(claims["sub"]?.string)
            #expect(subject.wholeMatch(of: /001815\.[0-9a-f]{32}\.1815/) != nil)
        }
    }

    @Test(arguments: [
        ("ada", Value.bool(true), Value.bool(false), false), ("lilei", "true", "false", false),
        ("ivy", .bool(true), .bool(true), true), ("mei", "true", "true", true),
        ("uma", .bool(false), .bool(false), false),
    ])
    func saysWhatTheEmailIsWorth(person: String, verified: Value, isPrivate: Value, isRelay: Bool) async throws {
        try await Bench().run { visitor async throws in
            let claims = try await idToken(visitor, as: person).claims
            #expect(claims["email_verified"] == verified)
            #expect(claims["is_private_email"] == isPrivate)
            #expect(claims["email"]?.string?.hasSuffix("@privaterelay.appleid.com") == isRelay)
        }
    }

    @Test func givesNoEmailWhereThereIsNone() async throws {
        try await Bench().run { visitor async throws in
            let claims = try await idToken(visitor, as: "sam").claims
            #expect(claims["email"] == nil)
            #expect(claims["email_verified"] == nil)
            #expect(claims["is_private_email"] == nil)
        }
    }

    @Test func distortsAnIDTokenOnDemand() async throws {
        try await Bench().run { visitor async throws in
            let published = try await visitor.get(keys).json()
            #expect(try await !idToken(visitor, fault: "badSignature").isSigned(by: published))
            #expect(try await idToken(visitor, fault: "wrongIssuer").claims["iss"] == "https://issuer.example")
            #expect(try await idToken(visitor, fault: "missingEmail").claims["email"] == nil)
            #expect(try await idToken(visitor, fault: "missingSubject").claims["sub"] == nil)
        }
    }

    // MARK: Client secret

    @Test(arguments: AppleSigner.flaws)
    func refusesASecretThatIsNotOfItsForm(flaw: AppleSigner.Flaw) async throws {
        try await Bench().run { visitor async throws in
            let code = try await signIn(visitor)["code"]
            let bad = try await exchange(visitor, code, ["client_secret": try signer.secret(flaw)])
            #expect(bad.status == 400)
            #expect(try bad.json() == .object(["error": "invalid_client"]))
            #expect(try await exchange(visitor, code).status == 200)
        }
    }

    @Test(arguments: ["https://appleid.apple.com", "http://localhost/appleid.apple.com"])
    func acceptsItsOwnAudienceAndTheRelocatedOne(audience: String) async throws {
        try await Bench().run { visitor async throws in
            let secret = try signer.secret(.init(claims: ["aud": .string(audience)]))
            let code = try await signIn(visitor)["code"]
            #expect(try await exchange(visitor, code, ["client_secret": secret]).status == 200)
        }
    }

    @Test func checksTheSignatureOfARegisteredClient() async throws {
        try await Bench().run { visitor async throws in
            let path = "simulator/apple/clients/app"
            let secrets = [
                (try signer.secret(), true), (try AppleSigner().secret(), false),
                (try signer.secret(.init(claims: ["iss": "OTHERTEAM1"])), false),
                (try signer.secret(.init(header: ["kid": "OTHERKEY01"])), false),
            ]
            #expect(try await visitor.send(.put, path, body: signer.registration).status == 204)
            for (secret, isGood) in secrets {
                let code = try await signIn(visitor)["code"]
                let answer = try await exchange(visitor, code, ["client_secret": secret])
                #expect(answer.status == (isGood ? 200 : 400))
            }
            #expect(try await visitor.send(.delete, path).status == 204)
            let code = try await signIn(visitor)["code"]
            let answer = try await exchange(visitor, code, ["client_secret": try AppleSigner().secret()])
            #expect(answer.status == 200)
            #expect(try await visitor.send(.put, path, body: "{}").status == 400)
        }
    }

    // MARK: Grants

    @Test(arguments: [
        (["code": "unknown"], "invalid_grant"), (["redirect_uri": "http://other.example/"], "invalid_grant"),
        (["redirect_uri": ""], "invalid_grant"), (["grant_type": "password"], "unsupported_grant_type"),
        (["client_secret": ""], "invalid_request"),
    ])
    func refuses(change: [String: String], error: String) async throws {
        try await Bench().run { visitor async throws in
            let answer = try await exchange(visitor, try await signIn(visitor)["code"], change)
            #expect(answer.status == 400)
            #expect(try answer.json()["error"]?.string == error)
        }
    }

    @Test func refreshesWithTheSameTokenAgainAndAgain() async throws {
        try await Bench().run { visitor async throws in
            let tokens = try await exchange(visitor, try await signIn(visitor)["code"]).json()
            let refresh = [
                "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]?.string ?? "",
                "client_id": "app", "client_secret": try signer.secret(),
            ]
            for _ in 0..<2 {
                let answer = try await visitor.post(token, refresh).json()
                #expect(answer["access_token"]?.string?.isEmpty == false)
                #expect(answer["refresh_token"] == nil)
                let claims = try IDTokenReader(try #require(answer["id_token"]?.string)).claims
                #expect(claims["email"] == "ada@example.com")
                #expect(claims["nonce"] == nil)
            }
        }
    }

    @Test(arguments: ["access_token", "refresh_token"])
    func endsTheConsentWithAnyOfItsTokens(kind: String) async throws {
        try await Bench().run { visitor async throws in
            let tokens = try await exchange(visitor, try await signIn(visitor)["code"]).json()
            let client = ["client_id": "app", "client_secret": try signer.secret()]
            let form = client.merging(["token": tokens[kind]?.string ?? "", "token_type_hint": kind]) { $1 }
            let bad = try await visitor.post(revoke, form.merging(["client_secret": "x"]) { $1 })
            #expect(bad.status == 400)
            #expect(try await signIn(visitor)["user"] == nil)
            let answer = try await visitor.post(revoke, form)
            #expect(answer.status == 200)
            #expect(answer.text.isEmpty)
            #expect(try await visitor.post(revoke, form).status == 200)
            let refresh = ["grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]?.string ?? ""]
            let after = try await visitor.post(token, client.merging(refresh) { $1 })
            #expect(try after.json()["error"] == "invalid_grant")
            #expect(try await signIn(visitor)["user"] != nil)
        }
    }

    @Test func endsNothingForATokenOfAnotherClient() async throws {
        try await Bench().run { visitor async throws in
            let tokens = try await exchange(visitor, try await signIn(visitor)["code"]).json()
            let form = [
                "client_id": "other", "client_secret": try signer.secret(.init(claims: ["sub": "other"])),
                "token": tokens["refresh_token"]?.string ?? "",
            ]
            #expect(try await visitor.post(revoke, form).status == 200)
            #expect(try await signIn(visitor)["user"] == nil)
        }
    }

    @Test func describesItselfWithoutAProfile() async throws {
        try await Bench().run { visitor async throws in
            let metadata = try await visitor.get("appleid.apple.com/.well-known/openid-configuration").json()
            #expect(metadata["issuer"] == "http://localhost/appleid.apple.com")
            #expect(metadata["token_endpoint"]?.string == "http://localhost/" + token)
            #expect(metadata["revocation_endpoint"]?.string == "http://localhost/" + revoke)
            #expect(metadata["jwks_uri"]?.string == "http://localhost/" + keys)
            #expect(metadata["userinfo_endpoint"] == nil)
        }
    }
}
