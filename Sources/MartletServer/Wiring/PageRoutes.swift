import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts
import MartletHummingbird

/// The pages: `/auth/login`, `/profile`, and what they are drawn with.
struct PageRoutes: Sendable {
    let service: AuthService
    let renderer: PageRenderer
    let productName: String

    func add(to router: some RouterMethods<ServerContext>) {
        router.get("/") { request, _ in Response.redirect(to: PagePaths.standard.login, type: .found) }
        router.get(RouterPath(PagePaths.standard.login)) { request, _ in try await login(request) }
        router.get(RouterPath(PagePaths.standard.profile)) { request, _ in try await profile(request) }
        router.get(RouterPath(PagePaths.standard.stylesheet)) { _, _ in asset(PageRenderer.stylesheet, type: "text/css")
        }
        router.get("/auth/assets/icons/:file") { _, context in try icon(context) }
        // Browsers ask for the tab's icon here unprompted, and count a missing one as a page's error.
        router.get("/favicon.ico") { _, _ in
            asset(Array(ProviderIcon.svg(name: productName, colour: "#24508f").utf8), type: "image/svg+xml")
        }
    }

    private func login(_ request: Request) async throws -> Response {
        let signedIn = try await service.signedInUser(request)
        let language = language(request)
        let page = LoginPage(
            productName: productName,
            providers: service.providers.filter(\.hasBrowserStep).map {
                ProviderButton(
                    id: $0.id, name: name(of: $0, language), iconURL: $0.iconURL,
                    authorizeURL: "/api/auth/oauth/\($0.id)/authorize")
            },
            notice: notice(request, isSignedIn: signedIn != nil), signedIn: signedIn.map { person($0.user) })
        return html(renderer.login(page, language: language))
    }

    private func profile(_ request: Request) async throws -> Response {
        guard let signedIn = try await service.signedInUser(request) else {
            return .redirect(to: "\(PagePaths.standard.login)?oauth_error=\(AuthErrorCode.unauthorized.rawValue)")
        }
        let language = language(request)
        let bindings = try await service.identities(of: signedIn.user).map { identity in
            let provider = service.providers.first { $0.id == identity.providerID }
            return BindingRow(
                providerID: identity.providerID,
                providerName: provider.map { name(of: $0, language) } ?? identity.providerID,
                iconURL: provider?.iconURL ?? "", username: identity.username ?? identity.name,
                email: identity.email?.value, emailVerified: identity.email?.isVerified ?? false,
                avatar: identity.avatar, boundAt: identity.boundAt)
        }
        let page = ProfilePage(
            productName: productName, person: person(signedIn.user), bindings: bindings,
            sessionExpiresAt: signedIn.session.expiresAt, notice: notice(request, isSignedIn: true))
        return html(renderer.profile(page, language: language))
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

    private func notice(_ request: Request, isSignedIn: Bool) -> Notice? {
        let parameters = (try? CallbackParameters(parsing: request.uri.query ?? ""))?.values ?? [:]
        if let code = parameters["oauth_error"] { return .error(code: code) }
        if parameters["oauth_success"] == "1", isSignedIn { return .signedIn }
        if parameters["bind_success"] == "1", isSignedIn { return .bound }
        if parameters["signed_out"] == "1", !isSignedIn { return .signedOut }
        if parameters["binding_token"] != nil {
            let provider = service.providers.first { $0.id == parameters["provider"] }
            return .pendingBinding(providerName: provider.map { name(of: $0, language(request)) } ?? "")
        }
        return nil
    }

    private func person(_ user: User) -> SignedInPerson {
        SignedInPerson(
            name: user.name ?? user.email?.value ?? "#\(user.id)", email: user.email?.value,
            emailVerified: user.email?.isVerified ?? false, avatar: user.avatar)
    }

    private func name(of provider: AuthProvider, _ language: PageLanguage) -> String {
        provider.client.provider.localizedNames[language.tag] ?? provider.name
    }

    private func language(_ request: Request) -> PageLanguage {
        PageLanguage(acceptLanguage: request.headers[.acceptLanguage])
    }

    private func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
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
