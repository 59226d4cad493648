import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MartletAccounts
import MartletTesting
import NIOCore
import ServiceLifecycle
import Testing

@testable import MartletServer

/// What a service says while it ends; Tests/ClusterTests look at whole processes.
@Suite struct DrainingTests {
    @Test func isNotReadyAndAsksForAnotherConnectionOnceItWasAskedToEnd() async throws {
        var configuration = try ServerConfiguration.parse("", file: "test")
        configuration.secrets = [Keyring.generateSecret()]
        let service = try MartletService(configuration, store: MemoryStore())
        try await Application(router: service.router()).test(.router) { client in
            let before = try await client.executeRequest(uri: "/health/ready", method: .get, headers: [:], body: nil)
            #expect(before.status == .ok && before.headers[.connection] == nil)
            service.draining.begin()
            let after = try await client.executeRequest(uri: "/health/ready", method: .get, headers: [:], body: nil)
            #expect(after.status == .serviceUnavailable && after.headers[.connection] == "close")
            #expect(String(buffer: after.body) == #"{"status":"draining"}"#)
            let alive = try await client.executeRequest(uri: "/health/alive", method: .get, headers: [:], body: nil)
            #expect(alive.status == .ok && alive.headers[.connection] == "close")
        }
    }

    @Test func drainsWhenItsGroupIsToldToEnd() async throws {
        let draining = Draining()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let group = ServiceGroup(
            services: [Drain(draining: draining, delay: .zero, logger: logger)], logger: logger)
        #expect(!draining.hasBegun)
        await group.triggerGracefulShutdown()
        try await group.run()
        #expect(draining.hasBegun)
    }
}
