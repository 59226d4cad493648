import HTTPTypes
import Martlet

/// What a recorded request must have: header fields by name, and parameters of its body.
///
/// What is not named may be anything; null means that it must not be there.
struct RequestPattern: Sendable {
    private let headers: [String: JSONValue]
    private let parameters: [String: JSONValue]

    /// Reads `{"headers": {…}, "body": {…}}`.
    init(_ json: JSONValue?) {
        headers = json?["headers"]?.object ?? [:]
        parameters = json?["body"]?.object ?? [:]
    }

    /// Where a request is otherwise, as the differences that a replay prints.
    func differences(from request: OutboundRequest) -> [JSONValue] {
        let body = Self.parameters(of: request.body ?? "")
        let place = "\(request.method.rawValue) \(request.url.prefix { $0 != "?" })"
        return
            Self.differences(headers, in: "\(place) header") { name in
                HTTPField.Name(name).flatMap { request.headers[$0] }.map { .string($0) }
            } + Self.differences(parameters, in: "\(place) body") { body[$0] }
    }

    private static func differences(
        _ wanted: [String: JSONValue], in place: String, _ actual: (String) -> JSONValue?
    ) -> [JSONValue] {
        wanted.sorted { $0.key < $1.key }.compactMap { name, value in
            let found = actual(name)
            guard found ?? .null != value, found?.text == nil || found?.text != value.text else { return nil }
            return ["field": .string("\(place) \(name)"), "expected": value, "actual": found ?? .null]
        }
    }

    /// The parameters of a body: a JSON object, or a form.
    private static func parameters(of body: String) -> [String: JSONValue] {
        if let object = (try? JSONValue(parsing: body.utf8))?.object { return object }
        let pairs = FormEncoding.decode(body) ?? []
        return Dictionary(pairs.map { ($0.name, .string($0.value)) }, uniquingKeysWith: { $1 })
    }
}
