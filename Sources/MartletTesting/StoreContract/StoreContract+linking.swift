import Martlet
import MartletAccounts

extension StoreContract {
    private static let link = LinkingPolicy(signUp: .open, emailMatch: .link)

    static let linkingChecks: [Check] = [
        Check("asksWhenAVerifiedEmailBelongsToAUser") { world in
            _ = try await world.signIn("1", email: "ann@example.com")
            let attempt = try world.attempt(world.profile("9", email: "Ann@Example.com"), at: "beta")
            try expectEqual(
                try await world.complete(attempt), .pendingBinding(.emailBelongsToUser), "the outcome")
            try expectEqual(try await world.store.userCount(), 1, "the number of users")
            let session = try await world.store.session(tokenHash: attempt.sessionToken.hash, now: world.now)
            try expectEqual(session, nil, "the session, as nobody is signed in")
        },
        Check("asksWhenAVerifiedEmailBelongsToALaterBinding") { world in
            let person = try await world.signIn("1")
            _ = try await world.bind(world.profile("2", email: "ann@example.com"), at: "beta", to: person)
            let outcome = try await world.complete(
                try world.attempt(world.profile("3", email: "ann@example.com"), at: "gamma"))
            try expectEqual(outcome, .pendingBinding(.emailBelongsToUser), "the outcome")
        },
        Check("matchesNoEmailThatAnAccountNoLongerHas") { world in
            let link = LinkingPolicy(signUp: .open, emailMatch: .link)
            let ann = try await world.signIn("1", email: "shared@example.com")
            _ = try await world.signIn("1", email: "ann@example.com")
            let heir = try await world.person(
                try world.attempt(world.profile("2", email: "shared@example.com"), at: "beta", policy: link))
            try expect(heir.isNew, "who has the former address should be somebody new")
            let again = try await world.person(
                try world.attempt(world.profile("3", email: "ann@example.com"), at: "gamma", policy: link))
            try expectEqual(again.user.id, ann.user.id, "the user by the present address")
        },
        Check("matchesNoEmailOfAnAccountThatWasUnbound") { world in
            let ann = try await world.signIn("1", email: "shared@example.com")
            _ = try await world.bind(world.profile("2"), at: "beta", to: ann)
            _ = try await world.store.unbind(providerID: "alpha", of: ann.user.id)
            let heir = try await world.signIn("3", at: "gamma", email: "shared@example.com")
            try expect(heir.isNew, "who has the former address should be somebody new")
        },
        Check("neverMatchesAnUnverifiedEmail") { world in
            _ = try await world.signIn("1", email: "ann@example.com")
            let claimed = world.profile("2", email: "ann@example.com", isVerified: false)
            let claimant = try await world.person(try world.attempt(claimed, at: "beta", policy: link))
            try expect(claimant.isNew, "an unverified claim should not match a verified email")
            try expectEqual(claimant.user.email?.isVerified, false, "whether the claim is verified")
        },
        Check("neverMatchesAnEmailThatTheUserOnlyClaimed") { world in
            let claimed = world.profile("1", email: "ann@example.com", isVerified: false)
            let attacker = try await world.person(try world.attempt(claimed))
            let proven = world.profile("2", email: "ann@example.com")
            let owner = try await world.person(try world.attempt(proven, at: "beta", policy: link))
            try expect(owner.isNew && owner.user.id != attacker.user.id, "a claim should not catch the true owner")
        },
        Check("linksByAnEmailThatBothSidesProved") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let linked = try await world.person(
                try world.attempt(world.profile("2", email: "ANN@example.com"), at: "beta", policy: link))
            try expect(!linked.isNew, "the user should be known")
            try expectEqual(linked.user.id, person.user.id, "the user")
            try expectEqual(try await world.providers(of: person), ["alpha", "beta"], "the user's providers")
        },
        Check("asksBeforeLinkingByAProofThatIsNotTrusted") { world in
            _ = try await world.signIn("1", email: "ann@example.com")
            let untrusted = try world.attempt(
                world.profile("2", email: "ann@example.com"), at: "beta", policy: link, isTrusted: false)
            try expectEqual(
                try await world.complete(untrusted), .pendingBinding(.emailBelongsToUser), "the outcome")
            _ = try await world.person(
                try world.attempt(world.profile("3", email: "bob@example.com"), isTrusted: false))
            let trusted = try world.attempt(world.profile("4", email: "bob@example.com"), at: "beta", policy: link)
            try expectEqual(
                try await world.complete(trusted), .pendingBinding(.emailBelongsToUser),
                "the outcome if the user's own proof is not trusted")
        },
        Check("asksBeforeLinkingASecondAccountOfAProvider") { world in
            _ = try await world.signIn("1", email: "ann@example.com")
            let second = try world.attempt(world.profile("2", email: "ann@example.com"), policy: link)
            try expectEqual(
                try await world.complete(second), .pendingBinding(.emailBelongsToUser), "the outcome")
        },
        Check("asksBeforeLinkingWhileSomebodyElseIsSignedIn") { world in
            _ = try await world.signIn("1", email: "ann@example.com")
            let other = try await world.signIn("2")
            let attempt = try world.attempt(
                world.profile("3", email: "ann@example.com"), at: "beta", policy: link, browserHolds: other.token)
            try expectEqual(
                try await world.complete(attempt), .pendingBinding(.emailBelongsToUser), "the outcome")
        },
        Check("keepsUsersOfOneEmailApartUnderSeparate") { world in
            let separate = LinkingPolicy(signUp: .open, emailMatch: .separate)
            let profile = world.profile("1", email: "ann@example.com")
            let first = try await world.person(try world.attempt(profile, policy: separate))
            let second = try await world.person(try world.attempt(profile, at: "beta", policy: separate))
            try expect(first.user.id != second.user.id, "there should be two users")
        },
        Check("makesNoUserWhenSignUpIsClosed") { world in
            let closed = LinkingPolicy(signUp: .closed)
            let outcome = try await world.complete(try world.attempt(world.profile("1"), policy: closed))
            try expectEqual(outcome, .pendingBinding(.signUpClosed), "the outcome")
            try expectEqual(try await world.store.userCount(), 0, "the number of users")
        },
    ]
}
