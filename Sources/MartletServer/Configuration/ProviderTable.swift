public import Martlet

/// The catalogue as tables to read: what `docs/providers.md` holds and `martlet providers list` prints.
public enum ProviderTable {
    /// A page in Markdown: a table with a row for each provider, in the order given, and below it how each is set up.
    ///
    /// It shows the icons of ``icon(of:)`` from the folder `icons` beside it.
    public static func markdown(_ providers: [Provider], language: GuideLanguage = .english) -> String {
        let strings = language.strings
        let rows = providers.map { row(ProviderFacts($0, language).markdownCells) }
        let sections = providers.map { provider in
            "### <a id=\"\(provider.id)\"></a>\(image(provider)) \(Phrase.escaped(language.name(of: provider)))\n\n"
                + ProviderSetup(provider, language: language).markdown()
        }
        let columns = strings.columns.all
        return strings.introduction(providers.count) + row(columns)
            + row(Array(repeating: "---", count: columns.count)) + rows.joined()
            + "\n## \(strings.setupHeading)\n\n\(strings.setupIntroduction)\n\n" + sections.joined(separator: "\n")
    }

    /// A table for a terminal; the longest column comes last.
    public static func text(_ providers: [Provider], language: GuideLanguage) -> String {
        let columns = language.strings.columns
        let head = [columns.id, columns.name, columns.kind, columns.email, columns.scopes]
        let rows = providers.map { provider in
            let facts = ProviderFacts(provider, language)
            return [provider.id, facts.name, facts.kind, facts.emailProof.text, provider.scopes.joined(separator: " ")]
        }
        return TextTable(rows: [head] + rows).lines.joined(separator: "\n") + "\n"
    }

    /// The same and more for programs: an array of objects.
    public static func json(_ providers: [Provider]) -> JSONValue {
        .array(providers.map { ProviderFacts($0, .english).json })
    }

    /// The providers whose id or names contain every one of some words, whatever their case.
    public static func matching(_ words: [String], in providers: [Provider]) -> [Provider] {
        let words = words.map { $0.lowercased() }
        return providers.filter { provider in
            let texts = ([provider.id, provider.name] + provider.localizedNames.values).map { $0.lowercased() }
            return words.allSatisfy { word in texts.contains { $0.contains(word) } }
        }
    }

    /// A provider's icon as an SVG document: its initials on a tile of its colour.
    public static func icon(of provider: Provider) -> String {
        ProviderIcon.svg(name: provider.name, colour: provider.color ?? "") + "\n"
    }

    static func image(_ provider: Provider) -> String {
        "<img src=\"icons/\(provider.id).svg\" width=\"24\" height=\"24\" alt=\"\">"
    }

    private static func row(_ cells: [String]) -> String {
        "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined() + "\n"
    }
}

extension GuideStrings.Columns {
    fileprivate var all: [String] { [name, id, kind, scopes, email] }
}
