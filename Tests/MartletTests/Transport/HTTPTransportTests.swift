import AsyncHTTPClient
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Martlet
import NIOCore
import Synchronization
import Testing

@Suite("The HTTP transport")
struct HTTPTransportTests {
    /// A server on loopback that redirects, answers at length, or hangs.
    private final class Server: Sendable {
        let gate = Gate()
        private let arrivals = Mutex<[String]>([])

        /// The paths that were asked for.
        var paths: [String] { arrivals.withLock { $0 } }

        var application: some ApplicationProtocol {
            let router = Router()
            router.addMiddleware { Recorder(arrivals: { path in self.arrivals.withLock { $0.append(path) } }) }
            router.get("redirect") { _, _ in Response(status: .found, headers: [.location: "/target"]) }
            router.get("target") { _, _ in "target" }
            router.post("echo") { request, context -> Response in
                let body = try await request.body.collect(upTo: 1024)
                let name = HTTPField.Name("X-Answer")
                var headers = HTTPFields()
                if let name { headers[name] = request.headers[.authorization] }
                return Response(status: .created, headers: headers, body: ResponseBody(byteBuffer: body))
            }
            router.get("long") { _, _ in String(repeating: "a", count: 1000) }
            router.get("chunks") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        for _ in 0..<100 { try await writer.write(ByteBuffer(repeating: 0x61, count: 10)) }
                        try await writer.finish(nil)
                    })
            }
            router.get("compressed/:body") { _, context -> Response in
                let body = context.parameters.get("body").flatMap { Base64URL.decode($0) } ?? []
                return Response(
                    status: .ok, headers: [.contentEncoding: "gzip"],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
            }
            router.get("hang") { _, _ in
                await self.gate.pass()
                return "late"
            }
            return Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        }

        /// Runs the server while a test talks to it.
        func run<Value: Sendable>(_ test: @Sendable (_ base: String) async throws -> Value) async throws -> Value {
            try await application.test(.live) { client in
                try await test("http://127.0.0.1:\(try #require(client.port))")
            }
        }
    }

    private struct Recorder<Context: RequestContext>: RouterMiddleware {
        let arrivals: @Sendable (String) -> Void

        func handle(
            _ request: Request, context: Context, next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            arrivals(request.uri.path)
            return try await next(request, context)
        }
    }

    private let server = Server()

    private static func transport(_ configure: (inout HTTPTransport.Options) -> Void = { _ in }) -> HTTPTransport {
        var options = HTTPTransport.Options()
        options.insecureAllowHTTPToLoopback = true
        configure(&options)
        return HTTPTransport(options: options)
    }

    /// What a GET ends in: an answer, or the transport's error.
    private static func get(
        _ url: String, by transport: HTTPTransport = transport()
    ) async -> Result<OutboundResponse, TransportError> {
        do throws(TransportError) {
            return .success(try await transport.send(OutboundRequest(role: .userInfo, url: url)))
        } catch {
            return .failure(error)
        }
    }

    @Test
    func carriesTheRequestAndTheAnswer() async throws {
        let response = try await server.run { base in
            let request = OutboundRequest(
                role: .token, method: .post, url: base + "/echo", headers: [.authorization: "Bearer t"], body: "a=名")
            return try await Self.transport().send(request)
        }
        #expect(response.status == 201)
        #expect(try response.headers[#require(HTTPField.Name("X-Answer"))] == "Bearer t")
        #expect(String(decoding: response.body, as: UTF8.self) == "a=名")
    }

    @Test
    func usesAClientOfYourOwn() async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: HTTPTransport.clientConfiguration)
        var options = HTTPTransport.Options()
        options.insecureAllowHTTPToLoopback = true
        let transport = HTTPTransport(client: client, options: options)
        let result = try await server.run { base in await Self.get(base + "/target", by: transport) }
        try await client.shutdown()
        #expect(try result.get().body == Array("target".utf8))
    }

    @Test
    func followsNoRedirect() async throws {
        let result = try await server.run { base in await Self.get(base + "/redirect") }
        let response = try result.get()
        #expect(response.status == 302)
        #expect(response.headers[.location] == "/target")
        #expect(server.paths == ["/redirect"])
    }

    @Test(arguments: ["/long", "/chunks"])
    func refusesAnOversizeAnswer(path: String) async throws {
        let result = try await server.run { base in
            await Self.get(base + path, by: Self.transport { $0.maximumResponseSize = 999 })
        }
        #expect(result == .failure(.tooLarge(limit: 999)))
    }

    @Test(arguments: ["/long", "/chunks"])
    func acceptsAnAnswerOfExactlyTheLargestSize(path: String) async throws {
        let result = try await server.run { base in
            await Self.get(base + path, by: Self.transport { $0.maximumResponseSize = 1000 })
        }
        #expect(try result.get().body.count == 1000)
    }

    /// Gzip of `{"items":[{"account_id":7}]}`.
    private static let compressed = "H4sIAAAAAAACA6tWyixJzS1WsoquVkpMTs4vzSuJz0xRsjKvja0FAJlfBpUcAAAA"
    /// Gzip of 200,002 bytes in 231.
    private static let bomb =
        "H4sIAAAAAAACA-3BsQAAAAACMJfM8peIoX9bCg" + String(repeating: "A", count: 256) + "DcMrJWQ85CDQMA"

    @Test
    func readsACompressedAnswer() async throws {
        let result = try await server.run { base in
            await Self.get(base + "/compressed/" + Self.compressed, by: Self.transport())
        }
        #expect(String(decoding: try result.get().body, as: UTF8.self) == #"{"items":[{"account_id":7}]}"#)
    }

    @Test
    func refusesAnAnswerThatIsOversizeOnceDecompressed() async throws {
        let result = try await server.run { base in
            await Self.get(base + "/compressed/" + Self.bomb, by: Self.transport { $0.maximumResponseSize = 100_000 })
        }
        #expect(result == .failure(.tooLarge(limit: 100_000)))
    }

    @Test
    func saysThatAnAnswerCannotBeDecompressed() async throws {
        let head = Self.compressed.prefix(14)
        let result = try await server.run { base in
            await Self.get("\(base)/compressed/\(head)_____w", by: Self.transport())
        }
        #expect(result == .failure(.unreachable("its answer cannot be decompressed")))
    }

    @Test
    func givesUpOnAServerThatHangs() async throws {
        let result = try await server.run { base in
            let result = await Self.get(base + "/hang", by: Self.transport { $0.timeout = .milliseconds(50) })
            await server.gate.open()
            return result
        }
        #expect(result == .failure(.timedOut))
    }

    @Test
    func givesUpWhenItsTaskIsCancelled() async throws {
        let result = try await server.run { base in
            let asking = Task { await Self.get(base + "/hang", by: Self.transport { $0.timeout = .seconds(60) }) }
            await server.gate.visitor()
            asking.cancel()
            let result = await asking.value
            await server.gate.open()
            return result
        }
        #expect(result == .failure(.timedOut))
    }

    @Test
    func takesAnyLimitOfSize() async throws {
        let result = try await server.run { base in
            await Self.get(base + "/target", by: Self.transport { $0.maximumResponseSize = .max })
        }
        #expect(try result.get().status == 200)
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func saysThatNobodyListens(host: String) async throws {
        let port = try await server.run { String($0.split(separator: ":").last ?? "") }
        guard case .failure(.unreachable(let reason)) = await Self.get("http://\(host):\(port)/target") else {
            Issue.record("somebody answered")
            return
        }
        #expect(!reason.isEmpty && !reason.contains("target"))
        if host == "localhost" { #expect(reason == "localhost does not answer at port \(port)") }
    }

    @Test
    func refusesAServerThatDoesNotSpeakTLS() async throws {
        let result = try await server.run { base in
            await Self.get("https" + base.dropFirst(4) + "/target")
        }
        guard case .failure(.unreachable) = result else {
            Issue.record("the answer was \(result)")
            return
        }
    }

    @Test
    func refusesPlainHTTPToLoopbackUnlessAllowed() async throws {
        let result = try await server.run { base in await Self.get(base + "/target", by: HTTPTransport()) }
        let reason = "plain http is refused; to allow it to this machine, set insecureAllowHTTP"
        #expect(result == .failure(.refused(reason)))
        #expect(server.paths.isEmpty)
    }

    @Test(arguments: [
        "http://id.example/token", "http://127.0.0.1.evil.example/", "http://localhost.evil.example/",
        "http://10.0.0.1/", "http://128.0.0.1/", "HTTP://id.example/", "ftp://localhost/", "file://localhost/etc",
        "http://localhost@evil.example/",
    ])
    func refusesAnythingButHTTPSElsewhere(url: String) async {
        let reason = "plain http is refused for a provider's endpoints; use https"
        #expect(await Self.get(url) == .failure(.refused(reason)))
    }

    @Test(arguments: ["", "/token", "id.example/token", "https://", "https:///token", "mailto:a@b"])
    func refusesAURLThatIsNotAbsolute(url: String) async {
        #expect(await Self.get(url) == .failure(.refused("the URL is not absolute")))
    }

    @Test
    func isSafeByDefault() {
        let options = HTTPTransport.Options()
        #expect(!options.insecureAllowHTTPToLoopback)
        #expect(options.maximumResponseSize == 1_048_576)
        #expect(options.timeout == .seconds(8))
    }

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST", true), ("127.0.0.1", true), ("127.255.255.254", true), ("::1", true),
        ("[::1]", true), ("127.0.0.256", false), ("127.0.0", false), ("127.0.0.0.1", false), ("127..0.1", false),
        ("127.0.0.1.example", false), ("localhost.example", false), ("", false), ("::2", false), ("0.0.0.0", false),
        ("192.168.0.1", false),
    ])
    func knowsLoopback(host: String, isOne: Bool) {
        #expect(isLoopback(host: host) == isOne)
    }
}
