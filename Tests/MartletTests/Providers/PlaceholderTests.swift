import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Testing

/// What requests take in from earlier answers, the callback and the client.
@Suite("Placeholders in requests")
struct PlaceholderTests {
    private static func provider(_ configure: (inout Provider) -> Void = { _ in }) -> Provider {
        var provider = Provider(id: "example", name: "Example")
        provider.authorizationEndpoint = "https://id.example/authorize"
        provider.tokenEndpoint = "https://id.example/token"
        provider.userInfoEndpoint = "https://api.example/me"
        provider.profile.id = "id"
        configure(&provider)
        return provider
    }

    private static let answer = #"{"access_token":"token-1","uid":"a/b c?d","refresh_token":"refresh-1"}"#

    @Test
    func fillsAnAddressPercentEncoded() async throws {
        let harness = try Harness(
            Self.provider { $0.userInfoEndpoint = "https://api.example/users/{$token.uid}?of={$client.id}" })
        harness.transport.on(.userInfo, .json(#"{"id":7}"#))
        let profile = try await harness.client.profile(try await harness.tokens(Self.answer))
        #expect(profile.subject == "7")
        #expect(try harness.request(.userInfo).url == "https://api.example/users/a%2Fb%20c%3Fd?of=client-1")
    }

    @Test
    func saysThatAnAnswerLacksWhatAnAddressNeeds() async throws {
        let harness = try Harness(Self.provider { $0.userInfoEndpoint = "https://api.example/users/{$token.uid}" })
        let tokens = try await harness.tokens(#"{"access_token":"token-1"}"#)
        let error = try await failure { try await harness.client.profile(tokens) }
        #expect(error.description.contains("address"))
        #expect(harness.transport.requests(.userInfo).isEmpty)
    }

    @Test(arguments: ["https://{$token.host}/me", "https://api.{$token.host}", "https://{$token.host}"])
    func neverLetsAnAnswerChooseTheHost(endpoint: String) {
        #expect(throws: OAuthError.self) { try Harness(Self.provider { $0.userInfoEndpoint = endpoint }) }
    }

    @Test
    func fillsTheTokenRequestFromTheCallbackAndTheClient() async throws {
        let harness = try Harness(
            Self.provider {
                $0.clientAuthentication = ClientAuthentication.none
                $0.tokenRequest.parameters = [
                    "device_id": "{$callback.device_id}", "kind": "web", "x": "{$callback.x}",
                ]
                $0.tokenRequest.headers = ["Secret-Key": "{$client.secret}", "X-Device": "{$callback.x}"]
            })
        harness.transport.on(.token, .json(Self.answer), .json(Self.answer))
        let tokens = try await harness.client.exchange(
            try await harness.authorized(parameters: ["code": "c", "device_id": "d-1"]))
        let exchange = try harness.request(.token)
        #expect(exchange.form["device_id"] == "d-1")
        #expect(exchange.form["kind"] == "web")
        #expect(exchange.form["x"] == nil)
        #expect(exchange.headers[try #require(HTTPField.Name("Secret-Key"))] == Harness.clientSecret.reveal())
        #expect(exchange.headers[try #require(HTTPField.Name("X-Device"))] == nil)
        _ = try await harness.client.refresh(try #require(tokens.refreshToken))
        let refresh = try #require(harness.transport.requests(.token).last)
        #expect(refresh.form["device_id"] == nil)
        #expect(refresh.headers[try #require(HTTPField.Name("Secret-Key"))] == Harness.clientSecret.reveal())
    }

    @Test
    func sendsTheApplicationsKeyInAHeader() async throws {
        let entry = Self.provider { $0.userInfoRequest.headers = ["X-API-Key": "{$client.apiKey}"] }
        let harness = try Harness(entry)
        harness.transport.on(.userInfo, .json(#"{"id":7}"#))
        _ = try await harness.client.profile(try await harness.tokens(Self.answer))
        #expect(try harness.request(.userInfo).headers[try #require(HTTPField.Name("X-API-Key"))] == "my-api-key")
        let error = try await failure { try OAuthClient(entry, clientID: "c", clientSecret: "s") }
        #expect(error.description.contains("apiKey"))
    }

    @Test
    func callsTheParametersWhatTheVendorCallsThem() async throws {
        let harness = try Harness(
            Self.provider {
                $0.scopes = ["a", "b"]
                $0.parameterNames.redirectURI = "return_url"
                $0.parameterNames.scope = "user_scope"
            })
        let query = try await harness.begin().url.queryParameters
        #expect(query["return_url"] == Harness.redirectURI && query["redirect_uri"] == nil)
        #expect(query["user_scope"] == "a b" && query["scope"] == nil)
        _ = try await harness.tokens(Self.answer)
        #expect(try harness.request(.token).form["return_url"] == Harness.redirectURI)
    }

    @Test
    func takesTheApplicationsTokenFromItsPlaceAndKeepsItThatLong() async throws {
        let harness = try Harness(
            Self.provider {
                $0.appTokenRequest = ProviderCall(endpoint: "https://api.example/app-token")
                $0.appToken = "data.token"
                $0.appTokenExpiresIn = "data.seconds"
            })
        harness.transport.on(
            .appToken, .json(#"{"data":{"token":"app-1","seconds":"7200"}}"#),
            .json(#"{"data":{"token":"app-2","seconds":"7200"}}"#))
        harness.transport.on(.userInfo, .json(#"{"id":7}"#))
        let tokens = try await harness.client.exchange(try await harness.authorized())
        _ = try await harness.client.profile(tokens)
        harness.clock.advance(by: 7000)
        _ = try await harness.client.profile(tokens)
        #expect(harness.transport.requests(.userInfo).map(\.bearer) == ["app-1", "app-1"])
        harness.clock.advance(by: 7000)
        _ = try await harness.client.profile(tokens)
        #expect(harness.transport.requests(.userInfo).last?.bearer == "app-2")
    }

    @Test
    func decodesPercentEncodedNames() async throws {
        let harness = try Harness(
            Self.provider {
                $0.profile.percentEncoded = true
                $0.profile.username = "nick"
            })
        harness.transport.on(.userInfo, .json(#"{"id":7,"nick":"%E6%B7%98%E5%AE%9D","name":"100%"}"#))
        let profile = try await harness.client.profile(try await harness.tokens(Self.answer))
        #expect(profile.username == "淘宝")
        #expect(profile.name == "100%")
    }

    @Test
    func readsWhatStandsBehindAPrefix() async throws {
        let harness = try Harness(Self.provider { $0.answerPrefix = "&&&START&&&" })
        harness.transport.on(.userInfo, .json(#"{"id":7}"#))
        let tokens = try await harness.tokens("&&&START&&&" + Self.answer)
        #expect(tokens.accessToken?.reveal() == "token-1")
        #expect(try await harness.client.profile(tokens).subject == "7")
    }

    @Test(
        arguments: [
            (#"{"id":7,"error":{"code":"ok","message":""}}"#, nil),
            (#"{"id":7,"error":{"code":"scope_denied","message":"no"}}"#, "scope_denied"),
            (#"{"id":7,"error":"invalid"}"#, "invalid"),
        ] as [(String, String?)])
    func believesACodeThatMeansSuccessBesideAnError(answer: String, error: String?) async throws {
        let harness = try Harness(
            Self.provider {
                $0.failures = [FailureRule(code: "error.code", description: "error.message", success: ["ok"])]
            })
        harness.transport.on(.userInfo, .json(answer))
        let tokens = try await harness.tokens(Self.answer)
        guard let error else {
            #expect(try await harness.client.profile(tokens).subject == "7")
            return
        }
        #expect(try await rejection { try await harness.client.profile(tokens) }.error == error)
    }

    @Test
    func revokesByABearerHeaderAndFixedParameters() async throws {
        let harness = try Harness(
            Self.provider {
                $0.revocationEndpoint = "https://id.example/revoke"
                $0.revocationRequest.accessToken = AccessTokenPlacement()
                $0.revocationRequest.clientAuthentication = ClientAuthentication.none
                $0.revocationRequest.sendsTokenTypeHint = false
                $0.revocationRequest.parameters = ["grant_type": "delete"]
            })
        harness.transport.on(.revocation, OutboundResponse(status: 200))
        try await harness.client.revoke("token-1", hint: .accessToken)
        let request = try harness.request(.revocation)
        #expect(request.bearer == "token-1")
        #expect(request.form == ["grant_type": "delete"])
    }

    @Test
    func verifiesAnAccessTokenThatIsTheIDToken() async throws {
        let harness = try Harness(
            Self.provider {
                $0.issuer = "https://id.example"
                $0.jwksURI = "https://id.example/keys"
                $0.tokenResponse.idToken = "access_token"
            })
        harness.transport.on(.keys, .json(#"{"keys":[]}"#))
        let error = try await failure { try await harness.tokens(#"{"access_token":"eyJhbGciOiJub25lIn0.e30."}"#) }
        guard case .untrustedIDToken = error else {
            Issue.record("the access token was taken unverified: \(error)")
            return
        }
    }
}
