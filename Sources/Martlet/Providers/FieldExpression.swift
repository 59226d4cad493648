/// Where a value is found in a provider's answers: a path, alternatives of paths, or a template.
///
/// - `login`, `data.user.0.name`: a path; object members by name, array elements by index.
/// - `unionid | openid`: alternatives; the first that is present and not empty.
/// - `{first_name} {last_name}`: a template; all its paths must be present. A brace that no path and closing brace follow
///   stands for itself, so that `query { viewer { id } }` is a text.
/// - `is_valid & is_verified`: true if all are true (or `1`), else false.
/// - `blogs.primary=true.uuid`: of an array, the first element whose member has that value.
/// - `true`, `false`: a constant, for `emailVerified` where the vendor's documentation settles it.
///
/// A path looks into the profile (with the ID token's claims under it) unless it names another place:
/// `$token.openid` the token answer, `$idToken.sub` the ID token, `$subject.openid` the step that finds the id,
/// `$detail.avatar` the further profile call, `$callback.user` the callback's parameters, `$client.id` the client id.
public struct FieldExpression: Hashable, Sendable, Codable, ExpressibleByStringLiteral {
    /// The expression as it is written.
    public let source: String
    private let alternatives: [Alternative]

    private enum Alternative: Hashable, Sendable {
        case constant(Bool)
        case path(String)
        case conjunction([String])
        case template([Part])
    }

    private enum Part: Hashable, Sendable {
        case literal(String)
        case path(String)
    }

    /// Reads an expression. Every text is one: at worst a path that finds nothing.
    public init(_ source: String) {
        self.source = source
        // The catalogue holds thousands of plain paths, and is made at start-up.
        self.alternatives =
            Self.isPlainPath(source)
            ? [.path(source)] : source.split(separator: "|").map { Self.parse($0.trimmingSpaces()) }
    }

    private static func isPlainPath(_ text: String) -> Bool {
        !text.isEmpty && text != "true" && text != "false"
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "{"), UInt8(ascii: " "): false
                default: true
                }
            }
    }

    /// Reads an expression from a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Reads an expression from a string, or a constant from a boolean.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self.init(flag ? "true" : "false")
        } else {
            self.init(try container.decode(String.self))
        }
    }

    /// Writes the expression as it is written.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(source)
    }

    /// The first alternative that finds a value which is not null and not empty.
    ///
    /// - Parameter encode: what is done to each value that a template takes in.
    func value(in sources: ProfileSources, encode: (String) -> String = { $0 }) -> JSONValue? {
        for alternative in alternatives {
            if let value = Self.evaluate(alternative, in: sources, encode) { return value }
        }
        return nil
    }

    /// The value as text; a number keeps its digits.
    func text(in sources: ProfileSources) -> String? {
        value(in: sources)?.text
    }

    private static func parse(_ text: String) -> Alternative {
        if text == "true" || text == "false" { return .constant(text == "true") }
        guard text.contains("{") else {
            let paths = text.split(separator: "&").map { $0.trimmingSpaces() }
            return paths.count > 1 ? .conjunction(paths) : .path(text)
        }
        return .template(parts(of: text))
    }

    private static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var literal = ""
        var rest = Substring(text)
        while let character = rest.first {
            if character == "{", let close = rest.firstIndex(of: "}"), case let path = rest[..<close].dropFirst(),
                !path.isEmpty, !path.contains(where: { $0.isWhitespace || $0 == "{" })
            {
                if !literal.isEmpty { parts.append(.literal(literal)) }
                parts.append(.path(String(path)))
                literal = ""
                rest = rest[close...].dropFirst()
            } else {
                literal.append(character)
                rest = rest.dropFirst()
            }
        }
        return literal.isEmpty ? parts : parts + [.literal(literal)]
    }

    /// The paths that a template needs.
    var placeholders: [String] {
        alternatives.flatMap { alternative -> [String] in
            guard case .template(let parts) = alternative else { return [] }
            return parts.compactMap { if case .path(let path) = $0 { path } else { nil } }
        }
    }

    private static func evaluate(
        _ alternative: Alternative, in sources: ProfileSources, _ encode: (String) -> String
    ) -> JSONValue? {
        switch alternative {
        case .constant(let flag): return .bool(flag)
        case .path(let path): return present(sources.value(at: path))
        case .conjunction(let paths):
            return .bool(paths.allSatisfy { ["true", "1"].contains(sources.value(at: $0)?.text) })
        case .template(let parts):
            var text = ""
            for part in parts {
                switch part {
                case .literal(let literal): text += literal
                case .path(let path):
                    guard let value = present(sources.value(at: path))?.text else { return nil }
                    text += encode(value)
                }
            }
            return .string(text)
        }
    }

    private static func present(_ value: JSONValue?) -> JSONValue? {
        switch value {
        case .none, .null: nil
        case .string(let text) where text.isEmpty: nil
        case .some(let value): value
        }
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        let head = drop { $0 == " " }
        guard let last = head.lastIndex(where: { $0 != " " }) else { return "" }
        return String(head[...last])
    }
}
