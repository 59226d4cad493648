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

/// Sends the answer to the client by a form (OAuth 2.0 Form Post Response Mode). Without JavaScript, a person presses
/// the button.
struct FormPostPage {
    let action: String
    let items: Parameters

    var html: String {
        HTML.page(
            title: "Go back",
            body: """
                <h1>Go back to the application</h1>
                <form id="callback" method="post" action="\(HTML.escape(action))">
                \(HTML.hiddenFields(items))
                <p><button class="primary" id="continue">Continue</button></p>
                </form>
                """)
    }
}
