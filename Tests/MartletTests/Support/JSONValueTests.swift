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

    @Test(arguments: [("[", "]"), (#"{"a\"[[[":"#, "}")])
    func boundsNesting(open: String, close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "0" + String(repeating: close, count: depth)
        }
        _ = try parse(nested(64))
        #expect(throws: DecodingError.self) { try parse(nested(65)) }
        #expect(throws: DecodingError.self) { try parse(nested(30_000)) }
    }

    @Test
    func readsManyShallowElements() throws {
        let json = "[" + Array(repeating: "[]", count: 500).joined(separator: ",") + "]"
        #expect(try parse(json).array?.count == 500)
    }

    @Test
    func refusesAnotherEncodingThanUTF8() {
        let wide = Array("[1]".utf8).flatMap { (byte: UInt8) -> [UInt8] in [byte, 0] }
        #expect(throws: DecodingError.self) { try JSONValue(parsing: wide) }
    }

    @Test(arguments: ["", " ", "{", "[1,", "nul", "'a'", "{a:1}", "1 2", "\u{0}", #"{"a":}"#])
    func refusesWhatIsNotJSON(json: String) {
        #expect(throws: (any Error).self) { try parse(json) }
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
