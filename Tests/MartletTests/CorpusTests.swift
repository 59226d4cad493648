import Foundation
import Testing

/// Runs what the fuzzer found worth keeping.
struct CorpusTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz/Corpus")

    private static func inputs(of parser: FuzzedParser) throws -> [(name: String, bytes: [UInt8])] {
        let files = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: parser.rawValue), includingPropertiesForKeys: nil)
        return try files.map { ($0.lastPathComponent, [UInt8](try Data(contentsOf: $0))) }
    }

    @Test(arguments: FuzzedParser.allCases)
    func keepsItsPromisesForEveryInputOfTheCorpus(_ parser: FuzzedParser) throws {
        for input in try Self.inputs(of: parser) {
            #expect(throws: Never.self, "\(parser.rawValue)/\(input.name)") { try parser.accepts(input.bytes) }
        }
    }

    @Test(arguments: FuzzedParser.allCases)
    func theCorpusHoldsInputsThatAreAcceptedAndInputsThatAreRefused(_ parser: FuzzedParser) throws {
        let verdicts = try Self.inputs(of: parser).map { try parser.accepts($0.bytes) }
        #expect(verdicts.contains(true))
        #expect(verdicts.contains(false))
    }

    @Test(arguments: ["flow", "flow-bind"])
    func acceptsTheTextOfAFlow(name: String) throws {
        let input = try #require(try Self.inputs(of: .cookies).first { $0.name == name })
        #expect(try FuzzedParser.cookies.accepts(input.bytes))
    }
}
