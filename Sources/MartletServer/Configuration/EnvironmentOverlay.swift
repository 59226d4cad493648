import Martlet

/// Settings from environment variables: `MARTLET_` and the key's path in upper snake case
/// (`MARTLET_PROVIDERS_GITHUB_CLIENT_SECRET`), with a member's name at its end where the members of a map are free
/// (`MARTLET_PROVIDERS_WECHAT_WORK_AUTHORIZE_PARAMETERS_AGENTID`).
struct EnvironmentOverlay {
    private let variables: [(name: String, value: String)]

    init(_ environment: [String: String]) {
        variables =
            environment
            .filter { $0.key.hasPrefix("MARTLET_") && $0.key != "MARTLET_CONFIG" }
            .sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// Lays the variables over the file's settings; complains about one that names no setting.
    func apply(to root: inout ConfigurationNode, reader: inout ConfigurationReader) {
        var laid: Set<[String]> = []
        /// A value takes the place of the file's, and also of a file that the file names for it, or the other way round.
        func lay(_ node: ConfigurationNode, at path: [String]) {
            let key = path.last ?? ""
            let counterpart = path.dropLast() + [key.hasSuffix("File") ? String(key.dropLast(4)) : key + "File"]
            if !laid.contains(Array(counterpart)) { root = root.removing(Array(counterpart)) }
            root = root.setting(node, at: path)
            laid.insert(path)
        }
        let simple = Dictionary(
            ServerConfiguration.keys.filter { $0 != "providers" }.map { (Self.snake($0), $0) },
            uniquingKeysWith: { first, _ in first })
        for (name, value) in variables {
            let setting = String(name.dropFirst("MARTLET_".count))
            let node = ConfigurationNode(environment: value, variable: name)
            if let key = simple[setting] {
                lay(node, at: [key])
            } else if let path = providerPath(setting, in: root, Self.path(of:)) {
                let isList = Self.listFields.contains(Array(path.dropFirst(2)))
                lay(isList ? node.splitAtCommas : node, at: path)
            } else if let path = providerPath(setting, in: root, Self.memberPath(of:)) {
                // A member is text, even if it looks like a number.
                lay(ConfigurationNode(content: .scalar(value, .string(value)), place: node.place), at: path)
            } else {
                reader.complain(node, key: name, "names no setting")
            }
        }
    }

    /// The path of a provider's setting; the id is one of the file's, or of the catalogue.
    private func providerPath(
        _ setting: String, in root: ConfigurationNode, _ path: (_ key: String) -> [String]?
    ) -> [String]? {
        guard setting.hasPrefix("PROVIDERS_") else { return nil }
        let rest = setting.dropFirst("PROVIDERS_".count)
        let ids = (root["providers"]?.entries.map(\.key) ?? []) + Catalogue.all.map(\.id)
        for id in ids {
            let prefix = id.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() + "_"
            guard rest.hasPrefix(prefix) else { continue }
            if let path = path(String(rest.dropFirst(prefix.count))) { return ["providers", id] + path }
        }
        return nil
    }

    /// The path of a field of a provider.
    private static func path(of key: String) -> [String]? {
        providerKeys[key]
    }

    private static let providerKeys: [String: [String]] = Dictionary(
        (ProviderConfiguration.ownKeys.map { [$0] } + Provider.fieldPaths).map { path in
            (path.map(snake).joined(separator: "_"), path)
        }, uniquingKeysWith: { first, _ in first })

    /// The fields of a provider that are lists of texts; `scopes` may be divided otherwise.
    private static let listFields: [[String]] = [
        ["requiredAuthorizeParameters"], ["scopesWithoutUserInfo"], ["signingAlgorithms"], ["tenancy", "allowed"],
    ]

    /// The path of a member of a map whose members are free.
    private static func memberPath(of key: String) -> [String]? {
        for (prefix, path) in providerKeys where key.hasPrefix(prefix + "_") {
            let member = key.dropFirst(prefix.count + 1).lowercased()
            guard let field = path.last, let name = memberNames[field], !member.isEmpty else { continue }
            return path + [name(member)]
        }
        return nil
    }

    /// The maps whose members are free, and how a member's name is read off the lower-case end of a variable's name.
    private static let memberNames: [String: @Sendable (String) -> String] = [
        "authorizeParameters": { $0 }, "parameters": { $0 }, "identifiers": { $0 },
        "headers": { $0.replacing("_", with: "-") }, "localizedNames": languageTag,
        "notes": languageTag, "fieldScopes": { $0 },
    ]

    /// A language tag with its usual capitals (RFC 5646 §2.1.1): `zh_hans_cn` → `zh-Hans-CN`.
    @Sendable private static func languageTag(_ name: String) -> String {
        name.split(separator: "_").enumerated().map { index, subtag in
            switch (index, subtag.count) {
            case (1..., 2): subtag.uppercased()
            case (1..., 4): subtag.prefix(1).uppercased() + subtag.dropFirst()
            default: String(subtag)
            }
        }.joined(separator: "-")
    }

    /// `clientSecretFile` → `CLIENT_SECRET_FILE`, `publicURL` → `PUBLIC_URL`, `usesDPoP` → `USES_DPOP`.
    static func snake(_ key: String) -> String {
        var text = ""
        var previousIsLower = false
        for character in key.replacing("DPoP", with: "DPOP") {
            if character.isUppercase, previousIsLower { text += "_" }
            previousIsLower = character.isLowercase || character.isNumber
            text += character.uppercased()
        }
        return text
    }
}
