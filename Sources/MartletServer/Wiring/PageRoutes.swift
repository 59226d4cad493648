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
        router.address("/", [.get: { _, _ in .redirect(to: paths.login, type: .found) }])
        router.address(RouterPath(paths.login), [.get: { request, _ in try await login(request) }])
        router.address(RouterPath(paths.profile), [.get: { request, _ in try await profile(request) }])
        addLinking(to: router)
        addAccountChanges(to: router)
        addAssets(to: router)
    }

    private func addAssets(to router: some RouterMethods<ServerContext>) {
        let paths = PagePaths.standard
        router.asset(paths.stylesheet, PageRenderer.stylesheet, type: "text/css; charset=utf-8")
        router.asset(paths.landingScript, PageRenderer.landingScript, type: "text/javascript; charset=utf-8")
        for provider in service.providers {
            let colour = provider.client.provider.color ?? "#57606a"
            addIcon(paths.icon(of: provider.id), name: provider.name, colour: colour, to: router)
            for tag in PageLanguage.allCases.map(\.tag) {
                guard let name = provider.client.provider.localizedNames[tag] else { continue }
                addIcon(paths.icon(of: provider.id, language: tag), name: name, colour: colour, to: router)
            }
        }
        // Browsers ask for the tab's icon here unprompted, and count a missing one as a page's error.
        addIcon("/favicon.ico", name: productName, colour: "#24508f", to: router)
    }

    private func addIcon(
        _ path: String, name: String, colour: String, to router: some RouterMethods<ServerContext>
    ) {
        let svg = ProviderIcon.svg(name: name, colour: colour)
        router.asset(path, Array(svg.utf8), type: "image/svg+xml; charset=utf-8")
    }

    private func login(_ request: Request) async throws -> Response {
        let signedIn = try await service.signedInUser(request)
        let pending = pendingLink(request)
        // Where somebody wants to go back to is judged where the login begins.
        let landing = pending?.address ?? parameters(request)["redirect_uri"]
        let page = LoginPage(
            productName: productName,
            providers: service.providers.filter(\.hasBrowserStep).map {
                button($0, query: landing.map { [("redirect_uri", $0)] } ?? [], request)
            },
            notice: notice(request, isSignedIn: signedIn != nil, pending: pending?.link),
            signedIn: signedIn.map { person($0.user) }, pendingLink: pending?.link)
        return html(renderer.login(page, language: language(request)))
    }

    /// A provider's button that starts a sign-in, or with `bind=1` a link.
    func button(_ provider: AuthProvider, query: [(name: String, value: String)], _ request: Request) -> ProviderButton
    {
        ProviderButton(
            id: provider.id, name: name(of: provider, request), iconURL: iconURL(of: provider, request),
            authorizeURL: "/api/auth/oauth/\(provider.id)/authorize".addingQuery(query))
    }

    func error(_ problem: AuthProblem, _ request: Request, _ context: ServerContext) -> Response {
        let page = ErrorPage(code: problem.code, requestID: context.requestID, productName: productName)
        var response = html(renderer.error(page, language: language(request)), status: problem.status)
        response.headers.append(contentsOf: problem.fields)
        return response
    }

    private func notice(_ request: Request, isSignedIn: Bool, pending: PendingLink?) -> Notice? {
        let parameters = parameters(request)
        if let refusal = refusal(parameters) { return refusal }
        if parameters["oauth_success"] == "1", isSignedIn { return .signedIn }
        if parameters["bind_success"] == "1", isSignedIn { return .bound }
        if parameters["signed_out"] == "1", !isSignedIn { return .signedOut(next: providerLogout(request)) }
        if parameters["account_deleted"] == "1", !isSignedIn { return .accountDeleted }
        return pending.map { .pendingBinding(providerName: $0.providerName) }
    }

    /// The provider at which the person who has just signed out in this browser may sign out too.
    private func providerLogout(_ request: Request) -> ProviderLogout? {
        let id = parameters(request)["provider"]
        guard service.cookies.hasLogout(in: request), let provider = service.providers.first(where: { $0.id == id })
        else { return nil }
        return ProviderLogout(
            providerName: name(of: provider, request), url: "/api/auth/oauth/\(provider.id)/logout")
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

    /// A provider's icon, which has the initials of its name in the language of a request.
    func iconURL(of provider: AuthProvider, _ request: Request) -> String {
        let tag = language(request).tag
        let isLocalized = provider.client.provider.localizedNames[tag] != nil
        return PagePaths.standard.icon(of: provider.id, language: isLocalized ? tag : nil)
    }

    /// What a flow or a page has refused. A page tells it in a parameter of its own, because no flow ends with it.
    func refusal(_ parameters: [String: String]) -> Notice? {
        parameters["oauth_error"].map { .flowRefused(code: $0) } ?? parameters["error"].map { .refused(code: $0) }
    }

    /// The sign-in page, told that nobody is signed in.
    func signInFirst(after request: Request) -> Response {
        redirect(PagePaths.standard.login, [("error", AuthErrorCode.unauthorized.rawValue)], after: request)
    }

    /// A redirect to a page: 302 after a GET, 303 after a form.
    func redirect(_ path: String, _ query: [(name: String, value: String)], after request: Request) -> Response {
        .moved(to: path.addingQuery(query), after: request)
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

}
