import ArgumentParser
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import NIOPosix
import Support

@main
struct BareRoute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One Hummingbird route that always answers the same: what the service is compared with.",
        discussion: """
            GET / answers with the status and header fields of FILE, as `curl --silent --dump-header FILE` writes them: \
            an answer of the same size as the one it is compared with. Date, Server, Content-Length and Connection are \
            the server's own.
            """)

    @Option(help: "The port to listen on, at 127.0.0.1; 0 for a free one.") var port = 0
    @Option(help: "How many event loops.") var threads = 1
    @Option(help: "A file with a status line and header fields; without it, a 302 to /.") var headers: String?

    nonisolated func run() async throws {
        let answer = try headers.map { try Answer(head: String(contentsOfFile: $0, encoding: .utf8)) } ?? Answer()
        let router = Router()
        router.get("/") { _, _ in Response(status: answer.status, headers: answer.headers) }
        var logger = Logger(label: "bare")
        logger.logLevel = .error
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { say("ready \($0.localAddress?.port ?? 0)") },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: threads)), logger: logger
        ).runService()
    }
}

/// What the route answers.
struct Answer {
    var status: HTTPResponse.Status = .found
    var headers: HTTPFields = [.location: "/"]

    init() {}

    /// Reads the head of an answer: a status line, and a line for each field.
    init(head: String) throws {
        let lines = head.split(whereSeparator: \.isNewline)
        guard let code = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw ValidationError("The file does not begin with a status line.")
        }
        status = HTTPResponse.Status(code: code)
        headers = [:]
        for line in lines.dropFirst() {
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2, let name = HTTPField.Name(String(sides[0])), !Self.ofTheServer.contains(name)
            else { continue }
            headers.append(HTTPField(name: name, value: sides[1].trimmingPrefix(" ").description))
        }
    }

    private static let ofTheServer: Set<HTTPField.Name> = [
        .date, .server, .contentLength, .connection, .transferEncoding,
    ]
}
