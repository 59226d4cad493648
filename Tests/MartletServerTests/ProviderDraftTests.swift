import HTTPTypes
import Martlet
import MartletTesting
import Testing

@testable import MartletServer

@Suite("Drafts of providers")
struct ProviderDraftTests {
    private static let openID = #"""
        {"issuer":"https://login.corp.example/main","authorization_endpoint":"https://login.corp.example/a",
        "token_endpoint":"https://login.corp.example/t","jwks_uri":"https://login.corp.example/k",
        "scopes_supported":["openid","profile"],"claims_supported":["sub","name"],
        "id_token_signing_alg_values_supported":["HS256"],"code_challenge_methods_supported":["plain"],
        "token_endpoint_auth_methods_supported":["client_secret_post"]}
        """#
    private static let oauth = #"""
        {"issuer":"https://acme.example","authorization_endpoint":"https://acme.example/a",
        "token_endpoint":"https://acme.example/t","revocation_endpoint":"https://acme.example/r",
        "scopes_supported":["read"],"service_documentation":"https://acme.example/docs"}
        """#

    /// Answers at some addresses; elsewhere there is nothing.
    private func transport(_ documents: [String: String]) -> ScriptedTransport {
        ScriptedTransport { request throws(TransportError) in
            guard let document = documents[request.url] else { return OutboundResponse(status: 404) }
            return OutboundResponse(
                status: 200, headers: [.contentType: "application/json"], body: Array(document.utf8))
        }
    }

    @Test(arguments: [
        "https://login.corp.example/main", "login.corp.example/main", "https://login.corp.example/main/",
        "https://login.corp.example/main/.well-known/openid-configuration",
    ])
    func areOfAnIssuerOrOfTheAddressOfItsMetadata(place: String) async throws {
        let found = try await DiscoveredProvider.find(
            place,
            transport: transport(["https://login.corp.example/main/.well-known/openid-configuration": Self.openID]))
        #expect(found.issuer == "https://login.corp.example/main" && found.isOpenID)
    }

    @Test
    func askWhatTheMetadataLeaveOpen() async throws {
        let found = try await DiscoveredProvider.find(
            "login.corp.example/main",
            transport: transport(["https://login.corp.example/main/.well-known/openid-configuration": Self.openID]))
        #expect(
            ProviderDraft(found).yaml() == """
                # Drafted from https://login.corp.example/main/.well-known/openid-configuration
                providers:
                  corp:  # the id in paths
                    name: Corp
                    # color: …  # the brand's colour, as #rrggbb?
                    # documentation: …  # the vendor's page that this follows?
                    issuer: https://login.corp.example/main
                    scopes: [openid, profile]  # it supports openid, profile
                    # profile.emailVerified: …  # no email_verified among its claims: what proves an address? Nothing, unless you know
                    signingAlgorithms: [HS256]  # it signs with the client secret only, which must have 32 bytes or more
                    # pkce: …  # it lists plain and not S256: none, if S256 makes it fail
                    clientID: …
                    clientSecret: …  # or clientSecretFile

                """)
    }

    @Test(arguments: [
        ("https://acme.example", "https://acme.example/.well-known/oauth-authorization-server", oauth),
        (
            "https://acme.example/x", "https://acme.example/.well-known/oauth-authorization-server/x",
            oauth.replacing(#""issuer":"https://acme.example""#, with: #""issuer":"https://acme.example/x""#)
        ),
        (
            "https://acme.example/x", "https://acme.example/x/.well-known/oauth-authorization-server",
            oauth.replacing(#""issuer":"https://acme.example""#, with: #""issuer":"https://acme.example/x""#)
        ),
    ])
    func writeOutTheEndpointsOfPlainOAuth(place: String, address: String, document: String) async throws {
        let found = try await DiscoveredProvider.find(place, transport: transport([address: document]))
        #expect(!found.isOpenID)
        #expect(
            ProviderDraft(found, id: "my-acme", name: "Acme: the \"best\"").swift() == """
                /// Acme: the "best": https://acme.example/docs
                public static let myAcme: Provider = Provider("my-acme", "Acme: the \\"best\\"") {
                    $0.registration = Registration(page: "")  // where is an application registered?
                    // $0.color = …  // the brand's colour, as #rrggbb?
                    $0.documentation = "https://acme.example/docs"
                    $0.authorizationEndpoint = "https://acme.example/a"
                    $0.tokenEndpoint = "https://acme.example/t"
                    $0.revocationEndpoint = "https://acme.example/r"
                    // $0.scopes = …  // which read the profile? It supports read
                    // $0.userInfoEndpoint = …  // where is the profile read?
                    // $0.profile.id = …  // which member of the profile is the person's immutable id? And name, email, emailVerified, avatar?
                    $0.clientAuthentication = .basic
                }

                """)
    }

    @Test
    func leaveOutWhatAnIssuerAloneAsksFor() async throws {
        let document = #"""
            {"issuer":"https://id.example","authorization_endpoint":"https://id.example/a",
            "token_endpoint":"https://id.example/t","jwks_uri":"https://id.example/k"}
            """#
        let found = try await DiscoveredProvider.find(
            "id.example", transport: transport(["https://id.example/.well-known/openid-configuration": document]))
        #expect(!ProviderDraft(found).yaml().contains("scopes"))
        #expect(ProviderDraft(found).swift().contains(#"    $0.scopes = ["openid", "profile", "email"]"#))
    }

    /// What is printed can be used once the credentials are filled in.
    @Test(arguments: [("login.corp.example/main", openID), ("acme.example", oauth)])
    func areSettingsThatCanBeUsed(place: String, document: String) async throws {
        let found = try await DiscoveredProvider.find(
            place,
            transport: transport([
                "https://login.corp.example/main/.well-known/openid-configuration": document,
                "https://acme.example/.well-known/oauth-authorization-server": document,
            ]))
        let secret = "a-secret-of-more-than-thirty-two-bytes"
        let text = ProviderDraft(found, id: "drafted").yaml()
            .replacing("clientID: …", with: "clientID: i").replacing("clientSecret: …", with: "clientSecret: \(secret)")
        let configuration = try ServerConfiguration.parse(text, file: "draft.yaml")
        #expect(configuration.providers.map(\.id) == ["drafted"])
    }

    @Test(arguments: [
        (
            #"{"issuer":"https://other.example"}"#,
            "https://id.example/.well-known/openid-configuration: The provider's discovery answer cannot be used: "
                + "it names the issuer https://other.example, not https://id.example."
        ),
        (
            "<html>",
            "https://id.example/.well-known/openid-configuration: The provider's discovery answer cannot be used: "
                + "it is not an OpenID provider's metadata."
        ),
        (
            #"{"issuer":"https://id.example","token_endpoint":"https://id.example/t"}"#,
            "https://id.example/.well-known/openid-configuration: The provider's discovery answer cannot be used: "
                + "it names no authorization endpoint and token endpoint."
        ),
    ])
    func areRefusedOfWhatIsNoMetadata(document: String, message: String) async throws {
        let transport = transport(["https://id.example/.well-known/openid-configuration": document])
        let failure = await #expect(throws: DiscoveredProvider.Failure.self) {
            _ = try await DiscoveredProvider.find("https://id.example", transport: transport)
        }
        #expect(failure?.description == message)
    }

    @Test
    func sayWhatWasAskedFirstWhereThereIsNothing() async throws {
        let failure = await #expect(throws: DiscoveredProvider.Failure.self) {
            _ = try await DiscoveredProvider.find("id.example", transport: transport([:]))
        }
        #expect(
            failure?.description == "https://id.example/.well-known/openid-configuration: "
                + "The provider rejected the discovery request with status 404.")
    }
}
