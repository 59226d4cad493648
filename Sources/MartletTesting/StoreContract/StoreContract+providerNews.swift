import FoundationEssentials
import Martlet
import MartletAccounts

extension StoreContract {
    static let providerNewsChecks: [Check] = [
        Check("findsABindingByItsAccount") { world in
            let person = try await world.signIn("abc")
            let kept = try await world.store.identities(of: person.user.id).first
            let found = try await world.store.identity(providerID: "alpha", subject: "abc")
            try expectEqual(found, kept, "the binding")
            for (providerID, subject) in [
                ("alpha", "ABC"), ("alpha", "abc "), ("alpha", "abc\u{0}"), ("alpha", ""), ("beta", "abc"),
                ("alpha\u{0}", "abc"),
            ] {
                let other = try await world.store.identity(providerID: providerID, subject: subject)
                try expectEqual(other, nil, "the binding of another account")
            }
        },
        Check("takesOverAnEmailThatAProviderChanged") { world in
            let person = try await world.signIn("1", email: "old@example.com")
            let new = Email("new@example.com", isVerified: true)
            let found = try await world.store.updateEmail(new, providerID: "alpha", subject: "1")
            try expect(found, "the binding should be found")
            let identity = try await world.store.identity(providerID: "alpha", subject: "1")
            try expectEqual(identity?.email, new, "the binding's email")
            try expectEqual(identity?.username, "user-1", "the binding's username, which should stay")
            try expectEqual(try await world.store.user(person.user.id)?.email, new, "the user's own email")
            let former = try await world.signIn("2", at: "beta", email: "old@example.com")
            try expect(former.isNew, "the former address should belong to nobody")
            let present = try world.attempt(world.profile("3", email: "new@example.com"), at: "beta")
            try expectEqual(
                try await world.complete(present), .pendingBinding(.emailBelongsToUser), "the outcome for the new one")
        },
        Check("removesAnEmailThatAProviderRemoved") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            try await world.store.updateEmail(nil, providerID: "alpha", subject: "1")
            let identity = try await world.store.identity(providerID: "alpha", subject: "1")
            try expectEqual(identity?.email, nil, "the binding's email")
            try expectEqual(try await world.store.user(person.user.id)?.email, nil, "the user's own email")
        },
        Check("leavesTheUsersEmailIfItIsAnotherOne") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            _ = try await world.bind(world.profile("2", email: "work@example.com"), at: "beta", to: person)
            _ = try await world.bind(world.profile("3"), at: "gamma", to: person)
            for (providerID, subject) in [("beta", "2"), ("gamma", "3")] {
                try await world.store.updateEmail(
                    Email("new@example.com", isVerified: true), providerID: providerID, subject: subject)
            }
            let user = try await world.store.user(person.user.id)
            try expectEqual(user?.email, person.user.email, "the user's own email")
        },
        Check("knowsNoEmailOfAnUnknownAccount") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let new = Email("new@example.com", isVerified: true)
            for (providerID, subject) in [("alpha", "2"), ("beta", "1"), ("alpha", "1\u{0}")] {
                let found = try await world.store.updateEmail(new, providerID: providerID, subject: subject)
                try expect(!found, "no binding should be found")
            }
            try expectEqual(try await world.store.user(person.user.id), person.user, "the user")
        },
        Check("trustsAnEmailThatAProviderChangedAsFarAsTheProvider") { world in
            let link = LinkingPolicy(signUp: .open, emailMatch: .link)
            let person = try await world.signIn("1", email: "ann@example.com")
            let untrusted = try world.attempt(
                world.profile("2", email: "ann@example.com"), at: "beta", purpose: person.bindPurpose,
                isTrusted: false, browserHolds: person.token)
            _ = try await world.complete(untrusted)
            try await world.store.updateEmail(
                Email("bob@example.com", isVerified: true), providerID: "beta", subject: "2")
            let bob = try world.attempt(world.profile("3", email: "bob@example.com"), at: "gamma", policy: link)
            try expectEqual(
                try await world.complete(bob), .pendingBinding(.emailBelongsToUser), "the outcome for who has it")
        },
        Check("unbindsAnAccountThatIsGoneAtItsProvider") { world in
            let person = try await world.signIn("1", tokens: "sealed-1")
            _ = try await world.bind(world.profile("2"), at: "beta", to: person)
            let elsewhere = try await world.signIn("2", at: "beta")
            let other = try await world.signIn("3")
            let outcome = try await world.store.accountDeleted(providerID: "alpha", subject: "1")
            guard case .unbound(let removed) = outcome else {
                throw ContractViolation("the account should be unbound, but the outcome is \(outcome)")
            }
            try expectEqual(removed.identity.subject, "1", "the subject of the removed binding")
            try expectEqual(removed.sealedTokens, "sealed-1", "the removed tokens")
            try expectEqual(try await world.providers(of: person), ["beta"], "the user's providers")
            let ended = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(ended, nil, "the session begun with the account")
            for each in [elsewhere, other] {
                let live = try await world.store.session(tokenHash: each.token.hash, now: world.now)
                try expect(live != nil, "a session begun otherwise should go on")
            }
        },
        Check("removesAUserWhoseLastAccountIsGoneAtItsProvider") { world in
            let person = try await world.signIn("1", tokens: "sealed-1")
            let identity = try await world.store.identity(providerID: "alpha", subject: "1")
            let outcome = try await world.store.accountDeleted(providerID: "alpha", subject: "1")
            let removed = identity.map { RemovedBinding(identity: $0, sealedTokens: "sealed-1") }
            try expectEqual(outcome, .userDeleted(person.user.id, [removed].compactMap { $0 }), "the outcome")
            try expectEqual(try await world.store.user(person.user.id), nil, "the user")
            let session = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expectEqual(session, nil, "the session")
            let again = try await world.store.accountDeleted(providerID: "alpha", subject: "1")
            try expectEqual(again, .unknown, "the outcome of a second call")
        },
        Check("leavesAllForAnUnknownAccountThatIsGone") { world in
            let person = try await world.signIn("1")
            for (providerID, subject) in [("alpha", "2"), ("beta", "1"), ("alpha", "1\u{0}")] {
                let outcome = try await world.store.accountDeleted(providerID: providerID, subject: subject)
                try expectEqual(outcome, .unknown, "the outcome")
            }
            try expectEqual(try await world.providers(of: person), ["alpha"], "the user's providers")
            let session = try await world.store.session(tokenHash: person.token.hash, now: world.now)
            try expect(session != nil, "the session should go on")
        },
        Check("removesAUserWhoseAccountsAreGoneAtOnce") { world in
            for round in 0..<20 {
                let person = try await world.signIn("a\(round)")
                _ = try await world.bind(world.profile("b\(round)"), at: "beta", to: person)
                let accounts = [("alpha", "a\(round)"), ("beta", "b\(round)")]
                let outcomes = try await inParallel(2) {
                    try await world.store.accountDeleted(providerID: accounts[$0].0, subject: accounts[$0].1)
                }
                let unbound = outcomes.filter { if case .unbound = $0 { true } else { false } }
                try expectEqual(unbound.count, 1, "how many only unbound in round \(round)")
                try expectEqual(try await world.store.user(person.user.id), nil, "the user of round \(round)")
            }
        },
    ]
}
