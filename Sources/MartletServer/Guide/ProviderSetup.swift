public import Martlet

/// What a person does so that people can sign in with a provider: where to register, and what to copy where.
public struct ProviderSetup: Sendable {
    private let title: String
    private let steps: [Step]
    private let remarks: [Phrase]

    private struct Step: Sendable {
        var phrase: Phrase
        var items: [Phrase] = []
    }

    /// Describes an entry.
    ///
    /// - Parameters:
    ///   - publicURL: what stands before the path of the redirect URI.
    public init(_ provider: Provider, language: GuideLanguage, publicURL: String = "PUBLIC_URL") {
        let strings = language.strings
        title = language.name(of: provider)
        var steps: [Step] = []
        let registration = provider.registration
        if let page = registration?.page ?? provider.documentation {
            steps.append(Step(phrase: strings.register(page)))
        }
        if let note = registration?.note(language) { steps.append(Step(phrase: Phrase(quoting: note))) }
        if provider.hasBrowserStep, provider.flow != .openID2 {
            let uri = "\(publicURL)/api/auth/oauth/\(provider.id)/callback"
            let label = registration?.redirectURI ?? "Redirect URI"
            // What a vendor calls a domain takes no path.
            let isDomain = label.lowercased().contains("domain") || label.contains("域")
            steps.append(
                Step(
                    phrase: isDomain ? strings.redirectDomain(label, publicURL, uri) : strings.redirect(label, uri)))
        }
        steps.append(Self.settings(of: provider, language))
        if provider.handleAsSubjectProblem != nil {
            let setting = provider.hasBrowserStep ? "providers.\(provider.id).\(Self.consent)" : Self.consent
            steps.append(Step(phrase: strings.handleAsSubject("\(setting): true")))
        }
        self.steps = steps
        remarks = Self.remarks(provider, strings)
    }

    /// The setting by which an owner accepts that people are known by a handle.
    private static let consent = "insecureAllowHandleAsSubject"

    private static func settings(of provider: Provider, _ language: GuideLanguage) -> Step {
        let strings = language.strings
        let isConfigured = provider.hasBrowserStep
        return Step(
            phrase: isConfigured ? strings.configure : strings.giveToLibrary,
            items: provider.settings(language).map { setting in
                let keys = setting.paths.map { path -> Phrase in
                    "\(code: ((isConfigured ? ["providers", provider.id] : []) + path).joined(separator: "."))"
                }
                return strings.setting(
                    setting.label, keys, isConfigured ? setting.variable(providerID: provider.id) : nil)
            })
    }

    private static func remarks(_ provider: Provider, _ strings: GuideStrings) -> [Phrase] {
        var remarks: [Phrase] = provider.hasBrowserStep ? [] : [strings.noBrowser]
        remarks.append(provider.scopes.isEmpty ? strings.noScopes : strings.scopes(provider.scopes))
        let order = ["username", "name", "email", "avatar"]
        for scope in Set(provider.fieldScopes.values).sorted() {
            let fields = order.filter { provider.fieldScopes[$0] == scope }.compactMap { strings.fields[$0] }
            // With one scope for everything there is nothing to choose.
            if [scope] == provider.scopes { continue }
            remarks.append(strings.fieldScope(fields, scope, provider.scopes.contains(scope)))
        }
        if provider.canRefresh { remarks.append(strings.canRefresh) }
        if provider.revocationEndpoint != nil { remarks.append(strings.canRevoke) }
        if let page = provider.documentation, page != provider.registration?.page {
            remarks.append(strings.documentation(page))
        }
        return remarks
    }

    /// The steps for a terminal.
    public func text() -> String {
        var lines = [title, ""]
        for (index, step) in steps.enumerated() {
            lines.append("\(index + 1). \(step.phrase.text)")
            lines += step.items.map { "   - \($0.text)" }
        }
        lines.append("")
        lines += remarks.map { "- \($0.text)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The steps as Markdown, without a heading.
    func markdown() -> String {
        var lines: [String] = []
        for (index, step) in steps.enumerated() {
            lines.append("\(index + 1). \(step.phrase.markdown)")
            lines += step.items.map { "   - \($0.markdown)" }
        }
        lines.append("")
        lines += remarks.map { "- \($0.markdown)" }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Registration {
    /// What else must be done, in a language, else in English.
    func note(_ language: GuideLanguage) -> String? {
        notes[language.rawValue] ?? notes[GuideLanguage.english.rawValue]
    }
}

extension Provider {
    /// Whether a refresh token is of use.
    var canRefresh: Bool {
        flow == .authorizationCode && tokenResponse.accessToken != nil && appTokenRequest == nil
            && (refreshEndpoint ?? tokenEndpoint ?? issuer) != nil
    }

    /// Whether people sign in with it in a browser.
    var hasBrowserStep: Bool { authorizationEndpoint != nil || issuer != nil }
}
