public import Martlet

/// The catalogue as a page to read: what `docs/providers.md` holds.
public enum ProviderTable {
    /// A Markdown page with one row for each provider, in the order given.
    public static func markdown(_ providers: [Provider]) -> String {
        introduction(count: providers.count) + row(columns) + row(columns.map { _ in "---" })
            + providers.map { row(cells(of: $0)) }.joined()
    }

    private static let columns: [String] = [
        "id", "Name", "Protocol", "Default scopes", "Proof of the email", "Refresh", "Revocation", "Documentation",
    ]

    private static func introduction(count: Int) -> String {
        """
        # Providers

        The \(count) entries of the catalogue. `martlet providers show ID` prints one in full; this page is written by `make providers`.

        - **Proof of the email**: what in the provider's answers says that an address is the person's; *none*: the address is
          taken as unverified.
        - **Refresh**: where a refresh token is used, if the provider gives one.
        - **Revocation**: whether a token can be taken back.


        """
    }

    private static func cells(of provider: Provider) -> [String] {
        [
            code(provider.id), escaped(provider.name),
            provider.expectsIDToken(scopes: provider.scopes) ? "OpenID Connect" : "OAuth 2.0",
            provider.scopes.map(code).joined(separator: " "), emailProof(of: provider), refresh(of: provider),
            provider.revocationEndpoint == nil ? "" : "yes",
            provider.documentation.map { "[\(host(of: $0))](<\($0)>)" } ?? "",
        ]
    }

    private static func emailProof(of provider: Provider) -> String {
        if provider.emailsRequest != nil {
            return "\(code(provider.emails.primary)) and \(code(provider.emails.verified)) in the list of addresses"
        }
        guard provider.profile.email != nil else { return "no email" }
        switch provider.profile.emailVerified?.source {
        case nil, "false"?: return "none"
        case "true"?: return "documented: only verified addresses"
        case let path?: return code(path)
        }
    }

    private static func refresh(of provider: Provider) -> String {
        guard provider.tokenResponse.accessToken != nil else { return "" }
        if provider.refreshEndpoint != nil { return "endpoint of its own" }
        return provider.tokenEndpoint != nil || provider.issuer != nil ? "token endpoint" : ""
    }

    private static func row(_ cells: [String]) -> String {
        "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined() + "\n"
    }

    private static func code(_ text: String) -> String { "`\(escaped(text))`" }

    private static func escaped(_ text: String) -> String { text.replacing("|", with: #"\|"#) }

    private static func host(of url: String) -> String {
        url.split(separator: "/", maxSplits: 2).dropFirst().first.map(String.init) ?? url
    }
}
