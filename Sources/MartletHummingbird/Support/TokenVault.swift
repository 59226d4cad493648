import FoundationEssentials
import Martlet
import MartletAccounts

/// What is kept of the tokens that a provider granted.
struct KeptGrant: Hashable, Sendable, Codable {
    var accessToken: Secret?
    var tokenType: String
    var expiresAt: Date?
    var refreshToken: Secret?
    var scopes: [String]
    /// The subject of the ID token, which one that comes with a refresh must be about too.
    var subject: String?

    init(_ tokens: Tokens) {
        accessToken = tokens.accessToken
        tokenType = tokens.tokenType
        expiresAt = tokens.expiresAt
        refreshToken = tokens.refreshToken
        scopes = tokens.scopes
        subject = tokens.identity?.subject
    }

    /// Whether the access token still lives for a minute.
    func isFresh(now: Date) -> Bool {
        accessToken != nil && expiresAt.map { $0 > now.addingTimeInterval(60) } ?? true
    }
}

/// Seals tokens of providers for the store. A text opens only for the account whose tokens it holds.
struct TokenVault: Sendable {
    let keyring: Keyring

    /// The tokens of a login as the store keeps them; nil where none are to be kept.
    ///
    /// Where tokens are kept only so that they can be revoked, that is the refresh token alone, if there is one.
    func seal(_ tokens: Tokens, of provider: AuthProvider, subject: String) -> String? {
        guard provider.keepsTokens || provider.client.provider.revokesOnUnlink else { return nil }
        var grant = KeptGrant(tokens)
        if !provider.keepsTokens, grant.refreshToken != nil { grant.accessToken = nil }
        guard grant.accessToken != nil || grant.refreshToken != nil else { return nil }
        return seal(grant, providerID: provider.id, subject: subject)
    }

    /// A grant as the store keeps it; nil if it cannot be written.
    func seal(_ grant: KeptGrant, providerID: String, subject: String) -> String? {
        guard let json = try? JSONEncoder().encode(grant) else { return nil }
        return keyring.seal([UInt8](json), purpose: .keptTokens, context: Self.context(providerID, subject))
    }

    /// The grant that the store kept; nil if the text was altered or is of another account.
    func open(_ sealed: String, of identity: Identity) -> KeptGrant? {
        keyring.open(sealed, purpose: .keptTokens, context: Self.context(identity.providerID, identity.subject))
            .flatMap { try? JSONDecoder().decode(KeptGrant.self, from: Data($0)) }
    }

    private static func context(_ providerID: String, _ subject: String) -> String {
        "\(providerID.utf8.count):\(providerID)\(subject)"
    }
}
