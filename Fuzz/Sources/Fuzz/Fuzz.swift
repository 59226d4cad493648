import Foundation
import LibFuzzer

/// Runs libFuzzer, with its options as arguments, on the parser that the environment variable `PARSER` names.
@main
enum Fuzz {
    private static let parser: FuzzedParser = {
        let name = ProcessInfo.processInfo.environment["PARSER"] ?? ""
        guard let parser = FuzzedParser(rawValue: name) else {
            let names = FuzzedParser.allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("set PARSER to one of \(names)")
        }
        return parser
    }()

    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &arguments) { start, count in Fuzz.testOneInput(start, count) })
    }

    private static func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        do {
            _ = try parser.accepts(Array(UnsafeBufferPointer(start: start, count: count)))
        } catch {
            fatalError("\(parser.rawValue): \(error)")
        }
        return 0
    }
}
