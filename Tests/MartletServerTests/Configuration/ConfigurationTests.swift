import FoundationEssentials
import Martlet
import MartletAccounts
import Testing

@testable import MartletServer

@Suite struct ConfigurationTests {
    static let github = "providers:\n  github:\n    clientID: id\n    clientSecret: secret\n"

    private func problems(_ text: String, environment: [String: String] = [:]) -> [String] {
        do throws(ConfigurationError) {
            _ = try ServerConfiguration.parse(text, file: "martlet.yaml", environment: environment)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test func hasDefaultsForEverythingButProviders() throws {
        let configuration = try ServerConfiguration.parse("", file: "martlet.yaml")
        #expect(configuration.publicURL.origin == "http://localhost:8080")
        #expect(configuration.listen.description == "127.0.0.1:8080")
        #expect(configuration.store == .sqlite(path: "var/martlet.sqlite"))
        #expect(configuration.secretsFile == "var/secrets")
        #expect(configuration.linking == LinkingPolicy(signUp: .open, emailMatch: .ask))
        #expect(configuration.providers.isEmpty && configuration.trustedProxies.isEmpty)
        #expect(!configuration.insecureAllowHTTP)
    }

    @Test(arguments: ["postgres://martlet:s3cret@db1,db2/martlet", "postgresql:///martlet?host=/run/postgresql"])
    func takesAPostgreSQLDatabaseByItsURI(url: String) throws {
        let configuration = try ServerConfiguration.parse(
            "store: \(url)\nstoreConnections: 3\nshutdownDelay: 5\nsessionCache: 2\nauditRetentionDays: 30",
            file: "martlet.yaml")
        #expect(configuration.store == .postgres(url: Secret(url)))
        #expect(configuration.storeConnections == 3 && configuration.shutdownDelay == 5)
        #expect(configuration.sessionCache == 2 && configuration.auditRetentionDays == 30)
        #expect(!"\(configuration.store)".contains("s3cret"))
    }

    @Test func readsEveryKindOfProvider() throws {
        let configuration = try ServerConfiguration.parse(
            """
            publicURL: https://login.example.com/
            listen: "[::]:80"
            store: sqlite:/data/m.sqlite
            signUp: closed
            emailMatch: link
            allowedRedirectOrigins: [https://app.example.com]
            providers:
              github:
                clientID: 12345
                clientSecret: secret
                scopes: [read:user]
                prompt: select_account
              corp:
                issuer: https://login.corp.example
                clientID: id
                clientSecret: secret
              work-github:
                uses: github
                name: Work
                clientID: id
                clientSecret: secret
                authorizationEndpoint: https://ghe.example/login/oauth/authorize
                enabled: false
                trustEmail: true
              acme:
                name: Acme
                authorizationEndpoint: https://acme.example/oauth/authorize
                tokenEndpoint: https://acme.example/oauth/token
                userInfoEndpoint: https://acme.example/api/me
                scopes: [profile]
                clientAuthentication: none
                clientID: id
                profile: { id: data.id, username: data.login, email: data.email, emailVerified: true }
            """, file: "martlet.yaml")
        #expect(
            configuration.publicURL.redirectURI(providerID: "corp")
                == "https://login.example.com/api/auth/oauth/corp/callback")
        #expect(configuration.listen == .init(host: "::", port: 80))
        #expect(configuration.linking == LinkingPolicy(signUp: .closed, emailMatch: .link))
        let providers = Dictionary(uniqueKeysWithValues: configuration.providers.map { ($0.id, $0) })
        let github = try #require(providers["github"])
        #expect(github.clientID == "12345" && github.provider.scopes == ["read:user"])
        #expect(github.provider.authorizeParameters["prompt"] == "select_account")
        #expect(github.provider.tokenEndpoint == Provider.github.tokenEndpoint)
        #expect(providers["corp"]?.provider.issuer == "https://login.corp.example")
        #expect(providers["corp"]?.provider.scopes == ["openid", "profile", "email"])
        let work = try #require(providers["work-github"])
        #expect(!work.isEnabled && work.trustsEmail && work.provider.name == "Work")
        #expect(work.provider.authorizationEndpoint == "https://ghe.example/login/oauth/authorize")
        #expect(work.provider.emailsRequest == Provider.github.emailsRequest)
        #expect(providers["acme"]?.provider.profile.emailVerified == "true")
        #expect(providers["acme"]?.provider.profile.id == "data.id")
    }

    @Test func readsJSON() throws {
        let configuration = try ServerConfiguration.parse(
            #"{"listen": "0.0.0.0:9000", "providers": {"github": {"clientID": "id", "clientSecret": "s"}}}"#,
            file: "martlet.json")
        #expect(configuration.listen.port == 9000 && configuration.providers.count == 1)
    }

    @Test(arguments: [
        ("publicUrl: https://x.example", "martlet.yaml:1: publicUrl: unknown key; did you mean publicURL?"),
        ("publicURL: login.example.com", "martlet.yaml:1: publicURL: expected scheme and host only"),
        ("publicURL: http://login.example.com", "http is for localhost only"),
        ("publicURL: https://x.example/path", "expected scheme and host only"),
        ("listen: 8080", "martlet.yaml:1: listen: expected an address and a port"),
        ("listen: localhost:70000", "expected an address and a port"),
        ("store: mysql://x", "martlet.yaml:1: store: expected sqlite:"),
        ("signUp: maybe", "expected one of open, closed"),
        ("emailMatch: [ask]", "emailMatch: expected text"),
        ("insecureAllowHTTP: sometimes", "expected true or false"),
        ("sessionLifetime: 5", "expected a whole number from 60"),
        ("allowedRedirectOrigins: [\"https://a.example/path\"]", "is not an origin"),
        ("allowedRedirectOrigins: [\"https://*.example\"]", "is not an origin"),
        ("providers:\n  wechat_work: {clientID: a, clientSecret: b}", "authorizeParameters.agentid: is missing"),
        (
            "providers:\n  csdn: {clientID: a, clientSecret: b}",
            "martlet.yaml:2: providers.csdn.insecureAllowHandleAsSubject: is not set: CSDN knows people only by a handle"
        ),
        (
            "providers:\n  forum: {uses: csdn, clientID: a, clientSecret: b, insecureAllowHandleAsSubject: false}",
            "providers.forum.insecureAllowHandleAsSubject: is not set"
        ),
        ("providers:\n  wechat_mini: {clientID: a, clientSecret: b}", "has no sign-in in a browser"),
        ("trustedProxies: [proxy.example]", "is not an IP address"),
        ("secrets: [short]", "each needs at least 32 random bytes"),
        ("- a", "expected a map of settings"),
        ("a: [", "martlet.yaml:"),
        ("signUp: open\nsignUp: closed", "is given twice"),
        ("providers:\n  github: {clientSecret: s}", "providers.github.clientID: is missing"),
        ("providers:\n  github: {clientID: a}", "providers.github.clientSecret: is missing"),
        ("providers:\n  nobody: {clientID: a, clientSecret: b}", "nobody is not in the catalogue"),
        ("providers:\n  x: {uses: nobody, clientID: a, clientSecret: b}", "there is no catalogue entry nobody"),
        ("providers:\n  Bad Id: {clientID: a}", "an id is 1 to 64 lower-case letters"),
        ("providers:\n  github: yes", "expected a map of settings"),
        ("providers: [github]", "martlet.yaml:1: providers: expected a map"),
        ("providers: github", "martlet.yaml:1: providers: expected a map"),
        (
            "providers:\n  github:\n    clientID: a\n    clientSecret: \"\"",
            "martlet.yaml:4: providers.github.clientSecret: is empty"
        ),
        (
            "providers:\n  github:\n    clientID: a\n    clientSecret: b\n    scops: [x]",
            "martlet.yaml:5: providers.github.scops"
        ),
        (
            "providers:\n  github:\n    clientID: a\n    clientSecret: b\n    pkce: maybe",
            "martlet.yaml:5: providers.github.pkce"
        ),
        (
            "providers:\n  github:\n    clientID: a\n    clientSecret: b\n    profile:\n      ident: x",
            "martlet.yaml:6: providers.github.profile.ident: unknown key"
        ),
        (
            "providers:\n  github:\n    clientID: a\n    clientSecret: b\n    name: [x]",
            "martlet.yaml:5: providers.github.name: expected text"
        ),
        (
            "providers:\n  github:\n    clientID: a\n    clientSecret: b\n    tokenEndpoint: http://x.example/t",
            "a provider's endpoints must be https"
        ),
        (
            "providers:\n  github:\n    clientID: a\n    clientSecret: b\n    tokenEndpoint: http://127.0.0.1/t",
            "set `insecureAllowHTTP: true`"
        ),
        (
            "providers:\n  github:\n    clientID: a\n    clientSecret: b\n    tokenEndpoint: /t",
            "is not an absolute URL"
        ),
        ("providers:\n  corp: {issuer: \"https://{tenant}.example\", clientID: a, clientSecret: b}", "needs tenant"),
        ("providers:\n  github:\n    clientID: a\n    clientSecret: b\n    clientSecretFile: x", "keep one of the two"),
        ("providers:\n  github:\n    clientID: a\n    clientSecretFile: no/such/file", "cannot be read"),
    ])
    func explainsWhatIsWrongAndWhere(text: String, expected: String) {
        let found = problems(text)
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }

    @Test func tellsAllProblemsAtOnce() {
        let found = problems("listen: x\nsignUp: y\nproviders:\n  github: {}\n")
        #expect(found.count == 4)
    }

    @Test func neverShowsASecretInAProblem() {
        let found = problems("providers:\n  github:\n    clientID: a\n    clientSecret: [hush-hush]\n")
        #expect(!found.isEmpty && !found.joined().contains("hush-hush"))
    }

    @Test func takesTheEnvironmentOverTheFile() throws {
        let environment = [
            "MARTLET_PUBLIC_URL": "https://env.example", "MARTLET_LISTEN": "127.0.0.1:1234",
            "MARTLET_PROVIDERS_GITHUB_CLIENT_SECRET": "from-env", "MARTLET_PROVIDERS_GITHUB_SCOPES": "a,b",
            "MARTLET_PROVIDERS_WECHAT_MP_CLIENT_ID": "wx1", "MARTLET_PROVIDERS_WECHAT_MP_CLIENT_SECRET": "s",
            "MARTLET_PROVIDERS_GITHUB_PROFILE_ID": "node_id", "MARTLET_INSECURE_ALLOW_HTTP": "true", "HOME": "/x",
        ]
        let configuration = try ServerConfiguration.parse(Self.github, file: "f", environment: environment)
        #expect(configuration.publicURL.origin == "https://env.example" && configuration.listen.port == 1234)
        #expect(configuration.insecureAllowHTTP)
        let github = try #require(configuration.providers.first { $0.id == "github" })
        #expect(github.clientSecret == "from-env" && github.provider.scopes == ["a", "b"])
        #expect(github.provider.profile.id == "node_id")
        #expect(configuration.providers.contains { $0.id == "wechat_mp" && $0.clientID == "wx1" })
    }

    @Test func takesASecretOfTheEnvironmentOverAFileThatTheFileNames() throws {
        func secret(_ line: String, _ environment: [String: String]) throws -> Secret? {
            let text = "providers:\n  github:\n    clientID: a\n    \(line)\n"
            let prefixed = environment.map { ("MARTLET_PROVIDERS_GITHUB_CLIENT_SECRET\($0)", $1) }
            return try ServerConfiguration.parse(
                text, file: "f", environment: Dictionary(uniqueKeysWithValues: prefixed)
            ).providers.first?.clientSecret
        }
        let path = FileManager.default.temporaryDirectory.path() + "/martlet-secret-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("from-file\n".utf8).write(to: URL(filePath: path))
        #expect(try secret("clientSecretFile: no/such/file", ["": "from-env"]) == "from-env")
        #expect(try secret("clientSecret: in-place", ["_FILE": path]) == "from-file")
        let both = #expect(throws: ConfigurationError.self) { try secret("", ["": "x", "_FILE": path]) }
        #expect(both.map { "\($0)".contains("keep one of the two") } == true)
        try Data("\n".utf8).write(to: URL(filePath: path))
        let empty = #expect(throws: ConfigurationError.self) { try secret("clientSecretFile: \(path)", [:]) }
        #expect(empty.map { "\($0)".contains("f:4: providers.github.clientSecretFile: is empty") } == true)
    }

    @Test func keepsTheOrderOfTheFileWhateverTheEnvironmentSets() throws {
        let ids = ["google", "github", "gitee"]
        let file = "providers:\n" + ids.map { "  \($0):\n    clientID: a\n" }.joined()
        let environment = ids.map { ("MARTLET_PROVIDERS_\($0.uppercased())_CLIENT_SECRET", "s") }
        let configuration = try ServerConfiguration.parse(
            file, file: "f", environment: Dictionary(uniqueKeysWithValues: environment))
        #expect(configuration.providers.map(\.id) == ids)
        // A complaint still names the line of the file.
        let found = problems(file, environment: ["MARTLET_PROVIDERS_GITHUB_NAME": "x"])
        #expect(found.contains { $0.hasPrefix("martlet.yaml:4: providers.github.clientSecret: is missing") })
    }

    @Test func takesMembersOfMapsFromTheEnvironment() throws {
        let settings = [
            "WECHAT_WORK_CLIENT_ID": "ww1", "WECHAT_WORK_CLIENT_SECRET": "s",
            "WECHAT_WORK_AUTHORIZE_PARAMETERS_AGENTID": "1000002",
            "GITHUB_AUTHORIZE_PARAMETERS_ALLOW_SIGNUP": "false", "GITHUB_LOCALIZED_NAMES_ZH_HANS": "吉特",
            "GITHUB_LOCALIZED_NAMES_EN_GB": "Git Hub", "GITHUB_USER_INFO_REQUEST_HEADERS_X_API_VERSION": "2",
            "GITHUB_TOKEN_REQUEST_PARAMETERS_AUDIENCE": "a", "GITHUB_PROFILE_IDENTIFIERS_NODE_ID": "node_id",
        ]
        let configuration = try ServerConfiguration.parse(
            "providers: {github: {clientID: a, clientSecret: b, authorizeParameters: {login: x}}}", file: "f",
            environment: Dictionary(uniqueKeysWithValues: settings.map { ("MARTLET_PROVIDERS_\($0)", $1) }))
        let work = try #require(configuration.providers.first { $0.id == "wechat_work" }).provider
        #expect(work.authorizeParameters["agentid"] == "1000002")
        #expect(work.localizedNames == ["zh-Hans": "企业微信"])
        let github = try #require(configuration.providers.first { $0.id == "github" }).provider
        #expect(github.authorizeParameters == ["login": "x", "allow_signup": "false"])
        #expect(github.localizedNames == ["zh-Hans": "吉特", "en-GB": "Git Hub"])
        #expect(github.userInfoRequest.headers["x-api-version"] == "2")
        #expect(github.tokenRequest.parameters["audience"] == "a")
        #expect(github.profile.identifiers["node_id"] == "node_id")
    }

    @Test func complainsOfAVariableThatNamesNothing() {
        let found = problems(
            Self.github,
            environment: [
                "MARTLET_PUBLICURL": "x", "MARTLET_PROVIDERS_GITHUB_SECRT": "y",
                "MARTLET_PROVIDERS_GITHUB_AUTHORIZE_PARAMETERS_": "z", "MARTLET_PROVIDERS_GITHUB_SCOPES_X": "z",
            ])
        #expect(found.count == 4)
        #expect(found.allSatisfy { $0.contains("names no setting") })
    }

    @Test func complainsOfAFileThatIsNotThere() {
        #expect(throws: ConfigurationError.self) {
            try ServerConfiguration.load(path: "no/such/martlet.yaml", environment: [:])
        }
    }

    @Test func readsASecretFromAFile() throws {
        let path = FileManager.default.temporaryDirectory.path() + "/martlet-secret-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("  from-file\n".utf8).write(to: URL(filePath: path))
        let configuration = try ServerConfiguration.parse(
            "providers:\n  github: {clientID: a, clientSecretFile: \"\(path)\"}\n", file: "f")
        #expect(configuration.providers.first?.clientSecret == "from-file")
    }

    @Test(arguments: Catalogue.all)
    func printsEachEntrySoThatItCanBeUsed(provider: Provider) throws {
        let path = FileManager.default.temporaryDirectory.path() + "/martlet-key-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recorded = try CatalogueFixture.all.first { $0.id == provider.id }?.recordings().first?["configuration"]
        try Data((recorded?["privateKey"]?.string ?? SamplePEM.key).utf8).write(to: URL(filePath: path))
        let answerKey = recorded?["answerKey"]?.string
        let text = try provider.configurationText()
            .replacing("answerKey: …", with: "answerKey: \(answerKey ?? "")")
            .replacing("privateKeyFile: …", with: "privateKeyFile: \(path)")
            .replacing("insecureAllowHandleAsSubject: …", with: "insecureAllowHandleAsSubject: true")
            .replacing("clientSecret: …", with: "clientSecret: a secret of thirty-two bytes for HS256")
            .replacing("…", with: "x")
        let node = try ConfigurationNode.parse(text, file: "shown")
        var reader = ConfigurationReader()
        let entry = try #require(node["providers"]?.entries.first)
        var expected = provider
        if provider.signedClientSecret != nil { expected.teamID = "x" }
        expected.insecureAllowHandleAsSubject = provider.profile.idIsHandle
        if provider.needsAPIKey { expected.apiKey = "x" }
        if provider.signing == .alipay { expected.answerKey = answerKey }
        for (_, endpoint) in provider.endpoints {
            if endpoint.contains("{domain}") { expected.domain = provider.domain ?? "x" }
            if endpoint.contains("{tenant}") { expected.tenant = provider.tenant ?? "x" }
        }
        #expect(ProviderConfiguration(entry, allowsHTTP: false, &reader)?.provider == expected)
        #expect(reader.problems.isEmpty)
    }

    private func demo(_ simulated: [String], _ ids: [String]? = nil) throws(ConfigurationError) -> ServerConfiguration {
        try .demo(port: 1, simulator: "http://127.0.0.1:2", folder: "x", simulated: simulated, providerIDs: ids)
    }

    @Test func offersInTheDemoEveryBrowserProviderThatIsSimulated() throws {
        let demo = try demo(["qq", "openid", "github", "wechat_mini"])
        #expect(demo.providers.map(\.id) == ["github", "qq", "openid"])
        for (_, endpoint) in demo.providers.flatMap(\.provider.endpoints) {
            #expect(endpoint.hasPrefix("http://127.0.0.1:2/"))
        }
    }

    @Test(arguments: ["nobody", "google", "wechat_mini"])
    func refusesToShowAProviderInTheDemoThatIsNotSimulated(id: String) {
        let error = #expect(throws: ConfigurationError.self) { try demo(["github", "wechat_mini"], [id]) }
        let words = error.map { "\($0)" } ?? ""
        #expect(words.contains("\(id) has no simulated sign-in; these have: github"))
    }
}
