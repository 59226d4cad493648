import FoundationEssentials
import NIOCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What happened in one run.
struct Results: Sendable {
    let start = NIODeadline.now()
    private let processorStart = Self.processorSeconds
    var end = NIODeadline.now()
    /// Connections that were opened anew because the server had closed one.
    var reconnects = 0
    private(set) var completed = 0
    private(set) var cookies: [String] = []
    private(set) var errors: [String: Errors] = [:]
    private(set) var microseconds: [Step: [UInt32]] = [:]

    struct Errors: Codable, Sendable {
        var count: Int
        let sample: String
    }

    var seconds: Double { Double((end - start).nanoseconds) / 1e9 }
    var processor: Double { Self.processorSeconds - processorStart }

    mutating func add(_ step: Step, _ time: TimeAmount) {
        microseconds[step, default: []].append(UInt32(clamping: time.nanoseconds / 1000))
    }

    mutating func add(_ failure: Failure) {
        errors[failure.kind, default: Errors(count: 0, sample: failure.sample)].count += 1
    }

    mutating func finish(_ journey: any Journey, _ time: TimeAmount) {
        completed += 1
        if journey is CompleteLogin {
            add(.login, time)
            if cookies.count < Self.keptCookies { cookies.append(journey.cookies) }
        }
    }

    /// Of how many logins the sessions are kept.
    private static let keptCookies = 100_000

    /// The processor time of this process.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// What is printed.
struct Report: Codable {
    struct Percentiles: Codable {
        let p50: UInt32
        let p90: UInt32
        let p99: UInt32
        let max: UInt32

        init(_ unsorted: [UInt32]) {
            let sorted = unsorted.sorted()
            func at(_ percent: Int) -> UInt32 { sorted[Swift.min(sorted.count * percent / 100, sorted.count - 1)] }
            (p50, p90, p99, max) = (at(50), at(90), at(99), at(100))
        }
    }

    let mode: String
    let connections: Int
    let seconds: Double
    let requests: Int
    let requestsPerSecond: Double
    /// Journeys: logins, begun logins, or single requests that were answered as they should be.
    let completed: Int
    let completedPerSecond: Double
    let errors: [String: Results.Errors]
    let reconnects: Int
    let latency: [String: Percentiles]
    /// What the load generator itself used.
    let processorSeconds: Double

    init(_ results: Results, mode: String, connections: Int) {
        self.mode = mode
        self.connections = connections
        seconds = results.seconds
        requests = results.microseconds.filter { $0.key != .login }.values.map(\.count).reduce(0, +)
        requestsPerSecond = Double(requests) / results.seconds
        completed = results.completed
        completedPerSecond = Double(results.completed) / results.seconds
        errors = results.errors
        reconnects = results.reconnects
        latency = Dictionary(
            uniqueKeysWithValues: results.microseconds.map { ($0.key.rawValue, Percentiles($0.value)) })
        processorSeconds = results.processor
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
