import Martlet

/// Carries requests to a deployment's simulator, and does something before whoever waits gets an answer of one address.
struct ObservedTransport: Transport {
    private let base: RelayTransport
    private let path: String
    private let observe: @Sendable (OutboundResponse) async -> Void

    init(_ deployment: Deployment, path: String, _ observe: @escaping @Sendable (OutboundResponse) async -> Void) {
        self.base = RelayTransport(origin: Deployment.simulatorOrigin, client: deployment.provider)
        self.path = path
        self.observe = observe
    }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let response = try await base.send(request)
        if request.url.contains(path) { await observe(response) }
        return response
    }
}
