/// A sentence with marked parts, which a page and a terminal show each in their way.
///
/// ```swift
/// let phrase: Phrase = "Register an application at \(link: page)."
/// ```
struct Phrase: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// A part of a phrase.
    enum Part: Hashable, Sendable {
        case text(String)
        case code(String)
        case strong(String)
        case link(String)
    }

    private(set) var parts: [Part]

    init(stringLiteral value: String) {
        parts = [.text(value)]
    }

    init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// Phrases one after another, with a text between them.
    init(_ phrases: [Phrase], separator: String) {
        parts = Array(phrases.map(\.parts).joined(separator: [.text(separator)]))
    }

    /// A text with code between back quotes, as the notes of ``Registration`` are written.
    init(quoting text: String) {
        parts = text.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, part in
            part.isEmpty ? nil : index.isMultiple(of: 2) ? .text(String(part)) : .code(String(part))
        }
    }

    /// The phrase in Markdown.
    var markdown: String {
        parts.map { part in
            switch part {
            case .text(let text): Self.escaped(text)
            case .code(let text): "`\(text.replacing("|", with: #"\|"#))`"
            case .strong(let text): "**\(Self.escaped(text))**"
            case .link(let url): "<\(url)>"
            }
        }.joined()
    }

    /// The phrase without marks.
    var text: String {
        parts.map { part in
            switch part {
            case .text(let text), .code(let text), .strong(let text), .link(let text): text
            }
        }.joined()
    }

    /// A text whose characters mean nothing in Markdown, inside a table or out of it.
    static func escaped(_ text: String) -> String {
        text.map { #"\`*_{}[]<>|#"#.contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        mutating func appendInterpolation(_ text: String) { parts.append(.text(text)) }
        mutating func appendInterpolation(_ phrase: Phrase) { parts += phrase.parts }
        mutating func appendInterpolation(code: String) { parts.append(.code(code)) }
        mutating func appendInterpolation(strong: String) { parts.append(.strong(strong)) }
        mutating func appendInterpolation(link: String) { parts.append(.link(link)) }
    }
}
