import Foundation

/// The parser that this process fuzzes: the one that `PARSER` names.
private let parser: FuzzedParser = {
    let name = ProcessInfo.processInfo.environment["PARSER"] ?? ""
    guard let parser = FuzzedParser(rawValue: name) else {
        let names = FuzzedParser.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("set PARSER to one of \(names)")
    }
    return parser
}()

/// What libFuzzer calls with every input it makes up.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    do {
        _ = try parser.accepts(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        fatalError("\(parser.rawValue): \(error)")
    }
    return 0
}
