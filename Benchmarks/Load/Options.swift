import ArgumentParser
import NIOCore
import NIOPosix
import Support

/// Where the load goes, and how much of it.
struct TrafficOptions: ParsableArguments {
    @Option(help: "HOST:PORT to connect to.") var target: Address
    @Option(help: "The Host field; by default the target.") var host: String?
    @Option(help: "How many connections, each with one request at a time.") var connections = 64
    @Option(help: "How long to measure, in seconds.") var seconds = 10.0
    @Option(help: "How many logins or requests to measure, instead of a time.") var count: Int?
    @Option(help: "How long to go on before measuring, in seconds.") var warmUp = 0.0
    @Option(help: "The people who log in, in turn, as FROM..TO.") var persons = PersonRange(1...1000)
    @Option(help: "Chooses people at random, from this seed.") var random: UInt64?
    @Option(name: .customLong("header"), help: "A header field, as `Name: value`; may be repeated.")
    var headers: [String] = ["Accept: text/html,application/xhtml+xml", "Sec-Fetch-Mode: navigate"]

    private static let loop: any EventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()

    /// Goes on making journeys, and prints what came of them.
    func measure(
        _ mode: String, by crew: NIOLoopBound<Crew>, _ journey: @escaping @Sendable (Crew) -> any Journey
    ) async throws {
        if warmUp > 0 { _ = try await Self.run(crew, .seconds(warmUp), journey) }
        say("measuring")
        let results = try await Self.run(crew, count.map { .count($0) } ?? .seconds(seconds), journey)
        say("measured")
        say(try Report(results, mode: mode, connections: connections).json)
        if results.completed == 0 { throw ExitCode.failure }
    }

    /// The `Cookie` fields of sessions that were begun.
    func logIn(_ count: Int, _ plan: LoginPlan, by crew: NIOLoopBound<Crew>) async throws -> [String] {
        let results = try await Self.run(crew, .count(count)) {
            CompleteLogin(plan, person: $0.persons.next())
        }
        guard results.cookies.count == count else {
            say(try Report(results, mode: "login", connections: connections).json)
            throw ExitCode.failure
        }
        return results.cookies
    }

    /// The browsers, none of which has a connection yet.
    func crew() async throws -> NIOLoopBound<Crew> {
        let fields = ["Host: \(host ?? target.text)", "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Load/1.0"] + headers
        let fixed = " HTTP/1.1\r\n" + fields.map { $0 + "\r\n" }.joined()
        let (target, connections, range, seed) = (target, connections, persons.range, random)
        return try await Self.loop.submit {
            let crew = Crew(
                loop: Self.loop, target: target, fixedFields: fixed, size: connections,
                persons: Persons(range, seed: seed))
            return NIOLoopBound(crew, eventLoop: Self.loop)
        }.get()
    }

    private static func run(
        _ crew: NIOLoopBound<Crew>, _ limit: Limit, _ journey: @escaping @Sendable (Crew) -> any Journey
    ) async throws -> Results {
        try await loop.flatSubmit { crew.value.run(until: limit, journey) }.get()
    }
}

/// How logins go at the target.
struct LoginOptions: ParsableArguments {
    @Option(help: "The path that begins a login.") var start = "/api/auth/oauth/bench/authorize"
    @Option(help: "The cookie that a finished login sets, by the beginning of its name.")
    var sessionCookie = "martlet-session"
    @Option(
        name: .customLong("callback-status"), parsing: .upToNextOption, help: "The statuses of a finished login.")
    var statuses: [Int] = [302, 303, 307]

    var plan: LoginPlan { LoginPlan(start: start, sessionCookie: sessionCookie, statuses: statuses) }
}

/// A host and a port.
struct Address: ExpressibleByArgument {
    let host: String
    let port: Int

    var text: String { "\(host):\(port)" }

    init?(argument: String) {
        let parts = argument.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1]) else { return nil }
        self.host = String(parts[0])
        self.port = port
    }
}

/// `FROM..TO`, both included.
struct PersonRange: ExpressibleByArgument {
    let range: ClosedRange<Int>

    var defaultValueDescription: String { "\(range.lowerBound)..\(range.upperBound)" }

    init(_ range: ClosedRange<Int>) {
        self.range = range
    }

    init?(argument: String) {
        let bounds = argument.split(separator: ".").compactMap { Int($0) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else { return nil }
        self.range = bounds[0]...bounds[1]
    }
}
