import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts
import MartletHummingbird

// Accounts that wait for a person's word before they are linked.
extension PageRoutes {
    func addLinking(to router: some RouterMethods<ServerContext>) {
        let paths = PagePaths.standard
        router.address(RouterPath(paths.link), [.get: { request, _ in try await confirmLink(request) }])
        router.address(RouterPath(paths.bind), [.post: { request, _ in try await bind(request) }])
    }

    /// The account that waits to be linked, and the address of the page that offers it.
    func pendingLink(_ request: Request) -> (link: PendingLink, address: String)? {
        let parameters = parameters(request)
        guard let token = parameters["binding_token"], BindingToken(token) != nil else { return nil }
        let provider = service.providers.first { $0.id == parameters["provider"] }
        let query = [("binding_token", token)] + (provider.map { [("provider", $0.id)] } ?? [])
        return (
            PendingLink(providerName: provider.map { name(of: $0, request) } ?? "", token: token),
            PagePaths.standard.login.addingQuery(query)
        )
    }

    /// Asks somebody whom another site sent to link an account. Only the button on this page begins the link; it is an
    /// `<a>`, because browsers hold a form's redirects, too, to the policy's `form-action`, and the provider's is one.
    private func confirmLink(_ request: Request) async throws -> Response {
        let parameters = parameters(request)
        guard let provider = service.providers.first(where: { $0.id == parameters["provider"] && $0.hasBrowserStep })
        else { throw AuthProblem(.providerNotFound) }
        var query = [(name: "bind", value: "1")]
        if let address = parameters["redirect_uri"] {
            guard let landing = LandingURL(address, allowedOrigins: service.options.allowedRedirectOrigins) else {
                throw AuthProblem(.redirectInvalid)
            }
            query.append((name: "redirect_uri", value: landing.text))
        }
        guard let signedIn = try await service.signedInUser(request) else { return signInFirst(after: request) }
        let page = LinkPage(
            productName: productName, person: person(signedIn.user),
            provider: button(provider, query: query, request))
        return html(renderer.link(page, language: language(request)))
    }

    private func bind(_ request: Request) async throws -> Response {
        let form = try await PageForm(request, sameOrigin: sameOrigin)
        do throws(AuthProblem) {
            _ = try await service.redeem(bindingToken: form["binding_token"], request)
        } catch {
            return refusal(error, after: request)
        }
        var response = redirect(PagePaths.standard.profile, [("bind_success", "1")], after: request)
        response.add(service.cookies.endedBinding())
        return response
    }

    /// The page that tells why a form did nothing.
    func refusal(_ problem: AuthProblem, after request: Request) -> Response {
        guard problem.code != .unauthorized else { return signInFirst(after: request) }
        return redirect(PagePaths.standard.profile, [("error", problem.code.rawValue)], after: request)
    }
}
