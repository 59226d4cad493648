import FoundationEssentials
import Martlet
import Testing

@Suite("Secrets")
struct SecretTests {
    private let secret: Secret = "s3cret"

    private struct Holder {
        var token: Secret
        var maybe: Secret?
        var many: [Secret]
    }

    @Test
    func isNeverPrinted() {
        let holder = Holder(token: secret, maybe: secret, many: [secret])
        var texts = "\(secret) \(holder) \(String(describing: secret)) \(String(reflecting: secret))"
        texts += "\(String(reflecting: holder)) \([secret]) \([secret: secret]) \(secret.debugDescription)"
        dump(secret, to: &texts)
        dump(holder, to: &texts)
        #expect(!texts.contains("s3cret"))
        #expect("\(secret)" == "[redacted]")
        #expect(String(reflecting: secret) == "[redacted]")
    }

    @Test
    func hasNoChildrenInAMirror() {
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test
    func isHadByNameOnly() {
        #expect(secret.reveal() == "s3cret")
        #expect(!secret.isEmpty)
        #expect(Secret("").isEmpty)
    }

    @Test(arguments: [("s3cret", true), ("s3creT", false), ("s3cre", false), ("s3cret1", false), ("", false)])
    func comparesByItsText(other: String, isEqual: Bool) {
        #expect((secret == Secret(other)) == isEqual)
    }

    @Test
    func isFoundInASet() {
        #expect(Set([secret, "s3cret", "other"]).count == 2)
    }

    @Test
    func isStoredAsItsText() throws {
        let stored = try JSONEncoder().encode([secret])
        #expect(String(decoding: stored, as: UTF8.self) == #"["s3cret"]"#)
        #expect(try JSONDecoder().decode([Secret].self, from: stored) == [secret])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Secret].self, from: Data("[7]".utf8)) }
    }

    @Test(
        arguments: [
            ([], [], true), ([1], [1], true), ([1, 2, 3], [1, 2, 3], true), ([1, 2, 3], [1, 2, 4], false),
            ([1, 2, 3], [0, 2, 3], false), ([1], [], false), ([1, 2], [1, 2, 3], false), ([255], [0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func comparesBytes(lhs: [UInt8], rhs: [UInt8], isEqual: Bool) {
        #expect(constantTimeEqual(lhs, rhs) == isEqual)
    }
}
