import NIOCore

/// When to stop.
enum Limit {
    /// No journey begins after so much time.
    case seconds(Double)
    /// So many journeys.
    case count(Int)
}

/// All the browsers, on one event loop.
final class Crew {
    let loop: any EventLoop
    let target: Address
    /// What follows the target in every request: the protocol version, and the header fields that never change.
    let fixedFields: String
    let persons: Persons
    /// How many journeys were begun in this run.
    private(set) var begun = 0
    var results = Results()

    private var browsers: [Browser] = []
    private var atWork = 0
    private var countLimit = Int.max
    private var deadline = NIODeadline.distantFuture
    private var journey: (Crew) -> any Journey = { _ in Visit(target: "/", cookies: "", status: 200) }
    private var finished: EventLoopPromise<Results>?

    init(loop: any EventLoop, target: Address, fixedFields: String, size: Int, persons: Persons) {
        self.loop = loop
        self.target = target
        self.fixedFields = fixedFields
        self.persons = persons
        browsers = (0..<size).map { _ in Browser(crew: self) }
    }

    /// Makes journeys until the limit, on all connections at once.
    func run(until limit: Limit, _ journey: @escaping (Crew) -> any Journey) -> EventLoopFuture<Results> {
        let promise = loop.makePromise(of: Results.self)
        finished = promise
        self.journey = journey
        begun = 0
        results = Results()
        switch limit {
        case .seconds(let seconds): deadline = .now() + .nanoseconds(Int64(seconds * 1e9))
        case .count(let count): countLimit = count
        }
        atWork = browsers.count
        watch()
        browsers.forEach { $0.begin() }
        return promise.futureResult
    }

    /// Looks every second for answers that do not come.
    private func watch() {
        loop.assumeIsolated().scheduleTask(in: .seconds(1)) {
            guard self.atWork > 0 else { return }
            self.browsers.forEach { $0.giveUpWaiting() }
            self.watch()
        }
    }

    /// The next journey, or nil when the limit is reached.
    func next() -> (any Journey)? {
        guard begun < countLimit, NIODeadline.now() < deadline else { return nil }
        defer { begun += 1 }
        return journey(self)
    }

    /// A browser has nothing more to do.
    func rest() {
        atWork -= 1
        guard atWork == 0 else { return }
        countLimit = .max
        deadline = .distantFuture
        results.end = .now()
        finished?.succeed(results)
    }
}

/// The people who log in.
final class Persons {
    private let range: ClosedRange<Int>
    private var random: UInt64?
    private var latest: Int

    /// In turn, or at random from a seed.
    init(_ range: ClosedRange<Int>, seed: UInt64?) {
        self.range = range
        self.random = seed
        self.latest = range.upperBound
    }

    func next() -> Int {
        guard let seed = random else {
            latest = latest == range.upperBound ? range.lowerBound : latest + 1
            return latest
        }
        // SplitMix64: https://prng.di.unimi.it/splitmix64.c
        random = seed &+ 0x9E37_79B9_7F4A_7C15
        var mixed = seed &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return range.lowerBound + Int(mixed % UInt64(range.count))
    }
}
