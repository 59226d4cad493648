/// Something wrong in the configuration: where, and what was expected.
public struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the setting stands: a file with its line, an environment variable, or nothing for a missing setting.
    public var place: String?
    /// The setting's key, dotted (`providers.github.clientID`).
    public var key: String?
    /// What is wrong and what to do. Never the value of a secret.
    public var message: String

    /// Makes a problem.
    public init(place: String? = nil, key: String? = nil, _ message: String) {
        self.place = place
        self.key = key
        self.message = message
    }

    /// `place: key: message`, without the parts that are absent.
    public var description: String {
        [place, key, message].compactMap(\.self).joined(separator: ": ")
    }
}

/// All that is wrong in a configuration, told at once.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The problems.
    public let problems: [ConfigurationProblem]

    package init(problems: [ConfigurationProblem]) {
        self.problems = problems
    }

    /// One problem a line.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
