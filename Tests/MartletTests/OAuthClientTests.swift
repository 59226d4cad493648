import Martlet
import MartletTesting
import Testing

@Suite("Making a client")
struct OAuthClientTests {
    private func problem(
        _ provider: Provider, clientID: String = "client-1", clientSecret: Secret = "s3cret", key: ClientKey? = nil
    ) -> OAuthError? {
        do throws(OAuthError) {
            _ = try OAuthClient(
                provider, clientID: clientID, clientSecret: clientSecret, key: key, transport: ScriptedTransport())
            return nil
        } catch {
            return error
        }
    }

    private func custom(_ configure: (inout Provider) -> Void) -> Provider {
        var provider = Provider(id: "custom", name: "Custom")
        provider.authorizationEndpoint = "https://id.example/authorize"
        provider.tokenEndpoint = "https://id.example/token"
        configure(&provider)
        return provider
    }

    @Test(arguments: Catalogue.all)
    func acceptsEveryEntryOfTheCatalogue(provider: Provider) throws {
        let secret: Secret = "a secret of thirty-two bytes, for HS256"
        var completed = provider.completed
        var key: ClientKey?
        if provider.signing == .alipay {
            completed.answerKey = try SampleRSAKey.answerKey()
            key = try SampleRSAKey.clientKey()
        }
        #expect(problem(completed, clientSecret: secret, key: key) == nil)
    }

    @Test
    func refusesAnEmptyClientID() {
        #expect(problem(.github, clientID: "") == .misconfigured("the client id of github is empty"))
    }

    @Test
    func usesTheProcessWideTransportUnlessGivenAnother() throws {
        let client = try OAuthClient(.github, clientID: "client-1", clientSecret: "s")
        #expect(client.clientID == "client-1")
        #expect(client.provider.id == "github")
    }

    @Test(arguments: ["", "id.example/token", "/token", "https://", "https:///token", "mailto:a@b", "not a url"])
    func refusesAnEndpointThatIsNoAbsoluteURL(endpoint: String) {
        let expected = OAuthError.misconfigured("tokenEndpoint of custom is not an absolute URL")
        #expect(problem(custom { $0.tokenEndpoint = endpoint }) == expected)
    }

    @Test
    func refusesAnEndpointOfAFurtherCallThatIsNoAbsoluteURL() {
        let problem = problem(custom { $0.emailsRequest = ProviderCall(endpoint: "emails") })
        #expect(problem == .misconfigured("emailsRequest.endpoint of custom is not an absolute URL"))
    }

    @Test
    func refusesAProviderThatSaysNothingOfItsEndpoints() {
        let expected = OAuthError.misconfigured("empty has neither an issuer nor a token endpoint")
        #expect(problem(Provider(id: "empty", name: "Empty")) == expected)
    }

    @Test(arguments: ["domain", "tenant"])
    func refusesAPlaceholderWithoutAValue(placeholder: String) {
        let provider = custom { $0.tokenEndpoint = "https://id.example/{\(placeholder)}/token" }
        #expect(problem(provider) == .misconfigured("tokenEndpoint of custom needs \(placeholder)"))
    }

    @Test(arguments: ["", "a/b", "a?b", "a#b", "user@host", "/", "a b/c"])
    func refusesADomainThatIsNoHostName(domain: String) {
        let provider = custom {
            $0.tokenEndpoint = "https://{domain}/token"
            $0.domain = domain
        }
        guard case .misconfigured? = problem(provider) else {
            Issue.record("the domain was accepted")
            return
        }
    }

    @Test(arguments: ["id.example", "id.example:8443", "localhost", "127.0.0.1:9000", "[::1]:9000"])
    func acceptsADomainWithOrWithoutAPort(domain: String) throws {
        let provider = custom {
            $0.tokenEndpoint = "https://{domain}/token"
            $0.domain = domain
        }
        let client = try OAuthClient(provider, clientID: "client-1", transport: ScriptedTransport())
        #expect(client.provider.tokenEndpoint == "https://\(domain)/token")
    }

    @Test
    func fillsEveryPlaceholderOfEveryEndpoint() throws {
        let provider = custom {
            $0.issuer = "https://{domain}/{tenant}"
            $0.tokenEndpoint = "https://{domain}/{tenant}/{clientID}/token?again={tenant}"
            $0.subjectRequest = ProviderCall(endpoint: "https://{domain}/subject")
            $0.domain = "id.example"
            $0.tenant = "my tenant/../x"
        }
        let client = try OAuthClient(provider, clientID: "a/b", transport: ScriptedTransport())
        #expect(client.provider.issuer == "https://id.example/my%20tenant%2F..%2Fx")
        let token = "https://id.example/my%20tenant%2F..%2Fx/a%2Fb/token?again=my%20tenant%2F..%2Fx"
        #expect(client.provider.tokenEndpoint == token)
        #expect(client.provider.subjectRequest?.endpoint == "https://id.example/subject")
    }

    @Test
    func fillsTheClientIDIntoGitHubsRevocationEndpoint() throws {
        let endpoint = try Harness(.github, clientID: "Iv1.x/y").client.provider.revocationEndpoint
        #expect(endpoint == "https://api.github.com/applications/Iv1.x%2Fy/token")
    }

    @Test
    func printsNoSecretOfTheClient() throws {
        let key = try IDTokenSigner("ES256").pem
        var provider = Provider.github
        provider.usesDPoP = true
        let dpopKey = try IDTokenSigner("ES256").pem
        let client = try OAuthClient(
            provider, clientID: "client-1", clientSecret: Harness.clientSecret, key: ClientKey(pem: key),
            dpopKey: ClientKey(pem: dpopKey), transport: ScriptedTransport())
        var texts = "\(client) \(String(reflecting: client))"
        dump(client, to: &texts)
        #expect(!texts.contains(Harness.clientSecret.reveal()))
        for pem in [key, dpopKey] {
            let lines = pem.reveal().split(separator: "\n").filter { !$0.hasPrefix("-") }
            #expect(lines.allSatisfy { !texts.contains($0) })
        }
    }

    @Test
    func readsIDTokensOfRecordingsWithoutVerifyingThem() async throws {
        let signer = try IDTokenSigner("ES256")
        let world = try OpenIDWorld(signer)
        let idToken = try signer.sign(world.claims(nonce: nil)).reveal()
        for (text, subject) in [(idToken, "248289761001"), ("a.b", nil), ("a.!.c", nil), ("a.e30.c", nil)] {
            let transport = ScriptedTransport()
            transport.on(.token, .json(#"{"access_token":"a","id_token":"\#(text)"}"#))
            let client = try OAuthClient(
                .google, clientID: "client-1", clientSecret: nil, transport: transport,
                random: SeededRandom().source, now: world.clock.read, verifiesIDTokens: false)
            #expect(try await client.refresh("refresh-token-1").identity?.subject == subject)
        }
    }
}
