import FoundationEssentials
import Martlet
import MartletAccounts

extension StoreContract {
    /// Later and earlier than any clock that a store may have.
    private static let future = Date(timeIntervalSince1970: 32_503_680_000)
    private static let past = Date(timeIntervalSince1970: 0)

    private static func id(_ text: String) -> FlowID { FlowID(digestOf: Secret(text)) }

    static let onceChecks: [Check] = [
        Check("usesAnIDOnce") { world in
            let first = try await world.store.useOnce(id("logout 1"), until: future)
            try expect(first, "an id should be good the first time")
            let second = try await world.store.useOnce(id("logout 1"), until: future)
            try expect(!second, "an id should not be good a second time")
            let other = try await world.store.useOnce(id("logout 2"), until: future)
            try expect(other, "another id should be good")
        },
        Check("usesNoIDOfWhatHasEnded") { world in
            let used = try await world.store.useOnce(id("logout"), until: past)
            try expect(!used, "an id should not be good after its time")
        },
        Check("remembersAnIDUntilItsTime") { world in
            _ = try await world.store.useOnce(id("logout"), until: future)
            let early = try await world.store.sweepExpired(
                now: future.addingTimeInterval(-1), auditBefore: nil, limit: 100)
            try expectEqual(early, 0, "rows swept before its time")
            let late = try await world.store.useOnce(id("logout"), until: future)
            try expect(!late, "an id should not be good a second time after a sweep")
            try expectEqual(
                try await world.store.sweepExpired(now: future, auditBefore: nil, limit: 100), 1,
                "rows swept at its time")
        },
        Check("usesAnIDForOneOfManyAtOnce") { world in
            for round in 0..<10 {
                let used = try await inParallel(50) { _ in
                    try await world.store.useOnce(id("logout \(round)"), until: future)
                }
                try expectEqual(used.filter { $0 }.count, 1, "how many used the id of round \(round)")
            }
        },
        Check("completesALoginWithoutAFlowOnce") { world in
            let token = id("id-token 1")
            let attempts = try (0..<3).map { _ in
                try world.attempt(world.profile("1")).with {
                    $0.flowID = token
                    $0.rememberedUntil = world.now.addingTimeInterval(3600)
                }
            }
            let person = try await world.person(attempts[0])
            try expectEqual(try await world.store.isFlowConsumed(token), true, "whether the id was used")
            try expectEqual(try await world.complete(attempts[1]), .alreadyConsumed, "the outcome of a replay")
            world.clock.advance(by: 3599)
            _ = try await world.store.sweepExpired(now: world.now, auditBefore: nil, limit: 100)
            try expectEqual(try await world.complete(attempts[1]), .alreadyConsumed, "the outcome near the end")
            world.clock.advance(by: 1)
            _ = try await world.store.sweepExpired(now: world.now, auditBefore: nil, limit: 100)
            try expectEqual(try await world.complete(attempts[2]), .alreadyConsumed, "the outcome after the end")
            try expectEqual(try await world.store.userCount(), 1, "the number of users")
            try expectEqual(try await world.providers(of: person), ["alpha"], "the user's providers")
        },
        Check("forgetsNoIDWithinItsLastMillisecond") { world in
            let end = world.now.addingTimeInterval(10.0004)
            let attempts = try (0..<2).map { _ in
                try world.attempt(world.profile("1")).with {
                    $0.flowID = id("id-token 2")
                    $0.rememberedUntil = end
                }
            }
            _ = try await world.person(attempts[0])
            world.clock.advance(by: 10.0002)
            _ = try await world.store.sweepExpired(now: world.now, auditBefore: nil, limit: 100)
            try expectEqual(try await world.complete(attempts[1]), .alreadyConsumed, "the outcome of a replay")
        },
        Check("completesALoginOfOneIDForOneOfManyAtOnce") { world in
            let attempts = try (0..<20).map { _ in
                try world.attempt(world.profile("1")).with { $0.flowID = id("id-token 3") }
            }
            let outcomes = try await inParallel(20) { try await world.complete(attempts[$0]) }
            try expectEqual(outcomes.filter { $0 == .alreadyConsumed }.count, 19, "how many came too late")
        },
        Check("sharesIDsBetweenLoginsAndOtherUses") { world in
            let attempt = try world.attempt(world.profile("1"))
            let used = try await world.store.useOnce(attempt.completion.flowID, until: future)
            try expect(used, "the id should be good the first time")
            try expectEqual(try await world.complete(attempt), .alreadyConsumed, "the outcome")
        },
    ]
}
