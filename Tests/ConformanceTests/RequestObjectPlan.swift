import Crypto
import FoundationEssentials
import Martlet
import MartletSimulator
import Testing

@testable import EndToEndTests

/// Signed and pushed authorization requests (RFC 9101, RFC 9126), and proofs of the client's key.
@Suite("Request objects, PAR, private_key_jwt, DPoP") struct RequestObjectPlan {
    /// The suite has the client host the object; here it is pushed, and the `request_uri` is the provider's.
    @Test func `oidcc-client-test-request-uri-signed-rs256`() async throws {
        try await withKey(["signsAuthorizationRequests: true", "pushesAuthorizationRequests: true"]) { party, keys in
            try party.register(keys, requirePushed: true, requireSigned: true)
            let url = try await party.begin()
            #expect(url.queryValue("request_uri")?.hasPrefix("urn:") == true)
            #expect(url.queryValue("state") == nil && url.queryValue("redirect_uri") == nil)
            try await party.expectsSuccess()
        }
    }

    @Test func `pushed-authorization-request`() async throws {
        try await RelyingParty.run(.query, ["pushesAuthorizationRequests: true"]) { party in
            try party.register("[]", requirePushed: true, requireSigned: false)
            try await party.expectsSuccess()
            #expect(party.requests("openid/par").count == 1)
        }
    }

    @Test func `pushed-authorization-request-required-by-metadata`() async throws {
        try await RelyingParty.run { party in
            party.simulator.changeMetadata(#"{"require_pushed_authorization_requests":true}"#)
            try await party.expectsSuccess()
            #expect(party.requests("openid/par").count == 1)
        }
    }

    @Test func `request-object-by-value`() async throws {
        try await withKey(["signsAuthorizationRequests: true"]) { party, keys in
            try party.register(keys, requirePushed: false, requireSigned: true)
            let url = try await party.begin()
            #expect(url.queryValue("request") != nil && url.queryValue("state") == nil)
            try await party.expectsSuccess()
        }
    }

    @Test func `client-auth-private-key-jwt`() async throws {
        try await withKey(["clientAuthentication: private_key_jwt"]) { party, keys in
            try party.register(keys, requirePushed: false, requireSigned: false, authMethod: .privateKeyJWT)
            try await party.expectsSuccess()
            #expect(party.requests("openid/token").first?.formNames.contains("client_assertion") == true)
        }
    }

    @Test func `client-auth-client-secret-jwt`() async throws {
        try await RelyingParty.run(.query, ["clientAuthentication: client_secret_jwt"]) { party in
            try party.register("[]", requirePushed: false, requireSigned: false, authMethod: .clientSecretJWT)
            try await party.expectsSuccess()
        }
    }

    @Test func `dpop-with-a-nonce-of-the-server`() async throws {
        try await RelyingParty.run(.query, ["usesDPoP: true"]) { party in
            var client = SimulatedClient(id: RelyingParty.clientID, secret: RelyingParty.clientSecret)
            client.dpop = true
            client.dpopNonce = true
            try party.simulator.register(client)
            try await party.expectsSuccess()
            #expect(party.requests("openid/token").count == 2)
        }
    }

    private func withKey(
        _ settings: [String], _ test: @Sendable (RelyingParty, _ keys: String) async throws -> Void
    ) async throws {
        let pem = P256.Signing.PrivateKey().pemRepresentation
        let key = try ClientKey(pem: Secret(pem), keyID: "rp-key")
        let written = pem.split(separator: "\n").joined(separator: "\\n")
        let keys = "[\(key.publicJWK.serialized())]"
        try await RelyingParty.run(.query, settings + ["privateKey: \"\(written)\"", "keyID: rp-key"]) { party in
            try await test(party, keys)
        }
    }
}

extension RelyingParty {
    /// Registers the client with its keys.
    func register(
        _ keys: String, requirePushed: Bool, requireSigned: Bool, authMethod: SimulatedClient.AuthMethod? = nil
    ) throws {
        var client = SimulatedClient(id: Self.clientID, secret: Self.clientSecret)
        client.jwks = #"{"keys":\#(keys)}"#
        client.authMethod = authMethod
        client.requirePushedAuthorizationRequests = requirePushed
        client.requireSignedRequestObject = requireSigned
        try simulator.register(client)
    }
}
