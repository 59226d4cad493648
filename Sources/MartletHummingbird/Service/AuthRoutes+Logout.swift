import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts

// Signing out: here, at the provider too, and when the provider says so.
extension AuthRoutes {
    /// Ends the session here. The answer says where the person may sign out at the provider too.
    func logout(_ request: Request, _ context: some RequestContext) async throws -> Response {
        try sameOrigin.require(request)
        let (cookies, provider) = try await service.signOut(request)
        var response: Response
        if ClientFace(request) == .browser {
            let query = [(name: "signed_out", value: "1")] + (provider.map { [("provider", $0.id)] } ?? [])
            response = .moved(to: service.options.loginPage.text.addingQuery(query), after: request)
        } else {
            response = .json([
                "success": .bool(true),
                "providerLogoutURL": JSONValue(provider.map { "/api/auth/oauth/\($0.id)/logout" }),
            ])
        }
        for cookie in cookies { response.add(cookie) }
        return response
    }

    /// Sends a browser that has just signed out here to the provider (OpenID Connect RP-Initiated Logout 1.0 §2).
    func providerLogout(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try provider(context)
        return .moved(to: try await service.logoutURL(at: provider, request, context.logger), after: request)
    }

    /// Where the provider sends the browser back afterwards (§3).
    func finishedLogout(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try provider(context)
        let state = try query(request).first("state")
        var response: Response
        do throws(AuthProblem) {
            try service.finishLogout(state: state, at: provider, request)
            response = .moved(to: service.options.loginPage.adding("signed_out", "1"), after: request)
        } catch {
            guard ClientFace(request) == .browser else { throw error }
            response = .moved(
                to: service.options.loginPage.adding("oauth_error", error.code.rawValue), after: request)
        }
        response.add(service.cookies.endedLogout())
        return response
    }

    /// A logout token that the provider posts (OpenID Connect Back-Channel Logout 1.0 §2.5).
    func backChannelLogout(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try provider(context)
        guard let token = try await form(request)["logout_token"], !token.isEmpty else {
            throw AuthProblem(.badRequest, detail: "logout_token is missing.")
        }
        try await service.endSessions(logoutToken: Secret(token), of: provider, context.logger)
        return Response(status: .ok, headers: [.cacheControl: "no-store"])
    }

    /// A frame that the provider shows while a person signs out there (OpenID Connect Front-Channel Logout 1.0 §2).
    ///
    /// The frame is another site's, so the session cookie does not come with it: the session is found by `sid`. Microsoft
    /// sends no `iss`; the path says as much.
    func frontChannelLogout(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try provider(context)
        let query = try query(request)
        guard let issuer = provider.client.provider.issuer, query.first("iss").map(provider.client.mayIssue) ?? true
        else {
            throw AuthProblem(.badRequest, detail: "iss is not this provider's issuer.")
        }
        guard let sessionID = query.first("sid") else { throw AuthProblem(.badRequest, detail: "sid is missing.") }
        try await service.endSessions(providerSessionID: sessionID, of: provider)
        var response = Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: .init(string: "<!doctype html><title>Signed out</title>")))
        response.headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors \(issuer.webOrigin)")
        return response
    }

    /// A notification of changes to an account (Sign in with Apple: server-to-server notifications).
    func notification(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try provider(context)
        let body = try await request.boundedBody(upTo: 64 * 1024)
        guard let payload = (try? JSONValue(parsing: Array(buffer: body)))?["payload"]?.string else {
            throw AuthProblem(.badRequest, detail: "Send {\"payload\": \"…\"}.")
        }
        try await service.obey(notification: Secret(payload), of: provider, context.logger)
        return Response(status: .ok, headers: [.cacheControl: "no-store"])
    }

    /// The provider that the path names.
    func provider(_ context: some RequestContext) throws(AuthProblem) -> AuthProvider {
        try service.provider(context.parameters.get("provider") ?? "")
    }

    /// The parameters of a form, each at most once.
    func form(_ request: Request) async throws -> [String: String] {
        guard request.mediaType == "application/x-www-form-urlencoded" else {
            throw AuthProblem(.badRequest, detail: "Send application/x-www-form-urlencoded.")
        }
        let body = try await request.boundedBody(upTo: 64 * 1024)
        do {
            return try CallbackParameters(parsing: String(buffer: body)).values
        } catch {
            throw AuthProblem(.badRequest, detail: error.description)
        }
    }
}

extension String {
    /// Scheme and authority of an absolute URL.
    fileprivate var webOrigin: String {
        split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }
}
