import Mustache

/// Escapes text for HTML and XML, in element content and in quoted attribute values.
enum MarkupEscaping {
    /// Replaces `&`, `<`, `>`, `"` and `'` by character references.
    ///
    /// It goes by Unicode scalars. By characters, a quotation mark followed by a combining accent would count as one
    /// character that is no quotation mark, pass unescaped, and end an attribute in the browser.
    static func escape(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

/// The content type of the page templates: what `{{name}}` does to a value.
///
/// It takes the place of the template engine's own HTML type, which escapes by characters.
struct MarkupContentType: MustacheContentType {
    /// The name of the content type in a template's `CONTENT_TYPE` pragma.
    static let name = "MARTLET_MARKUP"

    func escapeText(_ text: String) -> String {
        MarkupEscaping.escape(text)
    }
}
