import Crypto
import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Synchronization
import Testing

/// Tokens that are bound to a key of the client (RFC 9449).
@Suite("DPoP")
struct DPoPTests {
    static let name = HTTPField.Name("DPoP")
    static let nonceName = HTTPField.Name("DPoP-Nonce")

    let keySigner: IDTokenSigner
    let key: ClientKey

    init() throws {
        keySigner = try IDTokenSigner("ES256", keyID: nil)
        key = try ClientKey(pem: keySigner.pem)
    }

    private func harness(_ configure: (inout Provider) -> Void = { _ in }) throws -> Harness {
        var provider = Provider(id: "example", name: "Example")
        provider.authorizationEndpoint = "https://id.example/authorize"
        provider.tokenEndpoint = "https://id.example/token?tenant=1"
        provider.userInfoEndpoint = "https://api.example/me?fields=all"
        provider.usesDPoP = true
        provider.profile.id = "id"
        configure(&provider)
        let harness = try Harness(provider, dpopKey: key)
        return harness
    }

    private static func answer(type: String = "DPoP", nonce: String? = nil) -> OutboundResponse {
        var response = OutboundResponse.json(#"{"access_token":"access-token-1","token_type":"\#(type)"}"#)
        if let nonceName { response.headers[nonceName] = nonce }
        return response
    }

    private static func challenge(_ nonce: String?, status: Int = 400) -> OutboundResponse {
        var response = OutboundResponse.json(#"{"error":"use_dpop_nonce"}"#, status: status)
        if let nonceName { response.headers[nonceName] = nonce }
        if status == 401 { response.headers[.wwwAuthenticate] = #"DPoP error="use_dpop_nonce", algs="ES256""# }
        return response
    }

    private static func proof(_ request: OutboundRequest) throws -> ReceivedJWT {
        try ReceivedJWT(name.flatMap { request.headers[$0] })
    }

    // MARK: The proof

    @Test
    func provesTheKeyAtTheTokenEndpoint() async throws {
        let harness = try harness()
        let tokens = try await harness.tokens(Self.answer())
        #expect(tokens.tokenType == "DPoP")
        let proof = try Self.proof(harness.request(.token))
        #expect(proof.header == ["typ": .string("dpop+jwt"), "alg": .string("ES256"), "jwk": try publicKey()])
        #expect(try proof.isSigned(by: keySigner))
        #expect(proof.text("htm") == "POST")
        #expect(proof.text("htu") == "https://id.example/token")
        #expect(proof.claims["iat"]?.numericDate == harness.clock.now)
        #expect(Base64URL.decode(proof.text("jti") ?? "")?.count == 16)
        #expect(Set(proof.claims.object?.keys ?? [:].keys) == ["jti", "htm", "htu", "iat"])
    }

    /// The public key, and nothing beside it.
    private func publicKey() throws -> JSONValue {
        try keySigner.jwk(["use": .null, "kid": .null])
    }

    @Test
    func bindsTheProofToTheAccessTokenAtTheProfile() async throws {
        let harness = try harness()
        harness.transport.on(.userInfo, .json(#"{"id":"1"}"#))
        _ = try await harness.client.profile(try await harness.tokens(Self.answer()))
        let request = try harness.request(.userInfo)
        #expect(request.headers[.authorization] == "DPoP access-token-1")
        let proof = try Self.proof(request)
        #expect(proof.text("htm") == "GET")
        #expect(proof.text("htu") == "https://api.example/me")
        let digest = SHA256.hash(data: Array("access-token-1".utf8))
        #expect(proof.text("ath") == Base64URL.encode(digest))
        #expect(try proof.isSigned(by: keySigner))
    }

    @Test
    func provesAnewForEachRequest() async throws {
        let harness = try harness()
        harness.transport.on(.token, Self.answer())
        for _ in 0..<5 { _ = try await harness.client.refresh("refresh-token-1") }
        let ids = try harness.transport.requests(.token).map { try Self.proof($0).text("jti") }
        #expect(Set(ids).count == 5)
    }

    @Test
    func announcesTheKeyInTheAuthorizationRequest() async throws {
        let query = try await harness().begin().url.queryParameters
        let canonical = try publicKey().serialized()
        #expect(query["dpop_jkt"] == Base64URL.encode(SHA256.hash(data: Array(canonical.utf8))))
        let callers = try await harness().begin(parameters: ["dpop_jkt": "mine"]).url.queryParameters
        #expect(callers["dpop_jkt"] == query["dpop_jkt"])
    }

    @Test
    func isNotUsedUnlessTheEntrySaysSo() async throws {
        let harness = try harness { $0.usesDPoP = false }
        #expect(try await harness.begin().url.queryParameters["dpop_jkt"] == nil)
        harness.transport.on(.userInfo, .json(#"{"id":"1"}"#))
        _ = try await harness.client.profile(try await harness.tokens(Self.answer(type: "Bearer")))
        let name = try #require(Self.name)
        #expect(harness.transport.requests.allSatisfy { $0.headers[name] == nil })
        #expect(try harness.request(.userInfo).bearer == "access-token-1")
    }

    @Test
    func makesAKeyOfItsOwnForEachClientUnlessGivenOne() async throws {
        var provider = Provider.github
        provider.usesDPoP = true
        var thumbprints: Set<String> = []
        for _ in 0..<5 {
            thumbprints.insert(try #require(try await Harness(provider).begin().url.queryParameters["dpop_jkt"]))
        }
        #expect(thumbprints.count == 5)
    }

    // MARK: Nonces of the server

    @Test
    func proveAgainOnceWithTheNonceThatIsAskedFor() async throws {
        let harness = try harness()
        harness.transport.on(.token, Self.challenge("nonce-1"), Self.answer())
        _ = try await harness.client.refresh("refresh-token-1")
        let requests = harness.transport.requests(.token)
        #expect(try requests.map { try Self.proof($0).text("nonce") } == [nil, "nonce-1"])
        #expect(Set(try requests.map { try Self.proof($0).text("jti") }).count == 2)
        #expect(requests[0].form == requests[1].form)
    }

    @Test
    func giveUpAfterTheSecondRefusal() async throws {
        let harness = try harness()
        harness.transport.on(.token, Self.challenge("nonce-1"), Self.challenge("nonce-2"), Self.answer())
        let rejection = try await rejection { try await harness.client.refresh("refresh-token-1") }
        #expect(rejection.error == "use_dpop_nonce")
        #expect(harness.transport.requests(.token).count == 2)
    }

    @Test
    func doNotTryAgainWithoutANonceOrForAnotherError() async throws {
        for answer in [Self.challenge(nil), .json(#"{"error":"invalid_grant"}"#, status: 400)] {
            let harness = try harness()
            harness.transport.on(.token, answer)
            _ = try await rejection { try await harness.client.refresh("refresh-token-1") }
            #expect(harness.transport.requests(.token).count == 1)
        }
    }

    @Test
    func proveAgainAtTheProfile() async throws {
        let harness = try harness()
        harness.transport.on(.userInfo, Self.challenge("nonce-1", status: 401), .json(#"{"id":"1"}"#))
        let profile = try await harness.client.profile(try await harness.tokens(Self.answer()))
        #expect(profile.subject == "1")
        let proofs = try harness.transport.requests(.userInfo).map(Self.proof)
        #expect(proofs.map { $0.text("nonce") } == [nil, "nonce-1"])
        #expect(proofs.allSatisfy { $0.text("ath") != nil })
    }

    @Test
    func makeANewAssertionForTheSecondTry() async throws {
        let signer = try IDTokenSigner("ES256")
        var provider = Provider(id: "example", name: "Example")
        provider.tokenEndpoint = "https://id.example/token"
        provider.usesDPoP = true
        provider.clientAuthentication = .privateKeyJWT
        let harness = try Harness(provider, clientSecret: nil, key: ClientKey(pem: signer.pem))
        harness.transport.on(.token, Self.challenge("nonce-1"), Self.answer())
        _ = try await harness.client.clientCredentials()
        let ids = try harness.transport.requests(.token).map {
            try ReceivedJWT($0.form["client_assertion"]).text("jti")
        }
        #expect(Set(ids).count == 2)
    }

    @Test
    func keepTheLatestNonceForItsServerAlone() async throws {
        let harness = try harness()
        harness.transport.on(.token, Self.answer(nonce: "nonce-1"), Self.answer(nonce: "nonce-2"), Self.answer())
        var profile = OutboundResponse.json(#"{"id":"1"}"#)
        if let name = Self.nonceName { profile.headers[name] = "api-nonce" }
        harness.transport.on(.userInfo, profile)
        for _ in 0..<4 {
            _ = try await harness.client.profile(try await harness.client.refresh("refresh-token-1"))
        }
        let token = try harness.transport.requests(.token).map { try Self.proof($0).text("nonce") }
        #expect(token == [nil, "nonce-1", "nonce-2", "nonce-2"])
        let userInfo = try harness.transport.requests(.userInfo).map { try Self.proof($0).text("nonce") }
        #expect(userInfo == [nil, "api-nonce", "api-nonce", "api-nonce"])
    }

    // MARK: Answers

    @Test(arguments: ["Bearer", "bearer", "mac", ""])
    func refusesATokenThatIsNotBoundToTheKey(type: String) async throws {
        let harness = try harness()
        let error = try await failure { try await harness.tokens(Self.answer(type: type)) }
        let reason = "the access token is not bound to the client's key, though DPoP is used"
        #expect(error == .malformed(.token, reason: reason))
    }

    @Test
    func refusesATokenThatDoesNotSayWhetherItIsBound() async throws {
        let harness = try harness()
        let error = try await failure { try await harness.tokens(#"{"access_token":"a"}"#) }
        guard case .malformed(.token, _) = error else { throw error }
    }

    @Test
    func keepsProofsOutOfErrors() async throws {
        let harness = try harness()
        let name = try #require(Self.name)
        harness.transport.on(.token) { (request) throws(TransportError) in
            .json(#"{"error":"invalid_dpop_proof","error_description":"\#(request.headers[name] ?? "")"}"#, status: 400)
        }
        let rejection = try await rejection { try await harness.client.refresh("refresh-token-1") }
        #expect(rejection.description == "[redacted]")
    }
}
