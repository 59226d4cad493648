import FoundationEssentials
import MartletTesting
import Testing

@testable import Martlet

/// The provider with many tenants that the catalogue has is Microsoft:
/// https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer
@Suite("Issuers of many tenants")
struct TenancyTests {
    static let host = "https://login.microsoftonline.com/"
    static let template = host + "{tenantid}/v2.0"
    static let contoso = "6babcaad-604b-40ac-a9d7-9fd97c0b779f"
    static let fabrikam = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"
    static let personal = "9188040d-6c67-4c5b-b112-36a304b66dad"

    let signer: IDTokenSigner

    init() throws {
        signer = try IDTokenSigner("RS256")
    }

    static func issuer(_ tenant: String) -> String { host + tenant + "/v2.0" }

    /// A client of a tenant whose metadata name an issuer.
    private func harness(
        tenant: String = "common", names issuer: String = template, allowed: [String] = [],
        keyIssuer: JSONValue = .string(template)
    ) throws -> Harness {
        var provider = Provider.microsoft
        provider.tenant = tenant
        provider.tenancy?.allowed = allowed
        let harness = try Harness(provider)
        let metadata: JSONValue = [
            "issuer": .string(issuer), "jwks_uri": .string(Self.host + tenant + "/discovery/v2.0/keys"),
        ]
        harness.transport.on(.discovery, .json(metadata.serialized()))
        let keys: JSONValue = ["keys": .array([try signer.jwk(["issuer": keyIssuer])])]
        harness.transport.on(.keys, .json(keys.serialized()))
        return harness
    }

    private func judge(
        tid: JSONValue, iss: String, at harness: Harness
    ) async throws -> Result<IDTokenClaims, OAuthError> {
        let now = Int(harness.clock.now.timeIntervalSince1970)
        let claims: [String: JSONValue] = [
            "iss": .string(iss), "tid": tid, "sub": .string("subject-1"), "aud": .string("client-1"),
            "iat": .number(Decimal(now)), "exp": .number(Decimal(now + 600)),
        ]
        let token = try signer.sign(.object(claims.filter { $0.value != .null }))
        do throws(OAuthError) {
            let tokens = try await harness.client.tokens(nativeIDToken: token, nonce: nil)
            guard let identity = tokens.identity else { throw .untrustedIDToken(.missing) }
            return .success(identity)
        } catch {
            return .failure(error)
        }
    }

    @Test(arguments: [contoso, fabrikam, personal])
    func areAllAcceptedByTheTemplate(tenant: String) async throws {
        let harness = try harness()
        let identity = try await judge(tid: .string(tenant), iss: Self.issuer(tenant), at: harness).get()
        #expect(identity.issuer == Self.issuer(tenant))
        #expect(try harness.request(.discovery).url == Self.host + "common/v2.0/.well-known/openid-configuration")
    }

    @Test(arguments: [issuer(fabrikam), template, "https://evil.example/\(contoso)/v2.0", issuer(contoso) + "/", ""])
    func areRefusedUnderAnotherTenantsIssuer(issuer: String) async throws {
        let result = try await judge(tid: .string(Self.contoso), iss: issuer, at: try harness(keyIssuer: .null))
        #expect(result == .failure(.untrustedIDToken(.wrongClaim("iss"))))
    }

    @Test(arguments: [
        JSONValue.null, .string(""), .number(1), .string("a/b"), .string("../evil"), .string("a%2Fb"), .string("a b"),
        .string("{tenantid}"), .string("a?b"), .string("a#b"), .string("a\\b"), .string("login.evil"),
        .string("ｃontoso"), .string(String(repeating: "a", count: 65)),
    ])
    func needATenantThatIsAPlainName(tid: JSONValue) async throws {
        let harness = try harness(keyIssuer: .null)
        let result = try await judge(tid: tid, iss: Self.issuer(tid.text ?? Self.contoso), at: harness)
        #expect(result == .failure(.untrustedIDToken(.missingClaim("tid"))))
    }

    @Test
    func areNarrowedByAList() async throws {
        let harness = try harness(allowed: [Self.contoso.uppercased()])
        _ = try await judge(tid: .string(Self.contoso), iss: Self.issuer(Self.contoso), at: harness).get()
        let other = try await judge(tid: .string(Self.fabrikam), iss: Self.issuer(Self.fabrikam), at: harness)
        #expect(other == .failure(.untrustedIDToken(.wrongClaim("tid"))))
    }

    // MARK: One tenant

    @Test
    func areOneWhereTheMetadataNameOne() async throws {
        let harness = try harness(tenant: Self.contoso, names: Self.issuer(Self.contoso))
        _ = try await judge(tid: .string(Self.contoso), iss: Self.issuer(Self.contoso), at: harness).get()
        let other = try await judge(tid: .string(Self.fabrikam), iss: Self.issuer(Self.fabrikam), at: harness)
        #expect(other == .failure(.untrustedIDToken(.wrongClaim("iss"))))
        let url = Self.issuer(Self.contoso) + "/.well-known/openid-configuration"
        #expect(try harness.request(.discovery).url == url)
    }

    @Test
    func areOneWhereTheTenantIsGivenByItsDomain() async throws {
        let harness = try harness(tenant: "contoso.onmicrosoft.com", names: Self.issuer(Self.contoso))
        _ = try await judge(tid: .string(Self.contoso), iss: Self.issuer(Self.contoso), at: harness).get()
        let other = try await judge(tid: .string(Self.fabrikam), iss: Self.issuer(Self.fabrikam), at: harness)
        #expect(other == .failure(.untrustedIDToken(.wrongClaim("iss"))))
    }

    @Test(arguments: [
        "https://evil.example/{tenantid}/v2.0", host + "a/b/v2.0", host + "/v2.0", host + contoso + "/v2.0/",
        host + contoso + "/v1.0", host + fabrikam + "/v2.0",
    ])
    func areRefusedInMetadataThatNameAnother(issuer: String) async throws {
        let harness = try harness(names: issuer, allowed: [Self.contoso])
        let error = try await failure { try await harness.client.check() }
        #expect(error == .malformed(.discovery, reason: "it names the issuer \(issuer), not \(Self.template)"))
    }

    // MARK: Keys of one issuer

    @Test
    func haveKeysThatSignForNoOther() async throws {
        let harness = try harness(keyIssuer: .string(Self.issuer(Self.personal)))
        _ = try await judge(tid: .string(Self.personal), iss: Self.issuer(Self.personal), at: harness).get()
        let other = try await judge(tid: .string(Self.contoso), iss: Self.issuer(Self.contoso), at: harness)
        #expect(other == .failure(.untrustedIDToken(.unknownKey)))
    }

    @Test
    func haveNoKeysOfAnotherCloud() async throws {
        let harness = try harness(keyIssuer: .string("https://login.partner.microsoftonline.cn/{tenantid}/v2.0"))
        let result = try await judge(tid: .string(Self.contoso), iss: Self.issuer(Self.contoso), at: harness)
        #expect(result == .failure(.untrustedIDToken(.unknownKey)))
    }

    // MARK: The issuer in a callback (RFC 9207)

    private func callbackError(_ issuer: String, allowed: [String] = []) async throws -> CallbackError? {
        let harness = try harness(allowed: allowed)
        let pending = try await harness.begin().pending
        do throws(CallbackError) {
            _ = try harness.client.validate(
                CallbackParameters(["code": "c", "state": "state-1", "iss": issuer]), for: pending)
            return nil
        } catch {
            return error
        }
    }

    @Test
    func mayBeNamedInACallback() async throws {
        #expect(try await callbackError(Self.issuer(Self.contoso)) == nil)
        #expect(try await callbackError(Self.issuer(Self.contoso), allowed: [Self.contoso]) == nil)
    }

    @Test(arguments: [
        issuer(fabrikam), "https://evil.example/\(contoso)/v2.0", issuer("a/b"), issuer(""), issuer(contoso) + "/", "",
    ])
    func areRefusedInACallbackThatNamesAnother(issuer: String) async throws {
        #expect(try await callbackError(issuer, allowed: [Self.contoso]) == .issuerMismatch)
    }
}
