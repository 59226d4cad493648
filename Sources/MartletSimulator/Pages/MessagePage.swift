/// One sentence for a person, good or bad.
struct MessagePage {
    let title: String
    let text: String
    /// An error code, for a developer.
    var code: String?

    var html: String {
        let detail = code.map { "\n<p class=\"detail\"><code id=\"code\">\(HTML.escape($0))</code></p>" }
        return HTML.page(
            title: title,
            body: "<h1 id=\"title\">\(HTML.escape(title))</h1>\n<p id=\"message\">\(HTML.escape(text))</p>"
                + (detail ?? ""))
    }
}
