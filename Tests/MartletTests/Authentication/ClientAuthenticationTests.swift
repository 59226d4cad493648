import HTTPTypes
import MartletTesting
import Testing

@testable import Martlet

@Suite("How a client proves who it is")
struct ClientAuthenticationTests {
    private static func metadata(_ methods: [String]?) -> ProviderMetadata {
        var metadata = ProviderMetadata(issuer: OpenIDWorld.issuer)
        metadata.tokenEndpointAuthMethods = methods
        return metadata
    }

    // MARK: Chosen

    @Test(
        arguments: [
            (nil, ClientAuthentication.basic), ([], .basic), (["client_secret_post"], .post),
            (["client_secret_post", "client_secret_basic"], .basic), (["none"], ClientAuthentication.none),
            (["private_key_jwt"], .basic), (["client_secret_jwt"], .secretJWT),
            (["client_secret_jwt", "client_secret_post"], .post), (["none", "client_secret_post"], .post),
            (["tls_client_auth"], .basic),
        ] as [([String]?, ClientAuthentication)])
    func isTheFirstThatIsListedForAClientWithASecret(listed: [String]?, expected: ClientAuthentication) {
        #expect(Self.metadata(listed).clientAuthentication(hasSecret: true, hasKey: false) == expected)
    }

    @Test(
        arguments: [
            (["private_key_jwt", "client_secret_basic"], true, ClientAuthentication.privateKeyJWT),
            (["private_key_jwt"], false, .privateKeyJWT), (["client_secret_basic"], true, .basic),
            (["client_secret_basic"], false, ClientAuthentication.none), (nil, true, .basic),
            (["none"], false, ClientAuthentication.none),
        ] as [([String]?, Bool, ClientAuthentication)])
    func isAnAssertionForAClientWithAKeyWhereThatIsListed(
        listed: [String]?, hasSecret: Bool, expected: ClientAuthentication
    ) {
        #expect(Self.metadata(listed).clientAuthentication(hasSecret: hasSecret, hasKey: true) == expected)
    }

    @Test(arguments: [nil, ["client_secret_basic"], ["private_key_jwt", "client_secret_post"], ["none"]])
    func isNoneForAClientThatHasNothing(listed: [String]?) {
        #expect(Self.metadata(listed).clientAuthentication(hasSecret: false, hasKey: false) == .none)
    }

    @Test(
        arguments: [
            (.post, ["client_secret_basic"], .basic), (.post, ["client_secret_post"], .post), (.post, nil, .post),
            (.basic, ["private_key_jwt", "client_secret_post"], .post), (.post, ["private_key_jwt"], .post),
            (.secretJWT, ["client_secret_basic"], .basic), (.privateKeyJWT, ["client_secret_basic"], .privateKeyJWT),
            (.mutualTLS, ["client_secret_basic"], .mutualTLS), (.none, ["client_secret_basic"], .none),
        ] as [(ClientAuthentication, [String]?, ClientAuthentication)])
    func followsTheOwnListsOfOtherEndpoints(
        usual: ClientAuthentication, listed: [String]?, expected: ClientAuthentication
    ) {
        var provider = Provider.openID(id: "example", name: "Example", issuer: OpenIDWorld.issuer)
        provider.clientAuthentication = usual
        var metadata = Self.metadata([usual.rawValue])
        metadata.revocationEndpointAuthMethods = listed
        #expect(ProviderEndpoints(provider, metadata: metadata).revocationAuthentication == expected)
        #expect(ProviderEndpoints(provider, metadata: metadata).introspectionAuthentication == usual)
        metadata.introspectionEndpointAuthMethods = listed
        #expect(ProviderEndpoints(provider, metadata: metadata).introspectionAuthentication == expected)
        #expect(ProviderEndpoints(provider, metadata: metadata).clientAuthentication == usual)
    }

    @Test
    func sendsTheSecretToRevokeAndToAskAsListed() async throws {
        let basicOnly = JSONValue.array([.string("client_secret_basic")])
        let world = try OpenIDWorld(
            keys: [],
            metadata: [
                "token_endpoint_auth_methods_supported": .array([.string("client_secret_post")]),
                "revocation_endpoint": .string("https://id.example/revoke"),
                "revocation_endpoint_auth_methods_supported": basicOnly,
                "introspection_endpoint": .string("https://id.example/introspect"),
                "introspection_endpoint_auth_methods_supported": basicOnly,
            ])
        world.harness.transport.on(.revocation, OutboundResponse(status: 200))
        world.harness.transport.on(.introspection, .json(#"{"active":true}"#))
        try await world.client.revoke("token-1")
        _ = try await world.client.introspect("token-1")
        #expect(try world.harness.request(.revocation).headers[.authorization] == RevocationTests.basic)
        #expect(try world.harness.request(.introspection).headers[.authorization] == RevocationTests.basic)
    }

    @Test
    func isWhatTheEntrySaysWhateverIsListed() {
        var provider = Provider.openID(id: "example", name: "Example", issuer: OpenIDWorld.issuer)
        let metadata = Self.metadata(["client_secret_basic", "private_key_jwt"])
        #expect(ProviderEndpoints(provider, metadata: metadata, hasKey: true).clientAuthentication == .privateKeyJWT)
        #expect(ProviderEndpoints(provider, metadata: metadata, hasSecret: true).clientAuthentication == .basic)
        provider.clientAuthentication = .post
        #expect(ProviderEndpoints(provider, metadata: metadata, hasKey: true).clientAuthentication == .post)
        #expect(ProviderEndpoints(Provider.github).clientAuthentication == .post)
    }

    @Test
    func followsWhatTheClientHas() async throws {
        let methods: JSONValue = [
            "token_endpoint_auth_methods_supported": .array(
                ["private_key_jwt", "client_secret_post"].map(JSONValue.init))
        ]
        let key = try ClientKey(pem: IDTokenSigner("ES256").pem)
        let expectations: [(Secret?, ClientKey?, Set<String>)] = [
            ("s3cret", nil, ["grant_type", "client_id", "client_secret"]), (nil, nil, ["grant_type", "client_id"]),
            (nil, key, ["grant_type", "client_id", "client_assertion", "client_assertion_type"]),
            ("s3cret", key, ["grant_type", "client_id", "client_assertion", "client_assertion_type"]),
        ]
        for (secret, key, names) in expectations {
            let provider = Provider.openID(id: "example", name: "Example", issuer: OpenIDWorld.issuer)
            let harness = try Harness(provider, clientSecret: secret, key: key)
            harness.transport.on(.discovery, .json(OpenIDWorld.metadata.merging(methods).serialized()))
            harness.transport.on(.token, .json(#"{"access_token":"a"}"#))
            _ = try await harness.client.clientCredentials()
            #expect(Set(try harness.request(.token).form.keys) == names)
        }
    }

    // MARK: Refused at once

    private func problem(
        secret: Secret? = "s3cret", key: ClientKey? = nil, of provider: Provider = .github,
        _ configure: (inout Provider) -> Void
    ) -> String? {
        var provider = provider
        configure(&provider)
        do throws(OAuthError) {
            _ = try OAuthClient(
                provider, clientID: "client-1", clientSecret: secret, key: key, transport: ScriptedTransport())
            return nil
        } catch {
            return error.description
        }
    }

    private static func explained(_ reason: String) -> String { "The client is not set up correctly: \(reason)." }

    @Test
    func needsAPrivateKeyForWhatIsSignedByOne() {
        #expect(
            problem { $0.clientAuthentication = .privateKeyJWT }
                == Self.explained("github needs a private key for private_key_jwt"))
        #expect(
            problem { $0.signsAuthorizationRequests = true }
                == Self.explained("github needs a private key for signsAuthorizationRequests"))
        #expect(
            problem(secret: nil, of: .apple) { $0.teamID = "T" }
                == Self.explained("apple needs a private key for a signed client secret"))
        #expect(problem { $0.signsAuthorizationRequests = false } == nil)
        #expect(problem(key: .generated()) { $0.clientAuthentication = .privateKeyJWT } == nil)
    }

    @Test(arguments: [nil, "", Secret("0123456789abcdef0123456789abcde")])
    func needsALongSecretForAnAssertionByIt(secret: Secret?) {
        #expect(
            problem(secret: secret) { $0.clientAuthentication = .secretJWT }
                == Self.explained("the client secret of github must have 32 bytes or more for client_secret_jwt"))
        #expect(problem(secret: ClientAssertionTests.longSecret) { $0.clientAuthentication = .secretJWT } == nil)
    }

    @Test
    func needsALongSecretForAProfileThatIsAuthenticatedByIt() {
        #expect(
            problem { $0.userInfoSignedResponseAlg = .hs256 }
                == Self.explained("the client secret of github must have 32 bytes or more to verify an HMAC"))
        #expect(problem { $0.userInfoSignedResponseAlg = .rs256 } == nil)
    }

    @Test
    func needsTeamAndKeyIDForASignedClientSecret() {
        let named = ClientKey.generated(keyID: "ABC123DEFG")
        #expect(problem(key: named, of: .apple) { _ in } == Self.explained("apple needs teamID"))
        #expect(problem(key: named, of: .apple) { $0.teamID = "" } == Self.explained("apple needs teamID"))
        #expect(
            problem(key: .generated(), of: .apple) { $0.teamID = "T" }
                == Self.explained("the private key of apple needs its key id"))
        #expect(problem(key: named, of: .apple) { $0.teamID = "T" } == nil)
    }

    @Test
    func mayBeASecretThatWasSignedElsewhere() async throws {
        let harness = try Harness(.apple)
        harness.transport.on(.token, .json(#"{"access_token":"a"}"#))
        _ = try await harness.client.refresh("refresh-token-1")
        #expect(try harness.request(.token).form["client_secret"] == Harness.clientSecret.reveal())
    }

    /// What only the metadata ask for cannot be refused earlier.
    @Test
    func saysWhatIsMissingForAnAssertionThatOnlyTheMetadataAskFor() async throws {
        let world = try OpenIDWorld(
            keys: [], metadata: ["token_endpoint_auth_methods_supported": .array([.string("client_secret_jwt")])])
        let error = try await failure { try await world.client.clientCredentials() }
        let reason = "the client secret of example must have 32 bytes or more for client_secret_jwt"
        #expect(error == .misconfigured(reason))
    }

    // MARK: Endpoints for a certificate (RFC 8705 §5)

    private static let aliases: JSONValue = [
        "mtls_endpoint_aliases": [
            "token_endpoint": .string("https://mtls.id.example/token"),
            "revocation_endpoint": .string("https://mtls.id.example/revoke"),
            "introspection_endpoint": .string("https://mtls.id.example/introspect"),
            "device_authorization_endpoint": .string("https://mtls.id.example/device"),
            "pushed_authorization_request_endpoint": .string("https://mtls.id.example/par"),
            "userinfo_endpoint": .string("https://mtls.id.example/userinfo"),
        ],
        "revocation_endpoint": .string("https://id.example/revoke"),
        "introspection_endpoint": .string("https://id.example/introspect"),
        "device_authorization_endpoint": .string("https://id.example/device"),
        "pushed_authorization_request_endpoint": .string("https://id.example/par"),
    ]

    @Test(
        arguments: [
            (.mutualTLS, "mtls.id.example"), (.selfSignedMutualTLS, "mtls.id.example"), (.basic, "id.example"),
            (ClientAuthentication.none, "id.example"), (nil, "id.example"),
        ] as [(ClientAuthentication?, String)])
    func goesToTheEndpointsForACertificateOnlyWithOne(method: ClientAuthentication?, host: String) async throws {
        let signer = try IDTokenSigner("ES256")
        let world = try OpenIDWorld(signer, metadata: Self.aliases) {
            $0.clientAuthentication = method
            $0.pushesAuthorizationRequests = true
        }
        let transport = world.harness.transport
        transport.on(.pushedAuthorization, .json(#"{"request_uri":"urn:x"}"#, status: 201))
        transport.on(.userInfo, .json(#"{"sub":"248289761001"}"#))
        transport.on(.revocation, OutboundResponse(status: 200))
        transport.on(.introspection, .json(#"{"active":true}"#))
        transport.on(.deviceAuthorization, .json(DeviceFlowTests.started))
        _ = try await world.client.profile(try await world.signIn(signer))
        try await world.client.revoke("token-1")
        _ = try await world.client.introspect("token-1")
        _ = try await world.client.deviceAuthorization()
        let expected = ["par", "token", "userinfo", "revoke", "introspect", "device"].map { "https://\(host)/\($0)" }
        let asked = transport.requests.filter { $0.role != .discovery && $0.role != .keys }.map(\.url)
        #expect(asked == expected)
    }

    @Test(arguments: [ClientAuthentication.mutualTLS, .selfSignedMutualTLS])
    func sendsTheIdAloneWithACertificate(method: ClientAuthentication) async throws {
        let world = try OpenIDWorld(keys: [], metadata: Self.aliases) { $0.clientAuthentication = method }
        _ = try? await world.client.clientCredentials()
        let request = try world.harness.request(.token)
        #expect(request.form == ["grant_type": "client_credentials", "client_id": "client-1"])
        #expect(request.headers[.authorization] == nil)
    }

    @Test
    func prefersTheEntrysEndpointsToThoseForACertificate() {
        var provider = Provider.openID(id: "example", name: "Example", issuer: OpenIDWorld.issuer)
        provider.clientAuthentication = .mutualTLS
        provider.tokenEndpoint = "https://mine.example/token"
        var metadata = ProviderMetadata(issuer: OpenIDWorld.issuer)
        metadata.mutualTLSEndpoints = .init(tokenEndpoint: "https://mtls.id.example/token")
        #expect(ProviderEndpoints(provider, metadata: metadata).token == "https://mine.example/token")
    }
}
