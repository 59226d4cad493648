/// Where a person types the code that their device shows (RFC 8628 section 3.3).
struct DeviceCodePage {
    let dialect: Dialect
    let path: String
    let problem: String?

    var html: String {
        let error = problem.map { #"<p class="error" id="problem" role="alert">\#(HTML.escape($0))</p>"# } ?? ""
        let described = problem == nil ? "" : #" aria-describedby="problem" aria-invalid="true""#
        return HTML.page(
            title: "Connect a device",
            body: """
                <h1>Connect a device to \(HTML.escape(dialect.title))</h1>
                \(error)
                <form id="device" method="get" action="/\(HTML.escape(path))">
                <p class="field"><label for="user_code">Code that the device shows</label>
                <input id="user_code" name="user_code" autocomplete="off" autocapitalize="characters" \
                spellcheck="false" required\(described)></p>
                <p><button class="primary" id="continue">Continue</button></p>
                </form>
                """)
    }
}

/// Where a person allows a device in.
struct DeviceConsentPage {
    let dialect: Dialect
    let path: String
    let userCode: String
    let request: DeviceLedger.Request
    let people: [Person]

    var html: String {
        HTML.page(
            title: "Allow a device",
            body: """
                <h1>Allow a device into \(HTML.escape(dialect.title))?</h1>
                <p>The device shows the code <strong id="code">\(HTML.escape(userCode))</strong> and belongs to \
                <strong id="client">\(HTML.escape(request.clientID))</strong>.</p>
                \(HTML.scopes(request.scopes))
                <form id="consent" method="post" action="/\(HTML.escape(path))" \
                data-dialect="\(HTML.escape(dialect.id))">
                \(HTML.hiddenFields(Parameters([("user_code", userCode)])))
                \(HTML.faults(for: dialect))
                <h2>Allow as</h2>
                \(HTML.people(people))
                <p><button class="cancel" id="cancel" name="decision" value="cancel">Refuse</button></p>
                </form>
                """)
    }
}
