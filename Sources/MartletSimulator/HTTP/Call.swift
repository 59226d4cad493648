import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// One request as the dialects see it: every parameter decoded, wherever it was sent.
struct Call: Sendable {
    let method: HTTPRequest.Method
    /// Path without the leading slash, so that the vendor's host comes first.
    let path: String
    /// Where the simulator is reached, for example `http://127.0.0.1:9090`, without a trailing slash.
    let base: String
    let query: Parameters
    /// Body of an `application/x-www-form-urlencoded` request.
    let form: Parameters
    /// Top-level members of an `application/json` body, each as text.
    let json: Parameters
    let headers: HTTPFields
    /// The body as text.
    let body: String
    /// Parameters of the route, for example a client identifier in a path.
    let pathParameters: [String: String]
    /// Dialect the request belongs to; where two share an address, the one whose login it continues.
    var dialect: Dialect
    /// Fault that strikes this call and lets it be answered.
    var fault: Fault?

    /// First value of that name in the form, the JSON body or the query.
    subscript(_ name: String) -> String? {
        form[name] ?? json[name] ?? query[name]
    }

    /// First value of that name in the form, the JSON body or the query; an empty one is as good as none.
    func value(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A value that must be there.
    func required(_ name: String) throws(Refusal) -> String {
        guard let value = value(name) else { throw .missing(name) }
        return value
    }

    /// Value of a header.
    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// Token of an `Authorization` header with one of these schemes (RFC 6750 section 2.1).
    func bearer(schemes: [String] = ["bearer"]) -> String? {
        guard let header = headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, schemes.contains(parts[0].lowercased()) else { return nil }
        return String(parts[1])
    }

    /// The protocol parameters in the `Authorization` header of OAuth 1.0a (RFC 5849 section 3.5.1).
    var oauth1: Parameters {
        let pairs = bearer(schemes: ["oauth"])?.split(separator: ",").compactMap { field -> (String, String)? in
            let halves = field.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { return nil }
            let value = halves[1].filter { $0 != "\"" && $0 != " " }.replacing("+", with: "%2B")
            return (Parameters.decode(halves[0].filter { $0 != " " }), Parameters.decode(value))
        }
        return Parameters(pairs ?? [])
    }

    /// User and password of HTTP Basic authentication, form-decoded as RFC 6749 section 2.3.1 asks.
    var basic: (user: String, password: String)? {
        guard let encoded = bearer(schemes: ["basic"]), let data = Data(base64Encoded: encoded) else { return nil }
        let halves = String(decoding: data, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        return (Parameters.decode(halves[0]), Parameters.decode(halves[1]))
    }

    /// Everything in the request that may be a code or a token which this simulator issued.
    var credentials: [String] {
        let names = [
            "code", "js_code", "authCode", "access_token", "refresh_token", "refreshToken", "user_ticket",
            "device_code", "token",
        ]
        return [oauth1["oauth_verifier"]].compactMap(\.self) + names.compactMap(value)
            + [bearer(schemes: ["bearer", "token", "dpop"]), header("x-acs-dingtalk-access-token")].compactMap(\.self)
            + texts
    }

    /// Every value in the request, by whatever name: vendors put codes and tokens where they like.
    var texts: [String] {
        let words = headers.flatMap {
            [$0.value] + $0.value.split(whereSeparator: { " =\"".contains($0) }).map(String.init)
        }
        return (query.items + form.items + json.items).map(\.value) + words
            + path.split(separator: "/").map(String.init)
    }
}

extension Call {
    /// Reads a request, whose body may be 1 MiB at most.
    init(
        _ request: inout Request, baseURL: String?, pathParameters: [String: String], dialect: Dialect
    ) async throws {
        let body = String(buffer: try await request.collectBody(upTo: 1 << 20))
        let type = request.headers[.contentType]?.lowercased() ?? ""
        method = request.method
        path = String(request.uri.path.drop { $0 == "/" })
        base = Self.base(of: request, configured: baseURL)
        query = Parameters(encoded: request.uri.query ?? "")
        form = type.hasPrefix("application/x-www-form-urlencoded") ? Parameters(encoded: body) : Parameters()
        json = type.hasPrefix("application/json") ? Self.members(of: body) : Parameters()
        headers = request.headers
        self.body = body
        self.pathParameters = pathParameters
        self.dialect = dialect
        fault = nil
    }

    /// Where the simulator is reached, as the caller sees it.
    static func base(of request: Request, configured: String?) -> String {
        trimmed(configured ?? "http://" + (request.head.authority ?? "localhost"))
    }

    /// A base URL without a trailing slash.
    static func trimmed(_ base: String) -> String {
        base.hasSuffix("/") ? String(base.dropLast()) : base
    }

    private static func members(of body: String) -> Parameters {
        let fields = try? JSONDecoder().decode([String: Field].self, from: Data(body.utf8))
        return Parameters((fields ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value.text) })
    }

    /// A member of a JSON body, read as text.
    private struct Field: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let string = try? container.decode(String.self) {
                text = string
            } else if let number = try? container.decode(Int64.self) {
                text = String(number)
            } else if let bool = try? container.decode(Bool.self) {
                text = String(bool)
            } else {
                text = ""
            }
        }
    }
}
