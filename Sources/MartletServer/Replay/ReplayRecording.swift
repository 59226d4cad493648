import FoundationEssentials
import HTTPTypes
import Martlet

/// A recorded login: what a provider answered, and what should be understood of it.
struct ReplayRecording: Sendable {
    let providerID: String
    var configuration: JSONValue
    let redirectURI: String
    let callback: [String: String]
    let now: Date
    let verifiesIDToken: Bool
    /// The nonce of the recorded login: as given beside the callback, else the one that the recorded ID token repeats.
    let nonce: String?
    let exchanges: [ReplayExchange]
    let expected: [String: JSONValue]?

    /// Reads one recording.
    ///
    /// - Throws: ``ReplayError`` that says what is wrong.
    init(_ json: JSONValue) throws(ReplayError) {
        guard let provider = json["provider"]?.string else { throw .unreadable("`provider` is missing") }
        guard let exchanges = json["exchanges"]?.array else { throw .unreadable("`exchanges` is missing") }
        providerID = provider
        configuration = json["configuration"] ?? [:]
        redirectURI =
            json["redirectURI"]?.string ?? "https://app.example/api/auth/oauth/\(provider)/callback"
        callback = (json["callback"]?.object ?? [:]).compactMapValues(\.text)
        verifiesIDToken = json["verifyIDToken"] != .bool(false)
        expected = json["expected"]?.object
        if let text = json["now"]?.string {
            guard let date = try? Date(text, strategy: .iso8601) else {
                throw .unreadable("`now` is not a time like 2026-01-01T00:00:00Z")
            }
            now = date
        } else {
            now = Date()
        }
        var read: [ReplayExchange] = []
        for (index, exchange) in exchanges.enumerated() { read.append(try ReplayExchange(exchange, index: index)) }
        self.exchanges = read
        nonce = callback["nonce"] ?? Self.recordedNonce(read)
    }
}

extension ReplayRecording {
    private static func recordedNonce(_ exchanges: [ReplayExchange]) -> String? {
        let answers = exchanges.lazy.compactMap { try? JSONValue(parsing: $0.response.body) }
        let claims = answers.compactMap { $0["id_token"]?.string?.split(separator: ".").dropFirst().first }
            .compactMap { Base64URL.decode($0).flatMap { try? JSONValue(parsing: $0) } }
        return claims.compactMap { $0["nonce"]?.string }.first
    }
}

/// One recorded answer, and the requests that it answers.
struct ReplayExchange: Sendable {
    let role: OutboundRequest.Role?
    let url: URLPattern?
    let method: String?
    /// What the request must have, for it to be as the vendor documents it.
    let request: RequestPattern
    let response: OutboundResponse

    /// The parts of a URL that a request must have: scheme, host and path, and at least these query parameters.
    struct URLPattern: Sendable {
        let base: String
        let query: [(name: String, value: String)]

        init(_ url: String) {
            let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
                .split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            base = parts[0].hasSuffix("/") ? String(parts[0].dropLast()) : String(parts[0])
            query = parts.count > 1 ? FormEncoding.decode(String(parts[1])) ?? [] : []
        }

        func matches(_ request: URLPattern) -> Bool {
            base == request.base
                && query.allSatisfy { wanted in
                    request.query.contains { $0.name == wanted.name && $0.value == wanted.value }
                }
        }
    }

    init(_ json: JSONValue, index: Int) throws(ReplayError) {
        role = json["role"]?.string.flatMap(OutboundRequest.Role.init)
        url = json["url"]?.string.map(URLPattern.init)
        method = json["method"]?.string?.uppercased()
        guard role != nil || url != nil else {
            throw .unreadable("exchange \(index) has neither a known `role` nor a `url`")
        }
        request = RequestPattern(json["request"])
        guard let status = json["status"]?.integer else { throw .unreadable("exchange \(index) has no `status`") }
        var headers = HTTPFields()
        for (name, value) in json["headers"]?.object ?? [:] {
            if let name = HTTPField.Name(name), let text = value.text { headers[name] = text }
        }
        let body: [UInt8]
        switch json["body"] {
        case .string(let text)?: body = Array(text.utf8)
        case .object(let members)?:
            guard let encoded = members["base64"]?.string, let data = Data(base64Encoded: encoded) else {
                throw .unreadable("the `body` of exchange \(index) is neither text nor {\"base64\": …}")
            }
            body = Array(data)
        default: body = []
        }
        response = OutboundResponse(status: status, headers: headers, body: body)
    }

    func matchesByURL(_ request: OutboundRequest) -> Bool {
        guard let url, method == nil || method == request.method.rawValue else { return false }
        return url.matches(URLPattern(request.url))
    }
}

/// Why a recording cannot be replayed.
enum ReplayError: Error, CustomStringConvertible {
    case unreadable(String)

    var description: String {
        switch self {
        case .unreadable(let reason): reason
        }
    }
}
