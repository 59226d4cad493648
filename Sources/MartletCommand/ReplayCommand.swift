import ArgumentParser
import FoundationEssentials
import Martlet
import MartletServer

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run a provider's entry over recorded answers, offline, and print what was asked and understood.",
        discussion: """
            A file holds one JSON object or JSON Lines of them; - is standard input. Exit status: 0 when all are as
            expected, 1 otherwise, 2 for input that cannot be read. The recording's own secrets are printed.
            """)

    @Argument(help: "Recordings.")
    var files: [String]

    @Flag(help: "Print a table by provider instead of a line for each recording.")
    var summary = false

    func run() async throws {
        var results: [Replay.Result] = []
        for file in files {
            for (place, recording) in try recordings(in: file) {
                do {
                    let result = try await Replay().run(recording)
                    results.append(result)
                    if !summary { say(result.json.serialized()) }
                } catch {
                    throw unreadable("\(place): \(error)")
                }
            }
        }
        if summary { printSummary(results) }
        if !results.allSatisfy(\.isSuccess) { throw ExitCode(1) }
    }

    private func recordings(in file: String) throws -> [(place: String, recording: JSONValue)] {
        let data = file == "-" ? standardInput() : FileManager.default.contents(atPath: file)
        guard let data else { throw unreadable("\(file) cannot be read") }
        if let whole = try? JSONValue(parsing: data) { return [(file, whole)] }
        return try data.split(separator: UInt8(ascii: "\n")).enumerated().compactMap { index, line in
            guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) else { return nil }
            guard let recording = try? JSONValue(parsing: line) else {
                throw unreadable("\(file):\(index + 1): this is not JSON")
            }
            return ("\(file):\(index + 1)", recording)
        }
    }

    private func standardInput() -> Data {
        var text = ""
        while let line = readLine(strippingNewline: false) { text += line }
        return Data(text.utf8)
    }

    private func unreadable(_ message: String) -> ExitCode {
        complain(message)
        return ExitCode(2)
    }

    private func printSummary(_ results: [Replay.Result]) {
        let byProvider = Dictionary(grouping: results, by: \.providerID).sorted { $0.key < $1.key }
        let width = max(8, byProvider.map(\.key.count).max() ?? 0)
        func row(_ name: String, _ cells: [String]) -> String {
            let padded = cells.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }
            return name + String(repeating: " ", count: width - name.count) + padded.joined()
        }
        say(row("provider", ["total", "ok", "as wanted", "failed"]))
        for (provider, results) in byProvider {
            let counts = [
                results.count, results.count(where: \.isOK), results.count { $0.matches == true },
                results.count { !$0.isSuccess },
            ]
            say(row(provider, counts.map(String.init)))
        }
        say(
            row(
                "all",
                [
                    results.count, results.count(where: \.isOK), results.count { $0.matches == true },
                    results.count { !$0.isSuccess },
                ].map(String.init)))
    }
}
