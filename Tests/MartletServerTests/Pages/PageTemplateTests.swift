import Testing

@testable import MartletServer

/// What the template engine would pass over in silence: a name that no view has renders as nothing.
@Suite struct PageTemplateTests {
    static let templates: [(name: String, text: String)] = [
        ("layout", PackageResources.layout_mustache), ("login", PackageResources.login_mustache),
        ("profile", PackageResources.profile_mustache), ("error", PackageResources.error_mustache),
        ("notice", PackageResources.notice_mustache), ("person", PackageResources.person_mustache),
        ("link", PackageResources.link_mustache), ("binding", PackageResources.binding_mustache),
        ("session", PackageResources.session_mustache), ("delete-account", PackageResources.delete_account_mustache),
        ("email", PackageResources.email_mustache), ("sign-out", PackageResources.sign_out_mustache),
    ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }

    /// The contents of the tags `{{…}}` of all templates.
    static var expressions: [Substring] {
        templates.flatMap { template in
            template.text.split(separator: "{{").dropFirst(template.text.hasPrefix("{{") ? 0 : 1)
                .compactMap { $0.split(separator: "}}", maxSplits: 1).first }
        }
    }

    @Test func readsOnlyStringsThatExist() {
        let read = Self.expressions.filter { $0.hasPrefix("t.") }
        #expect(read.count > 20)
        for expression in read {
            let found = expression.split(separator: ".").dropFirst().reduce(PageStrings.english as Any?) {
                value, name in
                value.flatMap { Mirror(reflecting: $0).descendant(String(name)) }
            }
            #expect(found is String, "\(expression)")
        }
    }

    @Test func readsOnlyPathsThatExist() {
        let paths = Mirror(reflecting: PagePaths.standard)
        let read = Self.expressions.filter { $0.hasPrefix("paths.") }
        #expect(read.count > 8)
        for expression in read {
            #expect(paths.descendant(String(expression.dropFirst("paths.".count))) is String, "\(expression)")
        }
    }

    @Test func includesOnlyPartialsThatExist() {
        let included = Self.expressions.filter { $0.hasPrefix(">") || $0.hasPrefix("<") }
            .map { $0.dropFirst().drop(while: \.isWhitespace) }
        #expect(included.count >= 12)
        for name in included {
            #expect(Self.templates.contains { $0.name == name }, "\(name)")
        }
    }

    @Test func neverTurnsEscapingOff() {
        for expression in Self.expressions {
            #expect(!expression.hasPrefix("{") && !expression.hasPrefix("&") && !expression.hasPrefix("%"))
        }
    }

    @Test func leavesNoHeadingLabelOrButtonEmpty() throws {
        let empty = #/<(title|h[1-3]|p|dt|dd|code|a|button|time|bdi|span|label|summary)( [^>]*)?>\s*<\/\1>/#
        for document in try PageFixtures().allDocuments() {
            #expect(document.firstMatch(of: empty)?.output.0 == nil)
            #expect(
                !document.contains("href=\"\"") && !document.contains("action=\"\"") && !document.contains("src=\"\""))
        }
    }
}
