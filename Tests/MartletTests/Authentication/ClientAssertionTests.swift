import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Testing

/// `client_secret_jwt` and `private_key_jwt` (OpenID Connect Core §9, RFC 7523).
@Suite("Client assertions")
struct ClientAssertionTests {
    static let longSecret: Secret = "0123456789abcdef0123456789abcdef"

    private static func provider(
        _ method: ClientAuthentication, _ configure: (inout Provider) -> Void = { _ in }
    ) -> Provider {
        var provider = Provider(id: "example", name: "Example")
        provider.issuer = "https://id.example"
        provider.authorizationEndpoint = "https://id.example/authorize"
        provider.tokenEndpoint = "https://id.example/token"
        provider.jwksURI = "https://id.example/keys"
        provider.revocationEndpoint = "https://id.example/revoke"
        provider.introspectionEndpoint = "https://id.example/introspect"
        provider.deviceAuthorizationEndpoint = "https://id.example/device"
        provider.pushedAuthorizationRequestEndpoint = "https://id.example/par"
        provider.clientAuthentication = method
        configure(&provider)
        return provider
    }

    /// The harness of a client with a private key.
    private func harness(
        _ signer: IDTokenSigner, algorithm: SignatureAlgorithm? = nil, _ configure: (inout Provider) -> Void = { _ in }
    ) throws -> Harness {
        let key = try ClientKey(pem: signer.pem, keyID: "my-key", algorithm: algorithm)
        return try Harness(Self.provider(.privateKeyJWT, configure), clientSecret: nil, key: key)
    }

    /// The assertion of a request for the application's own token.
    private func assertion(by harness: Harness) async throws -> ReceivedJWT {
        harness.transport.on(.token, .json(#"{"access_token":"a"}"#))
        _ = try await harness.client.clientCredentials()
        let form = try harness.request(.token).form
        #expect(form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        #expect(form["client_id"] == "client-1")
        #expect(form["client_secret"] == nil)
        #expect(try harness.request(.token).headers[.authorization] == nil)
        return try ReceivedJWT(form["client_assertion"])
    }

    @Test(arguments: ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA"])
    func areSignedByTheClientsKey(algorithm: String) async throws {
        let signer = try IDTokenSigner(algorithm)
        let harness = try harness(signer, algorithm: SignatureAlgorithm(rawValue: algorithm))
        let assertion = try await assertion(by: harness)
        #expect(assertion.header["alg"] == .string(algorithm))
        #expect(assertion.header["kid"] == .string("my-key"))
        #expect(try assertion.isSigned(by: signer))
        if !["RS", "PS"].contains(algorithm.prefix(2)) {
            #expect(try !assertion.isSigned(by: IDTokenSigner(algorithm)))
        }
    }

    @Test
    func areAuthenticatedByTheClientSecret() async throws {
        let harness = try Harness(Self.provider(.secretJWT), clientSecret: Self.longSecret)
        let assertion = try await assertion(by: harness)
        #expect(assertion.header["alg"] == .string("HS256"))
        #expect(assertion.isAuthenticated(by: Self.longSecret.reveal()))
        #expect(!assertion.isAuthenticated(by: "another secret of 32 bytes and more"))
    }

    @Test(arguments: [ClientAuthentication.privateKeyJWT, .secretJWT])
    func sayWhoseTheyAreAndEndSoon(method: ClientAuthentication) async throws {
        let harness =
            method == .secretJWT
            ? try Harness(Self.provider(method), clientSecret: Self.longSecret)
            : try harness(IDTokenSigner("ES256"))
        let assertion = try await assertion(by: harness)
        #expect(assertion.text("iss") == "client-1")
        #expect(assertion.text("sub") == "client-1")
        #expect(assertion.claims["iat"]?.numericDate == harness.clock.now)
        #expect(assertion.lifetime == 60)
        #expect(Base64URL.decode(assertion.text("jti") ?? "")?.count == 16)
        #expect(assertion.claims.object?.count == 6)
    }

    @Test
    func areMadeAnewForEachRequest() async throws {
        let harness = try harness(IDTokenSigner("ES256"))
        harness.transport.on(.token, .json(#"{"access_token":"a"}"#))
        for _ in 0..<5 { _ = try await harness.client.clientCredentials() }
        let ids = try harness.transport.requests(.token).map {
            try ReceivedJWT($0.form["client_assertion"]).text("jti")
        }
        #expect(Set(ids).count == 5)
    }

    @Test(arguments: [
        (ClientAssertionAudience.issuer, "https://id.example", "https://id.example"),
        (.tokenEndpoint, "https://id.example/token", "https://id.example/token"),
        (.calledEndpoint, "https://id.example/token", "https://id.example/revoke"),
    ])
    func areForWhomTheEntrySays(setting: ClientAssertionAudience, token: String, revocation: String) async throws {
        let harness = try harness(IDTokenSigner("ES256")) { $0.clientAssertionAudience = setting }
        #expect(try await assertion(by: harness).text("aud") == token)
        harness.transport.on(.revocation, OutboundResponse(status: 200))
        try await harness.client.revoke("token-1")
        let sent = try ReceivedJWT(harness.request(.revocation).form["client_assertion"])
        #expect(sent.text("aud") == revocation)
    }

    @Test
    func goWithEveryRequestOfTheClient() async throws {
        let signer = try IDTokenSigner("ES256")
        let harness = try harness(signer) { $0.pushesAuthorizationRequests = true }
        harness.transport.on(.pushedAuthorization, .json(#"{"request_uri":"urn:x","expires_in":60}"#, status: 201))
        harness.transport.on(.token, .json(#"{"access_token":"a"}"#))
        harness.transport.on(.revocation, OutboundResponse(status: 200))
        harness.transport.on(.introspection, .json(#"{"active":true}"#))
        harness.transport.on(.deviceAuthorization, .json(DeviceFlowTests.started))
        _ = try await harness.client.exchange(try await harness.authorized(scopes: ["profile"]))
        _ = try await harness.client.refresh("refresh-token-1")
        try await harness.client.revoke("token-1")
        _ = try await harness.client.introspect("token-1")
        _ = try await harness.client.deviceAuthorization()
        #expect(harness.transport.requests.count == 6)
        for request in harness.transport.requests {
            #expect(try ReceivedJWT(request.form["client_assertion"]).isSigned(by: signer))
        }
    }

    @Test
    func stayOutOfErrors() async throws {
        let harness = try harness(IDTokenSigner("ES256")) { $0.pushesAuthorizationRequests = true }
        let echo: @Sendable (OutboundRequest) -> OutboundResponse = { request in
            let error = JSONValue.object([
                "error": .string("invalid_client"),
                "error_description": .string(request.form["client_assertion"] ?? ""),
            ])
            return .json(error.serialized(), status: 401)
        }
        for role in [
            OutboundRequest.Role.token, .revocation, .introspection, .deviceAuthorization, .pushedAuthorization,
        ] {
            harness.transport.on(role) { (request) throws(TransportError) in echo(request) }
        }
        let client = harness.client
        let operations: [() async throws -> Void] = [
            { _ = try await client.clientCredentials() }, { try await client.revoke("token-1") },
            { _ = try await client.introspect("token-1") }, { _ = try await client.deviceAuthorization() },
            { _ = try await client.authorizationRequest(redirectURI: Harness.redirectURI) },
        ]
        for operation in operations {
            #expect(try await rejection(of: operation).description == "[redacted]")
        }
    }
}
