package import Martlet
import Synchronization

/// Carries requests by another transport, and remembers them with their answers. They hold secrets.
package final class RecordingTransport: Transport {
    /// A request and its answer.
    struct Exchange: Sendable {
        let request: OutboundRequest
        let response: OutboundResponse
    }

    private let transport: any Transport
    private let log: Mutex<[Exchange]> = Mutex([])

    /// Makes a transport over another.
    package init(_ transport: any Transport) {
        self.transport = transport
    }

    var exchanges: [Exchange] { log.withLock { $0 } }

    /// Sends a request by the other transport.
    package func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let response = try await transport.send(request)
        log.withLock { $0.append(Exchange(request: request, response: response)) }
        return response
    }
}
