import FoundationEssentials

/// The process's environment.
enum Environment {
    /// All variables.
    static var variables: [String: String] { ProcessInfo.processInfo.environment }
}
