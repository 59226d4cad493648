import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Testing

@Suite("Revocation, introspection and client credentials")
struct RevocationTests {
    static let token: Secret = "access-token-1"
    static let basic = "Basic " + Data("client-1:\(Harness.clientSecret.reveal())".utf8).base64EncodedString()

    private static func provider(_ authentication: ClientAuthentication? = nil) -> Provider {
        var provider = Provider(id: "example", name: "Example")
        provider.tokenEndpoint = "https://id.example/token"
        provider.revocationEndpoint = "https://id.example/revoke"
        provider.introspectionEndpoint = "https://id.example/introspect"
        provider.clientAuthentication = authentication
        return provider
    }

    private func revoke(
        at provider: Provider, hint: TokenTypeHint? = nil, answer: OutboundResponse = OutboundResponse(status: 200)
    ) async throws -> OutboundRequest {
        let harness = try Harness(provider)
        harness.transport.on(.revocation, answer)
        try await harness.client.revoke(Self.token, hint: hint)
        return try harness.request(.revocation)
    }

    @Test(arguments: [nil, TokenTypeHint.accessToken, .refreshToken])
    func revokesAsRFC7009Says(hint: TokenTypeHint?) async throws {
        let request = try await revoke(at: Self.provider(), hint: hint)
        #expect(request.method == .post)
        #expect(request.url == "https://id.example/revoke")
        var expected = [
            "token": "access-token-1", "client_id": "client-1", "client_secret": Harness.clientSecret.reveal(),
        ]
        expected["token_type_hint"] = hint?.rawValue
        #expect(request.form == expected)
    }

    @Test
    func revokesWithBasicAuthentication() async throws {
        let request = try await revoke(at: Self.provider(.basic))
        #expect(request.headers[.authorization] == Self.basic)
        #expect(request.form == ["token": "access-token-1"])
    }

    @Test
    func revokesAPublicClientsTokenWithItsId() async throws {
        let request = try await revoke(at: Self.provider(ClientAuthentication.none))
        #expect(request.headers[.authorization] == nil)
        #expect(request.form == ["token": "access-token-1", "client_id": "client-1"])
    }

    /// https://docs.github.com/en/rest/apps/oauth-applications#delete-an-app-token
    @Test
    func revokesAtGitHubByDelete() async throws {
        let request = try await revoke(at: .github, hint: .accessToken, answer: OutboundResponse(status: 204))
        #expect(request.method == .delete)
        #expect(request.url == "https://api.github.com/applications/client-1/token")
        #expect(request.headers[.authorization] == Self.basic)
        #expect(request.json == .object(["access_token": .string("access-token-1")]))
    }

    /// https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke
    @Test
    func revokesAtGoogleWithoutCredentials() async throws {
        let request = try await revoke(at: .google, hint: .refreshToken)
        #expect(request.url == "https://oauth2.googleapis.com/revoke")
        #expect(request.headers[.authorization] == nil)
        #expect(request.form == ["token": "access-token-1"])
    }

    @Test(arguments: [200, 204])
    func needsNoBodyToKnowThatATokenWasRevoked(status: Int) async throws {
        _ = try await revoke(at: Self.provider(), answer: OutboundResponse(status: status))
    }

    @Test
    func reportsARefusedRevocation() async throws {
        let answer = OutboundResponse.json(#"{"error":"unsupported_token_type"}"#, status: 400)
        let rejection = try await rejection { try await revoke(at: Self.provider(), answer: answer) }
        #expect(rejection.role == .revocation)
        #expect(rejection.error == "unsupported_token_type")
    }

    @Test
    func doesNotTakeARedirectForARevocation() async throws {
        let error = try await failure { try await revoke(at: Self.provider(), answer: OutboundResponse(status: 302)) }
        let reason = "it is a redirect, which is never followed with credentials"
        #expect(error == .malformed(.revocation, reason: reason))
    }

    @Test
    func saysWhenTheProviderOffersNoSuchEndpoint() async throws {
        let client = try Harness(.oschina).client
        #expect(try await failure { try await client.revoke(Self.token) } == .unsupported(.revocation))
        #expect(try await failure { try await client.introspect(Self.token) } == .unsupported(.introspection))
    }

    // MARK: Introspection (RFC 7662)

    private func introspect(_ body: String, _ authentication: ClientAuthentication? = nil) async throws -> (
        Introspection, OutboundRequest
    ) {
        let harness = try Harness(Self.provider(authentication))
        harness.transport.on(.introspection, .json(body))
        let answer = try await harness.client.introspect(Self.token, hint: .accessToken)
        return (answer, try harness.request(.introspection))
    }

    @Test
    func looksATokenUp() async throws {
        let (answer, request) = try await introspect(#"{"active":true,"sub":"42","scope":"a"}"#)
        #expect(answer.isActive)
        #expect(answer.claims["sub"] == .string("42"))
        #expect(request.method == .post)
        #expect(request.url == "https://id.example/introspect")
        let expected = [
            "token": "access-token-1", "token_type_hint": "access_token", "client_id": "client-1",
            "client_secret": Harness.clientSecret.reveal(),
        ]
        #expect(request.form == expected)
    }

    @Test
    func looksATokenUpWithBasicAuthentication() async throws {
        let (answer, request) = try await introspect(#"{"active":false}"#, .basic)
        #expect(!answer.isActive)
        #expect(request.headers[.authorization] == Self.basic)
        #expect(request.form["client_secret"] == nil)
    }

    @Test(arguments: ["{}", #"{"active":"true"}"#, #"{"active":1}"#, #"{"active":null}"#, "[]"])
    func takesNoUnclearAnswerForAnActiveToken(body: String) async throws {
        let error = try await failure { try await introspect(body) }
        #expect(error == .malformed(.introspection, reason: "it does not say whether the token is active"))
    }

    // MARK: Client credentials (RFC 6749 §4.4)

    @Test(arguments: [([], nil), (["a", "b"], "a b")] as [([String], String?)])
    func getsTokensForTheApplicationItself(scopes: [String], scope: String?) async throws {
        let harness = try Harness(Self.provider())
        harness.transport.on(.token, .json(#"{"access_token":"app-token","expires_in":60}"#))
        let tokens = try await harness.client.clientCredentials(scopes: scopes)
        #expect(tokens.accessToken == "app-token")
        var expected = [
            "grant_type": "client_credentials", "client_id": "client-1",
            "client_secret": Harness.clientSecret.reveal(),
        ]
        expected["scope"] = scope
        #expect(try harness.request(.token).form == expected)
    }
}
