import Martlet
import MartletTesting
import Testing

/// https://developer.apple.com/documentation/signinwithapplerestapi/authenticating-users-with-sign-in-with-apple
@Suite("Apple's profile")
struct AppleProfileTests {
    static let subject = "820417.faa325acbc78e1be1668ba852d492d8a.0219"

    let signer: IDTokenSigner
    let world: OpenIDWorld

    init() throws {
        signer = try IDTokenSigner("RS256")
        world = try OpenIDWorld(signer)
    }

    private func harness() throws -> Harness {
        let apple = try Harness(.apple)
        let keys: JSONValue = ["keys": .array([try signer.jwk()])]
        apple.transport.on(.keys, .json(keys.serialized()))
        return apple
    }

    private func idToken(_ changes: [String: JSONValue], nonce: String?) throws -> Secret {
        let own: [String: JSONValue] = [
            "iss": .string("https://appleid.apple.com"), "sub": .string(Self.subject),
            "email": .string("jane@icloud.com"), "email_verified": .string("true"),
        ]
        return try signer.sign(world.claims(nonce: nonce, own.merging(changes) { $1 }))
    }

    /// A login whose form POST holds this `user` field.
    private func profile(user: String?, claims: [String: JSONValue] = [:]) async throws -> UserProfile {
        let apple = try harness()
        let request = try await apple.begin()
        let idToken = try idToken(claims, nonce: request.pending.nonce).reveal()
        apple.transport.on(.token, .json(#"{"access_token":"a","refresh_token":"r","id_token":"\#(idToken)"}"#))
        var parameters = ["code": "c", "state": "state-1"]
        parameters["user"] = user
        let answer = try apple.client.validate(CallbackParameters(parameters), for: request.pending)
        return try await apple.client.profile(try await apple.client.exchange(answer))
    }

    @Test
    func asksForAFormPost() async throws {
        let query = try await harness().begin().url.queryParameters
        #expect(query["response_mode"] == "form_post")
        #expect(query["scope"] == "openid name email")
    }

    @Test(
        arguments: [
            (#"{"name":{"firstName":"Jane","lastName":"Doe"},"email":"jane@icloud.com"}"#, "Jane Doe"),
            (#"{"name":{"firstName":"Jane"}}"#, "Jane"), (#"{"name":{"lastName":"Doe"}}"#, "Doe"),
            (#"{"name":{"firstName":"","lastName":"Doe"}}"#, "Doe"),
            (#"{"name":{"firstName":"媛","lastName":"王"}}"#, "媛 王"),
            (nil, nil), ("", nil), ("{", nil), ("[]", nil), (#""Jane""#, nil), (#"{"name":"Jane"}"#, nil), ("{}", nil),
            (#"{"name":{"firstName":{"a":1}}}"#, nil),
        ] as [(String?, String?)])
    func takesTheNameFromTheUserField(user: String?, name: String?) async throws {
        let profile = try await profile(user: user)
        #expect(profile.name == name)
        #expect(profile.subject == Self.subject)
    }

    /// Nobody signs the field: whoever can post the form can write any address into it.
    @Test
    func ignoresTheEmailOfTheUserField() async throws {
        let user = #"{"name":{"firstName":"Jane"},"email":"victim@icloud.com","sub":"other","email_verified":true}"#
        let signed = try await profile(user: user)
        #expect(signed.email == Email("jane@icloud.com", isVerified: true))
        #expect(signed.subject == Self.subject)
        let silent = try await profile(user: user, claims: ["email": .null, "email_verified": .null])
        #expect(silent.email == nil)
        #expect(!silent.raw.serialized().contains("victim"))
    }

    @Test(arguments: [
        (JSONValue.bool(true), true), (.string("true"), true), (.bool(false), false), (.string("false"), false),
        (.null, false),
    ])
    func believesTheEmailAsFarAsAppleDoes(written: JSONValue, isVerified: Bool) async throws {
        let profile = try await profile(user: nil, claims: ["email_verified": written])
        #expect(profile.email == Email("jane@icloud.com", isVerified: isVerified))
    }

    @Test(arguments: [
        ("dpdcnf87nu@privaterelay.appleid.com", true), ("A@PrivateRelay.AppleID.com", true), ("jane@icloud.com", false),
        ("jane@evilprivaterelay.appleid.com", false), ("privaterelay.appleid.com@evil.example", false),
        ("jane@privaterelay.appleid.com.evil.example", false), ("jane@sub.privaterelay.appleid.com", false),
    ])
    func marksARelayedAddress(address: String, isRelayed: Bool) async throws {
        let profile = try await profile(user: nil, claims: ["email": .string(address)])
        #expect(profile.email?.isPrivateRelay == isRelayed)
    }

    @Test
    func takesTheNameThatAnAppBringsBesideTheToken() async throws {
        let token = try idToken(["aud": .string("com.example.app")], nonce: nil)
        let user = #"{"name":{"firstName":"Jane","lastName":"Doe"},"email":"victim@icloud.com"}"#
        let client = try harness().client
        let tokens = try await client.tokens(
            nativeIDToken: token, audiences: ["com.example.app"], nonce: nil, user: user)
        let profile = try await client.profile(tokens)
        #expect(profile.name == "Jane Doe")
        #expect(profile.email == Email("jane@icloud.com", isVerified: true))
        #expect(!"\(tokens)".contains("Jane"))
    }

    @Test
    func acceptsOnlyWhatAppleSignsWith() async throws {
        let other = try IDTokenSigner("ES256").sign(world.claims(nonce: nil))
        let error = try await failure { try await harness().client.tokens(nativeIDToken: other, nonce: nil) }
        #expect(error == .untrustedIDToken(.algorithmNotAllowed))
    }

    @Test
    func saysThatTokensMustBeRevokedWithTheAccount() {
        #expect(Catalogue.all.filter(\.revokesOnUnlink).map(\.id) == ["apple"])
        #expect(Catalogue.all.filter { $0.notifications != nil }.map(\.id) == ["apple"])
    }
}
