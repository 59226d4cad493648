import HTTPTypes
import Synchronization

/// One request that a client made, as far as a test may want to look at it. Bodies and header values are not kept.
public struct RecordedRequest: Sendable, Hashable {
    /// A name and its value in a query.
    public struct QueryItem: Sendable, Hashable {
        /// The decoded name.
        public let name: String
        /// The decoded value.
        public let value: String
    }

    /// The method, for example `POST`.
    public let method: String
    /// The vendor's host and path, for example `api.github.com/user`.
    public let path: String
    /// The query, in order.
    public let query: [QueryItem]
    /// Names of the headers, in lower case.
    public let headerNames: [String]
    /// Names of the fields of a form, or of the members of a JSON body.
    public let formNames: [String]
}

/// The last requests at vendors' addresses.
final class Recorder: Sendable {
    /// How many requests are kept.
    static let capacity = 1000

    private let requests = Mutex<[RecordedRequest]>([])

    /// Keeps a request and drops the oldest when there are too many.
    func record(_ call: Call) {
        let request = RecordedRequest(
            method: call.method.rawValue, path: call.path,
            query: call.query.items.map { .init(name: $0.name, value: $0.value) },
            headerNames: call.headers.map { $0.name.canonicalName },
            formNames: (call.form.items + call.json.items).map(\.name))
        requests.withLock { requests in
            requests.append(request)
            if requests.count > Self.capacity { requests.removeFirst(requests.count - Self.capacity) }
        }
    }

    /// The requests, oldest first.
    var all: [RecordedRequest] {
        requests.withLock { $0 }
    }

    /// Forgets all requests.
    func clear() {
        requests.withLock { $0 = [] }
    }
}

extension RecordedRequest {
    /// The request as the control endpoint shows it.
    var json: JSON {
        [
            "method": .string(method), "path": .string(path),
            "query": .array(query.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "headerNames": .strings(headerNames), "formNames": .strings(formNames),
        ]
    }
}
