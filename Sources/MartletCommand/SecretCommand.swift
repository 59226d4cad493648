import ArgumentParser
import Martlet
import MartletAccounts

struct SecretCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Make secrets.", subcommands: [Generate.self])

    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a new secret of 256 random bits as URL-safe base64.",
            discussion: """
                To rotate, put it on the first line of the secrets file and keep the old lines for as long as a login
                may take.
                """)

        func run() {
            say(Keyring.generateSecret().reveal())
        }
    }
}
