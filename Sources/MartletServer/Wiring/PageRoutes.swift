import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts
import MartletHummingbird

/// The pages: `/auth/login`, `/auth/link`, `/profile`, their forms, and what they are drawn with.
struct PageRoutes: Sendable {
    let service: AuthService
    let renderer: PageRenderer
    let productName: String
    let sameOrigin: SameOriginCheck

    init(service: AuthService, renderer: PageRenderer, productName: String) {
        (self.service, self.renderer, self.productName) = (service, renderer, productName)
        sameOrigin = SameOriginCheck(origin: service.options.origin)
    }

    func add(to router: some RouterMethods<ServerContext>) {
        let paths = PagePaths.standard
        router.get("/") { _, _ in Response.redirect(to: paths.login, type: .found) }
        router.get(RouterPath(paths.login)) { request, _ in try await login(request) }
        router.get(RouterPath(paths.profile)) { request, _ in try await profile(request) }
        addLinking(to: router)
        addAccountChanges(to: router)
        router.get(RouterPath(paths.stylesheet)) { _, _ in asset(PageRenderer.stylesheet, type: "text/css") }
        router.get(RouterPath(paths.landingScript)) { _, _ in
            asset(PageRenderer.landingScript, type: "text/javascript")
        }
        router.get("/auth/assets/icons/:file") { _, context in try icon(context) }
        // Browsers ask for the tab's icon here unprompted, and count a missing one as a page's error.
        router.get("/favicon.ico") { _, _ in
            asset(Array(ProviderIcon.svg(name: productName, colour: "#24508f").utf8), type: "image/svg+xml")
        }
    }

    private func login(_ request: Request) async throws -> Response {
        let signedIn = try await service.signedInUser(request)
        let pending = pendingLink(request)
        let page = LoginPage(
            productName: productName,
            providers: service.providers.filter(\.hasBrowserStep).map {
                button($0, query: pending.map { [("redirect_uri", $0.address)] } ?? [], request)
            },
            notice: notice(request, isSignedIn: signedIn != nil, pending: pending?.link),
            signedIn: signedIn.map { person($0.user) }, pendingLink: pending?.link)
        return html(renderer.login(page, language: language(request)))
    }

    /// A provider's button that starts a sign-in, or with `bind=1` a link.
    func button(_ provider: AuthProvider, query: [(name: String, value: String)], _ request: Request) -> ProviderButton
    {
        ProviderButton(
            id: provider.id, name: name(of: provider, request), iconURL: provider.iconURL,
            authorizeURL: "/api/auth/oauth/\(provider.id)/authorize".addingQuery(query))
    }

    func error(_ code: AuthErrorCode, _ request: Request, _ context: ServerContext) -> Response {
        let page = ErrorPage(code: code, requestID: context.requestID, productName: productName)
        return html(renderer.error(page, language: language(request)), status: code.status)
    }

    private func icon(_ context: ServerContext) throws -> Response {
        let file = context.parameters.get("file") ?? ""
        guard file.hasSuffix(".svg"), let provider = service.providers.first(where: { $0.id == file.dropLast(4) })
        else { throw HTTPError(.notFound) }
        let svg = ProviderIcon.svg(name: provider.name, colour: provider.client.provider.color ?? "#57606a")
        return asset(Array(svg.utf8), type: "image/svg+xml")
    }

    private func notice(_ request: Request, isSignedIn: Bool, pending: PendingLink?) -> Notice? {
        let parameters = parameters(request)
        if let code = parameters["oauth_error"] { return .error(code: code) }
        if parameters["oauth_success"] == "1", isSignedIn { return .signedIn }
        if parameters["bind_success"] == "1", isSignedIn { return .bound }
        if parameters["signed_out"] == "1", !isSignedIn { return .signedOut }
        if parameters["account_deleted"] == "1", !isSignedIn { return .accountDeleted }
        return pending.map { .pendingBinding(providerName: $0.providerName) }
    }

    /// The parameters of a page's query; none where it cannot be read, for a page is shown all the same.
    func parameters(_ request: Request) -> [String: String] {
        (try? CallbackParameters(parsing: request.uri.query ?? ""))?.values ?? [:]
    }

    func person(_ user: User) -> SignedInPerson {
        SignedInPerson(
            name: user.name ?? user.email?.value ?? "#\(user.id)", email: user.email?.value,
            emailVerified: user.email?.isVerified ?? false, avatar: user.avatar)
    }

    /// A provider's name in the language of a request.
    func name(of provider: AuthProvider, _ request: Request) -> String {
        provider.client.provider.localizedNames[language(request).tag] ?? provider.name
    }

    /// The sign-in page, told that nobody is signed in.
    func signInFirst(after request: Request) -> Response {
        redirect(PagePaths.standard.login, [("oauth_error", AuthErrorCode.unauthorized.rawValue)], after: request)
    }

    /// A redirect to a page: 302 after a GET, 303 after a form.
    func redirect(_ path: String, _ query: [(name: String, value: String)], after request: Request) -> Response {
        Response(
            status: request.method == .get ? .found : .seeOther,
            headers: [.location: path.addingQuery(query), .cacheControl: "no-store"])
    }

    func language(_ request: Request) -> PageLanguage {
        PageLanguage(acceptLanguage: request.headers[.acceptLanguage])
    }

    func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .vary: "Accept-Language, Cookie",
            ], body: .init(byteBuffer: .init(string: text)))
    }

    private func asset(_ bytes: [UInt8], type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "\(type); charset=utf-8", .cacheControl: "public, max-age=3600"],
            body: .init(byteBuffer: .init(bytes: bytes)))
    }
}
