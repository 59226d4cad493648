import FoundationEssentials
import Martlet
import MartletAccounts

// What a store answers from memory must be so, as far as this store knows.
extension StoreContract {
    /// A change after which nobody may come in by a session.
    struct Ending: Sendable {
        let name: String
        let end: @Sendable (ContractWorld, ContractWorld.Person) async throws -> Void
    }

    static let endings: [Ending] = [
        Ending(name: "TheSessionEnded") { world, person in
            try await world.store.endSession(tokenHash: person.token.hash)
        },
        Ending(name: "TheUserEndedTheSession") { world, person in
            try await world.store.endSession(person.session.id, of: person.user.id)
        },
        Ending(name: "TheUserEndedOtherSessions") { world, person in
            let other = try await world.signIn("1")
            try await world.store.endOtherSessions(of: person.user.id, except: other.session.id)
        },
        Ending(name: "TheProviderEndedTheSession") { world, _ in
            try await world.store.endSessions(providerID: "alpha", subject: "s1", providerSessionID: nil)
        },
        Ending(name: "TheUserSignedInAnew") { world, person in
            _ = try await world.person(try world.attempt(world.profile("1"), browserHolds: person.token))
        },
        Ending(name: "TheUserWasDisabled") { world, person in
            try await world.store.setEnabled(false, user: person.user.id)
        },
        Ending(name: "TheUserWasRemoved") { world, person in
            _ = try await world.store.deleteUser(person.user.id)
        },
        Ending(name: "TheAccountWasRemovedAtItsProvider") { world, _ in
            _ = try await world.store.accountDeleted(providerID: "alpha", subject: "1")
        },
        Ending(name: "TheSessionCameToItsTime") { world, _ in world.clock.advance(by: 3600) },
    ]

    static let recentChecks: [Check] =
        endings.map { ending in
            Check("remembersNoSessionWhen\(ending.name)") { world in
                let person = try await world.person(
                    try world.attempt(world.profile("1")).with { $0.newSession.providerSubject = "s1" })
                try expectEqual(try await recent(person, in: world), person.user, "who is remembered")
                try await ending.end(world, person)
                try expectEqual(try await recent(person, in: world), nil, "who is remembered afterwards")
            }
        } + [
            Check("remembersTheUserAsChanged") { world in
                let person = try await world.signIn("1", email: "old@example.com")
                _ = try await recent(person, in: world)
                let new = Email("new@example.com", isVerified: true)
                try await world.store.updateEmail(new, providerID: "alpha", subject: "1")
                try expectEqual(try await recent(person, in: world)?.email, new, "the email that is remembered")
            },
            Check("remembersWhenASessionWasLastSeen") { world in
                let person = try await world.signIn("1")
                _ = try await recent(person, in: world)
                world.clock.advance(by: Session.lastSeenPrecision)
                _ = try await recent(person, in: world)
                let listed = try await world.store.sessions(of: person.user.id, now: world.now)
                try expectEqual(listed.map(\.lastSeenAt), [world.now], "the time that is kept")
            },
            Check("remembersNobodyByAnUnknownToken") { world in
                for _ in 0..<2 {
                    let unknown = [UInt8](repeating: 1, count: 32)
                    let found = try await world.store.recentSession(tokenHash: unknown, now: world.now)
                    try expectEqual(found, nil, "who is remembered")
                }
            },
        ]

    private static func recent(_ person: ContractWorld.Person, in world: ContractWorld) async throws -> User? {
        try await world.store.recentSession(tokenHash: person.token.hash, now: world.now)?.user
    }
}
