import FoundationEssentials
import Martlet
import MartletAccounts
import MartletTesting
import Testing

@testable import MartletHummingbird

@Suite struct TokenVaultTests {
    private let vault = TokenVault(keyring: .ephemeral)

    private func provider(keepsTokens: Bool, revokesOnUnlink: Bool = false) throws -> AuthProvider {
        var provider = Provider.github
        provider.revokesOnUnlink = revokesOnUnlink
        return AuthProvider(
            id: "github", name: "GitHub", iconURL: "",
            client: try OAuthClient(provider, clientID: "id", clientSecret: "secret"), keepsTokens: keepsTokens)
    }

    private func identity(_ providerID: String = "github", subject: String = "ada") throws -> Identity {
        Identity(
            id: try #require(IdentityID("1")), userID: try #require(UserID("1")), providerID: providerID,
            subject: subject, username: nil, name: nil, email: nil, avatar: nil, identifiers: [:],
            boundAt: FixedClock.start, lastSignInAt: FixedClock.start)
    }

    private func sealed(_ providerID: String = "github", subject: String = "ada") throws -> String {
        try #require(
            vault.seal(
                KeptGrant(Tokens(accessToken: "access", refreshToken: "refresh")), providerID: providerID,
                subject: subject))
    }

    @Test func givesBackWhatItSealed() throws {
        let grant = try #require(vault.open(try sealed(), of: try identity()))
        #expect(grant == KeptGrant(Tokens(accessToken: "access", refreshToken: "refresh")))
    }

    @Test func opensATextOnlyForItsAccount() throws {
        let text = try sealed()
        for other in [try identity(subject: "eve"), try identity("gitlab"), try identity(subject: "ADA")] {
            #expect(vault.open(text, of: other) == nil)
        }
        // Where one id ends and the other begins is part of it.
        let shifted = try sealed("git", subject: "hubada")
        #expect(vault.open(shifted, of: try identity("github", subject: "ada")) == nil)
        #expect(vault.open(shifted, of: try identity("git", subject: "hubada")) != nil)
    }

    @Test func opensNothingThatWasAlteredOrSealedByAnother() throws {
        let text = try sealed()
        for other in ["", "x", String(text.dropLast()), text + "A", String(text.reversed())] {
            #expect(vault.open(other, of: try identity()) == nil)
        }
        let other = TokenVault(keyring: Keyring(generatedBy: .system))
        #expect(other.open(text, of: try identity()) == nil)
    }

    @Test func opensWhatAnEarlierSecretSealed() throws {
        let (old, new) = (Keyring.generateSecret(), Keyring.generateSecret())
        let text = TokenVault(keyring: try Keyring(secrets: [old])).seal(
            KeptGrant(Tokens(accessToken: "access")), providerID: "github", subject: "ada")
        let rotated = TokenVault(keyring: try Keyring(secrets: [new, old]))
        let dropped = TokenVault(keyring: try Keyring(secrets: [new]))
        #expect(rotated.open(try #require(text), of: try identity())?.accessToken == "access")
        #expect(dropped.open(try #require(text), of: try identity()) == nil)
    }

    @Test func showsNoTokenInWhatTheStoreGets() throws {
        let text = try sealed()
        #expect(!text.contains("access") && !text.contains("refresh"))
        #expect("\(KeptGrant(Tokens(accessToken: "hush-hush")))".contains("hush-hush") == false)
    }

    @Test func keepsNothingUnlessToldSo() throws {
        let tokens = Tokens(accessToken: "access", refreshToken: "refresh")
        #expect(vault.seal(tokens, of: try provider(keepsTokens: false), subject: "ada") == nil)
    }

    @Test func keepsBothTokensForABackend() throws {
        let text = vault.seal(
            Tokens(accessToken: "access", refreshToken: "refresh"), of: try provider(keepsTokens: true), subject: "ada")
        let grant = vault.open(try #require(text), of: try identity())
        #expect(grant?.accessToken == "access" && grant?.refreshToken == "refresh")
    }

    @Test func keepsOneTokenForARevocation() throws {
        let provider = try provider(keepsTokens: false, revokesOnUnlink: true)
        for (tokens, access, refresh) in [
            (Tokens(accessToken: "access", refreshToken: "refresh"), nil, "refresh" as Secret?),
            (Tokens(accessToken: "access"), "access" as Secret?, nil),
        ] {
            let grant = vault.open(
                try #require(vault.seal(tokens, of: provider, subject: "ada")), of: try identity())
            #expect(grant?.accessToken == access && grant?.refreshToken == refresh)
        }
    }

    @Test(arguments: [(59.0, false), (60, false), (61, true)])
    func countsATokenAsFreshWhileItLivesForAMinute(seconds: Double, isFresh: Bool) {
        var grant = KeptGrant(Tokens(accessToken: "access"))
        #expect(grant.isFresh(now: FixedClock.start))
        grant.expiresAt = FixedClock.start.addingTimeInterval(seconds)
        #expect(grant.isFresh(now: FixedClock.start) == isFresh)
        grant.accessToken = nil
        #expect(!grant.isFresh(now: FixedClock.start))
    }
}
