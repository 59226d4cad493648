import FoundationEssentials
import Martlet
import Testing

@testable import MartletServer

@Suite("The tables of providers")
struct ProviderTableTests {
    private func provider(_ configure: (inout Provider) -> Void = { _ in }) -> Provider {
        var provider = Provider(id: "one", name: "One|Two")
        provider.authorizationEndpoint = "https://id.example/authorize"
        provider.tokenEndpoint = "https://id.example/token"
        configure(&provider)
        return provider
    }

    private func row(
        _ language: GuideLanguage = .english, _ configure: (inout Provider) -> Void
    ) throws -> [String] {
        let page = ProviderTable.markdown([provider(configure)], language: language)
        let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("| <img") })
        let cells = line.split(separator: " |", omittingEmptySubsequences: false).dropLast()
        return cells.map { cell in
            let name = cell.firstRange(of: "&nbsp;").map { cell[$0.upperBound...] } ?? cell
            return String(name.drop { $0 == " " })
        }
    }

    private static let documents: URL = {
        var folder = URL(filePath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder.appending(path: "docs")
    }()

    @Test(arguments: [("providers.md", GuideLanguage.english), ("providers.zh-CN.md", .simplifiedChinese)])
    func arePagesWrittenForTheCatalogueThatThereIs(name: String, language: GuideLanguage) throws {
        let page = try #require(FileManager.default.contents(atPath: Self.documents.appending(path: name).path()))
        let written = ProviderTable.markdown(Catalogue.all, language: language)
        #expect(String(decoding: page, as: UTF8.self) == written, "run `make providers`")
    }

    @Test
    func haveAnIconForEachEntryAndNoOther() throws {
        let folder = Self.documents.appending(path: "icons")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(Set(names) == Set(Catalogue.all.map { "\($0.id).svg" }), "run `make providers`")
        for provider in Catalogue.all {
            let icon = FileManager.default.contents(atPath: folder.appending(path: "\(provider.id).svg").path())
            #expect(icon.map { String(decoding: $0, as: UTF8.self) } == ProviderTable.icon(of: provider))
        }
    }

    @Test
    func sayWhatIsWrittenOfAProvider() throws {
        let cells = try row {
            $0.scopes = ["a", "https://id.example/scopes/b"]
            $0.profile.emailVerified = "verified | confirmed"
        }
        #expect(
            cells == [
                #"[One\|Two](#one)"#, "`one`", "OAuth 2.0", "`a` `…/b`", #"`verified \| confirmed`"#,
            ])
    }

    @Test
    func areInTheLanguageThatIsAskedFor() throws {
        let cells = try row(.simplifiedChinese) {
            $0.localizedNames = ["zh-Hans": "壹"]
            $0.profile.emailVerified = nil
        }
        #expect(cells == ["[壹](#one)", "`one`", "OAuth 2.0", "", "未验证"])
    }

    @Test
    func leaveEmptyWhatAProviderLacks() throws {
        let cells = try row { $0.profile.email = nil }
        #expect(cells == [#"[One\|Two](#one)"#, "`one`", "OAuth 2.0", "", "no email"])
    }

    @Test
    func nameTheProtocol() throws {
        #expect(try row { $0.issuer = "https://id.example" }[2] == "OAuth 2.0")
        #expect(try row { $0.flow = .oauth1 }[2] == "OAuth 1.0a")
        #expect(try row { $0.flow = .openID2 }[2] == "OpenID 2.0")
        let cells = try row {
            $0.issuer = "https://id.example"
            $0.scopes = ["openid"]
        }
        #expect(cells[2] == "OpenID Connect" && cells[4] == "`email_verified`")
    }

    @Test(arguments: [(nil, "unverified"), ("false", "unverified"), ("true", "documented: only verified addresses")])
    func sayWhatProvesAnEmail(proof: String?, words: String) throws {
        #expect(try row { $0.profile.emailVerified = proof.map { FieldExpression($0) } }[4] == words)
    }

    @Test
    func nameTheConditionsOfAListOfAddresses() throws {
        let cells = try row {
            $0.emailsRequest = ProviderCall(endpoint: "https://id.example/emails")
            $0.emails.verified = "state=confirmed"
        }
        #expect(cells[4] == "`primary` and `state=confirmed` in the list of addresses")
    }

    @Test(arguments: [
        (["WeChat"], ["wechat_a", "wechat_b"]), (["微信"], ["wechat_a"]), (["wechat", "b"], ["wechat_b"]), (["x"], []),
    ])
    func areNarrowedByWords(words: [String], ids: [String]) {
        var first = Provider(id: "wechat_a", name: "A")
        first.localizedNames = ["zh-Hans": "微信"]
        let second = Provider(id: "wechat_b", name: "WeChat")
        let all = [first, second, Provider(id: "one", name: "One")]
        #expect(ProviderTable.matching(words, in: all).map(\.id) == ids)
    }

    @Test
    func lineUpWhereNamesAreWide() {
        var wide = provider { $0.localizedNames = ["zh-Hans": "微信（网页）"] }
        wide.scopes = ["a", "b"]
        var narrow = provider { $0.name = "Café" }
        narrow.id = "another"
        let lines = ProviderTable.text([wide, narrow], language: .simplifiedChinese).split(separator: "\n")
        #expect(
            lines == [
                "id       平台          协议       邮箱证明        默认权限",
                "one      微信（网页）  OAuth 2.0  email_verified  a b",
                "another  Café          OAuth 2.0  email_verified",
            ])
    }

    @Test
    func giveProgramsTheFacts() throws {
        let entry = provider {
            $0.scopes = ["a"]
            $0.fieldScopes = ["email": "a"]
            $0.registration = Registration(page: "https://id.example/apps", clientID: "App key")
            $0.requiredAuthorizeParameters = ["agentid"]
        }
        let facts = try #require(ProviderTable.json([entry]).array?.first)
        #expect(facts["protocol"] == .string("OAuth 2.0") && facts["browser"] == .bool(true))
        #expect(facts["scopes"] == .array([.string("a")]) && facts["fieldScopes"] == ["email": .string("a")])
        #expect(facts["registration"]?["clientID"] == .string("App key"))
        let settings = try #require(facts["settings"]?.array)
        #expect(
            settings.map { $0["keys"]?.array?.first?.string } == [
                "clientID", "clientSecret", "authorizeParameters.agentid",
            ])
        #expect(settings.map { $0["secret"] } == [.bool(false), .bool(true), .bool(false)])
        #expect(settings[2]["variable"] == .string("MARTLET_PROVIDERS_ONE_AUTHORIZE_PARAMETERS_AGENTID"))
    }
}
