public import Hummingbird
public import NIOCore

/// What a request carries through the service: its logger and id, and who connected.
public struct ServerContext: RequestContext, RemoteAddressRequestContext {
    /// Hummingbird's own part.
    public var coreContext: CoreRequestContextStorage
    /// The peer of the connection.
    public let remoteAddress: SocketAddress?

    /// Makes the context of a request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// The largest body that is read, in bytes: 1 MiB.
    public var maxUploadSize: Int { 1 << 20 }
}
