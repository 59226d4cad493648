public import Martlet

/// A provider that people may sign in with: its client, and how it is shown.
public struct AuthProvider: Sendable, Identifiable {
    /// The id in paths.
    public let id: String
    /// The name a person knows it by.
    public let name: String
    /// The address of its icon.
    public let iconURL: String
    /// Its client.
    public let client: OAuthClient
    /// Whether its word on an email is enough to link accounts.
    public let isTrustedForEmail: Bool

    /// The client ids of the owner's apps whose ID tokens sign in as well (`POST …/id-token`).
    public let nativeClientIDs: [String]
    /// Whether the tokens of a login are kept, sealed, for the application's backend.
    public let keepsTokens: Bool

    /// Makes a provider.
    public init(
        id: String, name: String, iconURL: String, client: OAuthClient, isTrustedForEmail: Bool = false,
        nativeClientIDs: [String] = [], keepsTokens: Bool = false
    ) {
        self.id = id
        self.name = name
        self.iconURL = iconURL
        self.client = client
        self.isTrustedForEmail = isTrustedForEmail
        self.nativeClientIDs = nativeClientIDs
        self.keepsTokens = keepsTokens
    }

    /// Whether a browser can begin a login; mini programs cannot.
    public var hasBrowserStep: Bool {
        client.provider.authorizationEndpoint != nil || client.provider.issuer != nil
    }
}
