import Martlet
import Testing

@testable import MartletServer

@Suite("The steps that set a provider up")
struct ProviderSetupTests {
    private func steps(_ id: String, _ language: GuideLanguage = .english) throws -> [String] {
        let provider = try #require(Catalogue.provider(id))
        let setup = ProviderSetup(provider, language: language, publicURL: "https://login.example")
        return setup.text().split(separator: "\n").map(String.init)
    }

    private static func example(_ configure: (inout Provider) -> Void) -> Provider {
        var provider = Provider(id: "my-idp", name: "One_Two")
        provider.authorizationEndpoint = "https://id.example/authorize"
        provider.tokenEndpoint = "https://id.example/token"
        configure(&provider)
        return provider
    }

    @Test
    func sayWhereToRegisterAndWhatToCopyWhere() {
        let provider = Self.example {
            $0.documentation = "https://id.example/docs"
            $0.registration = Registration(
                page: "https://id.example/apps", clientID: "App key", redirectURI: "Callback",
                notes: ["en": "Tick everything.", "zh-Hans": "全部勾选。"])
            $0.scopes = ["a", "b"]
            $0.fieldScopes = ["name": "a", "avatar": "a", "email": "c"]
        }
        #expect(
            ProviderSetup(provider, language: .english).text() == """
                One_Two

                1. Register an application: https://id.example/apps
                2. Tick everything.
                3. Under Callback, enter PUBLIC_URL/api/auth/oauth/my-idp/callback
                4. Copy into the configuration:
                   - App key: providers.my-idp.clientID, or MARTLET_PROVIDERS_MY_IDP_CLIENT_ID
                   - Client secret: providers.my-idp.clientSecret, or MARTLET_PROVIDERS_MY_IDP_CLIENT_SECRET

                - Scopes asked for: a b
                - For name, picture: a
                - For email: c, which scopes must name
                - Tokens can be refreshed, if the provider gives a refresh token.
                - Documentation: https://id.example/docs

                """)
        #expect(
            ProviderSetup(provider, language: .simplifiedChinese).markdown() == """
                1. 登记应用：<https://id.example/apps>
                2. 全部勾选。
                3. 在 **Callback** 填写 `PUBLIC_URL/api/auth/oauth/my-idp/callback`
                4. 填入配置：
                   - **App key**：`providers.my-idp.clientID`，或 `MARTLET_PROVIDERS_MY_IDP_CLIENT_ID`
                   - **Client secret**：`providers.my-idp.clientSecret`，或 `MARTLET_PROVIDERS_MY_IDP_CLIENT_SECRET`

                - 默认申请的权限：`a` `b`
                - 名称、头像需要 `a`
                - 邮箱需要 `c`，须自行写入 `scopes`
                - 平台如果返回刷新令牌，可以刷新。
                - 文档：<https://id.example/docs>

                """)
    }

    @Test(arguments: [
        ("apple", ["clientID", "privateKeyFile", "keyID", "teamID"]), ("github", ["clientID", "clientSecret"]),
        ("alipay", ["clientID", "privateKeyFile", "answerKey"]),
        ("auth0", ["domain", "clientID", "clientSecret"]),
        ("wechat_work", ["clientID", "clientSecret", "authorizeParameters.agentid"]),
        ("bungie", ["clientID", "clientSecret", "apiKey"]),
    ])
    func nameEverySettingThatAnEntryNeeds(id: String, keys: [String]) throws {
        let provider = try #require(Catalogue.provider(id))
        #expect(provider.settings(.english).flatMap(\.paths).map { $0.joined(separator: ".") } == keys)
    }

    /// The variables are those that the configuration reads.
    @Test(arguments: Catalogue.all.filter(\.hasBrowserStep).map(\.id))
    func nameVariablesThatTheConfigurationTakes(id: String) throws {
        let provider = try #require(Catalogue.provider(id))
        for setting in provider.settings(.english) {
            guard let variable = setting.variable(providerID: id), let path = setting.paths.first else { continue }
            var root = try ConfigurationNode.parse("", file: "none")
            var reader = ConfigurationReader()
            EnvironmentOverlay([variable: "value"]).apply(to: &root, reader: &reader)
            let found = (["providers", id] + path).reduce(root) { node, key in node?[key] }
            #expect(reader.problems.isEmpty && found != nil, "\(variable)")
        }
    }

    @Test
    func offerAlternativesOfAParameter() throws {
        let provider = Self.example { $0.requiredAuthorizeParameters = ["connection | Org"] }
        let setting = try #require(provider.settings(.english).last)
        #expect(setting.paths == [["authorizeParameters", "connection"], ["authorizeParameters", "Org"]])
        #expect(setting.variable(providerID: "my-idp") == nil)
        let text = ProviderSetup(provider, language: .english).text()
        #expect(
            text.contains("providers.my-idp.authorizeParameters.connection or providers.my-idp.authorizeParameters.Org")
        )
    }

    @Test(arguments: [
        ("amazon", true, false), ("google", true, true), ("wechat_mini", false, false), ("wechat_work", false, false),
        ("flickr", false, false),
    ])
    func sayWhatCanBeDoneWithTokens(id: String, refresh: Bool, revocation: Bool) throws {
        let steps = try steps(id)
        #expect(steps.contains { $0.contains("can be refreshed") } == refresh)
        #expect(steps.contains("- Tokens can be revoked.") == revocation)
    }

    @Test
    func giveAHostWhereTheVendorAsksForADomain() throws {
        #expect(
            try steps("wechat_open").contains(
                "3. Under 授权回调域, enter the host of https://login.example; the redirect URI is "
                    + "https://login.example/api/auth/oauth/wechat_open/callback"))
    }

    @Test(arguments: [("csdn", true), ("bitly", true), ("mixcloud", true), ("github", false)])
    func warnOfAHandleThatIdentifiesPeople(id: String, isWarned: Bool) throws {
        let setting = "providers.\(id).insecureAllowHandleAsSubject: true"
        #expect(try steps(id).contains { $0.contains("only by a handle") && $0.hasSuffix(setting) } == isWarned)
        #expect(try steps(id, .simplifiedChinese).contains { $0.hasSuffix(setting) } == isWarned)
    }

    @Test
    func haveNoRedirectURIWhereThereIsNoBrowser() throws {
        let steps = try steps("wechat_mini")
        #expect(!steps.contains { $0.contains("callback") })
        #expect(steps.contains { $0.contains("no sign-in in a browser") })
        #expect(steps.contains("   - AppSecret: clientSecret"))
    }

    @Test(arguments: Catalogue.all.map(\.id))
    func sayForEveryEntryWhereAnApplicationIsRegistered(id: String) throws {
        let registration = try #require(Catalogue.provider(id)?.registration)
        #expect(registration.page.hasPrefix("https://"))
        #expect(registration.notes.isEmpty || registration.notes.keys.sorted() == ["en", "zh-Hans"])
    }

    @Test(arguments: [
        (["LANG": "zh_CN.UTF-8"], GuideLanguage.simplifiedChinese), (["LANG": "en_GB.UTF-8"], .english),
        (["LANG": "zh_CN.UTF-8", "LC_ALL": "C"], .english),
        (["LANG": "C", "LC_MESSAGES": "zh_CN"], .simplifiedChinese),
        (["LANG": "zh_TW.UTF-8"], .english), ([:], .english),
    ])
    func areInTheLanguageOfTheTerminal(environment: [String: String], language: GuideLanguage) {
        #expect(GuideLanguage(environment: environment) == language)
    }

    @Test
    func meanNothingInMarkdownThatAVendorDoesNotMean() {
        let phrase: Phrase = "\(strong: "a_b*c|<d>") \(code: "x|y") \(link: "https://e.example/a_b")"
        #expect(phrase.markdown == #"**a\_b\*c\|\<d\>** `x\|y` <https://e.example/a_b>"#)
        #expect(phrase.text == "a_b*c|<d> x|y https://e.example/a_b")
    }
}
