import AsyncHTTPClient
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Martlet
import MartletAccounts
import MartletTesting
import NIOCore
import Testing

@testable import MartletServer
@testable import MartletSimulator

/// A service and a simulator of its providers, running in this process.
struct Deployment: Sendable {
    /// How the two are spoken to.
    enum Wire: String, CaseIterable, Sendable {
        case inProcess
        case socket
    }

    static let simulatorOrigin = "http://127.0.0.1:9090"
    static let keys = Result { try MartletSimulator.SigningKeys() }

    let clock: FixedClock
    let store: any AccountStore
    let simulator: Simulator
    let serviceOrigin: String
    let service: any TestClientProtocol
    let provider: any TestClientProtocol
    var wire = Wire.inProcess
    var configuration: ServerConfiguration?

    /// Starts both, runs a test, and stops both.
    static func run(
        _ wire: Wire = .inProcess, _ settings: String = "", transport: (any Transport)? = nil,
        store: (any AccountStore)? = nil, people: [MartletSimulator.Person] = Person.everybody,
        _ test: @Sendable (Deployment) async throws -> Void
    ) async throws {
        let configuration = try configuration(settings)
        let clock = FixedClock()
        let simulator = Simulator(
            configuration: .init(
                people: people, keys: try keys.get(), baseURL: simulatorOrigin, now: clock.read,
                sleep: { _ in try await never() }))
        let providers = Application(router: simulator.router(), logger: logger)
        try await providers.test(wire == .inProcess ? .router : .live) { provider in
            let relay = RelayTransport(origin: simulatorOrigin, client: provider)
            let store = store ?? CachedStore(MemoryStore(now: clock.read))
            let service = try MartletService(
                configuration, store: store, transport: transport ?? relay, now: clock.read)
            let app = Application(router: service.router(), logger: logger)
            try await app.test(wire == .inProcess ? .router : .live) { client in
                try await test(
                    Deployment(
                        clock: clock, store: store, simulator: simulator,
                        serviceOrigin: configuration.publicURL.origin, service: client, provider: provider,
                        wire: wire, configuration: configuration))
            }
        }
    }

    private static let logger = Logger(label: "end-to-end") { _ in SwiftLogNoOpLogHandler() }

    /// Runs a test with a second node over the same store, secrets and clock, on which some providers are switched off.
    func switchingOff(_ providerIDs: Set<String>, _ test: @Sendable (Deployment) async throws -> Void) async throws {
        try await changing(providerIDs, { $0.isEnabled = false }, test)
    }

    /// Runs a test with a second node over the same store, secrets and clock, on which some providers are set up
    /// otherwise, or are reached otherwise; or over a store of its own.
    func changing(
        _ providerIDs: Set<String> = [], transport: (any Transport)? = nil, store: (any AccountStore)? = nil,
        _ change: (inout ProviderConfiguration) -> Void = { _ in },
        _ test: @Sendable (Deployment) async throws -> Void
    ) async throws {
        var changed = try #require(configuration)
        for index in changed.providers.indices where providerIDs.contains(changed.providers[index].id) {
            change(&changed.providers[index])
        }
        let store = store ?? self.store
        let service = try MartletService(
            changed, store: store,
            transport: transport ?? RelayTransport(origin: Self.simulatorOrigin, client: provider), now: clock.read)
        let (wire, configuration) = (wire, changed)
        try await Application(router: service.router(), logger: Self.logger)
            .test(wire == .inProcess ? .router : .live) { client in
                try await test(
                    Deployment(
                        clock: clock, store: store, simulator: simulator, serviceOrigin: serviceOrigin,
                        service: client, provider: provider, wire: wire, configuration: configuration))
            }
    }

    /// Waits for as long as the one who waits wants to.
    private static func never() async throws {
        let (stream, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        try Task.checkCancellation()
    }

    private static func configuration(_ settings: String) throws -> ServerConfiguration {
        var configuration = try ServerConfiguration.demo(
            port: 8080, simulator: simulatorOrigin, folder: "unused", simulated: Simulator.dialects)
        let text = settings.contains("publicURL") ? settings : "publicURL: http://localhost:8080\n" + settings
        let parsed = try ServerConfiguration.parse(text, file: "test")
        configuration.publicURL = parsed.publicURL
        configuration.linking = parsed.linking
        configuration.allowedRedirectOrigins = parsed.allowedRedirectOrigins
        configuration.sessionLifetime = parsed.sessionLifetime
        configuration.trustedProxies = parsed.trustedProxies
        configuration.requestsPerMinute = parsed.requestsPerMinute
        configuration.serviceKey = parsed.serviceKey
        configuration.providers += parsed.providers
        configuration.secrets = [Keyring.generateSecret()]
        return configuration
    }
}

/// Carries the service's requests to a simulator in this process.
struct RelayTransport: Transport {
    let origin: String
    let client: any TestClientProtocol

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        guard request.url.hasPrefix(origin) else { throw .unreachable("no such host") }
        do {
            var headers = request.headers
            if let host = HTTPField.Name("Host") { headers[host] = nil }
            let answer = try await client.executeRequest(
                uri: String(request.url.dropFirst(origin.count)), method: request.method, headers: headers,
                body: request.body.map { ByteBuffer(string: $0) })
            return OutboundResponse(
                status: answer.status.code, headers: answer.headers, body: Array(buffer: answer.body))
        } catch {
            throw .unreachable("\(error)")
        }
    }
}
