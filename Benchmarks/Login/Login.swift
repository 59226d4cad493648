import Benchmark
import FoundationEssentials
import Martlet
import MartletAccounts

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
        let client = try World.client(transport: FixedAnswers())
        return { blackHole(try await client.authorizationRequest(redirectURI: World.redirectURI)) }
    }

    measure("callback: judge") {
        let client = try World.client(transport: FixedAnswers())
        let pending = try await client.authorizationRequest(redirectURI: World.redirectURI).pending
        let query = World.callback(to: pending)
        return { blackHole(try client.validate(try CallbackParameters(parsing: query), for: pending)) }
    }

    measure("flow: seal and open") {
        let client = try World.client(transport: FixedAnswers())
        let keyring = Keyring(generatedBy: .system)
        let sealer = FlowSealer(keyring: keyring, now: World.now)
        let (id, state) = FlowStates(keyring: keyring, now: World.now).issue(providerID: client.provider.id)
        let request = try await client.authorizationRequest(redirectURI: World.redirectURI, state: state)
        let flow = Flow(id: id, purpose: .signIn, pending: request.pending, landing: "/", startedAt: World.now())
        return { blackHole(try sealer.open(try sealer.seal(flow), id: id, providerID: client.provider.id)) }
    }
}

/// Measures an operation after what it needs was made; what is measured is a thousand calls at a time.
@Sendable private func measure(
    _ name: String, _ prepare: @escaping @Sendable () async throws -> () async throws -> Void
) {
    Benchmark(name) { benchmark in
        let operation = try await prepare()
        try await operation()
        benchmark.startMeasurement()
        let start = ProcessorClock.nanoseconds
        for _ in benchmark.scaledIterations { try await operation() }
        let end = ProcessorClock.nanoseconds
        benchmark.stopMeasurement()
        benchmark.measurement(.processorTime, end - start)
    }
}
