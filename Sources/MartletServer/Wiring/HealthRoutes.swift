import HTTPTypes
import Hummingbird
import Logging
import MartletAccounts

/// `GET /health/alive`: the process answers. `GET /health/ready`: it can also reach its store.
struct HealthRoutes: Sendable {
    let store: any AccountStore

    func add(to router: some RouterMethods<ServerContext>) {
        router.get("/health/alive") { _, _ in answer("alive") }
        router.get("/health/ready") { _, context in
            do {
                try await store.checkReady()
                return answer("ready")
            } catch {
                context.logger.error("The store is not ready.", metadata: ["reason": "\(error)"])
                return answer("unavailable", status: .serviceUnavailable)
            }
        }
    }

    private func answer(_ word: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: .init(string: #"{"status":"\#(word)"}"#)))
    }
}
