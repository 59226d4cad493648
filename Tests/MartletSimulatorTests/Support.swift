import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MartletSimulator
import NIOCore
import Synchronization
import Testing

/// A clock that moves when it is told to.
final class ManualClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { time.withLock { $0 } }

    func advance(seconds: Double) {
        time.withLock { $0 += seconds }
    }
}

/// A simulator with a manual clock, and keys that all tests share.
struct Bench: Sendable {
    private static let keys = Result { try SigningKeys() }

    let clock = ManualClock()
    let simulator: Simulator

    init(
        sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in Issue.record("nothing sleeps here") }
    ) throws {
        let clock = clock
        simulator = Simulator(
            configuration: .init(keys: try Self.keys.get(), now: { clock.now }, sleep: sleep))
    }

    /// Runs a test against the routes, in process.
    func run(_ body: @Sendable (Visitor) async throws -> Void) async throws {
        try await Application(router: simulator.router()).test(.router) { client in
            try await body(Visitor(client: client))
        }
    }
}

extension Logger {
    /// Logs nothing.
    static var silent: Logger { Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() } }
}

/// A value in a JSON answer.
enum Value: Decodable, Equatable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral
{
    case null
    case bool(Bool)
    case number(Int64)
    case string(String)
    case array([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([Value].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: Value].self))
        }
    }

    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }

    subscript(_ name: String) -> Value? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    subscript(_ index: Int) -> Value? {
        if case .array(let values) = self, values.indices.contains(index) { values[index] } else { nil }
    }

    var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    var count: Int {
        switch self {
        case .array(let values): values.count
        case .object(let members): members.count
        default: 0
        }
    }
}

/// An answer of the simulator.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    func json() throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    /// The body as a form.
    var form: [String: String] { Self.parameters(text) }

    /// Name and value pairs in the query of the `Location` header.
    var callback: [String: String] {
        Self.parameters(
            headers[.location]?.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? "")
    }

    private static func parameters(_ query: String) -> [String: String] {
        var components = URLComponents()
        components.percentEncodedQuery = query.replacingOccurrences(of: "+", with: "%20")
        let items = components.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }
}

/// A client and a browser in one.
struct Visitor: Sendable {
    static let redirectURI = "http://app.example/callback"

    let client: any TestClientProtocol

    func send(
        _ method: HTTPRequest.Method, _ path: String, query: [String: String] = [:], headers: HTTPFields = [:],
        body: String? = nil
    ) async throws -> Answer {
        let uri = "/" + path + (query.isEmpty ? "" : "?" + Self.encoded(query))
        let buffer = body.map { ByteBuffer(string: $0) }
        let response = try await client.executeRequest(uri: uri, method: method, headers: headers, body: buffer)
        return Answer(
            status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }

    func get(_ path: String, _ query: [String: String] = [:], headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, query: query, headers: headers)
    }

    func post(_ path: String, _ form: [String: String], headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(.post, path, headers: headers, body: Self.encoded(form))
    }

    func post(
        _ path: String, json: [String: String], query: [String: String] = [:]
    ) async throws -> Answer {
        let body = String(decoding: try JSONEncoder().encode(json), as: UTF8.self)
        return try await send(.post, path, query: query, headers: [.contentType: "application/json"], body: body)
    }

    /// Sends the consent form and gives what the callback carries.
    func signIn(
        _ path: String, _ request: [String: String] = [:], as person: String = "ada", fault: String = ""
    ) async throws -> [String: String] {
        var form = [
            "client_id": "app", "redirect_uri": Self.redirectURI, "response_type": "code", "state": "s",
            "person": person, "fault": fault,
        ]
        form.merge(request) { _, new in new }
        let answer = try await post(path, form)
        #expect(answer.status == 302)
        return answer.callback
    }

    /// Signs in and gives the code.
    func code(
        _ path: String, _ request: [String: String] = [:], as person: String = "ada", fault: String = ""
    ) async throws -> String {
        let callback = try await signIn(path, request, as: person, fault: fault)
        #expect(callback["state"] == "s")
        return try #require(callback["code"])
    }

    static func encoded(_ parameters: [String: String]) -> String {
        let allowed = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
        return parameters.map { name, value in
            (name.addingPercentEncoding(withAllowedCharacters: allowed) ?? "") + "="
                + (value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")
        }.joined(separator: "&")
    }

    static func basic(_ user: String, _ password: String) -> HTTPFields {
        [.authorization: "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()]
    }

    static func bearer(_ token: String) -> HTTPFields {
        [.authorization: "Bearer " + token, .userAgent: "tests"]
    }
}
