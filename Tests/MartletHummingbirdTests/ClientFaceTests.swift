import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import MartletHummingbird

@Suite struct ClientFaceTests {
    private func request(_ fields: [String: String]) throws -> Request {
        var headers = HTTPFields()
        for (name, value) in fields { headers[try #require(HTTPField.Name(name))] = value }
        return Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/", headerFields: headers),
            body: .init(buffer: ByteBuffer()))
    }

    @Test(arguments: [
        (["Sec-Fetch-Mode": "navigate"], ClientFace.browser),
        (["Sec-Fetch-Mode": "cors", "Accept": "text/html"], .api),
        (["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"], .browser), (["Accept": "*/*"], .api), ([:], .api),
        (["Accept": "application/json"], .api), (["Accept": "text/html;q=0.1, application/json"], .api),
        (["Accept": "text/*"], .browser), (["Accept": "nonsense;;;q=x,,"], .api),
    ])
    func tellsBrowsersFromPrograms(fields: [String: String], face: ClientFace) throws {
        #expect(ClientFace(try request(fields)) == face)
    }

    @Test(arguments: [
        (["Accept": "application/json"], true), (["Accept": "application/json, text/html"], true),
        (["Accept": "text/html, application/json;q=0.9"], false), (["Accept": "*/*"], false), ([:], false),
        (["Sec-Fetch-Mode": "cors", "Accept": "application/json"], true),
        (["Sec-Fetch-Mode": "navigate", "Accept": "application/json"], false),
    ])
    func knowsWhoWantsJSON(fields: [String: String], wants: Bool) throws {
        #expect(ClientFace.asksForJSON(try request(fields)) == wants)
    }

    @Test(arguments: [
        (["Sec-Fetch-Site": "same-origin"], true), (["Sec-Fetch-Site": "same-site"], false),
        (["Sec-Fetch-Site": "cross-site", "Origin": "https://app.example"], false), (["Sec-Fetch-Site": "none"], false),
        (["Origin": "https://app.example"], true), (["Origin": "https://app.example.evil"], false),
        (["Origin": "null"], false),
        (["Referer": "https://app.example/profile"], true), (["Referer": "https://app.example.evil/"], false),
        ([:], false),
    ])
    func knowsItsOwnSite(fields: [String: String], passes: Bool) throws {
        #expect(SameOriginCheck(origin: "https://app.example").passes(try request(fields)) == passes)
    }
}
