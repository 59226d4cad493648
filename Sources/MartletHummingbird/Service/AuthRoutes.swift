import FoundationEssentials
import HTTPTypes
public import Hummingbird
import Logging
import Martlet
import MartletAccounts

/// The routes under `/api/auth` over an ``AuthService``.
///
/// Add them to any router:
/// ```swift
/// AuthRoutes(service).add(to: router)
/// ```
public struct AuthRoutes: Sendable {
    let service: AuthService
    let sameOrigin: SameOriginCheck

    private var loginPage: LandingURL { service.options.loginPage }
    private var profilePage: LandingURL { service.options.profilePage }

    /// Makes the routes of a service.
    public init(_ service: AuthService) {
        self.service = service
        self.sameOrigin = SameOriginCheck(origin: service.options.origin)
    }

    /// Adds the routes to a router.
    public func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
        let auth = router.group("/api/auth").add(middleware: AuthProblemMiddleware(loginPage: loginPage))
        // In the order in which the router compares them: what browsers ask for most comes first.
        let table: KeyValuePairs<String, [HTTPRequest.Method: Handler<Context>]> = [
            "/oauth/:provider/authorize": [.get: authorize],
            "/oauth/:provider/callback": [.get: callback, .post: postedCallback],
            "/providers": [.get: { _, _ in providers() }],
            "/oauth/bind": [.post: bind],
            "/oauth/bindings": [.get: bindings],
            "/oauth/:provider/status": [.get: status],
            "/oauth/:provider/unbind": [.delete: unbind],
            "/oauth/:provider/initiate": [.get: initiate, .post: initiate],
            "/oauth/:provider/id-token": [.post: idToken],
            "/oauth/:provider/token": [.get: accessToken],
            "/oauth/:provider/logout": [.get: providerLogout],
            "/oauth/:provider/logout/callback": [.get: finishedLogout],
            "/oauth/:provider/backchannel-logout": [.post: backChannelLogout],
            "/oauth/:provider/frontchannel-logout": [.get: frontChannelLogout],
            "/oauth/:provider/notifications": [.post: notification],
            "/session": [.get: session],
            "/verify": [.get: verify],
            "/logout": [.post: logout],
            "/sessions": [.get: sessions, .delete: endOtherSessions],
            "/sessions/:id": [.delete: endSession],
            "/account": [.delete: deleteAccount],
        ]
        let limited = auth.group().add(middleware: RateLimitMiddleware(service: service))
        for (path, handlers) in table where service.keepsSessions || !Self.sessionPaths.contains(path) {
            let isLimited = path.hasPrefix("/oauth/") && !Self.serverPaths.contains(path)
            (isLimited ? limited : auth).address(RouterPath(path), handlers)
        }
    }

    /// The paths that are the application's own affair where it keeps the sessions.
    private static let sessionPaths: Set<String> = [
        "/logout", "/sessions", "/sessions/:id", "/oauth/:provider/logout", "/oauth/:provider/logout/callback",
    ]

    /// The paths that servers call, many times from one address, and not browsers: each call proves itself by a signature
    /// or a key.
    private static let serverPaths: Set<String> = [
        "/oauth/:provider/token", "/oauth/:provider/backchannel-logout", "/oauth/:provider/notifications",
    ]

    private typealias Handler<Context> = @Sendable (Request, Context) async throws -> Response

    // MARK: Flows

    private func authorize(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try service.provider(context.parameters.get("provider") ?? "")
        guard provider.hasBrowserStep else {
            throw AuthProblem(.providerNotFound, detail: "\(provider.name) has no sign-in in a browser.")
        }
        let query = try query(request)
        let landing = try query.first("redirect_uri").map { text throws(AuthProblem) in
            guard let landing = LandingURL(text, allowedOrigins: service.options.allowedRedirectOrigins) else {
                throw AuthProblem(.redirectInvalid)
            }
            return landing
        }
        if let confirmation = linkConfirmation(bind: query.first("bind"), request, provider, landing) {
            return .moved(to: confirmation, after: request)
        }
        let purpose = try await purpose(bind: query.first("bind"), request)
        let begun = try await service.begin(
            provider, purpose: purpose, landing: landing, request: request, logger: context.logger)
        var response =
            ClientFace.asksForJSON(request)
            ? Response.json(["url": .string(begun.url)]) : Response.moved(to: begun.url, after: request)
        for cookie in begun.cookies { response.add(cookie) }
        return response
    }

    /// The page that a browser is sent to which begins a link from elsewhere than this site: another site must not have an
    /// account linked by a mere redirect.
    private func linkConfirmation(
        bind: String?, _ request: Request, _ provider: AuthProvider, _ landing: LandingURL?
    ) -> String? {
        guard bind == "1", ClientFace(request) == .browser, !sameOrigin.passes(request),
            let path = service.options.linkConfirmationPath
        else { return nil }
        let kept = landing.map { [(name: "redirect_uri", value: $0.text)] } ?? []
        return path.addingQuery([(name: "provider", value: provider.id)] + kept)
    }

    private func purpose(bind: String?, _ request: Request) async throws -> FlowPurpose {
        switch bind {
        case nil, "0": return .signIn
        case "1":
            let signedIn = try await service.requireUser(request)
            guard sameOrigin.passes(request) else {
                throw AuthProblem(.csrfRejected, detail: "Linking an account must begin on this site.")
            }
            return .bind(userID: signedIn.user.id, sessionID: signedIn.session.id)
        default: throw AuthProblem(.badRequest, detail: "bind must be 1.")
        }
    }

    private func callback(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try service.provider(context.parameters.get("provider") ?? "")
        let parameters: CallbackParameters
        do {
            parameters = try callbackParameters(request, provider)
        } catch {
            throw AuthProblem(error)
        }
        let flow = try service.flow(of: parameters, provider: provider, request: request)
        var response: Response
        do throws(AuthProblem) {
            let finished = try await service.finish(
                flow, callback: parameters, provider: provider, request: request,
                address: service.clientAddress.of(request, context: context), logger: context.logger)
            response = try await landed(finished, flow: flow, provider: provider, request: request)
            context.logger.info("A flow was finished.", metadata: ["provider": "\(provider.id)"])
        } catch {
            response = refused(error, flow: flow, request: request, context: context)
        }
        response.add(service.cookies.endedFlow(flow.id))
        return response
    }

    /// The end of a flow that succeeded, or waits for a user.
    private func landed(
        _ finished: AuthService.Finished, flow: Flow, provider: AuthProvider, request: Request
    ) async throws(AuthProblem) -> Response {
        switch finished.outcome {
        case .signedIn(let signedIn, let isNew):
            var response = Response.moved(to: landing(flow).adding("oauth_success", "1"), after: request)
            let cookies = try await service.sessionCookies(
                signedIn.user, providerID: provider.id, isNew: isNew, finished.sessionToken, request)
            for cookie in cookies { response.add(cookie) }
            return response
        case .bound, .bindingRefreshed:
            return .moved(to: landing(flow).adding("bind_success", "1"), after: request)
        case .pendingBinding:
            let query = [
                (name: "binding_token", value: finished.bindingToken.secret.reveal()),
                (name: "provider", value: provider.id),
            ]
            var response = Response.moved(to: loginPage.text.addingQuery(query), after: request)
            response.add(service.cookies.binding(finished.bindingBrowser))
            return response
        case .refused(let refusal): throw AuthProblem(refusal)
        case .alreadyConsumed: throw AuthProblem(.stateInvalid)
        }
    }

    private func refused(
        _ problem: AuthProblem, flow: Flow, request: Request, context: some RequestContext
    ) -> Response {
        guard ClientFace(request) == .browser else { return problem.document(requestID: context.requestID) }
        return .moved(to: landing(flow).adding("oauth_error", problem.code.rawValue), after: request)
    }

    private func landing(_ flow: Flow) -> LandingURL {
        let allowed = service.options.allowedRedirectOrigins + [service.options.origin]
        if let landing = LandingURL(flow.landing, allowedOrigins: allowed) { return landing }
        return if case .bind = flow.purpose { profilePage } else { loginPage }
    }

    // MARK: Who is signed in

    private func providers() -> Response {
        .json([
            "providers": .array(
                service.providers.filter(\.hasBrowserStep).map { provider in
                    [
                        "id": .string(provider.id), "name": .string(provider.name),
                        "icon": .string(provider.iconURL),
                        "authorizeURL": .string("/api/auth/oauth/\(provider.id)/authorize"),
                    ]
                })
        ])
    }
}
