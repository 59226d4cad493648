import Martlet
import Yams

/// A value of the configuration with the place it came from, so that every complaint can name its line.
struct ConfigurationNode: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case null
        /// Text as it is written, and what YAML takes it for.
        case scalar(String, JSONValue)
        case list([ConfigurationNode])
        case map([Entry])
    }

    struct Entry: Hashable, Sendable {
        var key: String
        var keyPlace: String
        var node: ConfigurationNode
    }

    var content: Content
    var place: String

    /// Reads a YAML or JSON text (JSON is YAML).
    static func parse(_ text: String, file: String) throws(ConfigurationError) -> ConfigurationNode {
        do {
            // The resolver without rules: what a word means is decided here, and compiling the rules takes megabytes.
            guard let root = try Yams.compose(yaml: text, .basic) else {
                return ConfigurationNode(content: .map([]), place: file)
            }
            return ConfigurationNode(root, file: file)
        } catch let error as YamlError {
            throw ConfigurationError(problems: [error.problem(file: file)])
        } catch {
            throw ConfigurationError(problems: [ConfigurationProblem(place: file, "\(error)")])
        }
    }

    /// A value from an environment variable.
    init(environment text: String, variable: String) {
        self.init(content: .scalar(text, Self.resolve(text)), place: "environment variable \(variable)")
    }

    init(content: Content, place: String) {
        self.content = content
        self.place = place
    }

    private init(_ node: Node, file: String) {
        place = node.mark.map { "\(file):\($0.line)" } ?? file
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            if isPlain, ["", "~", "null", "Null", "NULL"].contains(scalar.string) {
                content = .null
            } else {
                content = .scalar(scalar.string, isPlain ? Self.resolve(scalar.string) : .string(scalar.string))
            }
        case .sequence(let sequence):
            content = .list(sequence.map { ConfigurationNode($0, file: file) })
        case .mapping(let mapping):
            content = .map(
                mapping.map { key, value in
                    Entry(
                        key: key.string ?? "", keyPlace: key.mark.map { "\(file):\($0.line)" } ?? file,
                        node: ConfigurationNode(value, file: file))
                })
        case .alias:
            content = .null
        }
    }

    /// What YAML takes a plain word for.
    private static func resolve(_ text: String) -> JSONValue {
        switch text {
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default:
            if let value = try? JSONValue(parsing: text.utf8), case .number = value { value } else { .string(text) }
        }
    }

    /// The entries of a map; empty for anything else.
    var entries: [Entry] {
        if case .map(let entries) = content { entries } else { [] }
    }

    /// The node at a key of a map.
    subscript(key: String) -> ConfigurationNode? {
        entries.last { $0.key == key }?.node
    }

    /// The node at a path of keys; as near to it as there is one.
    func nearest(to path: [String]) -> ConfigurationNode {
        guard let first = path.first else { return self }
        switch content {
        case .map: return self[first]?.nearest(to: Array(path.dropFirst())) ?? self
        case .list(let nodes):
            guard let index = Int(first), nodes.indices.contains(index) else { return self }
            return nodes[index].nearest(to: Array(path.dropFirst()))
        default: return self
        }
    }

    /// This map with a value set at a path of keys.
    func setting(_ value: ConfigurationNode, at path: [String]) -> ConfigurationNode {
        guard let first = path.first else { return value }
        var entries = self.entries
        let inner = (self[first] ?? ConfigurationNode(content: .map([]), place: value.place))
            .setting(value, at: Array(path.dropFirst()))
        if let index = entries.lastIndex(where: { $0.key == first }) {
            entries[index].node = inner
        } else {
            entries.append(Entry(key: first, keyPlace: value.place, node: inner))
        }
        return ConfigurationNode(content: .map(entries), place: place)
    }

    /// This map without what is at a path of keys.
    func removing(_ path: [String]) -> ConfigurationNode {
        guard let first = path.first, case .map(var entries) = content else { return self }
        if path.count == 1 {
            entries.removeAll { $0.key == first }
        } else if let index = entries.lastIndex(where: { $0.key == first }) {
            entries[index].node = entries[index].node.removing(Array(path.dropFirst()))
        }
        return ConfigurationNode(content: .map(entries), place: place)
    }

    /// A text as the list of what stands between its commas.
    var splitAtCommas: ConfigurationNode {
        guard case .scalar(let text, _) = content else { return self }
        let parts = text.split(separator: ",").map { String($0.trimmingPrefix(" ")) }
        return ConfigurationNode(
            content: .list(parts.map { ConfigurationNode(content: .scalar($0, .string($0)), place: place) }),
            place: place)
    }

    /// The value as JSON.
    var json: JSONValue {
        switch content {
        case .null: .null
        case .scalar(_, let value): value
        case .list(let nodes): .array(nodes.map(\.json))
        case .map(let entries):
            .object(Dictionary(entries.map { ($0.key, $0.node.json) }, uniquingKeysWith: { $1 }))
        }
    }
}

extension YamlError {
    fileprivate func problem(file: String) -> ConfigurationProblem {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ConfigurationProblem(place: "\(file):\(mark.line)", "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            ConfigurationProblem(
                place: "\(file):\(context.mark.line)",
                "the key \(duplicates.joined(separator: ", ")) is given twice; keep one")
        default: ConfigurationProblem(place: file, "this cannot be read as YAML")
        }
    }
}
