import FoundationEssentials
import Testing

@testable import Martlet

@Suite("Field expressions")
struct FieldExpressionTests {
    private let sources = ProfileSources(
        userInfo: [
            "id": .number(42), "login": .string("jane"), "empty": .string(""), "nothing": .null, "flag": .bool(true),
            "user": ["name": .string("Jane"), "ids": .array([.string("a"), .string("b")])],
            "blogs": .array([["id": .number(1), "main": .bool(false)], ["id": .number(2), "main": .bool(true)]]),
            "no": .bool(false), "dotted.name": .string("whole"), "first": .string("Jane"), "last": .string("Doe"),
        ],
        token: ["openid": .string("o-1"), "authed_user": ["id": .string("U1")]],
        idToken: ["sub": .string("s-1"), "login": .string("claimed"), "claim": .string("c-1")],
        subject: ["userid": .string("u-1")], detail: ["avatar": .string("https://a")],
        callback: ["user": "{}"], clientID: "client-1")

    @Test(
        arguments: [
            ("id", "42"), ("login", "jane"), ("flag", "true"), ("user.name", "Jane"), ("user.ids.0", "a"),
            ("user.ids.1", "b"), ("dotted.name", "whole"), ("claim", "c-1"), (" login ", "jane"),
            ("$token.openid", "o-1"), ("$token.authed_user.id", "U1"), ("$idToken.sub", "s-1"),
            ("$idToken.login", "claimed"),
            ("$subject.userid", "u-1"), ("$detail.avatar", "https://a"), ("$callback.user", "{}"),
            ("$client.id", "client-1"), ("missing | login", "jane"), ("empty|nothing|login", "jane"),
            ("login | id", "jane"), ("user | id", nil), ("{first} {last}", "Jane Doe"), ("{id}", "42"),
            ("x-{id}-y", "x-42-y"),
            ("{first}{last}", "JaneDoe"), ("{$token.openid}@{$client.id}", "o-1@client-1"),
            ("{first} {missing} | login", "jane"),
            ("{missing}", nil), ("{empty}", nil), ("{user}", nil), ("true", "true"), ("false", "false"),
            ("missing | true", "true"), ("{unclosed", "{unclosed"), ("", nil), ("|", nil), ("missing", nil),
            ("empty", nil),
            ("nothing", nil), ("user", nil), ("user.ids", nil), ("user.ids.2", nil), ("user.ids.-1", nil),
            ("user.ids.x", nil),
            ("login.x", nil), ("user.missing.deep", nil), ("$", nil), ("$unknown.id", nil), ("$token", nil),
            ("$token.missing", nil), ("$callback", nil), ("$callback.missing", nil), ("$client.name", nil),
            ("$client.secret", nil), ("$client.apiKey", nil), ("flag & flag", "true"), ("flag & no", "false"),
            ("flag&no", "false"), ("flag & missing", "false"), ("missing & flag", "false"),
            ("blogs.main=true.id", "2"), ("blogs.id=1.main", "false"), ("blogs.id=3.main", nil),
            ("blogs.main=true", nil), ("query { me { {id} } }", "query { me { 42 } }"),
            ("query { viewer { id } }", "query { viewer { id } }"), ("{me{login}}", "{mejane}"), ("{}", "{}"),
        ] as [(String, String?)])
    func findsAsText(expression: String, text: String?) {
        #expect(FieldExpression(expression).text(in: sources) == text)
    }

    @Test
    func findsAValueThatIsNoText() {
        #expect(FieldExpression("user.ids").value(in: sources)?.array?.count == 2)
        #expect(FieldExpression("$token").value(in: sources)?.object?.count == 2)
    }

    @Test
    func revealsTheClientSecretOnlyWhereItIsGiven() {
        var sources = sources
        sources.clientSecret = "s3cret"
        #expect(FieldExpression("$client.secret").text(in: sources) == "s3cret")
    }

    @Test
    func findsNothingWhereNothingWasSaid() {
        #expect(FieldExpression("id").text(in: ProfileSources()) == nil)
        #expect(FieldExpression("$idToken.sub").text(in: ProfileSources()) == nil)
    }

    @Test
    func findsTheClaimsWhereThereIsNoProfile() {
        let sources = ProfileSources(idToken: ["sub": .string("s-1")])
        #expect(FieldExpression("sub").text(in: sources) == "s-1")
    }

    @Test(arguments: [("true", "true"), ("false", "false"), (#""a | b""#, "a | b")])
    func readsItsTextualForm(json: String, source: String) throws {
        let expression = try JSONDecoder().decode([FieldExpression].self, from: Data("[\(json)]".utf8))
        #expect(expression == [FieldExpression(source)])
        #expect(try JSONEncoder().encode(expression) == JSONEncoder().encode([source]))
    }

    @Test(arguments: ["7", "null", "[]", "{}"])
    func refusesATextualFormThatIsNoText(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([FieldExpression].self, from: Data("[\(json)]".utf8))
        }
    }
}
