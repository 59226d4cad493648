import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Testing

/// RFC 9101, OpenID Connect Core §6
@Suite("Signed authorization requests")
struct SignedRequestTests {
    let signer: IDTokenSigner

    init() throws {
        signer = try IDTokenSigner("RS256", keyID: "my-key")
    }

    private func harness(
        metadata: JSONValue = [:], _ configure: (inout Provider) -> Void = { $0.signsAuthorizationRequests = true }
    ) throws -> Harness {
        let key = try ClientKey(pem: signer.pem, keyID: "my-key")
        let world = try OpenIDWorld(keys: [], metadata: metadata, key: key, configure)
        world.harness.transport.on(.pushedAuthorization, .json(#"{"request_uri":"urn:x"}"#, status: 201))
        return world.harness
    }

    @Test
    func carryTheWholeRequestInOneObject() async throws {
        let harness = try harness()
        let request = try await harness.begin(parameters: ["prompt": "login", "max_age": "60"])
        let object = try ReceivedJWT(request.url.queryParameters["request"])
        #expect(try object.isSigned(by: signer))
        let header: JSONValue = [
            "alg": .string("RS256"), "kid": .string("my-key"), "typ": .string("oauth-authz-req+jwt"),
        ]
        #expect(object.header == header)
        #expect(object.text("iss") == "client-1")
        #expect(object.text("aud") == "https://id.example")
        #expect(object.text("client_id") == "client-1")
        #expect(object.text("response_type") == "code")
        #expect(object.text("redirect_uri") == Harness.redirectURI)
        #expect(object.text("state") == "state-1")
        #expect(object.text("scope") == "openid profile email")
        #expect(object.text("nonce") == request.pending.nonce)
        #expect(object.text("code_challenge") == PKCE.challenge(for: try #require(request.pending.codeVerifier)))
        #expect(object.text("code_challenge_method") == "S256")
        #expect(object.text("prompt") == "login")
        #expect(object.claims["max_age"] == .number(60))
        #expect(object.claims["iat"]?.numericDate == harness.clock.now)
        #expect(object.claims["nbf"]?.numericDate == harness.clock.now)
        #expect(object.lifetime == 300)
        #expect(Base64URL.decode(object.text("jti") ?? "")?.count == 16)
        #expect(object.claims["sub"] == nil)
    }

    @Test
    func leaveInTheURLOnlyWhatOpenIDConnectWantsBesideIt() async throws {
        let url = try await harness().begin(parameters: ["prompt": "login"]).url
        let names = Set(url.queryParameters.keys)
        #expect(names == ["response_type", "client_id", "scope", "request"])
    }

    @Test
    func carryClaimsAsJSON() async throws {
        let asked = #"{"userinfo":{"given_name":{"essential":true}}}"#
        let url = try await harness().begin(parameters: ["claims": asked]).url
        let object = try ReceivedJWT(url.queryParameters["request"])
        #expect(object.claims.value(at: "claims.userinfo.given_name.essential") == .bool(true))
    }

    @Test
    func arePushedAsOneObject() async throws {
        let harness = try harness {
            $0.signsAuthorizationRequests = true
            $0.pushesAuthorizationRequests = true
            $0.pushedAuthorizationRequestEndpoint = "https://id.example/par"
            $0.clientAuthentication = .privateKeyJWT
        }
        let url = try await harness.begin().url
        #expect(url.queryParameters == ["client_id": "client-1", "request_uri": "urn:x"])
        let form = try harness.request(.pushedAuthorization).form
        #expect(Set(form.keys) == ["client_id", "client_assertion", "client_assertion_type", "request"])
        let object = try ReceivedJWT(form["request"])
        #expect(try object.isSigned(by: signer))
        #expect(object.text("state") == "state-1")
        #expect(object.header["typ"] == .string("oauth-authz-req+jwt"))
    }

    @Test
    func areUsedWhereTheMetadataRequireThem() async throws {
        let required: JSONValue = ["require_signed_request_object": .bool(true)]
        let asRequired = try await harness(metadata: required) { _ in }.begin().url
        #expect(asRequired.queryParameters["request"] != nil)
        let against = try await harness(metadata: required) { $0.signsAuthorizationRequests = false }.begin().url
        #expect(against.queryParameters["request"] == nil)
        let unasked = try await harness { _ in }.begin().url
        #expect(unasked.queryParameters["request"] == nil)
    }

    @Test
    func needAKeyWhereOnlyTheMetadataRequireThem() async throws {
        let world = try OpenIDWorld(keys: [], metadata: ["require_signed_request_object": .bool(true)])
        let error = try await failure { try await world.harness.begin() }
        #expect(error == .misconfigured("example needs a private key to sign requests"))
    }

    @Test
    func needAnIssuerToBeFor() async throws {
        var provider = Provider.github
        provider.signsAuthorizationRequests = true
        let harness = try Harness(provider, key: .generated())
        let error = try await failure { try await harness.begin() }
        #expect(error == .misconfigured("github needs an issuer, whom signed requests are for"))
    }

    @Test
    func haveAnIDOfTheirOwn() async throws {
        let harness = try harness()
        var ids: Set<String?> = []
        for _ in 0..<5 {
            ids.insert(try ReceivedJWT(try await harness.begin().url.queryParameters["request"]).text("jti"))
        }
        #expect(ids.count == 5)
    }
}
