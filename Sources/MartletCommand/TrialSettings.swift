import Martlet
import MartletServer

/// The settings of a provider that is tried: from the environment, and for the rest from a person.
struct TrialSettings: Sendable {
    let provider: Provider
    let environment: [String: String]
    let terminal: Terminal

    /// Why an entry cannot be tried from a terminal; nil if it can.
    static func reasonAgainst(_ provider: Provider) -> String? {
        provider.authorizationEndpoint == nil && provider.issuer == nil
            ? "\(provider.name) has no sign-in in a browser: its codes come from an app on a phone" : nil
    }

    /// Asks for what is missing, and checks all of it as a configuration file is checked.
    ///
    /// - Throws: ``ConfigurationError``.
    func configuration() throws(ConfigurationError) -> ProviderConfiguration {
        let own = variables
        var settings: JSONValue = [:]
        var problems: [ConfigurationProblem] = []
        for setting in provider.settings(.english) {
            let variable = setting.variable(providerID: provider.id)
            if let variable, own[variable] ?? own["\(variable)_FILE"] != nil { continue }
            guard let path = setting.paths.first, let answer = terminal.ask(question(setting), setting.isSecret) else {
                problems.append(missing(setting, variable))
                continue
            }
            let (name, value) = choice(answer, setting) ?? (path.last ?? "", answer)
            if !value.isEmpty { settings = settings.merging(Self.nested(path.dropLast() + [name], .string(value))) }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        // A trial keeps no account that a handle could pass to somebody else.
        if provider.profile.idIsHandle {
            settings = settings.merging(["insecureAllowHandleAsSubject": .bool(true)])
        }
        let text = JSONValue.object(["providers": .object([provider.id: settings])]).serialized()
        let all = try ServerConfiguration.parse(text, file: "what was given", environment: own)
        guard let configuration = all.providers.first(where: { $0.id == provider.id }) else {
            throw ConfigurationError(problems: [ConfigurationProblem("\(provider.id) has no settings")])
        }
        return configuration
    }

    /// The variables of this provider, and not of one whose id begins alike.
    private var variables: [String: String] {
        func prefix(_ id: String) -> String { "MARTLET_PROVIDERS_\(id.uppercased().replacing("-", with: "_"))_" }
        let longer = Catalogue.all.map { prefix($0.id) }.filter { $0.hasPrefix(prefix(provider.id)) }
        return environment.filter { name, _ in
            longer.filter { name.hasPrefix($0) }.max { $0.count < $1.count } == prefix(provider.id)
        }
    }

    private func missing(_ setting: ProviderSetting, _ variable: String?) -> ConfigurationProblem {
        let keys = setting.paths.map { $0.joined(separator: ".") }.joined(separator: " or ")
        return ConfigurationProblem(
            "\(keys) of \(provider.id) is missing (\(setting.label))"
                + (variable.map { ": set \($0)" } ?? ": give it in a file by --config"))
    }

    private func question(_ setting: ProviderSetting) -> String {
        let keys = setting.paths.map { $0.joined(separator: ".") }
        return keys.count == 1
            ? "\(setting.label) (\(keys[0]))" : "\(setting.label), as name=value (\(keys.joined(separator: " or ")))"
    }

    /// Of several settings the one that was chosen, as `name=value`.
    private func choice(_ answer: String, _ setting: ProviderSetting) -> (String, String)? {
        let sides = answer.split(separator: "=", maxSplits: 1).map(String.init)
        guard setting.paths.count > 1, sides.count == 2, setting.paths.contains(where: { $0.last == sides[0] }) else {
            return nil
        }
        return (sides[0], sides[1])
    }

    private static func nested(_ path: some Collection<String>, _ value: JSONValue) -> JSONValue {
        guard let first = path.first else { return value }
        return [first: nested(path.dropFirst(), value)]
    }
}
