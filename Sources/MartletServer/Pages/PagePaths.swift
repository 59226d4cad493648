/// The paths that the pages link to.
struct PagePaths: Sendable {
    /// The sign-in page.
    let login = "/auth/login"
    /// The profile page.
    let profile = "/profile"
    /// Ends the session; the target of the sign-out form, which posts an empty body.
    let logout = "/api/auth/logout"
    /// Asks whether to link an account, when another site started that.
    let link = "/auth/link"
    /// Links the account that a binding token stands for (`binding_token`).
    let bind = "/auth/bind"
    /// Unlinks the account of a provider (`provider`).
    let unbind = "/profile/unbind"
    /// Ends one session (`id`).
    let endSession = "/profile/end-session"
    /// Ends all sessions but this browser's.
    let endOtherSessions = "/profile/end-other-sessions"
    /// Deletes the person's account (`confirm=1`).
    let deleteAccount = "/profile/delete-account"
    /// The script of the pages on which a flow ends, `PageRenderer.landingScript`.
    let landingScript = "/auth/assets/landing.js"
    /// The style sheet, `PageRenderer.stylesheet`.
    let stylesheet = "/auth/assets/pages.css"

    /// A provider's icon.
    ///
    /// - Parameters:
    ///   - providerID: The provider's identifier.
    ///   - language: The language tag of a name that the provider has in another language, for the icon with its initials.
    func icon(of providerID: String, language: String? = nil) -> String {
        "/auth/assets/icons/\(providerID)\(language.map { ".\($0)" } ?? "").svg"
    }

    /// The one set of paths that the service uses.
    static let standard = PagePaths()
}
