import Martlet
import MartletTesting
import Testing

@Suite("The ID token and the profile")
struct UserInfoSubjectTests {
    let signer: IDTokenSigner
    let world: OpenIDWorld

    init() throws {
        signer = try IDTokenSigner("ES256")
        world = try OpenIDWorld(signer)
    }

    private func profile(
        userInfo: String, claims: [String: JSONValue] = [:]
    ) async throws -> UserProfile {
        world.harness.transport.on(.userInfo, .json(userInfo))
        return try await world.client.profile(try await world.signIn(signer, claims: claims))
    }

    @Test
    func joinsTheProfileAndTheClaimsOfTheIDToken() async throws {
        let profile = try await profile(
            userInfo: #"{"sub":"248289761001","name":"Jane Doe","picture":"https://id.example/jane.png"}"#,
            claims: [
                "email": .string("jane@id.example"), "email_verified": .bool(true), "name": .string("Old Name"),
                "preferred_username": .string("jane"),
            ])
        #expect(profile.subject == "248289761001")
        #expect(profile.name == "Jane Doe")
        #expect(profile.username == "jane")
        #expect(profile.email == Email("jane@id.example", isVerified: true))
        #expect(profile.avatar == "https://id.example/jane.png")
        #expect(profile.formerSubject == nil)
    }

    @Test
    func sendsTheAccessTokenAsABearerToken() async throws {
        _ = try await profile(userInfo: #"{"sub":"248289761001"}"#)
        let request = try world.harness.request(.userInfo)
        #expect(request.url == "https://id.example/userinfo")
        #expect(request.bearer == OpenIDWorld.accessToken)
    }

    @Test(arguments: [
        #"{"sub":"somebody else"}"#, #"{"sub":""}"#, #"{"sub":null}"#, "{}", #"{"sub":"248289761001 "}"#,
    ])
    func refusesAProfileAboutAnotherSubject(userInfo: String) async throws {
        let error = try await failure { try await profile(userInfo: userInfo) }
        #expect(error == .malformed(.userInfo, reason: "it is about another subject than the ID token"))
    }

    @Test
    func doesNotLetTheIDTokenVouchForAnotherEmail() async throws {
        let profile = try await profile(
            userInfo: #"{"sub":"248289761001","email":"victim@id.example"}"#,
            claims: ["email": .string("mallory@id.example"), "email_verified": .bool(true)])
        #expect(profile.email == Email("victim@id.example", isVerified: false))
    }

    @Test
    func letsTheIDTokenVouchForTheSameEmail() async throws {
        let profile = try await profile(
            userInfo: #"{"sub":"248289761001","email":"jane@id.example"}"#,
            claims: ["email": .string("jane@id.example"), "email_verified": .bool(true)])
        #expect(profile.email == Email("jane@id.example", isVerified: true))
    }

    @Test(arguments: [
        ("true", true), ("false", false), (#""true""#, true), (#""false""#, false), ("1", true), ("0", false),
        (#""1""#, true), ("null", false), (#""yes""#, false), (#""TRUE""#, false), ("[true]", false), ("2", false),
    ])
    func believesOnlyAClearProofOfTheEmail(written: String, isVerified: Bool) async throws {
        let profile = try await profile(
            userInfo: #"{"sub":"248289761001","email":"jane@id.example","email_verified":\#(written)}"#)
        #expect(profile.email == Email("jane@id.example", isVerified: isVerified))
    }

    @Test
    func readsTheIDTokenAloneWhereThereIsNoProfileEndpoint() async throws {
        let world = try OpenIDWorld(signer, metadata: ["userinfo_endpoint": .null])
        let profile = try await world.client.profile(try await world.signIn(signer, claims: ["name": .string("Jane")]))
        #expect(profile.subject == "248289761001")
        #expect(profile.name == "Jane")
    }

    @Test
    func returnsTheJoinedAnswerAsItCame() async throws {
        world.harness.transport.on(.userInfo, .json(#"{"sub":"248289761001","address":{"country":"CH"}}"#))
        let userInfo = try await world.client.userInfo(try await world.signIn(signer))
        #expect(userInfo.value(at: "address.country") == .string("CH"))
        #expect(userInfo["iss"] == .string(OpenIDWorld.issuer))
    }

    @Test
    func asksGoogleForNoProfileBesideTheIDToken() async throws {
        let google = try Harness(.google)
        let keys = JSONValue.object(["keys": .array([try signer.jwk()])])
        google.transport.on(.keys, .json(keys.serialized()))
        let pending = try await google.begin().pending
        let claims = world.claims(
            nonce: pending.nonce,
            [
                "iss": .string("https://accounts.google.com"), "sub": .string("11016948447438600000"),
                "email": .string("jane@gmail.com"), "email_verified": .bool(true), "name": .string("Jane"),
                "picture": .string("https://lh3.googleusercontent.com/a"),
            ])
        let idToken = try signer.sign(claims).reveal()
        google.transport.on(.token, .json(#"{"access_token":"a","id_token":"\#(idToken)"}"#))
        let callback = CallbackParameters(["code": "c", "state": "state-1"])
        let tokens = try await google.client.exchange(try google.client.validate(callback, for: pending))
        let profile = try await google.client.profile(tokens)
        #expect(google.transport.requests(.userInfo).isEmpty)
        #expect(profile.subject == "11016948447438600000")
        #expect(profile.email == Email("jane@gmail.com", isVerified: true))
        #expect(profile.name == "Jane")
        #expect(profile.avatar == "https://lh3.googleusercontent.com/a")
        #expect(profile.username == nil)
    }

    @Test
    func asksGoogleForTheProfileWithoutAnIDToken() async throws {
        let google = try Harness(.google)
        let tokens = try await google.tokens(#"{"access_token":"a"}"#, scopes: ["email"])
        google.transport.on(.userInfo, .json(#"{"sub":"110","email":"j@gmail.com","email_verified":true}"#))
        let profile = try await google.client.profile(tokens)
        #expect(profile.subject == "110")
        #expect(profile.email?.isVerified == true)
    }

    @Test
    func needsKeysToVerifyAnIDTokenBy() async throws {
        let harness = try Harness(.openID(id: "example", name: "Example", issuer: OpenIDWorld.issuer))
        let metadata = OpenIDWorld.metadata.merging(.object(["jwks_uri": .null]))
        harness.transport.on(.discovery, .json(metadata.serialized()))
        let idToken = try signer.sign(world.claims(nonce: nil)).reveal()
        let error = try await failure { try await harness.tokens(#"{"access_token":"a","id_token":"\#(idToken)"}"#) }
        #expect(error == .misconfigured("example has no keys to verify signatures by"))
    }

    @Test
    func verifiesAnIDTokenThatNobodyAskedFor() async throws {
        let harness = try Harness(.google)
        harness.transport.on(.keys, .json(#"{"keys":[]}"#))
        let error = try await failure {
            try await harness.tokens(#"{"access_token":"a","id_token":"x.y.z"}"#, scopes: ["email"])
        }
        #expect(error == .untrustedIDToken(.malformed))
    }
}
