import Martlet
import MartletTesting
import Testing

@Suite("Base64URL, forms and random texts")
struct EncodingTests {
    // MARK: Base64URL

    /// The test vectors of RFC 4648 §10, without padding, and bytes whose encoding differs between the two alphabets.
    @Test(
        arguments: [
            ([], ""), ([0x66], "Zg"), ([0x66, 0x6F], "Zm8"), ([0x66, 0x6F, 0x6F], "Zm9v"),
            ([0x66, 0x6F, 0x6F, 0x62], "Zm9vYg"), ([0xFB, 0xFF, 0xFE], "-__-"), ([0, 0, 0, 0], "AAAAAA"),
        ] as [([UInt8], String)])
    func encodesAndDecodesBytes(bytes: [UInt8], text: String) {
        #expect(Base64URL.encode(bytes) == text)
        #expect(Base64URL.decode(text) == bytes)
    }

    @Test
    func decodesWhatItEncodedForEveryLength() {
        let random = SeededRandom()
        for count in 0..<100 {
            let bytes = random.bytes(count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: [
        "Zg==", "Zg=", "=", "Zm9v ", " Zm9v", "Zm\n9v", "+//+", "Zm9vY", "A", "Zm9v.", "Zm9vé", "Zg\0", "Zh", "Zm9",
    ])
    func refusesWhatIsNotBase64URL(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    // MARK: Forms

    @Test(arguments: [
        ("", ""), ("AZaz09-._~", "AZaz09-._~"), (" ", "%20"), ("+", "%2B"), ("a&b=c", "a%26b%3Dc"), ("é", "%C3%A9"),
        ("名", "%E5%90%8D"), ("\r\n\0", "%0D%0A%00"), ("*!'()", "%2A%21%27%28%29"), ("100%", "100%25"),
        ("/:?#@", "%2F%3A%3F%23%40"),
    ])
    func percentEncodesAllButUnreservedCharacters(text: String, encoded: String) {
        #expect(FormEncoding.percentEncode(text) == encoded)
        #expect(FormEncoding.percentDecode(encoded) == text)
    }

    @Test(arguments: [
        ("a=1&b=2", [["a", "1"], ["b", "2"]]), ("a=1&a=2", [["a", "1"], ["a", "2"]]), ("a", [["a", ""]]),
        ("a=", [["a", ""]]),
        ("=1", [["", "1"]]), ("", []), ("&&a=1&", [["a", "1"]]), ("a=b=c", [["a", "b=c"]]),
        ("a+b=c+d", [["a b", "c d"]]),
        ("a=%2B%20%e5%90%8d", [["a", "+ 名"]]),
    ])
    func decodesAForm(text: String, pairs: [[String]]) throws {
        #expect(try #require(FormEncoding.decode(text)).map { [$0.name, $0.value] } == pairs)
    }

    @Test(arguments: ["%", "%4", "%zz", "%4z", "a=%", "%=a", "a=%ff", "%C3%28=x", "a=1&b=%g1"])
    func refusesABrokenForm(text: String) {
        #expect(FormEncoding.decode(text) == nil)
    }

    @Test
    func keepsAPlusThatIsNoSpace() {
        #expect(FormEncoding.percentDecode("a+b%2B", plusIsSpace: false) == "a+b+")
        #expect(FormEncoding.percentDecode("a+b%2B") == "a b+")
    }

    @Test
    func encodesPairsInTheirOrder() {
        #expect(FormEncoding.encode([("b", "2 3"), ("a", "1"), ("b", "")]) == "b=2%203&a=1&b=")
        #expect(FormEncoding.encode([]) == "")
    }

    @Test(arguments: [
        ("https://a/b", "https://a/b?x=1%202"), ("https://a/b?", "https://a/b?x=1%202"),
        ("https://a/b?y=1", "https://a/b?y=1&x=1%202"), ("https://a/b?y=1&", "https://a/b?y=1&x=1%202"),
        ("https://a/b#f", "https://a/b?x=1%202#f"), ("https://a/b?y=1#f?g", "https://a/b?y=1&x=1%202#f?g"),
    ])
    func addsAQueryToAURL(url: String, expected: String) {
        #expect(url.addingQuery([("x", "1 2")]) == expected)
        #expect(url.addingQuery([]) == url)
    }

    // MARK: Random texts

    @Test
    func drawsTokensOf256Bits() {
        let token = RandomSource.system.token()
        #expect(token.count == 43)
        #expect(Base64URL.decode(token)?.count == 32)
        #expect(RandomSource.system.token(byteCount: 8).count == 11)
        #expect(Set((0..<100).map { _ in RandomSource.system.token() }).count == 100)
    }

    @Test
    func asksItsFunctionForTheBytes() {
        let source = RandomSource { count in [UInt8](repeating: 7, count: count) }
        #expect(source.bytes(3) == [7, 7, 7])
        #expect(source.token(byteCount: 3) == "BwcH")
    }
}
