import FoundationEssentials
import MartletAccounts

extension StoreContract {
    static let providerSessionChecks: [Check] = [
        Check("remembersTheProvidersSession") { world in
            let attempt = try world.attempt(world.profile("1")).with {
                $0.newSession.providerSubject = "sub-1"
                $0.newSession.providerSessionID = "sid-1"
                $0.newSession.sealedIDToken = "sealed-1"
            }
            let person = try await world.person(attempt)
            try expectEqual(person.session.providerSubject, "sub-1", "the subject")
            try expectEqual(person.session.providerSessionID, "sid-1", "the provider's session")
            try expectEqual(person.session.sealedIDToken, "sealed-1", "the sealed ID token")
            let found = try await world.store.session(tokenHash: attempt.sessionToken.hash, now: world.now)
            try expectEqual(found?.session, person.session, "the session as read back")
            let listed = try await world.store.sessions(of: person.user.id, now: world.now)
            try expectEqual(listed, [person.session], "the session as listed")
        },
        Check("endsSessionsThatMatchAllThatIsGiven") { world in
            let rows: [(subject: String?, sid: String?, ended: Set<String>)] = [
                ("s1", "x", ["a"]), ("s1", "z", []), ("s9", "x", []), ("s1", nil, ["a", "b"]), (nil, "y", ["b", "c"]),
                ("S1", nil, []), (nil, "X", []), ("s1\u{0}", nil, []), (nil, "x\u{0}", []), ("", nil, []),
                (nil, "", []), (nil, nil, []),
            ]
            for row in rows {
                let people = try await fourSessions(in: world)
                let users = try await world.store.endSessions(
                    providerID: "alpha", subject: row.subject, providerSessionID: row.sid)
                var ended: Set<String> = []
                for (name, person) in people {
                    let found = try await world.store.session(tokenHash: person.token.hash, now: world.now)
                    if found == nil { ended.insert(name) }
                }
                let given = "subject \(row.subject ?? "none") and session \(row.sid ?? "none")"
                try expectEqual(ended, row.ended, "the sessions that ended for \(given)")
                let expected = Set(row.ended.compactMap { people[$0]?.user.id }).sorted()
                try expectEqual(users, expected, "the users for \(given)")
            }
        },
        Check("keepsSubjectsOfSessionsThatLookAlikeApart") { world in
            let composed = try await begin("1", at: "alpha", subject: "\u{E9}", sid: "\u{E9}", in: world)
            for decomposed in [("e\u{301}", nil), (nil, "e\u{301}")] as [(String?, String?)] {
                let users = try await world.store.endSessions(
                    providerID: "alpha", subject: decomposed.0, providerSessionID: decomposed.1)
                try expectEqual(users, [], "the users of another byte sequence")
            }
            let users = try await world.store.endSessions(
                providerID: "alpha", subject: "\u{E9}", providerSessionID: "\u{E9}")
            try expectEqual(users, [composed.user.id], "the users of the same byte sequence")
        },
        Check("namesAUserOnceWhoseSessionsAProviderEnded") { world in
            let person = try await begin("1", at: "alpha", subject: "s1", sid: "x", in: world)
            _ = try await begin("1", at: "alpha", subject: "s1", sid: "y", in: world)
            let users = try await world.store.endSessions(
                providerID: "alpha", subject: "s1", providerSessionID: nil)
            try expectEqual(users, [person.user.id], "the users")
            let again = try await world.store.endSessions(
                providerID: "alpha", subject: "s1", providerSessionID: nil)
            try expectEqual(again, [], "the users of a second call")
        },
        Check("refusesAProviderSessionThatIsNoID") { world in
            for text in ["", "x\u{0}"] {
                let subject = try world.attempt(world.profile("1")).with { $0.newSession.providerSubject = text }
                let session = try world.attempt(world.profile("1")).with { $0.newSession.providerSessionID = text }
                for attempt in [subject, session] {
                    let outcome = try? await world.complete(attempt)
                    try expectEqual(outcome, nil, "the outcome for a malformed id")
                }
            }
            try expectEqual(try await world.store.userCount(), 0, "the number of users")
        },
    ]

    /// Begins a session with an ID token.
    static func begin(
        _ account: String, at providerID: String, subject: String?, sid: String?, in world: ContractWorld
    ) async throws -> ContractWorld.Person {
        try await world.person(
            try world.attempt(world.profile(account), at: providerID).with {
                $0.newSession.providerSubject = subject
                $0.newSession.providerSessionID = sid
            })
    }

    /// Two sessions of one account, one of another, and one elsewhere with the same words; after ending all others.
    private static func fourSessions(in world: ContractWorld) async throws -> [String: ContractWorld.Person] {
        for (subject, providerID) in [("s1", "alpha"), ("s2", "alpha"), ("s1", "beta")] {
            try await world.store.endSessions(providerID: providerID, subject: subject, providerSessionID: nil)
        }
        return [
            "a": try await begin("1", at: "alpha", subject: "s1", sid: "x", in: world),
            "b": try await begin("1", at: "alpha", subject: "s1", sid: "y", in: world),
            "c": try await begin("2", at: "alpha", subject: "s2", sid: "y", in: world),
            "d": try await begin("3", at: "beta", subject: "s1", sid: "x", in: world),
            "e": try await begin("4", at: "alpha", subject: nil, sid: nil, in: world),
        ]
    }
}
