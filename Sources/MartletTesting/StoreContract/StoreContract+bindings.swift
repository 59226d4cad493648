import FoundationEssentials
import Martlet
import MartletAccounts

extension StoreContract {
    static let bindingChecks: [Check] = [
        Check("bindsAnAccountToWhoAskedForIt") { world in
            let person = try await world.signIn("1")
            let outcome = try await world.bind(world.profile("2"), at: "beta", to: person)
            guard case .bound(let identity) = outcome else {
                throw ContractViolation("the account should be bound, but the outcome is \(outcome)")
            }
            try expectEqual(identity.userID, person.user.id, "the user")
            let kept = try await world.store.identities(of: person.user.id)
            try expectEqual(kept.last, identity, "the binding as read back")
            let session = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(session?.session.id, person.session.id, "the session, which should go on")
            let again = try await world.signIn("2", at: "beta")
            try expectEqual(again.user.id, person.user.id, "who signs in with it")
        },
        Check("refreshesAnAccountThatIsBoundOnceMore") { world in
            let person = try await world.signIn("1")
            var profile = world.profile("1")
            profile.username = "renamed"
            let outcome = try await world.bind(profile, at: "alpha", to: person)
            guard case .bindingRefreshed(let identity) = outcome else {
                throw ContractViolation("the binding should be refreshed, but the outcome is \(outcome)")
            }
            try expectEqual(identity.username, "renamed", "the username")
            try expectEqual(try await world.providers(of: person), ["alpha"], "the user's providers")
        },
        Check("refusesToBindAnotherUsersAccount") { world in
            let owner = try await world.signIn("1", at: "beta")
            let person = try await world.signIn("2")
            let outcome = try await world.bind(world.profile("1"), at: "beta", to: person)
            try expectEqual(outcome, .refused(.alreadyBound), "the outcome")
            try expectEqual(try await world.providers(of: owner), ["beta"], "the owner's providers")
            try expectEqual(try await world.providers(of: person), ["alpha"], "the user's providers")
        },
        Check("refusesASecondAccountOfOneProvider") { world in
            let person = try await world.signIn("1")
            let outcome = try await world.bind(world.profile("2"), at: "alpha", to: person)
            try expectEqual(outcome, .refused(.alreadyBound), "the outcome")
        },
        Check("refusesToBindWithoutASession") { world in
            let person = try await world.signIn("1")
            let attempt = try world.attempt(world.profile("2"), at: "beta", purpose: person.bindPurpose)
            try expectEqual(try await world.complete(attempt), .refused(.unauthorized), "the outcome")
        },
        Check("refusesToBindAfterTheSessionWasRevoked") { world in
            let person = try await world.signIn("1")
            try await world.store.endSession(person.session.id, of: person.user.id)
            let outcome = try await world.bind(world.profile("2"), at: "beta", to: person)
            try expectEqual(outcome, .refused(.unauthorized), "the outcome")
        },
        Check("refusesToBindForAnotherUserOrSession") { world in
            let attacker = try await world.signIn("1")
            let victim = try await world.signIn("2")
            let attempt = try world.attempt(
                world.profile("3"), at: "beta", purpose: attacker.bindPurpose, browserHolds: victim.token)
            try expectEqual(try await world.complete(attempt), .refused(.bindingUserMismatch), "for another user")
            let elsewhere = try await world.signIn("1")
            let moved = try world.attempt(
                world.profile("3"), at: "beta", purpose: attacker.bindPurpose, browserHolds: elsewhere.token)
            try expectEqual(try await world.complete(moved), .refused(.bindingUserMismatch), "in another session")
        },
        Check("unbindsAllButTheLast") { world in
            let person = try await world.signIn("1")
            _ = try await world.bind(world.profile("2"), at: "beta", to: person)
            let id = person.user.id
            try expectEqual(try await world.store.unbind(providerID: "gamma", of: id), .notFound, "an unknown one")
            let outcome = try await world.store.unbind(providerID: "alpha", of: id)
            guard case .unbound(let removed) = outcome, removed.identity.subject == "1" else {
                throw ContractViolation("the account should be unbound, but the outcome is \(outcome)")
            }
            try expectEqual(try await world.store.unbind(providerID: "beta", of: id), .lastBinding, "the last one")
            try expectEqual(try await world.providers(of: person), ["beta"], "the user's providers")
            let stranger = try await world.signIn("1")
            try expect(stranger.user.id != id, "an account that was unbound should no longer sign the user in")
        },
    ]

    static let redemptionChecks: [Check] = [
        Check("keepsTheUsersOwnEmailOneThatABindingProves") { world in
            let address = "ann@example.com"
            let ann = try await world.signIn("1", email: address)
            func email() async throws -> Email? {
                let user = try await world.store.user(ann.user.id)
                return user?.email
            }
            _ = try await world.bind(world.profile("2", email: address), at: "beta", to: ann)
            _ = try await world.store.unbind(providerID: "alpha", of: ann.user.id)
            try expectEqual(try await email(), Email(address, isVerified: true), "an email that is proved twice")
            _ = try await world.bind(world.profile("3"), at: "gamma", to: ann)
            _ = try await world.store.unbind(providerID: "beta", of: ann.user.id)
            try expectEqual(try await email(), Email(address, isVerified: false), "an email that nobody proves")
            _ = try await world.bind(world.profile("1", email: address), at: "alpha", to: ann)
            try expectEqual(try await email(), Email(address, isVerified: true), "an email that is proved once more")
            _ = try await world.bind(world.profile("2", email: "work@example.com"), at: "beta", to: ann)
            _ = try await world.store.unbind(providerID: "alpha", of: ann.user.id)
            try expectEqual(
                try await email(), Email("work@example.com", isVerified: true), "the email that is left")
        },
        Check("keepsTheUsersOwnEmailThoughAProviderIsSilentForOnce") { world in
            let address = "ann@example.com"
            let ann = try await world.signIn("1", email: address)
            let silent = try await world.signIn("1")
            try expectEqual(silent.user.email, Email(address, isVerified: false), "the email that nobody proves")
            let again = try await world.signIn("1", email: address)
            try expectEqual(again.user.email, ann.user.email, "the email that is proved again")
            _ = try await world.bind(world.profile("2", email: "work@example.com"), at: "beta", to: again)
            let other = try await world.signIn("1")
            try expectEqual(
                other.user.email, Email("work@example.com", isVerified: true), "the email that is proved elsewhere")
        },
        Check("givesAUserWithoutAnEmailTheOneOfALaterBinding") { world in
            let ann = try await world.signIn("1")
            try expectEqual(ann.user.email, nil, "the email of an account without one")
            _ = try await world.bind(world.profile("2", email: "ann@example.com"), at: "beta", to: ann)
            let user = try await world.store.user(ann.user.id)
            try expectEqual(user?.email, Email("ann@example.com", isVerified: true), "the email of the later binding")
        },
        Check("redeemsABindingTokenOnce") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let pending = try await pendingAttempt(in: world)
            let redemption = pending.redemption(sessionToken: person.token)
            let outcome = try await world.store.redeemPendingBinding(redemption, now: world.now)
            guard case .bound(let identity) = outcome else {
                throw ContractViolation("the account should be bound, but the outcome is \(outcome)")
            }
            try expectEqual(identity.subject, "9", "the subject")
            try expectEqual(identity.identifiers, ["union": "u-9"], "the further identifiers")
            try expectEqual(try await world.providers(of: person), ["alpha", "beta"], "the user's providers")
            let second = try await world.store.redeemPendingBinding(redemption, now: world.now)
            try expectEqual(second, .invalidToken, "the second outcome")
        },
        Check("refusesABindingTokenOfAnotherBrowser") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let pending = try await pendingAttempt(in: world)
            let elsewhere = pending.redemption(
                sessionToken: person.token, browser: [UInt8](repeating: 7, count: 32))
            let outcome = try await world.store.redeemPendingBinding(elsewhere, now: world.now)
            try expectEqual(outcome, .invalidToken, "the outcome")
            try expectEqual(try await world.providers(of: person), ["alpha"], "the user's providers")
        },
        Check("refusesABindingTokenThatHasExpired") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let pending = try await pendingAttempt(in: world)
            world.clock.advance(by: 300)
            let outcome = try await world.store.redeemPendingBinding(
                pending.redemption(sessionToken: person.token), now: world.now)
            try expectEqual(outcome, .invalidToken, "the outcome")
        },
        Check("refusesABindingTokenWithoutASession") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let pending = try await pendingAttempt(in: world)
            let nobody = pending.redemption(sessionToken: pending.sessionToken)
            let outcome = try await world.store.redeemPendingBinding(nobody, now: world.now)
            try expectEqual(outcome, .refused(.unauthorized), "the outcome")
            let later = try await world.store.redeemPendingBinding(
                pending.redemption(sessionToken: person.token), now: world.now)
            guard case .bound = later else {
                throw ContractViolation("the token should still be good after signing in, but gave \(later)")
            }
        },
        Check("refusesABindingTokenThatAnotherUserEarned") { world in
            _ = try await world.signIn("1", email: "ann@example.com")
            let earner = try await world.signIn("2")
            let other = try await world.signIn("3")
            let pending = try await pendingAttempt(in: world, browserHolds: earner.token)
            let wrong = try await world.store.redeemPendingBinding(
                pending.redemption(sessionToken: other.token), now: world.now)
            try expectEqual(wrong, .refused(.bindingUserMismatch), "the outcome for another user")
            let right = try await world.store.redeemPendingBinding(
                pending.redemption(sessionToken: earner.token), now: world.now)
            guard case .bound = right else {
                throw ContractViolation("the earner should be let bind, but got \(right)")
            }
        },
        Check("refusesABindingTokenForAnAccountBoundMeanwhile") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let pending = try await pendingAttempt(in: world)
            let other = try await world.signIn("2")
            _ = try await world.bind(world.profile("9"), at: "beta", to: other)
            let outcome = try await world.store.redeemPendingBinding(
                pending.redemption(sessionToken: person.token), now: world.now)
            try expectEqual(outcome, .refused(.alreadyBound), "the outcome")
            try expectEqual(try await world.providers(of: other), ["alpha", "beta"], "the other's providers")
        },
    ]

    /// An unknown account with the email of a user: it ends in a pending binding.
    private static func pendingAttempt(
        in world: ContractWorld, browserHolds token: SessionToken? = nil
    ) async throws -> ContractWorld.Attempt {
        let attempt = try world.attempt(
            world.profile("9", email: "ann@example.com"), at: "beta", browserHolds: token)
        try expectEqual(try await world.complete(attempt), .pendingBinding(.emailBelongsToUser), "the outcome")
        return attempt
    }
}
