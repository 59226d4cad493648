import FoundationEssentials
import MartletAccounts

extension StoreContract {
    static let raceChecks: [Check] = [
        Check("completesOneOfFiftyParallelCallbacks") { world in
            let attempt = try world.attempt(world.profile("1", email: "ann@example.com"))
            let outcomes = try await inParallel(50) { _ in try await world.complete(attempt) }
            let signedIn = outcomes.filter { if case .signedIn = $0 { true } else { false } }
            try expectEqual(signedIn.count, 1, "how many signed in")
            try expectEqual(outcomes.filter { $0 == .alreadyConsumed }.count, 49, "how many came too late")
            try expectEqual(try await world.store.userCount(), 1, "the number of users")
        },
        Check("makesOneUserForParallelFlowsOfOneAccount") { world in
            let attempts = try (0..<20).map { _ in try world.attempt(world.profile("1")) }
            let people = try await inParallel(20) { try await world.person(attempts[$0]) }
            try expectEqual(Set(people.map(\.user.id)).count, 1, "the number of users")
            try expectEqual(people.filter(\.isNew).count, 1, "how many flows made a user")
        },
        Check("neverMergesParallelNewcomersOfOneEmail") { world in
            for round in 0..<20 {
                let email = "ann\(round)@example.com"
                let attempts = try ["alpha", "beta"].map {
                    try world.attempt(world.profile("\(round)", email: email), at: $0)
                }
                let outcomes = try await inParallel(2) { try await world.complete(attempts[$0]) }
                let users = outcomes.compactMap { if case .signedIn(let user, true) = $0 { user.user.id } else { nil } }
                try expectEqual(users.count, 1, "how many newcomers became users")
                try expect(outcomes.contains(.pendingBinding(.emailBelongsToUser)), "the other should be asked")
                for user in users {
                    try expectEqual(try await world.store.identities(of: user).count, 1, "the user's bindings")
                }
            }
        },
        Check("leavesABindingAfterParallelUnbinds") { world in
            for round in 0..<100 {
                let person = try await world.signIn("a\(round)")
                _ = try await world.bind(world.profile("b\(round)"), at: "beta", to: person)
                let outcomes = try await inParallel(2) {
                    try await world.store.unbind(providerID: ["alpha", "beta"][$0], of: person.user.id)
                }
                try expect(outcomes.contains(.lastBinding), "one of two unbinds should be refused in round \(round)")
                let left = try await world.providers(of: person)
                try expectEqual(left.count, 1, "the bindings that are left in round \(round)")
            }
        },
        Check("redeemsABindingTokenOnceOfManyParallelTimes") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let attempt = try world.attempt(world.profile("2", email: "ann@example.com"), at: "beta")
            _ = try await world.complete(attempt)
            let redemption = attempt.redemption(sessionToken: person.token)
            let outcomes = try await inParallel(20) { _ in
                try await world.store.redeemPendingBinding(redemption, now: world.now)
            }
            let bound = outcomes.filter { if case .bound = $0 { true } else { false } }
            try expectEqual(bound.count, 1, "how many redeemed the token")
        },
        Check("bindsAnAccountToOneOfTwoWhoAskAtOnce") { world in
            let people = [try await world.signIn("1"), try await world.signIn("2")]
            let outcomes = try await inParallel(2) {
                try await world.bind(world.profile("9"), at: "beta", to: people[$0])
            }
            let bound = outcomes.filter { if case .bound = $0 { true } else { false } }
            try expectEqual(bound.count, 1, "how many bound the account")
            try expect(outcomes.contains(.refused(.alreadyBound)), "the other should be refused")
        },
    ]

    static let housekeepingChecks: [Check] = [
        Check("sweepsOnlyWhatHasEnded") { world in
            let short = try await world.person(try world.attempt(world.profile("1"), sessionLifetime: 700))
            let long = try await world.person(try world.attempt(world.profile("1"), sessionLifetime: 7000))
            _ = try await world.complete(
                try world.attempt(world.profile("2"), policy: LinkingPolicy(signUp: .closed)))
            try expectEqual(
                try await world.store.sweepExpired(now: world.now, auditBefore: nil, limit: 100), 0, "rows swept early")
            world.clock.advance(by: 1000)
            let swept = try await world.store.sweepExpired(now: world.now, auditBefore: nil, limit: 100)
            try expectEqual(swept, 5, "rows swept: one session, one binding token, three flows")
            let ended = try await world.store.session(tokenHash: short.token.hash, now: world.now)
            try expectEqual(ended, nil, "the short session")
            let live = try await world.store.session(tokenHash: long.token.hash, now: world.now)
            try expect(live != nil, "the long session should be left")
        },
        Check("sweepsNoMoreThanItIsTold") { world in
            for subject in 0..<7 { _ = try await world.signIn("\(subject)") }
            world.clock.advance(by: 10_000)
            var counts: [Int] = []
            for _ in 0..<4 {
                counts.append(try await world.store.sweepExpired(now: world.now, auditBefore: nil, limit: 5))
            }
            try expectEqual(counts, [5, 5, 4, 0], "rows swept by each call")
        },
        Check("sweepsTheAuditTrailUpToATime") { world in
            // A sign-in is three lines: the user, the binding, the session.
            for subject in 0..<2 {
                _ = try await world.signIn("\(subject)")
                world.clock.advance(by: 10)
            }
            let start = world.now.addingTimeInterval(-20)
            func sweep(before: TimeInterval, limit: Int = 100) async throws -> Int {
                let time = start.addingTimeInterval(before)
                return try await world.store.sweepExpired(now: start, auditBefore: time, limit: limit)
            }
            try expectEqual(try await sweep(before: -0.001), 0, "rows swept of before the first")
            try expectEqual(try await sweep(before: 9.999, limit: 2), 2, "rows swept by a first call")
            try expectEqual(try await sweep(before: 9.999), 1, "rows swept of the first sign-in")
            try expectEqual(try await sweep(before: 9.999), 0, "rows swept again")
            try expectEqual(try await sweep(before: 10), 3, "rows swept of the second sign-in")
            let user = try await world.signIn("0")
            try expect(!user.isNew, "users should outlive their audit trail")
        },
        Check("doesNotCompleteAFlowThatWasForgotten") { world in
            let attempt = try world.attempt(world.profile("1"))
            _ = try await world.person(attempt)
            world.clock.advance(by: 2 * Flow.lifetime)
            _ = try await world.store.sweepExpired(now: world.now, auditBefore: nil, limit: 100)
            try expectEqual(try await world.complete(attempt), .alreadyConsumed, "the outcome after the sweep")
        },
        Check("isReadyWhenItIsNew") { world in
            try await world.store.checkReady()
        },
    ]

    /// Runs an operation many times at once and collects the results in order.
    static func inParallel<Result: Sendable>(
        _ count: Int, _ operation: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            for index in 0..<count { group.addTask { (index, try await operation(index)) } }
            var results: [Int: Result] = [:]
            for try await (index, result) in group { results[index] = result }
            return (0..<count).compactMap { results[$0] }
        }
    }
}
