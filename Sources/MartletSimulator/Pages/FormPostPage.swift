import HTTPTypes

/// The page that posts the answer to the application by itself (OAuth 2.0 Form Post Response Mode section 2), or by its
/// button where scripts are off.
struct FormPostPage {
    /// The address of ``script``.
    static let scriptPath = "simulator/form-post.js"
    /// Posts the form.
    static let script = "document.getElementById(\"callback\").submit();\n"

    let action: String
    let items: Parameters

    /// The page as an answer.
    var reply: Reply {
        var reply = Reply.page(html)
        reply.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        return reply
    }

    private var html: String {
        HTML.page(
            title: "Go back",
            body: """
                <h1>Go back to the application</h1>
                <form id="callback" method="post" action="\(HTML.escape(action))">
                \(HTML.hiddenFields(items))
                <p><button class="primary" id="continue">Continue</button></p>
                </form>
                <script src="/\(Self.scriptPath)"></script>
                """)
    }
}
