public import Logging
import ServiceLifecycle
import UnixSignals

extension MartletService {
    /// Serves until SIGTERM or SIGINT; then answers what is under way, for at most 20 seconds after the delay that the
    /// configuration gives balancers.
    ///
    /// - Parameters:
    ///   - logger: where the server logs.
    ///   - onReady: called with the port once the server listens.
    /// - Throws: what kept the server from listening.
    public func run(logger: Logger, onReady: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        let delay = Duration.seconds(configuration.shutdownDelay)
        var group = ServiceGroupConfiguration(
            services: [
                application(logger: logger, onReady: onReady), Drain(draining: draining, delay: delay, logger: logger),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = delay + .seconds(20)
        group.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: group).run()
    }
}
