import FoundationEssentials
import Martlet
import MartletTesting
import Testing

/// https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
@Suite("Microsoft's profile")
struct MicrosoftProfileTests {
    let signer: IDTokenSigner
    let microsoft: Harness

    init() throws {
        signer = try IDTokenSigner("RS256")
        microsoft = try Harness(.microsoft)
        let metadata: JSONValue = [
            "issuer": .string(TenancyTests.template),
            "jwks_uri": .string("https://login.microsoftonline.com/common/discovery/v2.0/keys"),
        ]
        microsoft.transport.on(.discovery, .json(metadata.serialized()))
        let keys: JSONValue = ["keys": .array([try signer.jwk(["issuer": .string(TenancyTests.template)])])]
        microsoft.transport.on(.keys, .json(keys.serialized()))
    }

    private func profile(_ changes: [String: JSONValue]) async throws -> UserProfile {
        let request = try await microsoft.begin()
        let now = Int(microsoft.clock.now.timeIntervalSince1970)
        let usual: [String: JSONValue] = [
            "iss": .string(TenancyTests.issuer(TenancyTests.contoso)), "tid": .string(TenancyTests.contoso),
            "aud": .string("client-1"), "sub": .string("AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ"),
            "oid": .string("00000000-0000-0000-66f3-3332eca7ea81"), "name": .string("Jane Doe"),
            "preferred_username": .string("jane@contoso.example"), "email": .string("jane@contoso.example"),
            "iat": .number(Decimal(now)), "exp": .number(Decimal(now + 600)), "nonce": JSONValue(request.pending.nonce),
        ]
        let idToken = try signer.sign(.object(usual.merging(changes) { $1 }.filter { $0.value != .null })).reveal()
        microsoft.transport.on(.token, .json(#"{"access_token":"a","token_type":"Bearer","id_token":"\#(idToken)"}"#))
        let callback = CallbackParameters(["code": "c", "state": "state-1"])
        let answer = try microsoft.client.validate(callback, for: request.pending)
        return try await microsoft.client.profile(try await microsoft.client.exchange(answer))
    }

    @Test
    func isTheIDTokens() async throws {
        let profile = try await profile([:])
        #expect(profile.subject == "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ")
        #expect(profile.name == "Jane Doe")
        #expect(profile.username == "jane@contoso.example")
        let ids = ["oid": "00000000-0000-0000-66f3-3332eca7ea81", "tid": TenancyTests.contoso]
        #expect(profile.identifiers == ids)
        #expect(microsoft.transport.requests(.userInfo).isEmpty)
    }

    /// Any tenant may write any address (nOAuth), so nothing but the claim about its domain proves it.
    @Test(arguments: [
        (JSONValue.bool(true), true), (.string("true"), true), (.number(1), true), (.string("1"), true),
        (.bool(false), false), (.string("false"), false), (.number(0), false), (.string("0"), false), (.null, false),
        (.string("yes"), false), (.array([.bool(true)]), false),
    ])
    func believesAnEmailOnlyByItsDomainsOwner(claim: JSONValue, isVerified: Bool) async throws {
        let profile = try await profile(["xms_edov": claim, "email_verified": .bool(true)])
        #expect(profile.email == Email("jane@contoso.example", isVerified: isVerified))
    }

    @Test
    func takesNoHandleForAnEmail() async throws {
        #expect(try await profile(["email": .null, "xms_edov": .bool(true)]).email == nil)
    }

    @Test
    func goesWhereTheTenantSays() async throws {
        var provider = Provider.microsoft
        provider.tenant = "contoso.onmicrosoft.com"
        let client = try Harness(provider).client
        let host = "https://login.microsoftonline.com/contoso.onmicrosoft.com"
        #expect(client.provider.issuer == host + "/v2.0")
        #expect(client.provider.authorizationEndpoint == host + "/oauth2/v2.0/authorize")
        #expect(client.provider.tokenEndpoint == host + "/oauth2/v2.0/token")
        #expect(client.provider.tenancy?.issuer == TenancyTests.template)
    }
}
