import HTTPTypes
import Hummingbird
import Logging
import MartletAccounts
import MartletHummingbird

/// `GET /health/alive`: the process answers. `GET /health/ready`: it can also reach its store, and was not asked to end.
struct HealthRoutes: Sendable {
    let store: any AccountStore
    let draining: Draining
    /// However many ask at once, the store is asked once.
    private let checks = JoinedWork<String, Void, StoreError>()

    init(store: any AccountStore, draining: Draining) {
        self.store = store
        self.draining = draining
    }

    func add(to router: some RouterMethods<ServerContext>) {
        router.address("/health/alive", [.get: { _, _ in answer("alive") }])
        router.address("/health/ready", [.get: { _, context in await ready(context) }])
    }

    private func ready(_ context: ServerContext) async -> Response {
        guard !draining.hasBegun else { return answer("draining", status: .serviceUnavailable) }
        do {
            try await checks.run("ready") { () async throws(StoreError) in try await store.checkReady() }
            return answer("ready")
        } catch {
            context.logger.error("The store is not ready.", metadata: ["reason": "\(error)"])
            return answer("unavailable", status: .serviceUnavailable)
        }
    }

    private func answer(_ word: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: .init(string: #"{"status":"\#(word)"}"#)))
    }
}
