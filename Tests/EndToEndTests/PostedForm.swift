import Testing

/// A form that a provider's page posts by itself.
struct PostedForm {
    let action: String
    let fields: [(name: String, value: String)]

    init(page: String) throws {
        action = try #require(Self.attribute("action", of: Substring(page))).replacing("&amp;", with: "&")
        fields = page.split(separator: "<input").dropFirst().compactMap { input in
            guard let name = Self.attribute("name", of: input), let value = Self.attribute("value", of: input) else {
                return nil
            }
            return (name, value.replacing("&amp;", with: "&").replacing("&quot;", with: "\""))
        }
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        tag.split(separator: " \(name)=\"", maxSplits: 1).dropFirst().first.map { String($0.prefix { $0 != "\"" }) }
    }
}
