import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization

/// Whether the service was asked to end.
final class Draining: Sendable {
    private let flag = Atomic(false)

    var hasBegun: Bool { flag.load(ordering: .relaxed) }

    func begin() {
        flag.store(true, ordering: .relaxed)
    }
}

/// Stands after the server in the group, so that it is told to end first: balancers learn of it, and only then does the
/// server stop accepting connections.
struct Drain: Service {
    let draining: Draining
    let delay: Duration
    let logger: Logger

    func run() async {
        do {
            try await gracefulShutdown()
            draining.begin()
            logger.info("Ending; no longer ready.", metadata: ["delay": "\(delay)"])
            try await Task.sleep(for: delay)
        } catch {
            // Cancelled: the server has ended.
        }
    }
}

/// Asks clients that keep connections to make their next request on another one, while the service ends.
struct DrainingHeader: RouterMiddleware {
    let draining: Draining

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if draining.hasBegun { response.headers[.connection] = "close" }
        return response
    }
}
