import FoundationEssentials
import HTTPTypes
import MartletTesting
import Testing

@testable import Martlet

@Suite("Signatures of OAuth 1.0a")
struct OAuth1SignatureTests {
    private func parameters(_ timestamp: String, _ nonce: String, _ more: (String, String)...) -> [(
        name: String, value: String
    )] {
        [
            ("oauth_consumer_key", "dpf43f3p2l4k3l03"), ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", timestamp), ("oauth_nonce", nonce),
        ] + more.map { ($0.0, $0.1) }
    }

    /// The example of RFC 5849 §3.4.1.1.
    @Test
    func areOverTheBaseStringOfTheRFC() throws {
        let request = OutboundRequest(
            role: .userInfo, method: .post, url: "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
            headers: [.contentType: "application/x-www-form-urlencoded"], body: "c2&a3=2+q")
        let base = try OAuth1Signer.baseString(
            of: request,
            [
                ("oauth_consumer_key", "9djdj82h48djs9d2"), ("oauth_token", "kkk9d7dh3k39sjv7"),
                ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", "137131201"), ("oauth_nonce", "7d8f3e4a"),
            ])
        #expect(
            base
                == "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
        )
    }

    /// The token request of RFC 5849 §1.2.
    @Test
    func areThoseOfTheRFCForATokenRequest() throws {
        let signer = OAuth1Signer(
            clientID: "dpf43f3p2l4k3l03", clientSecret: "kd94hf93k423kf44", token: "hh5s93j4hdidpola",
            tokenSecret: "hdhd0244k9j7ao03")
        let signature = try signer.signature(
            of: OutboundRequest(role: .token, method: .post, url: "https://photos.example.net/token"),
            parameters(
                "137131201", "walatlh", ("oauth_token", "hh5s93j4hdidpola"), ("oauth_verifier", "hfdp7dh39dks9884")))
        #expect(signature == "gKgrFCywp7rO0OXSjdot/IHF7IU=")
    }

    /// The call for a photo of RFC 5849 §1.2.
    @Test
    func areThoseOfTheRFCForACallWithAQuery() throws {
        let signer = OAuth1Signer(
            clientID: "dpf43f3p2l4k3l03", clientSecret: "kd94hf93k423kf44", token: "nnch734d00sl2jdk",
            tokenSecret: "pfkkdhi9sl3r4s00")
        let signature = try signer.signature(
            of: OutboundRequest(
                role: .userInfo, url: "http://photos.example.net/photos?file=vacation.jpg&size=original"),
            parameters("137131202", "chapoH", ("oauth_token", "nnch734d00sl2jdk")))
        #expect(signature == "MdpQcU8iPSUjWoN/UDMsK2sui9I=")
    }

    @Test(arguments: [
        ("https://h.example", "https%3A%2F%2Fh.example%2F"), ("https://h.example:443/a", "https%3A%2F%2Fh.example%2Fa"),
        ("https://h.example:8443/a?b", "https%3A%2F%2Fh.example%3A8443%2Fa"),
        ("http://H.example/a%20b", "http%3A%2F%2Fh.example%2Fa%2520b"),
    ])
    func areOverTheAddressInItsPlainForm(url: String, encoded: String) throws {
        let base = try OAuth1Signer.baseString(of: OutboundRequest(role: .userInfo, url: url), [("a", "1")])
        #expect(base.split(separator: "&")[1] == encoded)
    }
}

@Suite("Logins by OAuth 1.0a")
struct OAuth1Tests {
    private let harness: Harness

    init() throws {
        harness = try Harness(.discogs)
    }

    private static let temporary = "oauth_token=temporary-1&oauth_token_secret=temporary-secret-1"

    private func begin() async throws -> AuthorizationRequest {
        harness.transport.on(.temporaryCredentials, OutboundResponse(status: 200, body: Array(Self.temporary.utf8)))
        return try await harness.begin()
    }

    private func error(_ callback: [String: String], for pending: PendingAuthorization) -> CallbackError? {
        do throws(CallbackError) {
            _ = try harness.client.validate(CallbackParameters(callback), for: pending)
            return nil
        } catch {
            return error
        }
    }

    private static let callback = ["state": "state-1", "oauth_token": "temporary-1", "oauth_verifier": "verifier-1"]

    /// The parameters of an `Authorization` header.
    private func header(_ request: OutboundRequest) throws -> [String: String] {
        let text = try #require(request.headers[.authorization])
        #expect(text.hasPrefix("OAuth "))
        let pairs = text.dropFirst(6).split(separator: ",").map { $0.filter { $0 != " " && $0 != "\"" } }
        return OutboundRequest.parameters(pairs.joined(separator: "&"))
    }

    @Test
    func beginWithTemporaryCredentials() async throws {
        let request = try await begin()
        #expect(request.url == "https://www.discogs.com/oauth/authorize?oauth_token=temporary-1")
        #expect(request.pending.temporarySecret == "temporary-secret-1")
        let sent = try harness.request(.temporaryCredentials)
        #expect(sent.method == .get)
        let parameters = try header(sent)
        #expect(parameters["oauth_callback"] == Harness.redirectURI + "?state=state-1")
        #expect(parameters["oauth_consumer_key"] == "client-1")
        #expect(parameters["oauth_timestamp"] == "1893456000")
        #expect(parameters["oauth_token"] == nil)
    }

    @Test
    func endWithASignedProfileCall() async throws {
        let pending = try await begin().pending
        harness.transport.on(
            .token, OutboundResponse(status: 200, body: Array("oauth_token=token-1&oauth_token_secret=secret-1".utf8)))
        harness.transport.on(.subject, .json(#"{"id":5847213,"username":"nacht"}"#))
        harness.transport.on(.userInfo, .json(#"{"name":"Jürgen","email":"j@example.com"}"#))
        let answer = try harness.client.validate(CallbackParameters(Self.callback), for: pending)
        let tokens = try await harness.client.exchange(answer)
        let profile = try await harness.client.profile(tokens)
        #expect(profile.subject == "5847213")
        #expect(profile.email == Email("j@example.com", isVerified: false))
        let exchange = try header(try harness.request(.token))
        #expect(exchange["oauth_token"] == "temporary-1" && exchange["oauth_verifier"] == "verifier-1")
        let call = try harness.request(.userInfo)
        #expect(call.url == "https://api.discogs.com/users/nacht")
        let signed = try header(call)
        #expect(signed["oauth_token"] == "token-1")
        let unsigned = signed.filter { $0.key != "oauth_signature" }.map { (name: $0.key, value: $0.value) }
        let signer = OAuth1Signer(clientID: "client-1", clientSecret: Harness.clientSecret, tokenSecret: "secret-1")
        #expect(try signer.signature(of: call, unsigned) == signed["oauth_signature"])
    }

    @Test
    func signNothingTwiceWithOneNonce() async throws {
        _ = try await begin()
        _ = try await harness.begin()
        let nonces = try harness.transport.requests(.temporaryCredentials).map { try header($0)["oauth_nonce"] }
        #expect(Set(nonces).count == 2)
    }

    @Test
    func areRefusedForAnotherTokenThanThePendingOne() async throws {
        let pending = try await begin().pending
        #expect(
            error(Self.callback.merging(["oauth_token": "temporary-2"]) { $1 }, for: pending)
                == .unproven("it is about the credentials of another login"))
    }

    @Test
    func areRefusedWithoutTheState() async throws {
        let pending = try await begin().pending
        #expect(error(Self.callback.filter { $0.key != "state" }, for: pending) == .stateMismatch)
        #expect(error(Self.callback.merging(["state": "other"]) { $1 }, for: pending) == .stateMismatch)
    }

    @Test
    func areRefusedForAFlowOfOAuth2() async throws {
        let plain = PendingAuthorization(
            providerID: "discogs", issuer: nil, redirectURI: Harness.redirectURI, state: "state-1", codeVerifier: nil,
            nonce: nil, scopes: [], requiresIssuerParameter: false)
        #expect(error(Self.callback, for: plain) == .unproven("it is about the credentials of another login"))
    }

    @Test
    func sayThatThePersonDeclined() async throws {
        let pending = try await begin().pending
        #expect(error(["state": "state-1", "denied": "temporary-1"], for: pending) == .accessDenied)
        #expect(error(["state": "state-1", "oauth_token": "temporary-1"], for: pending) == .missingCode)
    }

    @Test
    func reportARefusalWithoutItsSecrets() async throws {
        let pending = try await begin().pending
        harness.transport.on(.token, .json(#"{"message":"temporary-1 verifier-1 temporary-secret-1"}"#, status: 401))
        let answer = try harness.client.validate(CallbackParameters(Self.callback), for: pending)
        let rejection = try await rejection { try await harness.client.exchange(answer) }
        #expect(rejection.status == 401)
        #expect(rejection.error == "[redacted] [redacted] [redacted]")
    }

    @Test(arguments: ["", "oauth_token=t", "oauth_token=&oauth_token_secret=s", "{}"])
    func refuseAnAnswerWithoutCredentials(body: String) async throws {
        harness.transport.on(.temporaryCredentials, OutboundResponse(status: 200, body: Array(body.utf8)))
        let error = try await failure { try await harness.begin() }
        guard case .malformed(.temporaryCredentials, _) = error else { throw TestFailure("the error is \(error)") }
    }

    @Test
    func keepTheSecretThroughASealedFlow() async throws {
        let pending = try await begin().pending
        let text = try JSONEncoder().encode(pending)
        #expect(try JSONDecoder().decode(PendingAuthorization.self, from: text) == pending)
        #expect(!"\(pending)".contains("temporary-secret-1"))
    }

    @Test
    func needASecretAndAnEndpointForTemporaryCredentials() {
        #expect(throws: OAuthError.misconfigured("flickr needs a client secret")) {
            try OAuthClient(.flickr, clientID: "1")
        }
        var provider = Provider.flickr
        provider.temporaryCredentialRequest = nil
        #expect(
            throws: OAuthError.misconfigured("flickr needs temporaryCredentialRequest.endpoint for OAuth 1.0a")
        ) { try OAuthClient(provider, clientID: "1", clientSecret: "s") }
    }
}
