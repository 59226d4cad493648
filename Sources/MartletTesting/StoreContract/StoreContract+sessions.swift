import FoundationEssentials
import MartletAccounts

extension StoreContract {
    static let sessionChecks: [Check] = [
        Check("findsASessionByItsToken") { world in
            let person = try await world.signIn("1")
            let found = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(found, SignedInUser(user: person.user, session: person.session), "what was found")
            try expectEqual(found?.session.userAgent, "Browser/1.0", "the user agent")
            try expectEqual(found?.session.providerID, "alpha", "the provider")
            let unknown = [UInt8](repeating: 1, count: 32)
            let nobody = try await world.store.session(tokenHash: unknown, now: world.now)
            try expectEqual(nobody, nil, "the session of an unknown token")
        },
        Check("endsASessionAtItsTime") { world in
            let person = try await world.person(try world.attempt(world.profile("1"), sessionLifetime: 100))
            world.clock.advance(by: 99)
            let live = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expect(live != nil, "the session should last 100 seconds")
            world.clock.advance(by: 1)
            let ended = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(ended, nil, "the session after 100 seconds")
            let listed = try await world.store.sessions(of: person.user.id, now: world.now)
            try expectEqual(listed, [], "the list of sessions")
        },
        Check("notesWhenASessionWasLastSeen") { world in
            let person = try await world.signIn("1")
            world.clock.advance(by: Session.lastSeenPrecision - 1)
            let early = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(early?.session.lastSeenAt, person.session.createdAt, "the time before it is due")
            world.clock.advance(by: 1)
            let due = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(due?.session.lastSeenAt, world.now, "the time when it is due")
            let listed = try await world.store.sessions(of: person.user.id, now: world.now)
            try expectEqual(listed.map(\.lastSeenAt), [world.now], "the time as read back")
        },
        Check("endsASessionByItsToken") { world in
            let person = try await world.signIn("1")
            try await world.store.endSession(tokenHash: person.token.hash)
            let found = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(found, nil, "the session")
            try await world.store.endSession(tokenHash: person.token.hash)
        },
        Check("listsSessionsNewestFirst") { world in
            let first = try await world.signIn("1")
            world.clock.advance(by: 1)
            let second = try await world.signIn("1")
            let third = try await world.signIn("1")
            let listed = try await world.store.sessions(of: first.user.id, now: world.now)
            try expectEqual(listed.map(\.id), [third, second, first].map(\.session.id), "the list of sessions")
        },
        Check("endsOnlyOnesOwnSessionsByID") { world in
            let owner = try await world.signIn("1")
            let other = try await world.signIn("2")
            let byOther = try await world.store.endSession(owner.session.id, of: other.user.id)
            try expect(!byOther, "nobody should end another user's session")
            let live = try await world.store.session(tokenHash: owner.token.hash, now: world.now)
            try expect(live != nil, "the session should still be there")
            let byOwner = try await world.store.endSession(owner.session.id, of: owner.user.id)
            try expect(byOwner, "a user should end a session of their own")
        },
        Check("endsAllSessionsButOne") { world in
            let first = try await world.signIn("1")
            _ = try await world.signIn("1")
            _ = try await world.signIn("1")
            let other = try await world.signIn("2")
            let ended = try await world.store.endOtherSessions(of: first.user.id, except: first.session.id)
            try expectEqual(ended, 2, "how many ended")
            let left = try await world.store.sessions(of: first.user.id, now: world.now)
            try expectEqual(left.map(\.id), [first.session.id], "what is left")
            let others = try await world.store.sessions(of: other.user.id, now: world.now)
            try expectEqual(others.count, 1, "the sessions of somebody else")
        },
    ]

    static let userChecks: [Check] = [
        Check("endsTheSessionsOfAUserWhoIsDisabled") { world in
            let person = try await world.signIn("1")
            try await world.store.setEnabled(false, user: person.user.id)
            try await world.store.setEnabled(true, user: person.user.id)
            let former = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(former, nil, "the session from before")
            let again = try await world.signIn("1")
            try expectEqual(again.user.id, person.user.id, "the user who may sign in again")
            let unknown = try await world.store.setEnabled(false, user: UserID(rawValue: 999_999))
            try expect(!unknown, "an unknown user should not be found")
        },
        Check("removesAUserWithAllThatBelongsToIt") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let pending = try world.attempt(
                world.profile("2", email: "ann@example.com"), at: "beta", browserHolds: person.token)
            _ = try await world.complete(pending)
            let removed = try await world.store.deleteUser(person.user.id)
            try expectEqual(removed?.map(\.identity.subject), ["1"], "the subjects of the removed bindings")
            try expectEqual(try await world.store.user(person.user.id), nil, "the user")
            try expectEqual(try await world.store.identities(of: person.user.id), [], "the bindings")
            let session = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(session, nil, "the session")
            let successor = try await world.signIn("1", email: "ann@example.com")
            try expect(successor.isNew, "the account should make a new user")
            try expect(successor.user.id != person.user.id, "the id of a user who is gone should not be used again")
            let token = pending.redemption(sessionToken: successor.token)
            let outcome = try await world.store.redeemPendingBinding(token, now: world.now)
            try expectEqual(outcome, .invalidToken, "the outcome of the removed user's binding token")
            let again = try await world.store.deleteUser(person.user.id)
            try expectEqual(again, nil, "what is removed of a user who is gone")
        },
    ]
}
