import Martlet
import MartletTesting
import Testing

@testable import MartletServer

@Suite("Redacting a recording")
struct RedactorTests {
    private func redactor(_ known: [String: String] = [:]) -> Redactor {
        Redactor(known: known, random: SeededRandom().source)
    }

    private func redacted(_ body: String, hiding values: [String] = [], known: [String: String] = [:]) throws
        -> JSONValue
    {
        var redactor = redactor(known)
        redactor.hide(values)
        return try JSONValue(parsing: redactor.redactBody(body).utf8)
    }

    @Test(arguments: [
        ("1234567890123456789", #"^[1-9][0-9]{18}$"#), ("oX7-Ab_9", #"^[a-z][A-Z][0-9]-[A-F][a-f]_[0-9]$"#),
        ("4f0c9b1e-aaaa", #"^[1-9][a-f][0-9][a-f][0-9][a-f][0-9][a-f]-[a-f]{4}$"#), ("王小明", #"^[甲-癸]{3}$"#),
        ("https://img.example/u/77.png", #"^https://img\.example/[a-z]/[0-9]{2}\.[a-z]{3}$"#),
    ])
    func keepsLengthAndKind(value: String, pattern: String) throws {
        let id = try #require(redacted(#"{"id":"\#(value)"}"#, hiding: [value])["id"]?.string)
        #expect(id != value && id.count == value.count)
        #expect(try Regex(pattern.replacing("甲-癸", with: "甲乙丙丁戊己庚辛壬癸")).firstMatch(in: id) != nil, "\(id)")
    }

    @Test
    func replacesTheSameByTheSame() throws {
        let json = try redacted(
            #"{"id":815000,"url":"https://x.example/815000/a","more":["815000",{"other":8150001}]}"#, hiding: ["815000"]
        )
        let id = try #require(json["id"]?.text)
        #expect(id != "815000" && json["id"]?.string == nil)
        #expect(json["url"]?.string == "https://x.example/\(id)/a")
        #expect(json["more"]?.array?.first == .string(id))
        #expect(json.value(at: "more.1.other")?.text == "8150001")
    }

    @Test
    func replacesAddressesWhereverTheyAre() throws {
        let json = try redacted(
            #"{"email":"Ada@Corp.example","note":"write to ada@corp.example or bob@corp.example","plain":"x"}"#)
        #expect(json["email"] == .string("person1@example.com"))
        #expect(json["note"] == .string("write to person1@example.com or person2@example.com"))
        #expect(json["plain"] == .string("x"))
    }

    @Test
    func replacesWhatIsUnderTellingNames() throws {
        let json = try redacted(
            #"{"access_token":"ya29.abc","token_type":"Bearer","phone_number":13800138000,"given_name":"Ada","#
                + #""address":{"city":"London","zip":"N1"},"sex":1,"errcode":0,"expires_in":7200,"node_id":"MTgxNQ"}"#)
        for path in ["access_token", "phone_number", "given_name", "address.city", "address.zip", "node_id"] {
            let old = ["ya29.abc", "13800138000", "Ada", "London", "N1", "MTgxNQ"]
            #expect(!old.contains(json.value(at: path)?.text ?? "Ada"), "\(path)")
        }
        #expect(json["token_type"] == .string("Bearer") && json["sex"]?.text == "1" && json["errcode"]?.text == "0")
        #expect(json["expires_in"]?.text == "7200" && json["phone_number"]?.text?.count == 11)
    }

    @Test
    func takesTheSignatureFromATokenAndRedactsItsClaims() throws {
        let header = Base64URL.encode(Array(#"{"alg":"RS256"}"#.utf8))
        let claims = Base64URL.encode(
            Array(#"{"sub":"815000","email":"ada@corp.example","aud":"my-client","nonce":"n0"}"#.utf8))
        let json = try redacted(
            #"{"id_token":"\#(header).\#(claims).c2lnbmF0dXJl"}"#, hiding: ["815000"],
            known: ["my-client": "client-id", "n0": "the-nonce"])
        let parts = try #require(json["id_token"]?.string?.split(separator: "."))
        let read = try JSONValue(parsing: try #require(Base64URL.decode(parts[1])))
        #expect(parts[0] == header && parts[2] != "c2lnbmF0dXJl")
        #expect(read["aud"] == .string("client-id") && read["nonce"] == .string("the-nonce"))
        #expect(read["email"] == .string("person1@example.com") && read["sub"]?.text?.count == 6)
        #expect(read["sub"] != .string("815000"))
    }

    @Test
    func readsFormsAndOtherTexts() {
        var redactor = redactor(["tok": "access-token"])
        #expect(redactor.redactBody("access_token=tok&expires_in=9") == "access_token=access-token&expires_in=9")
        #expect(redactor.redactBody("callback( {tok} ); token") == "callback( {access-token} ); token")
    }

    @Test
    func redactsATextOfJSONInAParameter() throws {
        var redactor = redactor()
        let text = redactor.redact(text: #"{"name":{"firstName":"Zoë"},"email":"zoe@corp.example"}"#, key: "user")
        let json = try JSONValue(parsing: text.utf8)
        #expect(json["email"] == .string("person1@example.com"))
        #expect(
            json.value(at: "name.firstName") != .string("Zoë") && json.value(at: "name.firstName")?.text?.count == 3)
    }
}
