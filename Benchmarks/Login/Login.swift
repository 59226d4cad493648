import Benchmark
import FoundationEssentials
import Martlet
import MartletAccounts
import MartletSQLite
import MartletTesting
import Synchronization

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.processorTime, .cpuUser, .wallClock, .instructions],
        units: [.processorTime: .count], warmupIterations: 3, scalingFactor: .kilo, maxDuration: .seconds(5),
        maxIterations: 100)

    for algorithm in SignedToken.Algorithm.allCases {
        measure("ID token: verify \(algorithm.rawValue), cached key") {
            let token = try SignedToken(algorithm)
            let client = try World.client(transport: token.transport)
            return { blackHole(try await client.tokens(nativeIDToken: token.text, nonce: SignedToken.nonce)) }
        }
    }

    measure("authorization URL with PKCE") {
        let client = try World.client(transport: .openID())
        return { blackHole(try await client.authorizationRequest(redirectURI: World.redirectURI)) }
    }

    measure("callback: judge") {
        let client = try World.client(transport: .openID())
        let pending = try await client.authorizationRequest(redirectURI: World.redirectURI).pending
        let query = World.callback(to: pending)
        return { blackHole(try client.validate(try CallbackParameters(parsing: query), for: pending)) }
    }

    measure("flow: seal and open") {
        let client = try World.client(transport: .openID())
        let keyring = Keyring(generatedBy: .system)
        let sealer = FlowSealer(keyring: keyring, now: World.now)
        let (id, state) = FlowStates(keyring: keyring, now: World.now).issue(providerID: client.provider.id)
        let request = try await client.authorizationRequest(redirectURI: World.redirectURI, state: state)
        let flow = Flow(id: id, purpose: .signIn, pending: request.pending, landing: "/", startedAt: World.now())
        return { blackHole(try sealer.open(try sealer.seal(flow), id: id, providerID: client.provider.id)) }
    }

    for login in RecordedLogin.all {
        measure("profile: \(login.provider.name)") {
            let (client, tokens) = try await login.tokens()
            return { blackHole(try await client.profile(tokens)) }
        }
    }

    measure("linking decision: four cases") {
        let facts = LinkingCases.all
        return { for facts in facts { blackHole(decide(facts)) } }
    }

    measure("session: look up, SQLite") {
        let folder = try TemporaryFolder()
        let lookup = try await SessionLookup(SQLiteStore(path: folder.path + "/sessions.sqlite", now: World.now))
        return { blackHole(try await lookup.next(keeping: folder)) }
    }

    measure("session: look up, memory") {
        let lookup = try await SessionLookup(MemoryStore(now: World.now))
        return { blackHole(try await lookup.next()) }
    }
}

/// Measures an operation after what it needs was made; what is measured is a thousand calls at a time.
@Sendable private func measure(
    _ name: String, _ prepare: @escaping @Sendable () async throws -> @Sendable () async throws -> Void
) {
    let prepared = Prepared()
    Benchmark(
        name,
        closure: { benchmark in
            guard let operation = prepared.operation else { return benchmark.error("\(name) is not prepared") }
            try await operation()
            benchmark.startMeasurement()
            let start = ProcessorClock.nanoseconds
            for _ in benchmark.scaledIterations { try await operation() }
            let end = ProcessorClock.nanoseconds
            benchmark.stopMeasurement()
            benchmark.measurement(.processorTime, end - start)
        },
        setup: { prepared.operation = try await prepare() }, teardown: { prepared.operation = nil })
}

/// An operation, and with it all that it needs, from the setup of a benchmark to its teardown.
private final class Prepared: Sendable {
    private let state = Mutex<(@Sendable () async throws -> Void)?>(nil)

    var operation: (@Sendable () async throws -> Void)? {
        get { state.withLock(\.self) }
        set { state.withLock { $0 = newValue } }
    }
}
