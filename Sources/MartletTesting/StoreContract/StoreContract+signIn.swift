import FoundationEssentials
import Martlet
import MartletAccounts

extension StoreContract {
    static let signInChecks: [Check] = [
        Check("makesAUserForAnUnknownAccount") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            try expect(person.isNew, "the user should be new")
            try expectEqual(person.user.name, "Name of 1", "the user's name")
            try expectEqual(person.user.email, Email("ann@example.com", isVerified: true), "the user's email")
            try expect(person.user.isEnabled, "a new user should be enabled")
            try expectEqual(person.user.createdAt, world.now, "the user's creation")
            let identities = try await world.store.identities(of: person.user.id)
            try expectEqual(identities.map(\.subject), ["1"], "the new user's subjects")
            try expectEqual(identities.first?.identifiers, ["union": "u-1"], "the further identifiers")
            try expectEqual(try await world.store.user(person.user.id), person.user, "the user as read back")
            try expectEqual(try await world.store.userCount(), 1, "the number of users")
        },
        Check("signsInTheOwnerOfAKnownAccount") { world in
            let first = try await world.signIn("1")
            let second = try await world.signIn("1")
            try expect(!second.isNew, "the user should be known")
            try expectEqual(second.user.id, first.user.id, "the user")
            try expect(second.session.id != first.session.id, "each login should have a session of its own")
        },
        Check("refreshesTheBindingAtEachSignIn") { world in
            let first = try await world.signIn("1", email: "old@example.com")
            world.clock.advance(by: 60)
            var profile = world.profile("1", email: "new@example.com")
            profile.username = "renamed"
            let second = try await world.person(try world.attempt(profile))
            try expectEqual(second.user.email, profile.email, "the user's own email, which came from this account")
            try expectEqual(
                try await world.store.user(first.user.id), second.user, "the user as read back")
            let identity = try await world.store.identities(of: first.user.id).first
            try expectEqual(identity?.username, "renamed", "the binding's username")
            try expectEqual(identity?.email?.value, "new@example.com", "the binding's email")
            try expectEqual(identity?.lastSignInAt, world.now, "the binding's last sign-in")
            try expectEqual(identity?.boundAt, first.user.createdAt, "when it was bound, which should stay")
        },
        Check("keepsTheNameThatAProviderTellsOnlyOnce") { world in
            let first = try await world.signIn("1")
            var profile = world.profile("1")
            profile.name = nil
            _ = try await world.person(try world.attempt(profile))
            let identity = try await world.store.identities(of: first.user.id).first
            try expectEqual(identity?.name, "Name of 1", "the binding's name")
        },
        Check("keepsSubjectsThatDifferInCaseApart") { world in
            let lower = try await world.signIn("abc")
            let upper = try await world.signIn("ABC")
            try expect(lower.user.id != upper.user.id, "abc and ABC should be two people")
        },
        Check("keepsSubjectsThatLookAlikeApart") { world in
            // One letter with an accent, and the letter followed by a combining accent: equal as Swift strings.
            let composed = try await world.signIn("\u{E9}")
            let decomposed = try await world.signIn("e\u{301}")
            try expect(composed.user.id != decomposed.user.id, "two byte sequences should be two people")
            let padded = try await world.signIn("e\u{301} ")
            try expect(padded.user.id != decomposed.user.id, "a space at the end should be another person")
        },
        Check("keepsTheSameSubjectOfTwoProvidersApart") { world in
            let alpha = try await world.signIn("1", at: "alpha")
            let beta = try await world.signIn("1", at: "beta")
            try expect(alpha.user.id != beta.user.id, "a subject should mean nothing without its provider")
        },
        Check("refusesASubjectThatIsNoID") { world in
            for subject in ["", "1\u{0}", "\u{0}"] {
                let attempt = try world.attempt(world.profile(subject))
                let outcome = try? await world.complete(attempt)
                try expectEqual(outcome, nil, "the outcome for a malformed subject")
            }
            try expectEqual(try await world.store.userCount(), 0, "the number of users")
        },
        Check("findsAPersonByTheFormerSubjectAndMovesToTheNewOne") { world in
            let before = try await world.signIn("openid-1")
            let moved = try await world.person(
                try world.attempt(world.profile("unionid-1", formerSubject: "openid-1")))
            try expectEqual(moved.user.id, before.user.id, "the user after the move")
            let subjects = try await world.store.identities(of: before.user.id).map(\.subject)
            try expectEqual(subjects, ["unionid-1"], "the subjects after the move")
            let after = try await world.signIn("unionid-1")
            try expectEqual(after.user.id, before.user.id, "the user found by the new subject")
            let stranger = try await world.signIn("openid-1")
            try expect(stranger.user.id != before.user.id, "the former subject should no longer lead to the user")
        },
        Check("prefersTheSubjectOverTheFormerOne") { world in
            let former = try await world.signIn("former")
            let present = try await world.signIn("present")
            let found = try await world.person(
                try world.attempt(world.profile("present", formerSubject: "former")))
            try expectEqual(found.user.id, present.user.id, "the user found")
            try expectEqual(
                try await world.store.identities(of: former.user.id).map(\.subject), ["former"], "the other's subjects")
        },
        Check("endsTheBrowsersFormerSessionAtSignIn") { world in
            let first = try await world.signIn("1")
            let second = try await world.person(try world.attempt(world.profile("1"), browserHolds: first.token))
            let former = try await world.store.session(tokenHash: first.token.hash, now: world.now)
            try expectEqual(former, nil, "the former session")
            let present = try await world.store.session(tokenHash: second.token.hash, now: world.now)
            try expectEqual(present?.session.id, second.session.id, "the present session")
        },
        Check("refusesADisabledUser") { world in
            let person = try await world.signIn("1")
            let found = try await world.store.setEnabled(false, user: person.user.id)
            try expect(found, "the user should be found")
            let session = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(session, nil, "the session of a disabled user")
            let outcome = try await world.complete(try world.attempt(world.profile("1")))
            try expectEqual(outcome, .refused(.disabledUser), "the outcome")
        },
        Check("completesAFlowOnce") { world in
            let attempt = try world.attempt(world.profile("1"))
            try expectEqual(
                try await world.store.isFlowConsumed(attempt.completion.flowID), false, "whether it was used before")
            _ = try await world.person(attempt)
            try expectEqual(
                try await world.store.isFlowConsumed(attempt.completion.flowID), true, "whether it was used after")
            try expectEqual(try await world.complete(attempt), .alreadyConsumed, "the second outcome")
        },
        Check("usesUpAFlowThatIsRefused") { world in
            let person = try await world.signIn("1")
            try await world.store.setEnabled(false, user: person.user.id)
            let attempt = try world.attempt(world.profile("1"))
            _ = try await world.complete(attempt)
            try expectEqual(try await world.complete(attempt), .alreadyConsumed, "the second outcome")
        },
    ]
}
