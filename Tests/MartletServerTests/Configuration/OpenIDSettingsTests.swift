import FoundationEssentials
import Martlet
import Testing

@testable import MartletServer

/// The settings about OpenID Connect, in the file and in the environment.
@Suite struct OpenIDSettingsTests {
    private static let corp = "issuer: https://op.example\n    clientID: app\n    clientSecret: secret"
    private static let key = "a-service-key-of-more-than-32-bytes"

    private func load(
        _ provider: String, top: String = "", environment: [String: String] = [:]
    ) throws(ConfigurationError) -> ServerConfiguration {
        try ServerConfiguration.parse(
            "\(top)\nproviders:\n  corp:\n    \(provider)\n", file: "martlet.yaml", environment: environment)
    }

    private func problems(_ provider: String, top: String = "", environment: [String: String] = [:]) -> [String] {
        do throws(ConfigurationError) {
            _ = try load(provider, top: top, environment: environment)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    // MARK: Of a provider

    @Test func keepsNothingAndTrustsNoAppUnlessToldSo() throws {
        let corp = try #require(try load(Self.corp).providers.first)
        #expect(!corp.keepsTokens && corp.nativeClientIDs.isEmpty && corp.key == nil && corp.certificate == nil)
        #expect(corp.provider.clockSkew == 60 && corp.provider.maxAge == nil && !corp.provider.usesDPoP)
    }

    @Test func readsEachSettingFromTheFile() throws {
        let corp = try #require(
            try load(
                """
                \(Self.corp)
                    nativeClientIDs: [com.example.app, com.example.watch]
                    keepTokens: true
                    clientAuthentication: client_secret_basic
                    clientAssertionAudience: issuer
                    pushesAuthorizationRequests: true
                    signsAuthorizationRequests: false
                    usesDPoP: true
                    signingAlgorithms: [ES256, PS256]
                    clockSkew: 5
                    maxAge: 3600
                    userInfoSignedResponseAlg: RS256
                    notifications: appleAccountEvents
                    revokesOnUnlink: true
                    pushedAuthorizationRequestEndpoint: https://op.example/par
                    endSessionEndpoint: https://op.example/end
                    tenancy: { issuer: "https://op.example/{tenantid}", claim: org, allowed: [a, b] }
                    signedClientSecret: { issuer: me, audience: you, lifetime: 60 }
                    teamID: team
                """
            ).providers.first)
        #expect(corp.nativeClientIDs == ["com.example.app", "com.example.watch"] && corp.keepsTokens)
        expectEverySetting(corp.provider)
        #expect(corp.provider.signedClientSecret?.lifetime == 60 && corp.provider.teamID == "team")
    }

    @Test func readsEachSettingFromTheEnvironment() throws {
        let settings = [
            "NATIVE_CLIENT_IDS": "com.example.app, com.example.watch", "KEEP_TOKENS": "true",
            "CLIENT_AUTHENTICATION": "client_secret_basic", "CLIENT_ASSERTION_AUDIENCE": "issuer",
            "PUSHES_AUTHORIZATION_REQUESTS": "true", "SIGNS_AUTHORIZATION_REQUESTS": "false", "USES_DPOP": "true",
            "SIGNING_ALGORITHMS": "ES256,PS256", "CLOCK_SKEW": "5", "MAX_AGE": "3600",
            "USER_INFO_SIGNED_RESPONSE_ALG": "RS256", "NOTIFICATIONS": "appleAccountEvents",
            "REVOKES_ON_UNLINK": "true",
            "PUSHED_AUTHORIZATION_REQUEST_ENDPOINT": "https://op.example/par",
            "END_SESSION_ENDPOINT": "https://op.example/end", "TENANCY_ISSUER": "https://op.example/{tenantid}",
            "TENANCY_CLAIM": "org", "TENANCY_ALLOWED": "a,b", "TEAM_ID": "team",
        ]
        let environment = Dictionary(uniqueKeysWithValues: settings.map { ("MARTLET_PROVIDERS_CORP_\($0)", $1) })
        let corp = try #require(try load(Self.corp, environment: environment).providers.first)
        #expect(corp.nativeClientIDs == ["com.example.app", "com.example.watch"] && corp.keepsTokens)
        expectEverySetting(corp.provider)
        #expect(corp.provider.teamID == "team")
    }

    private func expectEverySetting(_ provider: Provider) {
        #expect(provider.clientAuthentication == .basic && provider.clientAssertionAudience == .issuer)
        #expect(provider.pushesAuthorizationRequests == true && provider.signsAuthorizationRequests == false)
        #expect(provider.usesDPoP && provider.revokesOnUnlink && provider.notifications == .appleAccountEvents)
        #expect(provider.signingAlgorithms == [.es256, .ps256] && provider.userInfoSignedResponseAlg == .rs256)
        #expect(provider.clockSkew == 5 && provider.maxAge == 3600)
        #expect(provider.pushedAuthorizationRequestEndpoint == "https://op.example/par")
        #expect(provider.endSessionEndpoint == "https://op.example/end")
        #expect(provider.tenancy?.issuer == "https://op.example/{tenantid}" && provider.tenancy?.claim == "org")
        #expect(provider.tenancy?.allowed == ["a", "b"])
    }

    @Test func narrowsMicrosoftToSomeTenants() throws {
        let environment = [
            "CLIENT_ID": "id", "CLIENT_SECRET": "secret", "TENANT": "organizations", "TENANCY_ALLOWED": "one,two",
        ]
        let configuration = try ServerConfiguration.parse(
            "", file: "martlet.yaml",
            environment: Dictionary(
                uniqueKeysWithValues: environment.map { ("MARTLET_PROVIDERS_MICROSOFT_\($0)", $1) }))
        let provider = try #require(configuration.providers.first?.provider)
        #expect(provider.tenant == "organizations" && provider.tenancy?.allowed == ["one", "two"])
        #expect(provider.tenancy?.issuer == Provider.microsoft.tenancy?.issuer)
    }

    @Test(arguments: [
        ("keepTokens: perhaps", "martlet.yaml:7: providers.corp.keepTokens: expected true or false"),
        ("nativeClientIDs: { a: b }", "providers.corp.nativeClientIDs: expected a list of texts"),
        ("clientAuthentication: jwt", "expected one of client_secret_post, client_secret_basic, client_secret_jwt"),
        ("clientAssertionAudience: everybody", "expected one of issuer, tokenEndpoint, calledEndpoint"),
        (
            "signingAlgorithms: [ES256, none]",
            "martlet.yaml:7: providers.corp.signingAlgorithms.1: expected one of RS256"
        ),
        ("signingAlgorithms: ES256", "providers.corp.signingAlgorithms: expected a list"),
        ("signingAlgorithms: [HS256, RS256]", "may name an HMAC only alone"),
        ("signingAlgorithms: [HS256]", "must have 32 bytes or more to verify an HMAC"),
        ("clientAuthentication: client_secret_jwt", "must have 32 bytes or more for client_secret_jwt"),
        ("userInfoSignedResponseAlg: plain", "expected one of RS256"),
        ("notifications: email", "expected one of appleAccountEvents"),
        ("usesDPoP: sometimes", "providers.corp.usesDPoP: expected true or false"),
        ("pushesAuthorizationRequests: 1", "providers.corp.pushesAuthorizationRequests: expected true or false"),
        ("clockSkew: a minute", "providers.corp.clockSkew: expected a whole number"),
        ("clockSkew: -5", "martlet.yaml:7: providers.corp.clockSkew: expected seconds, 0 or more"),
        ("maxAge: -1", "martlet.yaml:7: providers.corp.maxAge: expected seconds, 0 or more"),
        ("teamID: [a]", "providers.corp.teamID: expected text"),
        (
            "tenancy: { issuers: x }",
            "providers.corp.tenancy.issuers: unknown key; the keys here are allowed, claim, issuer"
        ),
        ("tenancy: { issuer: nowhere }", "tenancy.issuer of corp is not an absolute URL"),
        ("endSessionEndpoint: http://op.example/end", "providers.corp.endSessionEndpoint: is plain http"),
        (
            "pushedAuthorizationRequestEndpoint: /par",
            "pushedAuthorizationRequestEndpoint of corp is not an absolute URL"
        ),
        ("usesDpop: true", "providers.corp.usesDpop: unknown key; did you mean usesDPoP?"),
    ])
    func explainsWhatIsWrongAndWhere(setting: String, expected: String) {
        let found = problems("\(Self.corp)\n    \(setting)")
        #expect(found.count == 1 && found.first?.contains(expected) == true, "\(found)")
    }

    @Test func complainsOfAListInTheEnvironmentThatHoldsNonsense() {
        let found = problems(Self.corp, environment: ["MARTLET_PROVIDERS_CORP_SIGNING_ALGORITHMS": "ES256,none"])
        #expect(found.first?.hasPrefix("environment variable MARTLET_PROVIDERS_CORP_SIGNING_ALGORITHMS: ") == true)
        #expect(found.first?.contains("expected one of") == true)
    }

    // MARK: The service key

    @Test func hasNoServiceKeyUnlessOneIsGiven() throws {
        #expect(try load(Self.corp).serviceKey == nil)
    }

    @Test func readsAServiceKeyInPlaceFromAFileAndFromTheEnvironment() throws {
        #expect(try load(Self.corp, top: "serviceKey: \(Self.key)").serviceKey == Secret(Self.key))
        #expect(try load(Self.corp, environment: ["MARTLET_SERVICE_KEY": Self.key]).serviceKey == Secret(Self.key))
        let path = FileManager.default.temporaryDirectory.path() + "/martlet-key-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("\(Self.key)\n".utf8).write(to: URL(filePath: path))
        #expect(try load(Self.corp, top: "serviceKeyFile: \(path)").serviceKey == Secret(Self.key))
        #expect(try load(Self.corp, environment: ["MARTLET_SERVICE_KEY_FILE": path]).serviceKey == Secret(Self.key))
    }

    @Test(arguments: [
        (
            "serviceKey: short",
            "martlet.yaml:1: serviceKey: needs at least 32 characters; `martlet secret generate` makes one"
        ),
        ("serviceKey: [a]", "martlet.yaml:1: serviceKey: expected text"),
        ("serviceKey:", "martlet.yaml:1: serviceKey: has no value; expected text"),
        ("serviceKeyFile: no/such/file", "martlet.yaml:1: serviceKeyFile: the file no/such/file cannot be read"),
        (
            "serviceKey: a-service-key-of-more-than-32-bytes\nserviceKeyFile: x",
            "martlet.yaml:2: serviceKeyFile: serviceKey is given as well (at martlet.yaml:1); keep one of the two"
        ),
        ("service_key: x", "martlet.yaml:1: service_key: unknown key; did you mean serviceKey?"),
    ])
    func explainsWhatIsWrongWithTheServiceKey(setting: String, expected: String) {
        #expect(problems(Self.corp, top: setting).first == expected)
    }

    @Test func neverShowsAServiceKeyInAProblem() {
        let found = problems(Self.corp, top: "serviceKey: hush-hush")
        #expect(!found.isEmpty && !found.joined().contains("hush-hush"))
    }
}
