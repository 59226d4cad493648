/// The paths that the pages link to.
struct PagePaths: Sendable {
    /// The sign-in page.
    let login = "/auth/login"
    /// The profile page.
    let profile = "/profile"
    /// Ends the session; the target of the sign-out form, which posts an empty body.
    let logout = "/api/auth/logout"
    /// The style sheet, `PageRenderer.stylesheet`.
    let stylesheet = "/auth/assets/pages.css"

    /// The one set of paths that the service uses.
    static let standard = PagePaths()
}
