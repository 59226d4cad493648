public import AsyncHTTPClient
import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Tracing

/// The transport for production: one long-lived AsyncHTTPClient with keep-alive, deadlines, size limits and no redirects.
///
/// Certificates are always verified. Plain HTTP is refused, except to loopback when
/// ``Options/insecureAllowHTTPToLoopback`` is set.
public struct HTTPTransport: Transport {
    /// Limits of a transport.
    public struct Options: Hashable, Sendable {
        /// The longest time from the first byte sent to the last byte received. Default: 8 seconds.
        public var timeout: Duration = .seconds(8)
        /// The largest answer, in bytes. Default: 1 MiB, which is also the most that a compressed one may become.
        public var maximumResponseSize: Int = 1 << 20
        /// Allows `http://` to `localhost`, `127.0.0.0/8` and `[::1]`: for development against a local provider.
        public var insecureAllowHTTPToLoopback: Bool = false

        /// The defaults.
        public init() {}
    }

    /// A transport over the process-wide HTTP client, with the default options.
    public static let shared: HTTPTransport = HTTPTransport()

    private static let sharedClient: HTTPClient = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: clientConfiguration)

    private let ownClient: HTTPClient?
    private let options: Options
    private let certificate: ClientCertificate?

    /// Makes a transport over the process-wide HTTP client, which keeps connections alive between logins.
    ///
    /// - Parameters:
    ///   - options: limits.
    ///   - certificate: the certificate that the client shows every provider, for mutual TLS (RFC 8705).
    public init(options: Options = Options(), certificate: ClientCertificate? = nil) {
        self.ownClient = nil
        self.options = options
        self.certificate = certificate
    }

    /// Makes a transport over an HTTP client of your own.
    ///
    /// The client must be configured not to follow redirects; its owner shuts it down.
    public init(client: HTTPClient, options: Options = Options()) {
        self.ownClient = client
        self.options = options
        self.certificate = nil
    }

    /// A configuration that follows no redirects and lets one slow provider keep no others waiting.
    public static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5))
        configuration.connectionPool.idleTimeout = .seconds(30)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
        configuration.connectionPool.retryConnectionEstablishment = false
        // Some providers compress whether asked to or not (Stack Exchange).
        configuration.decompression = .enabled(limit: .size(Options().maximumResponseSize))
        // A span for nobody costs a tenth of a request.
        if configuration.tracing.tracer is NoOpTracer { configuration.tracing.tracer = nil }
        return configuration
    }

    /// Sends a request within the deadline and the size limit.
    public func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        try checkAllowed(request.url)
        let limit = min(max(0, options.maximumResponseSize), Int(clamping: UInt32.max))
        let client = ownClient ?? Self.sharedClient
        do {
            let outbound = try HTTPClient.Request(request, tls: certificate?.configuration)
            // Futures, since a stream of the body's parts would be a change of threads for each part.
            let exchange = client.execute(
                request: outbound, delegate: ResponseAccumulator(request: outbound, maxBodySize: limit),
                deadline: .now() + TimeAmount(options.timeout))
            let response = try await withTaskCancellationHandler {
                try await exchange.get()
            } onCancel: {
                exchange.cancel()
            }
            return OutboundResponse(
                status: Int(response.status.code), headers: HTTPFields(response.headers),
                body: response.body.map { Array(buffer: $0) } ?? [])
        } catch {
            throw TransportError(error, limit: limit)
        }
    }

    private func checkAllowed(_ url: String) throws(TransportError) {
        guard let parsed = URL(string: url), let host = parsed.host(), !host.isEmpty else {
            throw .refused("the URL is not absolute")
        }
        switch parsed.scheme?.lowercased() {
        case "https": return
        case "http" where options.insecureAllowHTTPToLoopback && isLoopback(host: host): return
        case "http" where isLoopback(host: host):
            throw .refused("plain http is refused; to allow it to this machine, set insecureAllowHTTP")
        default: throw .refused("plain http is refused for a provider's endpoints; use https")
        }
    }
}

/// Whether a host name or address literal is this machine's loopback.
package func isLoopback(host: String) -> Bool {
    switch host.lowercased() {
    case "localhost", "127.0.0.1", "::1", "[::1]": return true
    case let name:
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension HTTPClient.Request {
    fileprivate init(_ request: OutboundRequest, tls: TLSConfiguration?) throws {
        try self.init(
            url: request.url, method: .init(rawValue: request.method.rawValue),
            headers: HTTPHeaders(request.headers.map { ($0.name.canonicalName, $0.value) }),
            body: request.body.map { .string($0) }, tlsConfiguration: tls)
    }
}

extension HTTPFields {
    fileprivate init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}

extension TransportError {
    fileprivate init(_ error: any Error, limit: Int) {
        switch error {
        case is CancellationError: self = .timedOut
        case is ResponseAccumulator.ResponseTooBigError: self = .tooLarge(limit: limit)
        case NIOHTTPDecompression.DecompressionError.limit: self = .tooLarge(limit: limit)
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            self = .unreachable("its answer cannot be decompressed")
        case let error as HTTPClientError where Self.timeouts.contains(error): self = .timedOut
        case let error as HTTPClientError: self = .unreachable(error.shortDescription)
        case let error as NIOConnectionError: self = .unreachable(Self.reason(error))
        default: self = .unreachable("\(error)")
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        error.connectionErrors.isEmpty
            ? "the host name \(error.host) is not known" : "\(error.host) does not answer at port \(error.port)"
    }

    private static let timeouts: [HTTPClientError] = [
        .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout, .cancelled,
    ]
}
