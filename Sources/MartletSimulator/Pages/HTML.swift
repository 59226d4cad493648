/// Helpers to write HTML.
enum HTML {
    /// Text for use between tags or in a quoted attribute.
    static func escape(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// A whole page.
    ///
    /// - Parameter head: markup that belongs into the head.
    static func page(title: String, head: String = "", body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>\(escape(title))</title>
        <link rel="stylesheet" href="/simulator/style.css">
        \(head)
        </head>
        <body>
        <p class="banner">Simulator: nobody real signs in here.</p>
        <main>
        \(body)
        </main>
        </body>
        </html>

        """
    }

    /// Hidden fields for these parameters.
    static func hiddenFields(_ parameters: Parameters) -> String {
        parameters.items.map { item in
            #"<input type="hidden" name="\#(escape(item.name))" value="\#(escape(item.value))">"#
        }.joined(separator: "\n")
    }

    /// One button per person.
    static func people(_ people: [Person]) -> String {
        let items = people.map { person in
            let email = person.emails.first?.address ?? "no email"
            let latin = person.latinName == person.name ? "" : " (\(escape(person.latinName)))"
            return """
                <li><button class="person" id="person-\(escape(person.id))" name="person" value="\(escape(person.id))">
                <span class="name"><bdi>\(escape(person.name))</bdi>\(latin)</span>
                <span class="detail">\(escape(email))</span>
                <span class="detail">\(escape(person.note))</span>
                </button></li>
                """
        }
        return "<ul class=\"people\">\n" + items.joined(separator: "\n") + "\n</ul>"
    }

    /// The list of faults that make sense in a dialect.
    static func faults(for dialect: Dialect) -> String {
        let faults = Fault.allCases.filter { $0.concerns(dialect) }
        let (everywhere, somewhere) = (faults.filter(\.isAboutAll), faults.filter { !$0.isAboutAll })
        let steps: [(Fault.Step, String)] = [
            (.authorize, "when it sends you back"), (.token, "when the code is exchanged"),
            (.refresh, "when a token is refreshed"), (.userInfo, "when the profile is read"),
            (.logout, "when you sign out"),
        ].filter { step, _ in
            (step != .logout || dialect.hasSessions) && (step != .refresh || !dialect.isRecorded)
        }
        let groups = steps.map { step, label in
            options(label, somewhere.filter { $0.steps.contains(step) }) { fault in
                fault.loginSteps.contains(step) ? fault.rawValue : fault.rawValue + "@" + step.rawValue
            }
        }
        return """
            <p class="field"><label for="fault">and then</label>
            <select id="fault" name="fault">
            <option value="" selected>do everything right</option>
            \(groups.joined(separator: "\n"))
            \(options("in all it says about you", everywhere, value: \.rawValue))
            </select></p>
            """
    }

    private static func options(_ label: String, _ faults: [Fault], value: (Fault) -> String) -> String {
        let items = faults.map { "<option value=\"\(value($0))\">\(escape($0.summary))</option>" }
        return "<optgroup label=\"\(escape(label))\">" + items.joined() + "</optgroup>"
    }

    /// The list of scopes that are asked for.
    static func scopes(_ scopes: [String]) -> String {
        guard !scopes.isEmpty else { return "<p>It asks for no scope.</p>" }
        let items = scopes.map { "<li><code>\(escape($0))</code></li>" }.joined()
        return "<p>It asks for:</p>\n<ul class=\"scopes\" id=\"scopes\">\(items)</ul>"
    }
}
