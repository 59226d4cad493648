import Testing

@testable import MartletServer

/// What the template engine would pass over in silence: a name that no view has renders as nothing.
@Suite struct PageTemplateTests {
    static let templates: [(name: String, text: String)] = [
        ("layout", PackageResources.layout_mustache), ("login", PackageResources.login_mustache),
        ("profile", PackageResources.profile_mustache), ("error", PackageResources.error_mustache),
        ("notice", PackageResources.notice_mustache), ("person", PackageResources.person_mustache),
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
        let strings = Mirror(reflecting: PageStrings.english)
        let read = Self.expressions.filter { $0.hasPrefix("t.") }.map { $0.split(separator: ".")[1] }
        #expect(read.count > 10)
        for name in read {
            #expect(strings.children.contains { $0.label == String(name) }, "t.\(name)")
        }
    }

    @Test func includesOnlyPartialsThatExist() {
        let included = Self.expressions.filter { $0.hasPrefix(">") || $0.hasPrefix("<") }
            .map { $0.dropFirst().drop(while: \.isWhitespace) }
        #expect(included.count >= 8)
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
        let empty = #/<(title|h[1-3]|p|dt|dd|code|a|button|time|bdi|span)( [^>]*)?>\s*<\/\1>/#
        for document in try PageFixtures().allDocuments() {
            #expect(document.firstMatch(of: empty)?.output.0 == nil)
            #expect(!document.contains("href=\"\"") && !document.contains("action=\"\""))
        }
    }
}
