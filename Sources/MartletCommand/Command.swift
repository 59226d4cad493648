import ArgumentParser

/// The program: third-party login beside any web application.
@main
struct Command: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "martlet",
        abstract: "Sign in with GitHub, WeChat, Google, your company …: third-party login beside any web application.",
        discussion: "Try it without an account anywhere: martlet demo",
        version: "0.1.0",
        subcommands: [
            Demo.self, Serve.self, Check.self, Providers.self, SecretCommand.self, Migrate.self, Copy.self, Backup.self,
        ])
}
