public import Martlet

/// A setting that a person must give a provider's entry before anybody can sign in.
public struct ProviderSetting: Hashable, Sendable {
    /// Where it is written, below `providers:` and the id; one of these.
    public let paths: [[String]]
    /// The vendor's word for it, or ours where the vendor has none.
    public let label: String
    /// Whether it must not be shown.
    public let isSecret: Bool

    init(_ path: String..., label: String, isSecret: Bool = false) {
        self.paths = [path]
        self.label = label
        self.isSecret = isSecret
    }

    init(anyOf names: [String], in map: String, label: String) {
        self.paths = names.map { [map, $0] }
        self.label = label
        self.isSecret = false
    }

    /// The environment variable that gives it; nil where none can.
    public func variable(providerID: String) -> String? {
        guard paths.count == 1, let path = paths.first else { return nil }
        // A member of a map takes its name in lower case.
        if path.count > 1, let member = path.last, member != member.lowercased() { return nil }
        let names = [providerID.uppercased().replacing("-", with: "_")] + path.map(EnvironmentOverlay.snake)
        return "MARTLET_PROVIDERS_" + names.joined(separator: "_")
    }
}

extension Provider {
    /// What must be given beside this entry, in the order of asking; the vendor's words where there are some.
    public func settings(_ language: GuideLanguage) -> [ProviderSetting] {
        let labels = language.strings.labels
        let words = registration ?? Registration(page: "")
        return placeSettings(labels)
            + [ProviderSetting("clientID", label: words.clientID)]
            + credentialSettings(words, labels)
            + (needsAPIKey && apiKey == nil ? [ProviderSetting("apiKey", label: labels.apiKey)] : [])
            + missingAuthorizeParameters.map { names in
                ProviderSetting(
                    anyOf: names.split(separator: "|").map { String($0.filter { $0 != " " }) },
                    in: "authorizeParameters", label: labels.authorizeParameter)
            }
    }

    /// What the endpoints hold and the entry cannot know.
    private func placeSettings(_ labels: GuideStrings.Labels) -> [ProviderSetting] {
        func isOpen(_ placeholder: String, _ value: String?) -> Bool {
            value == nil && endpoints.contains { $0.endpoint.contains("{\(placeholder)}") }
        }
        return (isOpen("domain", domain) ? [ProviderSetting("domain", label: labels.domain)] : [])
            + (isOpen("tenant", tenant) ? [ProviderSetting("tenant", label: labels.tenant)] : [])
    }

    /// What proves who the client is.
    private func credentialSettings(_ words: Registration, _ labels: GuideStrings.Labels) -> [ProviderSetting] {
        let secret = ProviderSetting("clientSecret", label: words.clientSecret, isSecret: true)
        let key = ProviderSetting("privateKeyFile", label: labels.privateKey)
        if signing == .alipay { return [key, ProviderSetting("answerKey", label: labels.answerKey)] }
        if let signed = signedClientSecret {
            let team = signed.issuer.contains("{teamID}") && teamID == nil
            return [key, ProviderSetting("keyID", label: labels.keyID)]
                + (team ? [ProviderSetting("teamID", label: labels.teamID)] : [])
        }
        switch clientAuthentication {
        case .privateKeyJWT: return [key, ProviderSetting("keyID", label: labels.keyID)]
        case .mutualTLS, .selfSignedMutualTLS:
            return [
                ProviderSetting("clientCertificateFile", label: labels.certificate),
                ProviderSetting("clientCertificateKeyFile", label: labels.certificateKey),
            ]
        default: return needsClientSecret ? [secret] : []
        }
    }
}
