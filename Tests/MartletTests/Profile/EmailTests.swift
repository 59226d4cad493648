import FoundationEssentials
import Martlet
import Testing

@Suite("Email addresses")
struct EmailTests {
    @Test(arguments: [
        "a@b", "jane.doe+tag@mail.example.com", "o'hara@example.com", "jane@münchen.example", "名@例.example",
        "Jane@Example.COM", String(repeating: "a", count: 248) + "@b.com",
    ])
    func acceptsAPlainAddressAsItIsWritten(text: String) throws {
        let email = try #require(Email(text, isVerified: true))
        #expect(email.value == text)
        #expect(email.isVerified)
    }

    @Test(arguments: [
        "", "@", "a", "a@", "@b", "a@b@c", "a@@b", "a b@c", "a@b c", " a@b", "a@b ", "a@b\n", "a\t@b", "a\0@b",
        "a@b\u{7F}", "a@b\u{A0}c", "a@b\u{3000}", "a@b\u{200B}", "a@b\u{202E}", "a\u{AD}@b", "a@b\u{85}",
        "a\u{FF20}b", "a\u{FE6B}b", "x@a\u{FF20}b", "<a@b>", "Jane <a@b>", "a@b,c@d", "a@b;c", "(x)a@b", "a:b@c",
        "a@\u{308}b", "名@@例", "a@b@名", "@名", "名@", #""a"@b"#, #"a\@b"#, "a@[127.0.0.1]", "a@b\r\nBcc: x",
    ])
    func refusesAnythingElse(text: String) {
        #expect(Email(text, isVerified: true) == nil)
    }

    @Test
    func refusesAnOversizeAddress() {
        #expect(Email(String(repeating: "a", count: 253) + "@b", isVerified: true) == nil)
        #expect(Email(String(repeating: "名", count: 85) + "@b", isVerified: true) == nil)
    }

    @Test
    func comparesWithoutRegardToCase() throws {
        let one = try #require(Email("Jane@Example.com", isVerified: true))
        let two = try #require(Email("jANE@eXAMPLE.COM", isVerified: true))
        #expect(one.comparisonKey == two.comparisonKey)
        #expect(one != two)
    }

    @Test
    func keepsAProfileThroughItsStoredForm() throws {
        let profile = UserProfile(
            subject: "1", formerSubject: "0", username: "u", name: "n", email: Email("a@b", isVerified: false),
            avatar: "https://a", identifiers: ["openid": "0"], raw: .object(["id": .number(1)]))
        let stored = try JSONEncoder().encode(profile)
        #expect(try JSONDecoder().decode(UserProfile.self, from: stored) == profile)
    }
}
