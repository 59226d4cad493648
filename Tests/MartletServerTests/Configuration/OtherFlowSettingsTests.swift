import Martlet
import Testing

@testable import MartletServer

/// How providers with other protocols and signatures are set up, and what is said of what is missing.
@Suite struct OtherFlowSettingsTests {
    /// In the file or by the environment.
    @Test(arguments: [
        ("insecureAllowHandleAsSubject: true", [:]),
        ("scopes: []", ["MARTLET_PROVIDERS_BITLY_INSECURE_ALLOW_HANDLE_AS_SUBJECT": "true"]),
    ])
    func takesAHandleForASubjectWhereTheOwnerAcceptsIt(setting: String, environment: [String: String]) throws {
        let text = "providers:\n  bitly:\n    clientID: a\n    clientSecret: b\n    \(setting)\n"
        let configuration = try ServerConfiguration.parse(text, file: "martlet.yaml", environment: environment)
        #expect(configuration.providers.first?.provider.insecureAllowHandleAsSubject == true)
    }

    private func load(
        _ provider: String, environment: [String: String] = [:]
    ) throws(ConfigurationError) -> ProviderConfiguration? {
        try ServerConfiguration.parse(
            "providers:\n  corp:\n    clientID: app\n    \(provider)\n", file: "martlet.yaml", environment: environment
        ).providers.first
    }

    private func problems(_ provider: String, environment: [String: String] = [:]) -> [String] {
        do throws(ConfigurationError) {
            _ = try load(provider, environment: environment)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    private static let endpoints =
        "authorizationEndpoint: https://id.example/authorize\n    tokenEndpoint: https://id.example/token"

    @Test func declaresAProviderOfOAuth1() throws {
        let corp = try load(
            "\(Self.endpoints)\n    clientSecret: s\n    flow: oauth1\n"
                + "    temporaryCredentialRequest: {endpoint: https://id.example/initiate, method: POST}")
        #expect(corp?.provider.flow == .oauth1)
        #expect(corp?.provider.temporaryCredentialRequest?.method == .post)
    }

    @Test func declaresAProviderOfOpenID2() throws {
        let corp = try load(
            "\(Self.endpoints)\n    clientSecret: s\n    flow: openID2\n    claimedIDPrefix: https://id.example/id/")
        #expect(corp?.provider.claimedIDPrefix == "https://id.example/id/")
    }

    @Test func saysWhatAFlowNeeds() {
        let oauth1 = problems("\(Self.endpoints)\n    clientSecret: s\n    flow: oauth1")
        #expect(oauth1.count == 1 && oauth1[0].contains("corp needs temporaryCredentialRequest.endpoint"))
        let openID2 = problems("\(Self.endpoints)\n    clientSecret: s\n    flow: openID2")
        #expect(openID2.count == 1 && openID2[0].contains("corp needs claimedIDPrefix"))
        let unknown = problems("\(Self.endpoints)\n    clientSecret: s\n    flow: oauth3")
        #expect(unknown.count == 1 && unknown[0].contains("providers.corp.flow"))
    }

    @Test func saysWhichKeysAlipayNeeds() throws {
        let missing = problems("uses: alipay")
        #expect(missing.count == 1 && missing[0].contains("providers.corp.privateKeyFile: is missing"))
        let fixture = try #require(CatalogueFixture.all.first { $0.id == "alipay" })
        let recorded = try #require(try fixture.recordings().first?["configuration"])
        let key = try #require(recorded["privateKey"]?.string)
        let answerKey = try #require(recorded["answerKey"]?.string)
        let half = problems("uses: alipay", environment: ["MARTLET_PROVIDERS_CORP_PRIVATE_KEY": key])
        #expect(half.count == 1 && half[0].contains("needs answerKey"))
        let corp = try load(
            "uses: alipay",
            environment: [
                "MARTLET_PROVIDERS_CORP_PRIVATE_KEY": key, "MARTLET_PROVIDERS_CORP_ANSWER_KEY": answerKey,
            ])
        #expect(corp?.provider.answerKey == answerKey)
        #expect(corp?.key?.algorithm == .rs256)
    }

    @Test func asksForNoClientSecretWhereAKeySigns() throws {
        #expect(Provider.alipay.needsClientSecret == false)
        #expect(Provider.steam.needsClientSecret && Provider.flickr.needsClientSecret)
    }

    @Test(arguments: ["flickr", "steam"])
    func refusesToKeepTokensThatAreOfNoUse(id: String) {
        let found = problems("uses: \(id)\n    clientSecret: s\n    keepTokens: true")
        #expect(found.count == 1 && found[0].contains("providers.corp.keepTokens: is of no use"))
    }
}
