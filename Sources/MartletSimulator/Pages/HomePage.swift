/// Says what this is, which dialects it speaks and who can sign in.
struct HomePage {
    let base: String
    let dialects: [Dialect]
    let people: [Person]

    var html: String {
        HTML.page(
            title: "Provider simulator",
            body: """
                <h1>Provider simulator</h1>
                <p>This server speaks the dialects of the providers below. A client reaches it by one rule: replace \
                <code>https://</code> by <code>\(HTML.escape(base))/</code>. Any client identifier is accepted, \
                with any secret except <code>wrong</code>.</p>
                <h2>Dialects</h2>
                <div class="scroll"><table id="dialects">
                <thead><tr><th scope="col">id</th><th scope="col">name</th>\
                <th scope="col">authorization</th></tr></thead>
                <tbody>
                \(dialects.map(row).joined(separator: "\n"))
                </tbody></table></div>
                <h2>People</h2>
                <dl id="people">
                \(people.map(entry).joined(separator: "\n"))
                </dl>
                <h2>For scripts</h2>
                <ul>
                <li><code>prompt=none&amp;login_hint=ada</code> on any authorization URL signs in without a page; \
                <code>login_hint=\(SimulatedProvider.personID)</code> where a recording is played.</li>
                <li><code>PUT /simulator/faults/{dialect}/{step}</code> with <code>{"fault":"hang"}</code> makes every \
                call at a step fail; <code>DELETE</code> ends it.</li>
                <li><code>PUT /simulator/clients/{clientID}</code> registers a client of plain OpenID Connect, \
                <code>/simulator/openid/keys</code> and <code>/simulator/openid/metadata</code> change what it publishes, \
                and <code>POST /simulator/openid/logout-token</code> signs somebody out.</li>
                <li><a href="/simulator/requests">/simulator/requests</a> lists the last requests.</li>
                <li><code>POST /simulator/wechat_mini/js_code</code> with <code>{"appid":"…","person":"ada"}</code> \
                gives the code that a phone would.</li>
                </ul>
                """)
    }

    private func row(_ dialect: Dialect) -> String {
        let paths = dialect.authorizations.map { "<code>\(HTML.escape($0.path))</code>" }.joined(separator: "<br>")
        return """
            <tr data-dialect="\(HTML.escape(dialect.id))"><td><code>\(HTML.escape(dialect.id))</code></td>\
            <td><a href="\(HTML.escape(dialect.reference))">\(HTML.escape(dialect.title))</a></td>\
            <td>\(paths.isEmpty ? "none" : paths)</td></tr>
            """
    }

    private func entry(_ person: Person) -> String {
        """
        <dt><code>\(HTML.escape(person.id))</code> <bdi>\(HTML.escape(person.name))</bdi></dt>\
        <dd>\(HTML.escape(person.note))</dd>
        """
    }
}
