import Martlet

/// Settings from environment variables: `MARTLET_` and the key's path in upper snake case
/// (`MARTLET_PROVIDERS_GITHUB_CLIENT_SECRET`).
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
        let simple = Dictionary(
            ServerConfiguration.keys.filter { $0 != "providers" }.map { (Self.snake($0), $0) },
            uniquingKeysWith: { first, _ in first })
        for (name, value) in variables {
            let setting = String(name.dropFirst("MARTLET_".count))
            let node = ConfigurationNode(environment: value, variable: name)
            if let key = simple[setting] {
                root = root.setting(node, at: [key])
            } else if let path = providerPath(setting, in: root) {
                root = root.setting(node, at: path)
            } else {
                reader.complain(node, key: name, "names no setting")
            }
        }
    }

    /// The path of a provider's setting; the id is one of the file's, or of the catalogue.
    private func providerPath(_ setting: String, in root: ConfigurationNode) -> [String]? {
        guard setting.hasPrefix("PROVIDERS_") else { return nil }
        let rest = setting.dropFirst("PROVIDERS_".count)
        let ids = (root["providers"]?.entries.map(\.key) ?? []) + Catalogue.all.map(\.id)
        for id in ids {
            let prefix = id.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() + "_"
            guard rest.hasPrefix(prefix) else { continue }
            let key = String(rest.dropFirst(prefix.count))
            if let path = Self.providerKeys[key] { return ["providers", id] + path }
        }
        return nil
    }

    private static let providerKeys: [String: [String]] = Dictionary(
        (ProviderConfiguration.ownKeys.map { [$0] } + Provider.fieldPaths).map { path in
            (path.map(snake).joined(separator: "_"), path)
        }, uniquingKeysWith: { first, _ in first })

    /// `clientSecretFile` → `CLIENT_SECRET_FILE`, `publicURL` → `PUBLIC_URL`.
    static func snake(_ key: String) -> String {
        var text = ""
        var previousIsLower = false
        for character in key {
            if character.isUppercase, previousIsLower { text += "_" }
            previousIsLower = character.isLowercase || character.isNumber
            text += character.uppercased()
        }
        return text
    }
}
