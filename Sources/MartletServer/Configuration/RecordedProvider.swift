public import Martlet

/// A provider of the catalogue as one of its recordings has it set up: for a simulator that answers from the recording.
public struct RecordedProvider: Sendable, Identifiable {
    /// The provider's settings, the recording's client id and secret among them, at the vendor's own addresses.
    public let configuration: ProviderConfiguration
    /// The provider with every placeholder of its addresses filled in.
    public let provider: Provider

    /// Sets a provider up as in the first login of a recording. Where requests are signed with a private key, which no
    /// recording in the program has, the key is made anew.
    ///
    /// - Parameters:
    ///   - id: the provider's id.
    ///   - recording: JSON Lines in the format of `martlet providers replay`.
    /// - Throws: ``ConfigurationError`` if there is no login, or it is of another provider, or its settings make no sense.
    public init(id: String, recording: String) throws(ConfigurationError) {
        let lines = recording.split(whereSeparator: \.isNewline).compactMap { try? JSONValue(parsing: $0.utf8) }
        guard let login = lines.first(where: { $0["expected"]?["ok"] != .bool(false) }),
            var recorded = try? ReplayRecording(login), recorded.providerID == id
        else {
            throw ConfigurationError(problems: [ConfigurationProblem("the recording of \(id) has no login")])
        }
        if Catalogue.provider(id)?.signing == .alipay, recorded.configuration["privateKey"] == nil {
            do {
                let key = try ClientKey.newRSAKey()
                recorded.configuration = recorded.configuration.merging(["privateKey": .string(key.reveal())])
            } catch {
                throw ConfigurationError(problems: [ConfigurationProblem("\(id): no key could be made: \(error)")])
            }
        }
        configuration = try ProviderConfiguration(replaying: recorded)
        do throws(OAuthError) {
            provider = try OAuthClient(
                configuration.provider, clientID: configuration.clientID, clientSecret: configuration.clientSecret,
                key: configuration.key
            ).provider
        } catch {
            throw ConfigurationError(problems: [ConfigurationProblem("\(id): \(error)")])
        }
    }

    /// The provider's id.
    public var id: String { configuration.id }

    /// The settings with every address under a simulator's.
    func relocated(under simulator: String) -> ProviderConfiguration {
        var configuration = configuration
        configuration.provider = configuration.provider.relocated(under: simulator)
        configuration.isEnabled = true
        return configuration
    }
}
