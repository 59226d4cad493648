import FoundationEssentials
import Testing

@testable import Martlet

@Suite("JSON values")
struct JSONValueTests {
    private func parse(_ json: String) throws -> JSONValue {
        try JSONValue(parsing: json.utf8)
    }

    static let kinds: [(String, JSONValue)] = [
        ("null", .null), ("true", .bool(true)), ("false", .bool(false)), ("0", .number(0)), ("1", .number(1)),
        (#""1""#, .string("1")), (#""""#, .string("")), ("[]", .array([])), ("{}", .object([:])),
        (#"[1,"a",null]"#, .array([.number(1), .string("a"), .null])),
        (#"{"a":{"b":[true]}}"#, .object(["a": .object(["b": .array([.bool(true)])])])),
        (#""\u540d\n""#, .string("名\n")),
    ]

    @Test(arguments: kinds)
    func readsAndWritesEveryKindOfValue(json: String, value: JSONValue) throws {
        #expect(try parse(json) == value)
        #expect(try parse(value.serialized()) == value)
    }

    @Test(arguments: [
        "", " ", "{", "[1,", "nul", "nulls", "'a'", "{a:1}", "1 2", "\u{0}", #"{"a":}"#, "[1,]", #"{"a":1,}"#, "[,1]",
        "[1 2]",
        "]", "}", "[}", #"{"a" 1}"#, #"{"a":1 "b":2}"#, "{1:2}", "TRUE", "NaN", "Infinity", "//\n1", "\u{C}1",
        "\u{FEFF}\u{FEFF}1",
    ])
    func refusesWhatIsNotJSON(json: String) {
        #expect(throws: (any Error).self) { try parse(json) }
    }

    @Test(arguments: [
        "-", "+1", "01", "-01", "--1", "1.", ".5", "1e", "1e+", "1e1.5", "0x10", "1_0", "１", "1e400", "-1e400",
        "1e-400",
    ])
    func refusesWhatIsNoNumberOrTooLargeForOne(json: String) {
        #expect(throws: DecodingError.self) { try parse(json) }
    }

    @Test(
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u540D""#, "Aé名"), (#""\u0000""#, "\0"),
            (#""\ud83d\ude00!""#, "😀!"), (#""\uD834\uDD1E""#, "𝄞"), (#""\udbff\udfff""#, "\u{10FFFF}"),
            (#""😀\u007f""#, "😀\u{7F}"),
            ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
        ])
    func readsEscapesAndEveryCharacter(json: String, text: String) throws {
        #expect(try parse(json) == .string(text))
    }

    @Test(arguments: [
        #""a"#, #""\""#, #""\x""#, #""\u12""#, #""\u12g4""#, #""\U0041""#, #""\ud83d""#, #""\ud83d\u0041""#,
        #""\ud83dx""#, #""\ude00""#,
        #""\ude00\ud83d""#, "\"\t\"", "\"\n\"", "\"\0\"",
    ])
    func refusesBrokenStrings(json: String) {
        #expect(throws: DecodingError.self) { try parse(json) }
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF, 0xFE, 0x31, 0x00],
        ] as [[UInt8]])
    func refusesWhatIsNotUTF8(bytes: [UInt8]) {
        #expect(throws: DecodingError.self) { try JSONValue(parsing: bytes) }
    }

    @Test
    func passesOverSpaceAndAByteOrderMark() throws {
        #expect(try parse("\u{FEFF} \t\r\n[ 1 , { \"a\" : [ ] } ]\n") == .array([.number(1), ["a": .array([])]]))
    }

    @Test
    func takesTheLastOfMembersWithOneName() throws {
        #expect(try parse(#"{"alg":"none","alg":"ES256"}"#)["alg"] == .string("ES256"))
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func boundsNesting(open: String, close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "[]" + String(repeating: close, count: depth)
        }
        _ = try parse(nested(127))
        #expect(throws: DecodingError.self) { try parse(nested(128)) }
        #expect(throws: DecodingError.self) { try parse(nested(100_000)) }
    }

    @Test(arguments: [
        "1234567890123456789", "18446744073709551615", "12345678901234567890123456789012345678", "-1", "0.1",
    ])
    func keepsEveryDigitOfANumber(digits: String) throws {
        #expect(try parse(digits).text == digits)
        #expect(try parse("[\(digits)]").serialized() == "[\(digits)]")
    }

    @Test(
        arguments: [
            ("7", 7), (#""7""#, 7), ("-7", -7), ("7.5", nil), (#""seven""#, nil), ("true", nil), ("null", nil),
            ("[7]", nil),
            ("99999999999999999999", nil),
        ] as [(String, Int?)])
    func readsWholeNumbers(json: String, integer: Int?) throws {
        #expect(try parse(json).integer == integer)
    }

    @Test(
        arguments: [
            ("1893456000", 1_893_456_000), ("1893456000.5", 1_893_456_000.5), ("-1", -1), (#""1893456000""#, nil),
            ("null", nil),
            ("true", nil), ("{}", nil),
        ] as [(String, Double?)])
    func readsDatesFromNumbersOnly(json: String, seconds: Double?) throws {
        #expect(try parse(json).numericDate?.timeIntervalSince1970 == seconds)
    }

    @Test
    func opensOnlyItsOwnKind() throws {
        #expect(JSONValue.string("a")["a"] == nil)
        #expect(JSONValue.string("a").object == nil)
        #expect(JSONValue.string("a").array == nil)
        #expect(JSONValue.number(1).string == nil)
        #expect(JSONValue.array([]).text == nil)
        #expect(JSONValue.bool(false).text == "false")
        #expect(JSONValue(nil) == .null)
        #expect(JSONValue("a") == .string("a"))
    }

    @Test
    func mergesObjectsMemberByMember() throws {
        let base = try parse(#"{"a":1,"b":{"c":2,"d":[1,2]},"e":3}"#)
        let merged = base.merging(try parse(#"{"a":9,"b":{"d":[3],"f":4},"e":null}"#))
        #expect(merged == (try parse(#"{"a":9,"b":{"c":2,"d":[3],"f":4},"e":null}"#)))
        #expect(base.merging(.string("x")) == .string("x"))
        #expect(JSONValue.null.merging(base) == base)
    }

    @Test
    func writesMembersInOrderAndSlashesPlainly() throws {
        #expect(try parse(#"{"b":"https:\/\/x","a":1}"#).serialized() == #"{"a":1,"b":"https://x"}"#)
    }

    @Test
    func namesKeysByTextAndByNumber() {
        #expect(AnyKey(intValue: 3).stringValue == "3")
        #expect(AnyKey(stringValue: "3").intValue == 3)
        #expect(AnyKey(stringValue: "a").intValue == nil)
    }
}
