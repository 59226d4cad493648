import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts
import NIOCore
import Testing

@testable import MartletHummingbird

@Suite("The cookies of a request")
struct AuthCookiesTests {
    private static let cookies = AuthCookies(isSecure: false)
    private static let token = String(repeating: "A", count: 43)
    private static let id = FlowID(String(repeating: "B", count: 21) + "A")

    private static func request(_ fields: [String]) -> Request {
        var head = HTTPRequest(method: .get, scheme: "https", authority: "login.example", path: "/")
        head.headerFields[values: .cookie] = fields
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }

    @Test(arguments: [
        ["martlet-session=\(token)"], ["a=1; martlet-session=\(token)"], ["a=1;martlet-session=\(token);b"],
        ["a=1", "martlet-session=\(token)"], [" \t martlet-session=\(token)"], [";; martlet-session=\(token);"],
        ["martlet-session=\(token); martlet-session=other"], ["martlet-session-2=x; martlet-session=\(token)"],
    ])
    func findTheSession(fields: [String]) throws {
        let found = try #require(Self.cookies.sessionToken(in: Self.request(fields)))
        #expect(found.secret.reveal() == Self.token)
    }

    @Test(arguments: [
        [], [""], ["martlet-session"], ["martlet-session="], ["Martlet-Session=\(token)"],
        ["x=martlet-session=\(token)"],
        ["martlet-session=other; martlet-session=\(token)"], ["martlet-session=\(token)="],
        ["__Host-martlet-session=\(token)"],
    ])
    func findNoSessionElsewhere(fields: [String]) {
        #expect(Self.cookies.sessionToken(in: Self.request(fields)) == nil)
    }

    @Test
    func keepAValueUpToTheNextCookie() throws {
        let id = try #require(Self.id)
        let request = Self.request(["martlet-flow-\(id)=a=b\"c ; d=e"])
        #expect(Self.cookies.sealedFlow(id, in: request) == "a=b\"c ")
    }

    @Test
    func nameTheFlowsInTheirOrder() throws {
        let id = try #require(Self.id)
        let other = try #require(FlowID(String(repeating: "C", count: 21) + "A"))
        let request = Self.request(["martlet-flow-\(id)=x; martlet-flow-none=y; a=b", "martlet-flow-\(other)=z"])
        #expect(Self.cookies.flowIDs(in: request) == [id, other])
    }
}
