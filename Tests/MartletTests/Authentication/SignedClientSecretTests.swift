import FoundationEssentials
import HTTPTypes
import Martlet
import MartletTesting
import Testing

/// Apple's client secret:
/// https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret
@Suite("Client secrets that the client signs")
struct SignedClientSecretTests {
    let signer: IDTokenSigner

    init() throws {
        signer = try IDTokenSigner("ES256")
    }

    private func harness(_ configure: (inout Provider) -> Void = { _ in }) throws -> Harness {
        var provider = Provider.apple
        provider.teamID = "DEF123GHIJ"
        configure(&provider)
        let key = try ClientKey(pem: signer.pem, keyID: "ABC123DEFG")
        let harness = try Harness(provider, clientID: "com.example.web", clientSecret: nil, key: key)
        harness.transport.on(.token, .json(#"{"access_token":"a"}"#))
        return harness
    }

    @Test
    func areMadeAsAppleWantsThem() async throws {
        let harness = try harness()
        _ = try await harness.client.refresh("refresh-token-1")
        let request = try harness.request(.token)
        #expect(request.url == "https://appleid.apple.com/auth/token")
        #expect(request.form["client_id"] == "com.example.web")
        let secret = try ReceivedJWT(request.form["client_secret"])
        #expect(try secret.isSigned(by: signer))
        #expect(secret.header == ["alg": .string("ES256"), "kid": .string("ABC123DEFG")])
        #expect(secret.text("iss") == "DEF123GHIJ")
        #expect(secret.text("sub") == "com.example.web")
        #expect(secret.text("aud") == "https://appleid.apple.com")
        #expect(secret.claims["iat"]?.numericDate == harness.clock.now)
        #expect(secret.lifetime == 300)
        #expect(Set(request.form.keys) == ["grant_type", "refresh_token", "client_id", "client_secret"])
    }

    @Test
    func areRenewedByThemselves() async throws {
        let harness = try harness()
        _ = try await harness.client.refresh("refresh-token-1")
        harness.clock.advance(by: 200 * 86_400)
        _ = try await harness.client.refresh("refresh-token-1")
        let last = try ReceivedJWT(harness.transport.requests(.token).last?.form["client_secret"])
        #expect(last.claims["iat"]?.numericDate == harness.clock.now)
    }

    @Test
    func goWithARevocationToo() async throws {
        let harness = try harness()
        harness.transport.on(.revocation, OutboundResponse(status: 200))
        try await harness.client.revoke("refresh-token-1", hint: .refreshToken)
        let form = try harness.request(.revocation).form
        #expect(try harness.request(.revocation).url == "https://appleid.apple.com/auth/revoke")
        #expect(try ReceivedJWT(form["client_secret"]).isSigned(by: signer))
        #expect(form["token"] == "refresh-token-1")
        #expect(form["token_type_hint"] == "refresh_token")
    }

    @Test
    func followTheEntry() async throws {
        let harness = try harness {
            $0.signedClientSecret?.audience = "https://id.example"
            $0.signedClientSecret?.issuer = "team/{teamID}"
            $0.signedClientSecret?.lifetime = 60
        }
        _ = try await harness.client.refresh("refresh-token-1")
        let secret = try ReceivedJWT(harness.request(.token).form["client_secret"])
        #expect(secret.text("aud") == "https://id.example")
        #expect(secret.text("iss") == "team/DEF123GHIJ")
        #expect(secret.lifetime == 60)
    }

    @Test
    func goIntoTheHeaderWhereTheEntryWantsThat() async throws {
        let harness = try harness { $0.clientAuthentication = .basic }
        _ = try await harness.client.refresh("refresh-token-1")
        let header = try #require(harness.request(.token).headers[.authorization])
        let pair = String(decoding: try #require(Data(base64Encoded: String(header.dropFirst(6)))), as: UTF8.self)
        let sides = pair.split(separator: ":").map(String.init)
        #expect(sides.first == "com.example.web")
        #expect(try ReceivedJWT(sides.last).isSigned(by: signer))
    }

    @Test
    func stayOutOfErrors() async throws {
        let harness = try harness()
        harness.transport.on(.revocation) { (request) throws(TransportError) in
            let error = JSONValue.object([
                "error": .string("invalid_client"), "error_description": .string(request.form["client_secret"] ?? ""),
            ])
            return .json(error.serialized(), status: 400)
        }
        let rejection = try await rejection { try await harness.client.revoke("refresh-token-1") }
        #expect(rejection.description == "[redacted]")
    }
}
