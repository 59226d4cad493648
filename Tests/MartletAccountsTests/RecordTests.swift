import FoundationEssentials
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@Suite("Ids, tokens and records")
struct RecordTests {
    let random = SeededRandom()

    @Test(arguments: ["", "x", "+1", "01", "1.0", " 1", "9223372036854775808"])
    func readsNumbersOnlyAsTheyAreWritten(text: String) {
        #expect(UserID(text) == nil)
        #expect(IdentityID(text) == nil)
    }

    @Test
    func writesNumbersAsJSONNumbers() throws {
        let json = try JSONEncoder().encode([IdentityID(rawValue: 12)])
        #expect(String(decoding: json, as: UTF8.self) == "[12]")
        #expect(try JSONDecoder().decode([UserID].self, from: json) == [UserID(rawValue: 12)])
        #expect(UserID("12")?.description == "12")
        #expect(IdentityID("12")?.description == "12")
        #expect(UserID(rawValue: 1) < UserID(rawValue: 2))
        #expect(IdentityID(rawValue: 1) < IdentityID(rawValue: 2))
    }

    @Test
    func readsBackRandomIDs() throws {
        let flow = FlowID(random: random.source)
        let session = SessionID(random: random.source)
        #expect(FlowID(flow.description) == flow)
        #expect(SessionID(session.description) == session)
        let json = try JSONEncoder().encode([flow])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(flow)\"]")
        #expect(try JSONDecoder().decode([FlowID].self, from: json) == [flow])
    }

    /// The digest is that of the one-block message sample in FIPS 180-4's examples, cut to 128 bits.
    @Test
    func makesOneIDOfOneText() {
        let id = FlowID(digestOf: Secret("abc"))
        #expect(
            Base64URL.decode(id.rawValue) == [
                0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA, 0x41, 0x41, 0x40, 0xDE, 0x5D, 0xAE, 0x22, 0x23,
            ])
        #expect(FlowID(digestOf: Secret("abc")) == id)
        #expect(FlowID(digestOf: Secret("abd")) != id)
        #expect(FlowID(id.description) == id)
    }

    /// The last text ends in a character whose dropped bits are not zero: a second name for the same bytes.
    @Test(arguments: ["", "short", "../../../etc/passwd123", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAB"])
    func refusesMalformedRandomIDs(text: String) {
        #expect(FlowID(text) == nil)
        #expect(SessionID(text) == nil)
        let json = Data("[\"\(text)\"]".utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([SessionID].self, from: json) }
    }

    @Test
    func knowsATokenByItsTextAndHidesIt() throws {
        let token = SessionToken(random: random.source)
        let text = token.secret.reveal()
        #expect(text.utf8.count == 43)
        #expect(SessionToken(text) == token)
        #expect(token.hash.count == 32)
        #expect(SessionToken(text)?.hash == token.hash)
        #expect(SessionToken(random: random.source).hash != token.hash)
        #expect(!"\(token)".contains(text))
        #expect(SessionToken(text + "A") == nil)
        #expect(SessionToken("") == nil)
    }

    @Test
    func knowsABindingTokenByItsTextAndHidesIt() {
        let token = BindingToken(random: random.source)
        let text = token.secret.reveal()
        #expect(BindingToken(text) == token)
        #expect(BindingToken(text)?.hash == token.hash)
        #expect(BindingToken("x") == nil)
        #expect(!"\(token)".contains(text))
    }

    @Test
    func keepsTheBeginningOfALongUserAgent() {
        let session = NewSession(
            id: SessionID(random: random.source), tokenHash: [], expiresAt: FixedClock.start,
            userAgent: String(repeating: "x", count: 10_000))
        #expect(session.userAgent?.count == 512)
    }

    @Test
    func keepsTimesToTheMillisecond() {
        let time = Date(millisecondsSince1970: 1_893_456_000_123)
        #expect(time.millisecondsSince1970 == 1_893_456_000_123)
        #expect(Date(timeIntervalSince1970: .infinity).millisecondsSince1970 == .max)
        #expect(Date(timeIntervalSince1970: -.infinity).millisecondsSince1970 == .min)
    }

    @Test
    func readsAPolicyFromItsNames() throws {
        let json = Data(#"{"signUp":"closed","emailMatch":"separate"}"#.utf8)
        let policy = try JSONDecoder().decode(LinkingPolicy.self, from: json)
        #expect(policy == LinkingPolicy(signUp: .closed, emailMatch: .separate))
        #expect(LinkingPolicy() == LinkingPolicy(signUp: .open, emailMatch: .ask))
    }

    @Test
    func explainsErrorsInWords() {
        let errors: [StoreError] = [
            .unavailable("why"), .conflict("why"), .corrupted("why"), .madeByNewerVersion("why"),
        ]
        #expect(errors.allSatisfy { $0.description.hasSuffix(": why") })
        #expect(Set(LinkingRefusal.allCases.map(\.description)).count == LinkingRefusal.allCases.count)
    }
}
