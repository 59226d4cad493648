import Testing

@testable import MartletServer

@Suite struct PageRendererTests {
    let renderer: PageRenderer
    let fixtures = PageFixtures()

    init() throws { renderer = try PageRenderer() }

    @Test func escapesEveryValueInEveryPage() throws {
        let hostile = PageFixtures(
            text: PageFixtures.hostile, avatar: "https://images.example/\"onerror=\"x\"/'<script>")
        for document in try hostile.allDocuments() {
            let scalars = document.unicodeScalars
            #expect(!document.utf8Contains("<script>"))
            #expect(!document.utf8Contains("\"onerror"))
            #expect(
                !zip(scalars, scalars.dropFirst()).contains { "<>\"'".unicodeScalars.contains($0) && $1 == "\u{301}" })
        }
    }

    @Test func isTheSameDocumentWhateverTheTextsAre() throws {
        let hostile = PageFixtures(text: PageFixtures.hostile, avatar: nil)
        let harmless = PageFixtures(text: "x", avatar: nil)
        for (left, right) in zip(try hostile.allDocuments(), try harmless.allDocuments()) {
            #expect(left.tags == right.tags)
        }
    }

    @Test func holdsNoInlineScriptNoInlineStyleAndNoEventHandler() throws {
        for document in try fixtures.allDocuments() {
            let landing = "<script src=\"/auth/assets/landing.js\" defer></script>"
            for tag in document.replacing(landing, with: "").tags {
                #expect(tag.name != "script" && tag.name != "style")
                #expect(!tag.attributes.contains { $0 == "style" || $0.hasPrefix("on") })
            }
            #expect(!document.utf8Contains("javascript:"))
        }
    }

    @Test func closesEveryElementInOrder() throws {
        let void: Set<String> = ["!doctype", "meta", "link", "img", "circle", "path", "input"]
        for document in try fixtures.allDocuments() {
            var open: [String] = []
            for tag in document.tags where !void.contains(tag.name) {
                if tag.name.hasPrefix("/") {
                    #expect(open.popLast() == String(tag.name.dropFirst()))
                } else {
                    open.append(tag.name)
                }
            }
            #expect(open.isEmpty)
        }
    }

    @Test(arguments: PageLanguage.allCases)
    func namesItsLanguage(language: PageLanguage) {
        #expect(renderer.login(fixtures.login(), language: language).contains("<html lang=\"\(language.rawValue)\">"))
    }

    @Test func linksEachProviderToItsAuthorization() {
        let github = ProviderButton(
            id: "github", name: "GitHub", iconURL: "/auth/assets/icons/github.svg",
            authorizeURL: "/api/auth/oauth/github/authorize?redirect_uri=%2F&bind=1")
        let page = LoginPage(productName: "Heron", providers: [github], notice: nil, signedIn: nil, pendingLink: nil)
        let document = renderer.login(page, language: .english)
        #expect(document.contains("href=\"/api/auth/oauth/github/authorize?redirect_uri=%2F&amp;bind=1\""))
        #expect(document.contains("id=\"provider-github\""))
        #expect(document.contains("Continue with GitHub"))
        #expect(renderer.login(page, language: .simplifiedChinese).contains("使用 GitHub 继续"))
    }

    @Test func setsNoSpaceBetweenHanCharacters() {
        let wechat = ProviderButton(id: "wechat", name: "微信", iconURL: "", authorizeURL: "")
        let page = LoginPage(productName: "", providers: [wechat], notice: nil, signedIn: nil, pendingLink: nil)
        #expect(renderer.login(page, language: .simplifiedChinese).contains("使用微信继续"))
    }

    @Test func tellsTheOperatorWhenNoProviderIsConfigured() {
        let document = renderer.login(fixtures.login(hasProviders: false), language: .english)
        #expect(document.contains("add a provider to the service’s configuration"))
        #expect(!document.contains("Choose how"))
        #expect(!renderer.login(fixtures.login(), language: .english).contains("add a provider"))
    }

    @Test func offersProfileAndSignOutToSomebodySignedIn() {
        let document = renderer.login(fixtures.login(signedIn: true), language: .english)
        #expect(document.contains("Ada@example.com"))
        #expect(document.contains("Verified"))
        #expect(document.contains("href=\"/profile\""))
        #expect(document.contains("<form method=\"post\" action=\"/api/auth/logout\">"))
        #expect(document.contains("id=\"sign-out\""))
        #expect(!document.contains("provider-Ada"))
    }

    @Test func marksAnUnverifiedAddress() {
        var page = fixtures.profile(bindings: [])
        page.person.emailVerified = false
        let document = renderer.profile(page, language: .english)
        #expect(document.contains("Not verified"))
        #expect(!document.contains(">Verified") && !document.contains("mark-verified"))
    }

    @Test func listsBindingsWithTheirDates() {
        let english = renderer.profile(fixtures.profile(), language: .english)
        #expect(english.contains("<time datetime=\"2026-11-21T14:05:09Z\">Linked since 21 November 2026</time>"))
        #expect(english.contains(">Until 21 November 2026, 14:05 UTC</time>"))
        let chinese = renderer.profile(fixtures.profile(), language: .simplifiedChinese)
        #expect(chinese.contains("绑定于 2026年11月21日"))
        #expect(chinese.contains("有效期至 2026年11月21日"))
    }

    @Test func doesNotShowThePersonsDetailsInABindingWithoutAny() {
        var row = fixtures.binding
        (row.username, row.email, row.avatar) = (nil, nil, nil)
        let document = renderer.profile(fixtures.profile(bindings: [row]), language: .english)
        #expect(document.split(separator: "Ada@example.com").count == 2)
        #expect(document.split(separator: "https://images.example/").count == 2)
    }

    @Test func letsTheAddressStandInForABlankName() {
        var page = fixtures.profile(bindings: [])
        page.person.name = " \u{200B}"
        let document = renderer.profile(page, language: .english)
        #expect(document.contains("<p class=\"person-name\"><bdi>Ada@example.com</bdi></p>"))
    }

    @Test func loadsPicturesWithoutTellingWhereFrom() {
        let document = renderer.profile(fixtures.profile(), language: .english)
        let pictures = document.split(separator: "<img ").dropFirst().filter { $0.contains("https://images.example/") }
        #expect(pictures.count == 2)
        #expect(pictures.allSatisfy { $0.contains("referrerpolicy=\"no-referrer\"") })
    }

    @Test func replacesARefusedPictureByInitials() {
        let page = PageFixtures(avatar: "javascript:alert(1)").login(signedIn: true)
        let document = renderer.login(page, language: .english)
        #expect(document.contains("<span class=\"avatar\" aria-hidden=\"true\">A</span>"))
    }

    @Test func servesAStyleSheetWithoutForeignReferences() {
        let stylesheet = String(decoding: PageRenderer.stylesheet, as: UTF8.self)
        #expect(stylesheet.contains("prefers-color-scheme: dark"))
        #expect(!stylesheet.contains("url(") && !stylesheet.contains("@import"))
    }
}

/// A start or end tag, as far as the tests look at it.
struct Tag: Equatable {
    let name: String
    let attributes: [String]
}

extension String {
    /// The tags in order with the names of their attributes; attribute values may hold anything but `"`.
    var tags: [Tag] {
        var tags: [Tag] = []
        var rest = unicodeScalars[...]
        while let start = rest.firstIndex(of: "<") {
            var isQuoted = false
            var outline = ""
            rest = rest[rest.index(after: start)...]
            while let scalar = rest.popFirst(), isQuoted || scalar != ">" {
                if scalar == "\"" { isQuoted.toggle() } else if !isQuoted { outline.unicodeScalars.append(scalar) }
            }
            let words = outline.split(whereSeparator: \.isWhitespace)
            let attributes = words.dropFirst().map { String($0.prefix { $0 != "=" }) }
            tags.append(Tag(name: words.first.map(String.init) ?? "", attributes: attributes))
        }
        return tags
    }

    /// Whether the bytes of a text occur, where `contains` would go by characters.
    func utf8Contains(_ text: String) -> Bool {
        let (bytes, wanted) = (Array(utf8), Array(text.utf8))
        return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
    }
}
