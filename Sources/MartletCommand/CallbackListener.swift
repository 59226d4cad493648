import HTTPTypes
import Hummingbird
import Logging
import Martlet
import NIOCore
import ServiceLifecycle

/// Listens on this machine for a browser that a provider sends back.
struct CallbackListener: Sendable {
    /// The port on 127.0.0.1; 0 takes a free one.
    var port: Int
    /// The path of the redirect URI.
    var path: String

    /// Listens while some work is done.
    ///
    /// - Parameter work: is given the port, and the parameters of every callback, in a query or a form.
    /// - Throws: `IOError` if the port cannot be listened on; otherwise what the work throws.
    func listen<Value: Sendable>(
        during work:
            @escaping @Sendable (_ port: Int, _ callbacks: AsyncStream<CallbackParameters>) async throws -> Value
    ) async throws -> Value {
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let (callbacks, arrival) = AsyncStream.makeStream(of: CallbackParameters.self)
        let logger = Logger(label: "callback") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: router(arrival), configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                listening.yield(channel.localAddress?.port ?? 0)
                listening.finish()
            }, logger: logger)
        let services = ServiceGroup(services: [application], logger: logger)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await services.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await work(port, callbacks) }
                return nil
            }
            while let result = try await group.next() {
                guard let result else { continue }
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
                return result
            }
            throw CancellationError()
        }
    }

    private func router(_ arrival: AsyncStream<CallbackParameters>.Continuation) -> Router<BasicRequestContext> {
        let router = Router()
        router.get("\(path)") { request, _ in
            Self.answer(try? CallbackParameters(parsing: request.uri.query ?? ""), arrival)
        }
        router.post("\(path)") { request, _ in
            let body = try await request.body.collect(upTo: 64 * 1024)
            return Self.answer(try? CallbackParameters(parsing: String(buffer: body)), arrival)
        }
        return router
    }

    private static func answer(
        _ parameters: CallbackParameters?, _ arrival: AsyncStream<CallbackParameters>.Continuation
    ) -> Response {
        if let parameters { arrival.yield(parameters) }
        let text =
            parameters == nil ? "This callback cannot be read." : "Go on in the terminal; this page can be closed."
        return Response(
            status: parameters == nil ? .badRequest : .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store", .connection: "close"],
            body: .init(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}
