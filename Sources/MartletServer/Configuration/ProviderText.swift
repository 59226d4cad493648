public import Martlet
import Yams

extension Provider {
    /// This entry as a configuration file writes it: under `providers:`, with the credentials, and the domain
    /// and tenant where its endpoints need them, left to fill in,
    /// as is the owner's consent where people are known by a handle.
    ///
    /// What is printed can be copied, changed and used.
    ///
    /// - Throws: an encoding error, which no catalogue entry gives.
    public func configurationText() throws -> String {
        let encoder = YAMLEncoder()
        encoder.options.indent = 2
        encoder.options.width = -1
        encoder.options.allowUnicode = true
        let own = try encoder.encode(self).split(separator: "\n").filter { !$0.hasPrefix("id:") }
        let secret = needsClientSecret ? ["clientSecret"] : []
        let credentials =
            signing == .alipay
            ? ["privateKeyFile", "answerKey"]
            : signedClientSecret == nil ? secret : ["privateKeyFile", "keyID", "teamID"]
        let consent = handleAsSubjectProblem == nil ? [] : ["insecureAllowHandleAsSubject"]
        let lines =
            ["providers:", "  \(id):"]
            + (["clientID"] + credentials + emptyPlaceholders + consent).map { "    \($0): …" }
        return (lines + own.map { "    \($0)" }).joined(separator: "\n") + "\n"
    }

    /// What the calls need and the entry cannot know: `domain`, `tenant`, `apiKey`.
    private var emptyPlaceholders: [String] {
        [("domain", domain), ("tenant", tenant)].filter { $0.1 == nil }.map(\.0).filter { name in
            endpoints.contains { $0.endpoint.contains("{\(name)}") }
        } + (needsAPIKey ? ["apiKey"] : [])
    }
}
