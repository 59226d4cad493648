import FoundationEssentials
public import HTTPTypes
public import Hummingbird
import Martlet

/// What a route of an application's own answers that throws one: the code's status, and a problem document (RFC 9457).
extension AuthProblem: HTTPResponseError {
    /// The code's HTTP status.
    public var status: HTTPResponse.Status { code.status }

    /// A problem document, for browsers too.
    public func response(from request: Request, context: some RequestContext) -> Response {
        document(requestID: context.requestID)
    }
}

extension AuthProblem {
    /// The header fields that belong to the status: `Allow`, `Retry-After`.
    package var fields: HTTPFields {
        var fields: HTTPFields = [:]
        if let allowedMethods { fields[.allow] = allowedMethods }
        if let retryAfter { fields[.retryAfter] = String(retryAfter) }
        return fields
    }

    /// A problem document (RFC 9457) for clients that are not browsers.
    package func document(requestID: String) -> Response {
        var members: [String: JSONValue] = [
            "type": .string("urn:martlet:error:\(code.rawValue)"), "title": .string(code.title),
            "status": .number(Decimal(code.status.code)), "code": .string(code.rawValue),
            "requestId": .string(requestID),
        ]
        members["detail"] = .string(detail ?? code.title)
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        headers.append(contentsOf: fields)
        return Response(
            status: status, headers: headers,
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

    /// A redirect that nobody keeps: 302 after a GET or HEAD, 303 after anything else.
    package static func moved(to location: String, after request: Request) -> Response {
        Response(
            status: [.get, .head].contains(request.method) ? .found : .seeOther,
            headers: [.location: location, .cacheControl: "no-store"])
    }
}
