import NIOCore
import NIOPosix

/// One connection, kept as long as the server keeps it, and the journey that is made on it.
final class Browser: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// How long an answer may take.
    private static let patience = TimeAmount.seconds(15)

    private unowned let crew: Crew
    private var channel: (any Channel)?
    private var hasConnected = false
    private var reader = AnswerReader()
    private var journey: (any Journey)?
    private var awaited: PlannedRequest?
    private var began = NIODeadline.now()
    private var asked = NIODeadline.now()

    init(crew: Crew) {
        self.crew = crew
    }

    /// Begins the next journey, or rests.
    func begin() {
        journey = crew.next()
        guard let first = journey?.begin() else { return crew.rest() }
        began = .now()
        ask(first)
    }

    /// Goes on with another connection if an answer takes too long.
    func giveUpWaiting() {
        guard awaited != nil, NIODeadline.now() - asked > Self.patience else { return }
        abandonConnection(Failure("no answer", sample: "within 15 s"))
    }

    private func ask(_ request: PlannedRequest) {
        awaited = request
        asked = .now()
        if let channel { write(request, to: channel) } else { connect() }
    }

    private func connect() {
        if hasConnected { crew.results.reconnects += 1 }
        hasConnected = true
        ClientBootstrap(group: crew.loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: crew.target.host, port: crew.target.port)
            .assumeIsolated()
            .whenComplete { result in
                do {
                    let channel = try result.get()
                    try channel.pipeline.syncOperations.addHandler(self)
                    self.connected(channel)
                } catch {
                    self.crew.loop.assumeIsolated().scheduleTask(in: .milliseconds(20)) {
                        self.fail(Failure("cannot connect", sample: "\(error)"))
                    }
                }
            }
    }

    private func connected(_ channel: any Channel) {
        self.channel = channel
        reader = AnswerReader()
        if let awaited { write(awaited, to: channel) }
    }

    private func write(_ request: PlannedRequest, to channel: any Channel) {
        var bytes = channel.allocator.buffer(capacity: 1024)
        bytes.writeStaticString("GET ")
        bytes.writeString(request.target)
        bytes.writeString(crew.fixedFields)
        if !request.cookies.isEmpty {
            bytes.writeStaticString("Cookie: ")
            bytes.writeString(request.cookies)
            bytes.writeStaticString("\r\n")
        }
        bytes.writeStaticString("\r\n")
        channel.writeAndFlush(bytes, promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reader.append(unwrapInboundIn(data))
        do throws(Failure) {
            if let answer = try reader.next() { take(answer, context) }
        } catch {
            abandonConnection(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard context.channel === channel else { return }
        channel = nil
        if awaited != nil { fail(Failure("connection closed", sample: "in place of an answer")) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func take(_ answer: Answer, _ context: ChannelHandlerContext) {
        guard let request = awaited, var journey else { return }
        awaited = nil
        if answer.closes {
            channel = nil
            context.close(promise: nil)
        }
        let now = NIODeadline.now()
        crew.results.add(request.step, now - asked)
        do throws(Failure) {
            let next = try journey.judge(answer)
            self.journey = journey
            if let next { return ask(next) }
            crew.results.finish(journey, now - began)
            begin()
        } catch {
            fail(error)
        }
    }

    private func abandonConnection(_ failure: Failure) {
        let former = channel
        channel = nil
        former?.close(promise: nil)
        fail(failure)
    }

    private func fail(_ failure: Failure) {
        awaited = nil
        crew.results.add(failure)
        begin()
    }
}
