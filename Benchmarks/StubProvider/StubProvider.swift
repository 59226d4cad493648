import ArgumentParser
import NIOCore
import NIOHTTP1
import NIOPosix
import Support

@main
struct StubProvider: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "An OAuth 2.0 provider that checks PKCE, and costs much less than what is measured with it.",
        discussion: """
            It keeps nothing. A code is CHALLENGE.PERSON or CHALLENGE.PERSON.NONCE: the code_challenge of the \
            authorization request (empty if that had none), a number, and the nonce of an OpenID request. A client of \
            the benchmark makes it by itself, or is given it by GET /authorize.

            GET /authorize    a redirect back, for person after person, or for the login_hint
            POST /token       checks grant type, redirect URI, client authentication and PKCE (S256);
                              gives an access token, and an ID token (RS256) if the code has a nonce
            GET /userinfo     the person of an access token
            GET /counts       how many requests there were, and how many were refused, by reason
            GET /jwks, /.well-known/openid-configuration
            """)

    @Option(help: "The port to listen on, at 127.0.0.1; 0 for a free one.") var port = 0
    @Option(help: "How many event loops.") var threads = 1

    nonisolated func run() async throws {
        let provider = Provider()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: threads))
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try channel.pipeline.syncOperations.addHandler(ProviderHandler(provider: provider))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        say("ready \(server.localAddress?.port ?? 0)")
        try await server.closeFuture.get()
    }
}

/// Reads requests whole, and writes the provider's answers.
private final class ProviderHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let provider: Provider
    private var head: HTTPRequestHead?
    private var body = ""

    init(provider: Provider) {
        self.provider = provider
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ""
        case .body(let part):
            body += String(buffer: part)
        case .end:
            guard let head else { return }
            write(provider.answer(head, body: body), keepAlive: head.isKeepAlive, context)
        }
    }

    private func write(_ answer: Answer, keepAlive: Bool, _ context: ChannelHandlerContext) {
        let body = ByteBuffer(string: answer.body)
        var headers = HTTPHeaders([("content-length", "\(body.readableBytes)")])
        if let location = answer.location { headers.add(name: "location", value: location) }
        if !answer.body.isEmpty { headers.add(name: "content-type", value: "application/json") }
        if !keepAlive { headers.add(name: "connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if !keepAlive { written.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }
}
