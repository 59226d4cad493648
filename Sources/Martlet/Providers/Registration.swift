/// Where a person registers an application with a provider, and what the vendor calls what they need from there.
public struct Registration: Hashable, Sendable {
    /// The page where applications are registered, or that says how.
    public var page: String
    /// The vendor's words for the client id.
    public var clientID: String = "Client ID"
    /// The vendor's words for the client secret.
    public var clientSecret: String = "Client secret"
    /// The vendor's words for the redirect URI.
    public var redirectURI: String = "Redirect URI"
    /// What else must be done there, by language tag (`en`, `zh-Hans`).
    public var notes: [String: String] = [:]

    /// Makes a description; the words are the usual ones unless given.
    public init(
        page: String, clientID: String = "Client ID", clientSecret: String = "Client secret",
        redirectURI: String = "Redirect URI", notes: [String: String] = [:]
    ) {
        self.page = page
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirectURI = redirectURI
        self.notes = notes
    }
}
