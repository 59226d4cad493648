import FoundationEssentials
import Martlet
import Testing

@Suite("A provider's textual form")
struct ProviderCodableTests {
    private func decode(_ json: String) throws -> Provider {
        try JSONDecoder().decode(Provider.self, from: Data(json.utf8))
    }

    /// The key path and text of the decoding error that JSON must cause.
    private func complaint(about json: String) throws -> (path: String, text: String) {
        do {
            _ = try decode(json)
        } catch DecodingError.dataCorrupted(let context) {
            return (context.codingPath.map(\.stringValue).joined(separator: "."), context.debugDescription)
        }
        throw TestFailure("nothing was wrong")
    }

    @Test
    func writesOnlyWhatDiffersFromTheDefaults() throws {
        var provider = Provider(id: "x", name: "X")
        provider.tokenEndpoint = "https://id.example/token"
        provider.tokenRequest.encoding = .json
        let text = try JSONValue(parsing: JSONEncoder().encode(provider))
        let expected: JSONValue = [
            "id": .string("x"), "name": .string("X"), "tokenEndpoint": .string("https://id.example/token"),
            "tokenRequest": ["encoding": .string("json")],
        ]
        #expect(text == expected)
    }

    @Test
    func readsTheDefaultsForWhatIsNotWritten() throws {
        #expect(try decode(#"{"id":"x","name":"X"}"#) == Provider(id: "x", name: "X"))
    }

    @Test
    func readsEveryKindOfField() throws {
        let provider = try decode(
            #"""
            {"id":"x","name":"X","scopes":["a"],"pkce":"none","responseMode":"form_post","scopeSeparator":",",
            "callbackWithoutCodeIsDenial":true,"clientAuthentication":"client_secret_basic",
            "authorizeParameters":{"prompt":"consent"},"userInfoPolicy":"withoutIDToken",
            "userInfoRequest":{"method":"POST","encoding":"form","accessToken":{"location":"query","name":"t","scheme":null}},
            "emailsRequest":{"endpoint":"https://id.example/emails"},"emails":{"primary":"main"},
            "failures":[{"code":"errcode","success":["0"]}],"profile":{"id":"uid | id","emailVerified":true}}
            """#)
        #expect(provider.scopes == ["a"])
        #expect(provider.pkce == .none)
        #expect(provider.responseMode == .formPost)
        #expect(provider.clientAuthentication == .basic)
        #expect(provider.callbackWithoutCodeIsDenial)
        #expect(provider.authorizeParameters == ["prompt": "consent"])
        #expect(provider.userInfoRequest.method == .post)
        #expect(provider.userInfoRequest.accessToken == .query("t"))
        #expect(provider.emailsRequest?.endpoint == "https://id.example/emails")
        #expect(provider.emails.primary == "main")
        #expect(provider.failures == [FailureRule(code: "errcode", success: ["0"])])
        #expect(provider.profile.id == "uid | id")
        #expect(provider.profile.emailVerified == "true")
    }

    @Test(arguments: [
        (#"{"id":"x","name":"X","tokenEndpiont":"https://a"}"#, "tokenEndpiont"),
        (#"{"id":"x","name":"X","userInfoRequest":{"methd":"GET"}}"#, "userInfoRequest.methd"),
        (
            #"{"id":"x","name":"X","userInfoRequest":{"accessToken":{"place":"query"}}}"#,
            "userInfoRequest.accessToken.place"
        ),
        (#"{"id":"x","name":"X","failures":[{"cod":"a"}]}"#, "failures.Index 0.cod"),
        (#"{"id":"x","name":"X","profile":{"emial":"a"}}"#, "profile.emial"),
        (#"{"id":"x","name":"X","tokenRequest":{"a":1}}"#, "tokenRequest.a"),
        (#"{"id":"x","name":"X","tokenResponse":{"a":1}}"#, "tokenResponse.a"),
        (#"{"id":"x","name":"X","parameterNames":{"a":1}}"#, "parameterNames.a"),
        (#"{"id":"x","name":"X","revocationRequest":{"a":1}}"#, "revocationRequest.a"),
        (#"{"id":"x","name":"X","emails":{"a":1}}"#, "emails.a"), (#"{"ID":"x"}"#, "ID"),
        (#"{"id":"x","name":"X","tenancy":{"a":1}}"#, "tenancy.a"),
        (#"{"id":"x","name":"X","signedClientSecret":{"a":1}}"#, "signedClientSecret.a"),
    ])
    func refusesAnUnknownKeyByItsPath(json: String, path: String) throws {
        let complaint = try complaint(about: json)
        #expect(complaint.path == path)
        #expect(complaint.text.hasPrefix("unknown key; the keys here are "))
    }

    @Test(arguments: [
        #"{"scopes":"openid"}"#, #"{"pkce":"plain"}"#, #"{"id":7}"#, #"{"scopes":null}"#, "[]", "7",
        #"{"clientAuthentication":"private_key"}"#, #"{"clientAssertionAudience":"me"}"#, #"{"maxAge":"soon"}"#,
        #"{"signingAlgorithms":["none"]}"#, #"{"signingAlgorithms":"ES256"}"#, #"{"notifications":"all"}"#,
        #"{"usesDPoP":"yes"}"#, #"{"tenancy":"common"}"#, #"{"profile":{"id":7}}"#, #"{"profile":[]}"#,
    ])
    func refusesAValueOfTheWrongKind(json: String) {
        #expect(throws: DecodingError.self) { try decode(json) }
    }

    /// Of what OpenID Connect needs; each differs from the default and from the entry it is laid over.
    static let openIDFields: [(name: String, value: JSONValue)] = [
        ("pushedAuthorizationRequestEndpoint", .string("https://id.example/par")),
        ("endSessionEndpoint", .string("https://id.example/logout")), ("teamID", .string("T")),
        ("responseMode", .string("form_post")), ("clientAssertionAudience", .string("issuer")),
        ("pushesAuthorizationRequests", .bool(true)), ("pushesAuthorizationRequests", .bool(false)),
        ("signsAuthorizationRequests", .bool(true)), ("signsAuthorizationRequests", .bool(false)),
        ("usesDPoP", .bool(true)), ("signingAlgorithms", .array([.string("ES256"), .string("EdDSA")])),
        ("clockSkew", .number(5)), ("maxAge", .number(300)), ("userInfoSignedResponseAlg", .string("PS256")),
        ("notifications", .string("appleAccountEvents")), ("revokesOnUnlink", .bool(true)),
        (
            "tenancy",
            [
                "issuer": .string("https://id.example/{tenantid}"), "claim": .string("t"),
                "allowed": .array([.string("a")]),
            ]
        ),
        (
            "signedClientSecret",
            ["issuer": .string("me"), "audience": .string("https://id.example"), "lifetime": .number(60)]
        ),
    ]

    @Test(arguments: openIDFields)
    func keepsEveryFieldOfOpenIDConnect(name: String, value: JSONValue) throws {
        let provider = try Provider.microsoft.overridden(by: [name: value])
        #expect(provider != .microsoft)
        let data = try JSONEncoder().encode(provider)
        #expect(try JSONDecoder().decode(Provider.self, from: data) == provider)
        #expect(try JSONValue(parsing: data)[name] == value)
        #expect(Provider.fieldNames.contains(name))
    }

    @Test(arguments: ClientAuthentication.allCases)
    func keepsEveryClientAuthentication(method: ClientAuthentication) throws {
        let provider = try decode(#"{"id":"x","name":"X","clientAuthentication":"\#(method.rawValue)"}"#)
        #expect(provider.clientAuthentication == method)
    }

    @Test
    func narrowsAnEntrysTenantsInPlace() throws {
        let allowed = JSONValue.array([.string("a"), .string("b")])
        let provider = try Provider.microsoft.overridden(by: ["tenancy": ["allowed": allowed], "tenant": .string("a")])
        #expect(provider.tenancy?.allowed == ["a", "b"])
        #expect(provider.tenancy?.issuer == Provider.microsoft.tenancy?.issuer)
        #expect(provider.tenancy?.claim == "tid")
        #expect(provider.tenant == "a")
    }

    @Test
    func listsItsFieldsForAConfigurationToCheckAgainst() {
        #expect(Provider.fieldNames.contains("tokenEndpoint"))
        #expect(Provider.fieldPaths.contains(["tokenEndpoint"]))
        #expect(Provider.fieldPaths.contains(["profile", "emailVerified"]))
        #expect(Provider.fieldPaths.contains(["tokenRequest", "encoding"]))
        #expect(Set(Provider.fieldNames).count == Provider.fieldNames.count)
    }
}
