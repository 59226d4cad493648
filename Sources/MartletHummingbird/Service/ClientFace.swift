import HTTPTypes
public import Hummingbird

/// Which of its two faces the service shows a client.
public enum ClientFace: Hashable, Sendable {
    /// A navigation of a browser: answered by redirects and pages.
    case browser
    /// Any other client: answered by statuses and problem documents.
    case api

    /// Judges by Fetch Metadata (`Sec-Fetch-Mode`), else by whether `Accept` prefers HTML to JSON.
    public init(_ request: Request) {
        if let mode = request.headers.secFetchMode {
            self = mode == "navigate" ? .browser : .api
        } else {
            let accept = AcceptHeader(request.headers[.accept])
            self = accept.quality(of: "text/html") > accept.quality(of: "application/json") ? .browser : .api
        }
    }

    /// Whether the client says that it wants JSON and not a redirect: `Accept` names `application/json` and prefers it. A
    /// navigation never does.
    static func asksForJSON(_ request: Request) -> Bool {
        guard request.headers.secFetchMode != "navigate" else { return false }
        let accept = AcceptHeader(request.headers[.accept])
        return accept.names("application/json")
            && accept.quality(of: "application/json") >= accept.quality(of: "text/html")
    }
}

/// The media types of an `Accept` header with their quality (RFC 9110 §12.5.1).
struct AcceptHeader {
    private var qualities: [String: Double] = [:]

    init(_ header: String?) {
        let bytes = (header ?? "*/*").lowercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        for part in bytes.split(separator: UInt8(ascii: ",")).prefix(50) {
            let pieces = part.split(separator: UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self) }
            guard let type = pieces.first else { continue }
            let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            qualities[type] = quality ?? 1
        }
    }

    func names(_ type: String) -> Bool {
        qualities[type] != nil
    }

    func quality(of type: String) -> Double {
        let family = type.prefix { $0 != "/" } + "/*"
        return qualities[type] ?? qualities[String(family)] ?? qualities["*/*"] ?? 0
    }
}

extension HTTPFields {
    private static let secFetchMode = HTTPField.Name("Sec-Fetch-Mode")

    /// What kind of request a browser says this is (Fetch Metadata).
    fileprivate var secFetchMode: String? { Self.secFetchMode.flatMap { self[$0] } }

    /// The value of a field by its name as text; nil when it is absent or the text is no field name.
    package func value(named name: String) -> String? {
        HTTPField.Name(name).flatMap { self[$0] }
    }

    /// Sets a field by its name as text.
    package mutating func set(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { self[name] = value }
    }
}
