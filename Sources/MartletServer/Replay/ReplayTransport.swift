import FoundationEssentials
import HTTPTypes
import Martlet
import Synchronization

/// Answers requests from a recording, and remembers what was asked.
final class ReplayTransport: Transport {
    /// A request that was made, and how its answer was found.
    struct Asked: Sendable {
        let request: OutboundRequest
        let match: String?
        /// Where the request is not as the recording says it must be.
        let differences: [JSONValue]

        init(_ request: OutboundRequest, match: String?, answeredBy exchange: ReplayExchange? = nil) {
            self.request = request
            self.match = match
            self.differences = exchange?.request.differences(from: request) ?? []
        }
    }

    private let exchanges: [ReplayExchange]
    private let log: Mutex<[Asked]> = Mutex([])

    init(exchanges: [ReplayExchange]) {
        self.exchanges = exchanges
    }

    var asked: [Asked] { log.withLock { $0 } }

    /// The first request that no recorded answer fits.
    var unanswered: OutboundRequest? { asked.first { $0.match == nil }?.request }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let matching = exchanges.filter { $0.matchesByURL(request) }
        // A vendor with one address for everything (Alipay) has exchanges that only the role tells apart.
        if let exchange = matching.first(where: { $0.role == request.role }) ?? matching.first {
            log.withLock { $0.append(Asked(request, match: "url", answeredBy: exchange)) }
            return exchange.response
        }
        if let exchange = exchanges.first(where: { $0.role == request.role }) {
            log.withLock { $0.append(Asked(request, match: "role", answeredBy: exchange)) }
            return exchange.response
        }
        log.withLock { $0.append(Asked(request, match: nil)) }
        throw .unreachable("no recorded answer")
    }
}

extension ReplayTransport.Asked {
    /// The request as the replay prints it.
    var json: JSONValue {
        let names = request.headers.map { ($0.name.canonicalName, JSONValue.string($0.value)) }
        return [
            "method": .string(request.method.rawValue), "url": .string(request.url),
            "headers": .object(Dictionary(names, uniquingKeysWith: { $1 })), "body": JSONValue(request.body),
            "role": .string(request.role.rawValue), "match": JSONValue(match),
        ]
    }
}
