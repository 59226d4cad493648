import Martlet

/// What the tables of the catalogue say of a provider.
struct ProviderFacts: Sendable {
    private let provider: Provider
    private let strings: GuideStrings
    /// The name in the table's language.
    let name: String

    init(_ provider: Provider, _ language: GuideLanguage) {
        self.provider = provider
        self.strings = language.strings
        self.name = language.name(of: provider)
    }

    /// The protocol.
    var kind: String {
        switch provider.flow {
        case .oauth1: "OAuth 1.0a"
        case .openID2: "OpenID 2.0"
        case .authorizationCode:
            provider.expectsIDToken(scopes: provider.scopes) ? "OpenID Connect" : "OAuth 2.0"
        }
    }

    /// What proves the email.
    var emailProof: Phrase {
        if provider.emailsRequest != nil {
            return strings.emailProofs.list(provider.emails.primary, provider.emails.verified)
        }
        guard provider.profile.email != nil else { return "\(strings.emailProofs.noEmail)" }
        switch provider.profile.emailVerified?.source {
        case nil, "false"?: return "\(strings.emailProofs.unverified)"
        case "true"?: return "\(strings.emailProofs.onlyVerified)"
        case let path?: return "\(code: path)"
        }
    }

    /// The cells of the table on a page.
    var markdownCells: [String] {
        [
            "\(ProviderTable.image(provider))&nbsp;[\(Phrase.escaped(name))](#\(provider.id))", "`\(provider.id)`",
            kind,
            Phrase(provider.scopes.map { "\(code: Self.short($0))" }, separator: " ").markdown, emailProof.markdown,
        ]
    }

    /// A scope that is an address by its end; the steps below the table have it in full.
    private static func short(_ scope: String) -> String {
        guard scope.hasPrefix("https://"), let end = scope.split(separator: "/").last else { return scope }
        return "…/\(end)"
    }

    /// The facts for programs.
    var json: JSONValue {
        [
            "id": .string(provider.id), "name": .string(provider.name),
            "localizedNames": .object(provider.localizedNames.mapValues { .string($0) }),
            "color": JSONValue(provider.color), "protocol": .string(kind),
            "browser": .bool(provider.hasBrowserStep),
            "scopes": .array(provider.scopes.map { .string($0) }),
            "fieldScopes": .object(provider.fieldScopes.mapValues { .string($0) }),
            "subjectIsHandle": .bool(provider.profile.idIsHandle),
            "emailProof": .string(emailProof.text), "refresh": .bool(provider.canRefresh),
            "revocation": .bool(provider.revocationEndpoint != nil),
            "documentation": JSONValue(provider.documentation), "registration": registration,
            "settings": .array(
                provider.settings(.english).map { setting in
                    let keys = setting.paths.map { JSONValue.string($0.joined(separator: ".")) }
                    return [
                        "keys": .array(keys), "label": .string(setting.label),
                        "secret": .bool(setting.isSecret),
                        "variable": JSONValue(setting.variable(providerID: provider.id)),
                    ]
                }),
        ]
    }

    private var registration: JSONValue {
        guard let registration = provider.registration else { return .null }
        return [
            "page": .string(registration.page), "clientID": .string(registration.clientID),
            "clientSecret": .string(registration.clientSecret), "redirectURI": .string(registration.redirectURI),
            "notes": .object(registration.notes.mapValues { .string($0) }),
        ]
    }
}
