import HTTPTypes

/// Says that a person is signed out, and lets the clients know in frames that nobody sees (OpenID Connect Front-Channel
/// Logout section 3).
struct SignedOutPage {
    /// For how many seconds the clients may answer before the browser goes on.
    private static let patience = 2

    /// What is loaded in the frames.
    let frames: [String]
    /// Where the browser goes then.
    let next: String?

    /// The page. It may load the frames, and nothing else from elsewhere.
    var reply: Reply {
        var reply = Reply.page(html)
        let origins = Set(frames.map(Self.origin)).sorted().joined(separator: " ")
        reply.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; frame-src \(origins); base-uri 'none'; frame-ancestors 'none'"
        return reply
    }

    private var html: String {
        let refresh = next.map {
            "<meta http-equiv=\"refresh\" content=\"\(Self.patience);url=\(HTML.escape($0))\">"
        }
        let iframes = frames.map { "<iframe hidden title=\"Sign out\" src=\"\(HTML.escape($0))\"></iframe>" }
        let link = next.map { "<p><a id=\"continue\" href=\"\(HTML.escape($0))\">Continue</a></p>" }
        return HTML.page(
            title: "Signed out", head: refresh ?? "",
            body: """
                <h1 id="title">Signed out</h1>
                <p id="message">You are signed out, here and where you signed in.</p>
                \(iframes.joined(separator: "\n"))
                \(link ?? "")
                """)
    }

    private static func origin(_ uri: String) -> String {
        uri.split(separator: "/", omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
            .split(whereSeparator: { "?;, ".contains($0) }).first.map(String.init) ?? ""
    }
}
