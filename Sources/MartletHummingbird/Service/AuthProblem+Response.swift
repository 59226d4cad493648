import FoundationEssentials
import HTTPTypes
package import Hummingbird
import Martlet

extension AuthProblem {
    /// A problem document (RFC 9457) for clients that are not browsers.
    package func document(requestID: String) -> Response {
        var members: [String: JSONValue] = [
            "type": .string("urn:martlet:error:\(code.rawValue)"), "title": .string(code.title),
            "status": .number(Decimal(code.status.code)), "code": .string(code.rawValue),
            "requestId": .string(requestID),
        ]
        members["detail"] = .string(detail ?? code.title)
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if let allowedMethods { headers[.allow] = allowedMethods }
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        return Response(
            status: code.status, headers: headers,
            body: .init(byteBuffer: .init(string: JSONValue.object(members).serialized())))
    }
}

extension Response {
    /// A JSON answer that nobody keeps.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: .init(string: value.serialized())))
    }

    /// A redirect that nobody keeps: 302 after a GET, 303 after anything else.
    static func moved(to location: String, after request: Request) -> Response {
        Response(
            status: request.method == .get ? .found : .seeOther,
            headers: [.location: location, .cacheControl: "no-store"])
    }
}
