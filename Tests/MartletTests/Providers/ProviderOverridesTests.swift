import Martlet
import Testing

@Suite("Overriding a provider's fields")
struct ProviderOverridesTests {
    @Test
    func laysFieldsOverTheEntryMemberByMember() throws {
        let provider = try Provider.github.overridden(by: [
            "scopes": .array([.string("repo")]), "profile": ["username": .string("name")],
            "authorizeParameters": ["allow_signup": .string("false")],
        ])
        var expected = Provider.github
        expected.scopes = ["repo"]
        expected.profile.username = "name"
        expected.authorizeParameters = ["allow_signup": "false"]
        #expect(provider == expected)
    }

    @Test
    func mergesADictionaryWithTheEntrysOwn() throws {
        let provider = try Provider.dingtalk.overridden(by: ["authorizeParameters": ["org_type": .string("management")]]
        )
        #expect(provider.authorizeParameters == ["prompt": "consent", "org_type": "management"])
    }

    @Test
    func changesNothingWithoutOverrides() throws {
        #expect(try Provider.wechatWork.overridden(by: [:]) == .wechatWork)
    }

    @Test
    func takesAFieldAwayWithNull() throws {
        let provider = try Provider.github.overridden(by: ["emailsRequest": .null, "profile": ["email": .null]])
        #expect(provider.emailsRequest == nil)
        #expect(provider.profile.email == nil)
        #expect(provider.profile.name == "name")
    }

    @Test(arguments: [
        ["tokenEndpiont": JSONValue.string("https://a")] as JSONValue, ["scopes": .string("a")], ["id": .null],
        ["profile": ["x": .string("y")]], .string("x"), .null,
    ])
    func refusesWhatDoesNotFit(overrides: JSONValue) {
        #expect(throws: DecodingError.self) { try Provider.github.overridden(by: overrides) }
    }

    @Test
    func needsASecretUnlessTheClientIsPublic() {
        #expect(Provider.github.needsClientSecret)
        #expect(Provider.linuxdo.needsClientSecret)
        var provider = Provider.github
        provider.clientAuthentication = ClientAuthentication.none
        #expect(!provider.needsClientSecret)
    }

    @Test(arguments: [ClientAuthentication.privateKeyJWT, .mutualTLS, .selfSignedMutualTLS])
    func needsNoSecretWhereAKeyIsTheProof(method: ClientAuthentication) {
        var provider = Provider.github
        provider.clientAuthentication = method
        #expect(!provider.needsClientSecret)
        #expect(!Provider.apple.needsClientSecret)
        provider.clientAuthentication = .secretJWT
        #expect(provider.needsClientSecret)
    }

    @Test
    func leavesAnEndpointWhereItIsThatIsNotHTTPS() {
        var provider = Provider(id: "x", name: "X")
        provider.tokenEndpoint = "http://localhost:1/token"
        provider.userInfoEndpoint = "https://api.example/me?x=1"
        let moved = provider.relocated(under: "http://localhost:9000")
        #expect(moved.tokenEndpoint == "http://localhost:1/token")
        #expect(moved.userInfoEndpoint == "http://localhost:9000/api.example/me?x=1")
    }

    @Test
    func buildsAnOpenIDProviderFromItsIssuer() {
        let provider = Provider.openID(id: "corp", name: "Corp", issuer: "https://id.corp.example")
        #expect(provider.issuer == "https://id.corp.example")
        #expect(provider.scopes == ["openid", "profile", "email"])
        #expect(provider.pkce == .s256)
        #expect(provider.profile.id == "sub")
        #expect(provider.expectsIDToken(scopes: ["openid"]))
        #expect(!provider.expectsIDToken(scopes: ["profile"]))
        #expect(!Provider.dingtalk.expectsIDToken(scopes: ["openid"]))
    }
}
