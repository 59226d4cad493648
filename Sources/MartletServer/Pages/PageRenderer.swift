import Mustache

/// Turns page models into HTML documents.
///
/// The documents hold no inline script and no inline style, so they work under
/// `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:; form-action 'self'; base-uri 'none'`.
/// The one script serves popups; every page works without it. Rendering is pure: the same model and language give the
/// same text.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary
    private let loginTemplate: MustacheTemplate
    private let profileTemplate: MustacheTemplate
    private let linkTemplate: MustacheTemplate
    private let errorTemplate: MustacheTemplate

    /// The style sheet of all pages, to be served as `text/css; charset=utf-8` at `PagePaths.stylesheet`.
    static var stylesheet: [UInt8] { PackageResources.pages_css }

    /// The script that tells a popup's opener how the flow ended and closes the popup, to be served as
    /// `text/javascript; charset=utf-8` at `PagePaths.landingScript`.
    static var landingScript: [UInt8] { PackageResources.landing_js }

    /// Parses the templates.
    ///
    /// - Throws: `MustacheTemplate.Error` with the place in the template, if one is malformed; a build whose tests
    ///   pass does not throw.
    init() throws {
        MustacheContentTypes.register(MarkupContentType(), named: MarkupContentType.name)
        library = MustacheLibrary(templates: [
            "layout": try Self.parse(PackageResources.layout_mustache),
            "notice": try Self.parse(PackageResources.notice_mustache),
            "person": try Self.parse(PackageResources.person_mustache),
            "email": try Self.parse(PackageResources.email_mustache),
            "binding": try Self.parse(PackageResources.binding_mustache),
            "session": try Self.parse(PackageResources.session_mustache),
            "delete-account": try Self.parse(PackageResources.delete_account_mustache),
            "sign-out": try Self.parse(PackageResources.sign_out_mustache),
        ])
        loginTemplate = try Self.parse(PackageResources.login_mustache)
        profileTemplate = try Self.parse(PackageResources.profile_mustache)
        linkTemplate = try Self.parse(PackageResources.link_mustache)
        errorTemplate = try Self.parse(PackageResources.error_mustache)
    }

    /// Renders the sign-in page.
    func login(_ page: LoginPage, language: PageLanguage) -> String {
        loginTemplate.render(LoginView(page, language: language), library: library)
    }

    /// Renders the profile page.
    func profile(_ page: ProfilePage, language: PageLanguage) -> String {
        profileTemplate.render(ProfileView(page, language: language), library: library)
    }

    /// Renders the page that asks whether to link an account.
    func link(_ page: LinkPage, language: PageLanguage) -> String {
        linkTemplate.render(LinkView(page, language: language), library: library)
    }

    /// Renders the error page.
    func error(_ page: ErrorPage, language: PageLanguage) -> String {
        errorTemplate.render(ErrorView(page, language: language), library: library)
    }

    /// Parses one template with the escaping of `MarkupContentType`. The engine falls back to its own escaping at the
    /// start of every partial, hence the pragma goes in front of each template, here, where none can be forgotten.
    private static func parse(_ template: [UInt8]) throws -> MustacheTemplate {
        let pragma = "{{% CONTENT_TYPE: \(MarkupContentType.name)}}\n"
        return try MustacheTemplate(string: pragma + String(decoding: template, as: UTF8.self))
    }
}
