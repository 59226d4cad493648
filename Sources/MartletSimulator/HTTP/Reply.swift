import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// One answer, before it becomes bytes, so that a fault can still distort it.
struct Reply: Sendable {
    /// How the answer is written.
    enum Body: Sendable {
        case json(JSON, type: String = "application/json; charset=utf-8")
        /// `application/x-www-form-urlencoded`.
        case form(JSON)
        /// A call of the function `callback`, with the JSON as its argument.
        case jsonp(JSON)
        case text(String, type: String)
        case empty
    }

    var status: HTTPResponse.Status
    var body: Body
    var headers: HTTPFields

    init(_ status: HTTPResponse.Status, _ body: Body, headers: HTTPFields = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// A JSON answer.
    static func json(_ status: HTTPResponse.Status, _ value: JSON) -> Reply {
        Reply(status, .json(value))
    }

    /// A JSON answer with status 200.
    static func json(_ value: JSON) -> Reply {
        json(.ok, value)
    }

    /// A JSON answer that carries a token and must not be cached (RFC 6749 section 5.1).
    static func token(_ value: JSON) -> Reply {
        Reply(.ok, .json(value), headers: [.cacheControl: "no-store"])
    }

    /// An HTML page with status 200.
    static func page(_ html: String) -> Reply {
        page(.ok, html)
    }

    /// An HTML page.
    static func page(_ status: HTTPResponse.Status, _ html: String) -> Reply {
        Reply(
            status, .text(html, type: "text/html; charset=utf-8"),
            headers: [
                .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
                .xContentTypeOptions: "nosniff",
            ])
    }

    /// A redirection of the browser.
    static func redirect(_ location: String) -> Reply {
        Reply(.found, .empty, headers: [.location: location, .cacheControl: "no-store"])
    }

    /// This answer with its JSON changed, however it is written.
    func mapping(_ change: (JSON) -> JSON) -> Reply {
        var reply = self
        switch body {
        case .json(let value, let type): reply.body = .json(change(value), type: type)
        case .form(let value): reply.body = .form(change(value))
        case .jsonp(let value): reply.body = .jsonp(change(value))
        case .text, .empty: break
        }
        return reply
    }

    /// The answer as a response.
    var response: Response {
        var headers = headers
        let text: String
        switch body {
        case .json(let value, let type): (text, headers[.contentType]) = (value.text, type)
        case .form(let value): (text, headers[.contentType]) = (Self.form(value), "application/x-www-form-urlencoded")
        case .jsonp(let value): (text, headers[.contentType]) = ("callback( \(value.text) );\n", "text/html")
        case .text(let string, let type): (text, headers[.contentType]) = (string, type)
        case .empty: return Response(status: status, headers: headers)
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func form(_ value: JSON) -> String {
        guard case .object(let members) = value else { return "" }
        return Parameters(members.map { ($0.name, $0.value.plainText) }).encoded
    }
}
