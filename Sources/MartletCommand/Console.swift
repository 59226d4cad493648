public import ArgumentParser
import FoundationEssentials
public import Logging
import MartletAccounts
import MartletSQLite
import MartletServer
import NIOCore
import SystemPackage

/// Writes a line to standard error.
func complain(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll("martlet: \(text)\n".utf8)
}

/// Writes a line to standard output at once, also when it is a pipe.
func say(_ text: String) {
    _ = try? FileDescriptor.standardOutput.writeAll("\(text)\n".utf8)
}

/// Runs a command's work, turning what it throws into lines that say what to do, and exit status 1.
func reporting(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let error as ConfigurationError {
        error.problems.forEach { complain($0.description) }
        throw ExitCode.failure
    } catch let error as StoreError {
        complain(error.description)
        throw ExitCode.failure
    } catch let error as DatabaseFailure {
        complain(error.description)
        throw ExitCode.failure
    } catch let error as SQLiteDatabase.BackupFailure {
        complain(error.description)
        throw ExitCode.failure
    } catch let error as IOError where Errno(rawValue: error.errnoCode) == .addressInUse {
        complain("the port is in use already; stop what uses it, or choose another")
        throw ExitCode.failure
    } catch let error as IOError where Errno(rawValue: error.errnoCode) == .permissionDenied {
        complain("listening there is not permitted; choose a port above 1023")
        throw ExitCode.failure
    }
}

/// The options of commands that log.
struct LogOptions: ParsableArguments {
    @Option(help: "How much to log: trace, debug, info, notice, warning, error or critical.")
    var logLevel: Logger.Level = .info

    /// Makes the logger, which writes to standard error.
    func bootstrap() -> Logger {
        let level = logLevel
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        return Logger(label: "martlet")
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// The option that names the configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("config")],
        help:
            "The configuration file (YAML or JSON). Default: $MARTLET_CONFIG, else martlet.yaml, else MARTLET_… alone.")
    var configuration: String?

    /// Reads the configuration: the environment over the file over the defaults.
    func load() throws(ConfigurationError) -> ServerConfiguration {
        let environment = Environment.variables
        let named = configuration ?? environment["MARTLET_CONFIG"]
        let standsAlone =
            named == nil && !FileManager.default.fileExists(atPath: "martlet.yaml")
            && environment.keys.contains { $0.hasPrefix("MARTLET_") }
        return try ServerConfiguration.load(
            path: standsAlone ? nil : named ?? "martlet.yaml", environment: environment)
    }
}
