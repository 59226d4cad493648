import ArgumentParser
import AsyncHTTPClient
import FoundationEssentials
import HTTPTypes
import Martlet
import NIOCore
import NIOHTTP1
import NIOPosix
import Support

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@main
struct ProviderCall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What one request to a provider costs, of processor time, with nothing around it.",
        discussion: "A form of 200 bytes is posted to StubProvider over kept connections, by many tasks at once.")

    /// How a request is sent.
    enum Way: String, CaseIterable, ExpressibleByArgument {
        /// As AsyncHTTPClient's documentation does: `execute` with a request, then `collect`.
        case async
        /// Its futures, with an accumulating delegate.
        case future
        /// Martlet's transport.
        case transport
    }

    @Option(help: "The port of StubProvider.") var port: Int
    @Option(help: "How to send: \(Way.allCases.map(\.rawValue).joined(separator: ", ")).") var way = Way.async
    @Option(help: "How many tasks send at once.") var tasks = 64
    @Option(help: "How many requests to measure.") var count = 40_000
    @Option(help: "How many event loops.") var loops = 1
    @Flag(help: "Make no span for a request.") var withoutTracing = false
    @Flag(help: "Do not decompress answers.") var withoutDecompression = false
    @Flag(help: "Run each request's delegate and connection on one event loop.") var onOneLoop = false

    nonisolated func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
        let client = HTTPClient(eventLoopGroup: group, configuration: settings)
        let send = sender(client, group)
        try await repeating(count / 10, send)
        let (begin, started) = (Self.processorSeconds, ContinuousClock.now)
        try await repeating(count, send)
        let (spent, time) = (Self.processorSeconds - begin, ContinuousClock.now - started)
        let sent = Double(count / tasks * tasks)
        let microseconds = spent / sent * 1e6
        let rate = sent / (time / .seconds(1))
        say("\(Int(microseconds.rounded())) µs of processor time a request, \(Int(rate)) requests/s")
        try await client.shutdown()
        try await group.shutdownGracefully()
    }

    private var settings: HTTPClient.Configuration {
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = tasks
        if !withoutDecompression { settings.decompression = .enabled(limit: .size(1 << 20)) }
        if withoutTracing { settings.tracing.tracer = nil }
        return settings
    }

    private func sender(
        _ client: HTTPClient, _ group: MultiThreadedEventLoopGroup
    ) -> @Sendable () async throws -> Void {
        let url = "http://127.0.0.1:\(port)/token"
        let form = String(repeating: "a", count: 200)
        let type = "application/x-www-form-urlencoded"
        switch way {
        case .async:
            return {
                var request = HTTPClientRequest(url: url)
                request.method = .POST
                request.headers.add(name: "Content-Type", value: type)
                request.body = .bytes(ByteBuffer(string: form))
                let response = try await client.execute(request, timeout: .seconds(5))
                _ = try await response.body.collect(upTo: 1 << 20)
            }
        case .future:
            let onOneLoop = onOneLoop
            return {
                let request = try HTTPClient.Request(
                    url: url, method: .POST, headers: ["Content-Type": type], body: .string(form))
                let loop = group.next()
                let preference = onOneLoop ? HTTPClient.EventLoopPreference.delegateAndChannel(on: loop) : .indifferent
                _ = try await client.execute(
                    request: request, delegate: ResponseAccumulator(request: request, maxBodySize: 1 << 20),
                    eventLoop: preference, deadline: .now() + .seconds(5)
                ).get()
            }
        case .transport:
            var options = HTTPTransport.Options()
            options.insecureAllowHTTPToLoopback = true
            let transport = HTTPTransport(client: client, options: options)
            return {
                _ = try await transport.send(
                    OutboundRequest(
                        role: .token, method: .post, url: url, headers: [.contentType: type], body: form))
            }
        }
    }

    private func repeating(_ count: Int, _ send: @escaping @Sendable () async throws -> Void) async throws {
        let each = count / tasks
        try await withThrowingTaskGroup { group in
            for _ in 0..<tasks {
                group.addTask { for _ in 0..<each { try await send() } }
            }
            try await group.waitForAll()
        }
    }

    /// The processor time of this process so far.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
