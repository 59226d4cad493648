/// Where a person chooses who they are, or cancels. The form carries the whole request, so nothing is kept meanwhile.
struct ConsentPage {
    let request: AuthorizationRequest
    /// Path to which the form goes, without the leading slash.
    let path: String
    let people: [Person]

    var html: String {
        let title = "Sign in with \(request.dialect.title)"
        return HTML.page(
            title: title,
            body: """
                <h1>\(HTML.escape(title))</h1>
                <p>The application <strong id="client" data-client="\(HTML.escape(request.clientID))">\
                \(HTML.escape(request.clientID))</strong> wants to know who you are.</p>
                \(HTML.scopes(request.scopes))
                <form id="consent" method="post" action="/\(HTML.escape(path))" \
                data-dialect="\(HTML.escape(request.dialect.id))">
                \(HTML.hiddenFields(carried))
                \(HTML.faults(for: request.dialect))
                <h2>Continue as</h2>
                \(HTML.people(people))
                <p><button class="cancel" id="cancel" name="decision" value="cancel">Cancel</button></p>
                </form>
                <p class="detail">You will be sent to <code>\(HTML.escape(request.redirectURI))</code>.</p>
                """)
    }

    /// What was asked, without names that the form uses itself.
    private var carried: Parameters {
        var parameters = request.sent
        parameters.items.removeAll { ["person", "decision", "fault"].contains($0.name) }
        return parameters
    }
}
