import FoundationEssentials
import Martlet
import MartletSimulator
import Testing

@testable import EndToEndTests

/// Discovery and keys.
@Suite("Configuration and keys") struct ConfigurationPlan {
    @Test func `oidcc-client-test-discovery-openid-config`() async throws {
        try await RelyingParty.run { party in
            party.simulator.changeMetadata(
                #"{"authorization_endpoint":"\#(RelyingParty.issuer)/authorize?from=metadata"}"#)
            let url = try await party.begin()
            #expect(url.queryValue("from") == "metadata")
            #expect(party.requests("openid/.well-known/openid-configuration").count == 1)
            try await party.expectsSuccess()
        }
    }

    @Test func `oidcc-client-test-discovery-issuer-mismatch`() async throws {
        try await RelyingParty.run { party in
            party.simulator.changeMetadata(#"{"issuer":"https://issuer.example"}"#)
            let landing = try await party.begin()
            #expect(landing == "/auth/login?oauth_error=OAUTH_PROVIDER_UNAVAILABLE")
            #expect(party.requests("openid/authorize").isEmpty)
        }
    }

    @Test func `oidcc-client-test-discovery-jwks-uri-keys`() async throws {
        try await RelyingParty.run { party in
            try await party.expectsSuccess()
            #expect(party.requests("openid/jwks").count == 1)
        }
    }

    @Test func `oidcc-client-test-signing-key-rotation`() async throws {
        try await RelyingParty.run { party in
            try await party.expectsSuccess()
            try party.simulator.rotateKeys()
            try await party.expectsSuccess()
            #expect(party.requests("openid/jwks").count == 2)
        }
    }

    @Test func `oidcc-client-test-signing-key-rotation-just-before-signing`() async throws {
        try await RelyingParty.run { party in
            try await party.expectsSuccess()
            party.fails(.rotateBeforeSigning, at: .token)
            try await party.expectsSuccess()
            #expect(party.requests("openid/jwks").count == 2)
        }
    }

    @Test(arguments: UnusableKey.allCases)
    func `key-set-with-unusable-keys`(key: UnusableKey) async throws {
        try await RelyingParty.run { party in
            party.simulator.keySet = .init(algorithms: [.rs256, .es256], unusable: [key])
            try await party.expectsSuccess()
        }
    }

    @Test func `oidcc-client-test-mtls-endpoint-aliases`() async throws {
        try await Certificate.withFiles { chain, key in
            let settings = [
                "clientAuthentication: tls_client_auth", "clientCertificateFile: \(chain)",
                "clientCertificateKeyFile: \(key)",
            ]
            try await RelyingParty.run(.query, settings) { party in
                party.simulator.changeMetadata(
                    #"{"mtls_endpoint_aliases":{"token_endpoint":"\#(RelyingParty.issuer)/token?at=alias"}}"#)
                try await party.expectsSuccess()
                let request = try #require(party.requests("openid/token").first)
                #expect(request.query.contains { $0.name == "at" && $0.value == "alias" })
                #expect(!request.formNames.contains("client_secret") && !request.headerNames.contains("authorization"))
            }
        }
    }
}
