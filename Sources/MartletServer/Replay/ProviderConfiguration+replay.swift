import Martlet

extension ProviderConfiguration {
    /// The provider of a recording: what a configuration file would make of the same settings.
    ///
    /// - Throws: ``ConfigurationError``.
    init(replaying recording: ReplayRecording) throws(ConfigurationError) {
        let text = JSONValue.object([recording.providerID: recording.configuration]).serialized()
        let node = try ConfigurationNode.parse(text, file: "configuration")
        var reader = ConfigurationReader()
        guard let entry = node.entries.first,
            let provider = ProviderConfiguration(entry, allowsHTTP: true, &reader), reader.problems.isEmpty
        else { throw ConfigurationError(problems: reader.problems) }
        self = provider
    }
}
