import Testing

@testable import MartletServer

@Suite struct PageIconTests {
    @Test(arguments: [
        ("X", "X"), ("Google", "G"), ("GitHub", "GH"), ("LinkedIn", "LI"), ("QQ", "QQ"), ("Microsoft Entra ID", "ME"),
        ("Login.gov", "LG"), ("23andMe", "2M"), ("微信", "微"), ("LINE", "L"), ("카카오", "카"), ("eBay", "EB"),
        ("ßeta", "ß"), ("Яндекс", "Я"), ("E\u{301}cole", "E"), ("", "•"), ("🔑", "•"), ("<>&\"'", "•"),
        ("\u{202E}\u{200B}Bank", "B"), ("  acme  corp  ", "AC"), ("豆瓣 Douban", "豆"),
    ])
    func takesAProvidersMonogram(name: String, monogram: String) {
        #expect(Monogram(provider: name).text == monogram)
    }

    @Test(arguments: [
        ("Ada Lovelace", "AL"), ("ada", "A"), ("Jean-Luc Picard", "JP"), ("王小明", "王"), ("ada@example.com", "AC"),
        (" ", "•"), ("O’Brien", "OB"), ("عمر خيام", "ع"),
    ])
    func takesAPersonsInitials(name: String, initials: String) {
        #expect(Monogram(person: name).text == initials)
    }

    @Test func drawsTheMonogramOnTheColour() {
        let icon = ProviderIcon.svg(name: "GitHub", colour: "#24292F")
        #expect(icon.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        #expect(icon.contains("fill=\"#24292f\""))
        #expect(icon.contains(">GH</text></svg>"))
        #expect(ProviderIcon.svg(name: "微信", colour: "#07c160").contains("font-size=\"36\""))
    }

    @Test(arguments: [
        "</text><script>alert(1)</script>", "\"\u{301}\u{0}<a", "]]>", "&amp;", "\u{FFFE}\u{1}",
        "Z\u{301}\u{302}\u{303}",
        String(repeating: "A\u{301}", count: 100_000),
    ])
    func keepsAHostileNameOutOfTheMarkup(name: String) {
        let icon = ProviderIcon.svg(name: name, colour: name)
        #expect(icon.tags.map(\.name) == ["svg", "rect", "text", "/text", "/svg"])
        #expect(icon.utf8.count < 600)
        #expect(icon.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{301}" && $0 != "\u{FFFE}" })
        #expect(icon.contains("#4b5563"))
    }

    @Test(arguments: ["", "#fff", "24292f", "#24292g", "#24292f0", "#+12345", "red", "#２４２９２f"])
    func takesGreyForAnythingThatIsNoColour(colour: String) {
        #expect(TileColour(hex: colour) == nil)
        #expect(ProviderIcon.svg(name: "A", colour: colour).contains("fill=\"#4b5563\""))
    }

    @Test func writesLegiblyOnEveryColour() throws {
        for red in stride(from: 0, through: 255, by: 15) {
            for green in stride(from: 0, through: 255, by: 15) {
                for blue in stride(from: 0, through: 255, by: 15) {
                    let hex = "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                    let colour = try #require(TileColour(hex: hex))
                    #expect(colour.hex == hex)
                    #expect(colour.contrast(toLuminance: colour.ink == "#ffffff" ? 1 : 0) >= 4.5)
                }
            }
        }
    }

    @Test(arguments: [
        "https://avatars.example/u/1?s=64&v=4", "HTTPS://avatars.example/a", "http://localhost:8080/a.png",
        "http://127.0.0.1/a.png", "http://[::1]:9000/a.png",
    ])
    func acceptsAPictureOverTLSOrFromTheLoopback(url: String) {
        #expect(AvatarSource(url)?.url == url)
    }

    @Test(arguments: [
        nil, "", "http://avatars.example/a", "javascript:alert(1)", "data:image/svg+xml,<svg/>", "//evil.example/a",
        "/local/a.png", "https://", "https:a.png", "ftp://avatars.example/a", "https://user@avatars.example/a",
        "https://:pw@avatars.example/a", "http://evil.example\\@localhost/a", "http://localhost.evil.example/a",
        "http://localhost@evil.example/a", "https://avatars.example/a b", "https://avatars.example/a\n",
        "blob:https://x/y",
        " https://avatars.example/a",
    ])
    func refusesAnyOtherPicture(url: String?) {
        #expect(AvatarSource(url) == nil)
    }
}
