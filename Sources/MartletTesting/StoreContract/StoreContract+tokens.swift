import FoundationEssentials
import MartletAccounts

extension StoreContract {
    static let tokenChecks: [Check] = [
        Check("keepsTheTokensOfASignIn") { world in
            let person = try await world.signIn("1", tokens: "first")
            let first = try await world.tokens(of: person)
            try expectEqual(first?.sealed, "first", "the tokens of a new user")
            try expectEqual(first?.updatedAt, world.now, "when they were kept")
            let identity = try await world.store.identity(providerID: "alpha", subject: "1")
            try expectEqual(first?.identity, identity, "the binding")
            _ = try await world.signIn("1", tokens: "second")
            let second = try await world.tokens(of: person)
            try expectEqual(second?.sealed, "second", "the tokens of the second sign-in")
            try expect(second?.version != first?.version, "other tokens should have another version")
            _ = try await world.signIn("1")
            let third = try await world.tokens(of: person)
            try expectEqual(third?.sealed, "second", "the tokens after a sign-in without any")
            try expectEqual(third?.version, second?.version, "the version after a sign-in without any")
        },
        Check("hasNoTokensUntilSomeAreKept") { world in
            let person = try await world.signIn("1")
            _ = try await world.signIn("2", tokens: "another's")
            try expectEqual(try await world.tokens(of: person), nil, "the tokens")
            try expectEqual(try await world.tokens(of: person, at: "beta"), nil, "the tokens of no binding")
        },
        Check("keepsTheTokensOfABind") { world in
            let person = try await world.signIn("1")
            for tokens in ["bound", "refreshed"] {
                let attempt = try world.attempt(
                    world.profile("2"), at: "beta", purpose: person.bindPurpose, browserHolds: person.token)
                _ = try await world.complete(attempt.with { $0.sealedTokens = tokens })
                try expectEqual(try await world.tokens(of: person, at: "beta")?.sealed, tokens, "the tokens")
            }
        },
        Check("keepsTheTokensOfALink") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let attempt = try world.attempt(
                world.profile("2", email: "ann@example.com"), at: "beta",
                policy: LinkingPolicy(signUp: .open, emailMatch: .link))
            _ = try await world.person(attempt.with { $0.sealedTokens = "linked" })
            try expectEqual(try await world.tokens(of: person, at: "beta")?.sealed, "linked", "the tokens")
        },
        Check("keepsTheTokensOfAPendingBindingOnceItIsRedeemed") { world in
            let person = try await world.signIn("1", email: "ann@example.com")
            let attempt = try world.attempt(world.profile("2", email: "ann@example.com"), at: "beta")
                .with { $0.sealedTokens = "pending" }
            _ = try await world.complete(attempt)
            try expectEqual(try await world.tokens(of: person, at: "beta"), nil, "the tokens before")
            let redemption = attempt.redemption(sessionToken: person.token)
            _ = try await world.store.redeemPendingBinding(redemption, now: world.now)
            try expectEqual(try await world.tokens(of: person, at: "beta")?.sealed, "pending", "the tokens after")
        },
        Check("keepsNoTokensOfWhatIsRefused") { world in
            let owner = try await world.signIn("1", tokens: "owner's")
            let other = try await world.signIn("2", at: "beta")
            let bind = try world.attempt(
                world.profile("1"), purpose: other.bindPurpose, browserHolds: other.token)
            _ = try await world.complete(bind.with { $0.sealedTokens = "other's" })
            try expectEqual(try await world.tokens(of: owner)?.sealed, "owner's", "the tokens after a bind")
            try await world.store.setEnabled(false, user: owner.user.id)
            _ = try await world.complete(try world.attempt(world.profile("1")).with { $0.sealedTokens = "late" })
            try expectEqual(try await world.tokens(of: owner)?.sealed, "owner's", "the tokens after a sign-in")
        },
        Check("replacesTokensOnlyOfTheVersionThatWasRefreshed") { world in
            let person = try await world.signIn("1", tokens: "first")
            guard let kept = try await world.tokens(of: person) else { throw ContractViolation("no tokens are kept") }
            for version in [kept.version - 1, kept.version + 1] {
                let replaced = try await world.store.replaceKeptTokens(
                    "wrong", of: kept.identity.id, ifVersion: version)
                try expect(!replaced, "another version should not be replaced")
            }
            let replaced = try await world.store.replaceKeptTokens(
                "second", of: kept.identity.id, ifVersion: kept.version)
            try expect(replaced, "the version that is kept should be replaced")
            let found = try await world.tokens(of: person)
            try expectEqual(found?.sealed, "second", "the tokens")
            try expectEqual(found?.version, kept.version + 1, "the version")
            let without = try await world.signIn("2")
            guard let bare = try await world.store.identities(of: without.user.id).first else {
                throw ContractViolation("the user has no binding")
            }
            let made = try await world.store.replaceKeptTokens("made", of: bare.id, ifVersion: 0)
            try expect(!made, "there should be nothing to replace")
        },
        Check("forgetsTokensAndNeverTakesThemForLaterOnes") { world in
            let person = try await world.signIn("1", tokens: "first")
            guard let kept = try await world.tokens(of: person) else { throw ContractViolation("no tokens are kept") }
            for _ in 0..<2 { try await world.store.forgetKeptTokens(of: kept.identity.id) }
            try expectEqual(try await world.tokens(of: person), nil, "the tokens that were forgotten")
            try expectEqual(try await world.providers(of: person), ["alpha"], "the user's providers")
            for version in kept.version...(kept.version + 3) {
                let revived = try await world.store.replaceKeptTokens(
                    "stale", of: kept.identity.id, ifVersion: version)
                try expect(!revived, "tokens that were forgotten should not come back")
            }
            _ = try await world.signIn("1", tokens: "second")
            let replaced = try await world.store.replaceKeptTokens(
                "stale", of: kept.identity.id, ifVersion: kept.version)
            try expect(!replaced, "a version from before should not replace later tokens")
            try expectEqual(try await world.tokens(of: person)?.sealed, "second", "the later tokens")
        },
        Check("givesTheTokensOfABindingThatIsRemoved") { world in
            let person = try await world.signIn("1", tokens: "sealed-1")
            _ = try await world.bind(world.profile("2"), at: "beta", to: person)
            guard let kept = try await world.tokens(of: person) else { throw ContractViolation("no tokens are kept") }
            let outcome = try await world.store.unbind(providerID: "alpha", of: person.user.id)
            try expectEqual(
                outcome, .unbound(RemovedBinding(identity: kept.identity, sealedTokens: "sealed-1")), "the outcome")
            let late = try? await world.store.replaceKeptTokens(
                "late", of: kept.identity.id, ifVersion: kept.version)
            try expectEqual(late, false, "whether tokens of a removed binding are replaced")
            _ = try await world.bind(world.profile("1"), at: "alpha", to: person)
            try expectEqual(try await world.tokens(of: person), nil, "the tokens once it is bound again")
        },
        Check("givesTheTokensOfAUserWhoIsRemoved") { world in
            let person = try await world.signIn("1", tokens: "sealed-1")
            _ = try await world.bind(world.profile("2"), at: "beta", to: person)
            let identities = try await world.store.identities(of: person.user.id)
            let removed = try await world.store.deleteUser(person.user.id)
            try expectEqual(
                removed, zip(identities, ["sealed-1", nil]).map { RemovedBinding(identity: $0, sealedTokens: $1) },
                "what was removed")
            for identity in identities {
                let late = try await world.store.replaceKeptTokens("late", of: identity.id, ifVersion: 1)
                try expect(!late, "tokens of a removed user should be gone")
            }
            let successor = try await world.signIn("1")
            try expectEqual(try await world.tokens(of: successor), nil, "the tokens of who comes after")
        },
        Check("replacesTokensForOneOfManyWhoRefreshAtOnce") { world in
            let person = try await world.signIn("1", tokens: "first")
            guard let kept = try await world.tokens(of: person) else { throw ContractViolation("no tokens are kept") }
            for round in 0..<10 {
                let version = kept.version + round
                let replaced = try await inParallel(20) {
                    try await world.store.replaceKeptTokens("\(round)-\($0)", of: kept.identity.id, ifVersion: version)
                }
                try expectEqual(replaced.filter { $0 }.count, 1, "how many replaced the tokens of round \(round)")
                let winner = replaced.firstIndex(of: true).map { "\(round)-\($0)" }
                try expectEqual(try await world.tokens(of: person)?.sealed, winner, "the tokens of round \(round)")
            }
        },
    ]
}
