import FoundationEssentials
import Martlet

/// Reads settings out of nodes, gathering every problem instead of stopping at the first.
struct ConfigurationReader {
    private(set) var problems: [ConfigurationProblem] = []

    mutating func complain(_ node: ConfigurationNode?, key: String, _ message: String) {
        problems.append(ConfigurationProblem(place: node?.place, key: key, message))
    }

    mutating func complain(place: String, key: String, _ message: String) {
        problems.append(ConfigurationProblem(place: place, key: key, message))
    }

    /// Complains about keys that are not known.
    mutating func rejectUnknownKeys(in node: ConfigurationNode, known: [String], path: String = "") {
        for entry in node.entries where !known.contains(entry.key) {
            let near = known.first { $0.lowercased() == entry.key.lowercased().filter { $0 != "_" && $0 != "-" } }
            complain(
                place: entry.keyPlace, key: path + entry.key,
                "unknown key; " + (near.map { "did you mean \($0)?" } ?? "known here: \(known.joined(separator: ", "))")
            )
        }
    }

    /// Text; numbers and booleans as they are written.
    mutating func text(_ node: ConfigurationNode?, key: String) -> String? {
        guard let node else { return nil }
        switch node.content {
        case .scalar(let text, _): return text
        case .null:
            complain(node, key: key, "has no value; expected text")
        default:
            complain(node, key: key, "expected text")
        }
        return nil
    }

    mutating func flag(_ node: ConfigurationNode?, key: String, default fallback: Bool) -> Bool {
        guard let node else { return fallback }
        if case .scalar(_, .bool(let flag)) = node.content { return flag }
        complain(node, key: key, "expected true or false")
        return fallback
    }

    mutating func integer(
        _ node: ConfigurationNode?, key: String, default fallback: Int, in range: ClosedRange<Int>
    ) -> Int {
        guard let node else { return fallback }
        if case .scalar(let text, _) = node.content, let number = Int(text), range.contains(number) { return number }
        complain(node, key: key, "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
        return fallback
    }

    /// A list of texts; one text is split at commas, which is how the environment gives lists.
    mutating func texts(_ node: ConfigurationNode?, key: String) -> [String] {
        guard let node else { return [] }
        switch node.content {
        case .list(let nodes): return nodes.compactMap { text($0, key: key) }
        case .scalar(let text, _):
            return text.split(separator: ",").map { $0.trimmingPrefix(" ") }.map { String($0) }
        default:
            complain(node, key: key, "expected a list of texts")
            return []
        }
    }

    mutating func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ node: ConfigurationNode?, key: String, default fallback: Value
    ) -> Value {
        guard let text = text(node, key: key) else { return fallback }
        if let value = Value(rawValue: text) { return value }
        complain(node, key: key, "expected one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        return fallback
    }

    /// A secret given in place, or in a file named beside it.
    mutating func secret(_ node: ConfigurationNode?, file: ConfigurationNode?, key: String) -> Secret? {
        if let node, let file {
            complain(file, key: key + "File", "\(key) is given as well (at \(node.place)); keep one of the two")
            return nil
        }
        let text =
            if let file {
                contents(of: file, key: key).map { String($0.drop(while: \.isWhitespace).prefix { !$0.isNewline }) }
            } else {
                text(node, key: key)
            }
        guard text != "" else {
            complain(file ?? node, key: file == nil ? key : key + "File", "is empty")
            return nil
        }
        return text.map { Secret($0) }
    }

    /// The entries of a map.
    mutating func entries(_ node: ConfigurationNode?, key: String, of what: String) -> [ConfigurationNode.Entry] {
        switch node?.content {
        case nil, .null: return []
        case .map(let entries): return entries
        default:
            complain(node, key: key, "expected a map: \(what)")
            return []
        }
    }

    /// A text of several lines given in place, or in a file named beside it: a key, a certificate.
    mutating func document(_ node: ConfigurationNode?, file: ConfigurationNode?, key: String) -> String? {
        if let node, let file {
            complain(file, key: key + "File", "\(key) is given as well (at \(node.place)); keep one of the two")
            return nil
        }
        guard let file else { return text(node, key: key) }
        return contents(of: file, key: key)
    }

    private mutating func contents(of file: ConfigurationNode, key: String) -> String? {
        guard let path = text(file, key: key + "File") else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            complain(file, key: key + "File", "the file \(path) cannot be read")
            return nil
        }
        return String(decoding: data, as: UTF8.self)
    }
}
