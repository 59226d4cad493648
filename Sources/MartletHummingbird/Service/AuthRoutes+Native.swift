import FoundationEssentials
import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts

// Logins that do not begin with a button of this site.
extension AuthRoutes {
    /// Begins a login that another site or the provider asks for (OpenID Connect Core §4).
    func initiate(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try provider(context)
        let asked = request.method == .post ? Query(values: try await form(request)) : try query(request)
        guard let issuer = asked.first("iss"), provider.client.mayIssue(issuer) else {
            throw AuthProblem(.badRequest, detail: "iss is not this provider's issuer.")
        }
        let origins = service.options.allowedRedirectOrigins + [service.options.origin]
        let landing = try asked.first("target_link_uri").map { text throws(AuthProblem) in
            guard let landing = LandingURL(text, allowedOrigins: origins) else { throw AuthProblem(.redirectInvalid) }
            return landing
        }
        let hint = asked.first("login_hint").map { ["login_hint": $0] } ?? [:]
        let begun = try await service.begin(
            provider, purpose: .signIn, landing: landing, parameters: hint, request: request, logger: context.logger)
        var response = Response.moved(to: begun.url, after: request)
        for cookie in begun.cookies { response.add(cookie) }
        return response
    }

    /// Signs in, or links, by an ID token that an app got from its platform (Google One Tap, Sign in with Apple).
    func idToken(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try provider(context)
        guard request.mediaType == "application/json" else {
            throw AuthProblem(.badRequest, detail: "Send application/json.")
        }
        let body = try await request.boundedBody(upTo: 64 * 1024)
        guard let asked = try? JSONValue(parsing: Array(buffer: body)), let idToken = asked["idToken"]?.string else {
            throw AuthProblem(.badRequest, detail: "Send {\"idToken\": \"…\"}.")
        }
        guard provider.client.provider.issuer != nil else {
            throw AuthProblem(.badRequest, detail: "\(provider.name) issues no ID tokens.")
        }
        let purpose = try await purpose(links: asked["bind"] == .bool(true), request)
        let native = NativeLogin(
            idToken: Secret(idToken), nonce: asked["nonce"]?.string, user: asked["user"].map { $0.serialized() })
        let finished = try await service.finish(
            native, purpose: purpose, provider: provider, request: request,
            address: service.clientAddress.of(request, context: context), context.logger)
        return try await nativeAnswer(finished, provider, request)
    }

    /// An app sends no cookie and no word of where it comes from; a browser says so, and must be on this site.
    private func purpose(links: Bool, _ request: Request) async throws -> FlowPurpose {
        guard links else {
            guard sameOrigin.passes(request) || sameOrigin.isSilent(request) else { throw AuthProblem(.csrfRejected) }
            return .signIn
        }
        guard sameOrigin.passes(request) else {
            throw AuthProblem(.csrfRejected, detail: "Linking an account must begin on this site.")
        }
        let signedIn = try await service.requireUser(request)
        return .bind(userID: signedIn.user.id, sessionID: signedIn.session.id)
    }

    private func nativeAnswer(
        _ finished: AuthService.Finished, _ provider: AuthProvider, _ request: Request
    ) async throws -> Response {
        switch finished.outcome {
        case .signedIn(let signedIn, let isNew):
            var response = Response.json(
                sessionMembers(signedIn).merging(["success": .bool(true), "isNew": .bool(isNew)]))
            let cookies = try await service.sessionCookies(
                signedIn.user, providerID: provider.id, isNew: isNew, finished.sessionToken, request)
            for cookie in cookies { response.add(cookie) }
            return response
        case .bound(let identity), .bindingRefreshed(let identity): return bound(identity)
        case .pendingBinding:
            var response = Response.json(
                [
                    "success": .bool(false), "provider": .string(provider.id),
                    "bindingToken": .string(finished.bindingToken.secret.reveal()),
                ], status: .accepted)
            response.add(service.cookies.binding(finished.bindingBrowser))
            return response
        case .refused(let refusal): throw AuthProblem(refusal)
        case .alreadyConsumed: throw AuthProblem(.stateInvalid, detail: "This ID token was used before, or has ended.")
        }
    }

    /// A fresh access token of a user at a provider, for a backend that holds the service key.
    func accessToken(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let provider = try provider(context)
        try requireServiceKey(request)
        let userID: UserID
        if let text = try query(request).first("user") {
            guard let id = UserID(text) else { throw AuthProblem(.badRequest, detail: "user must be a user's id.") }
            userID = id
        } else {
            userID = try await service.requireUser(request, mayBeRecent: false).user.id
        }
        let grant = try await service.accessToken(of: userID, at: provider, context.logger)
        return .json([
            "accessToken": JSONValue(grant.accessToken?.reveal()), "tokenType": .string(grant.tokenType),
            "expiresAt": JSONValue(grant.expiresAt?.contractText), "scopes": .array(grant.scopes.map { .string($0) }),
        ])
    }

    private func requireServiceKey(_ request: Request) throws(AuthProblem) {
        guard let key = service.options.serviceKey else {
            throw AuthProblem(.notFound, detail: "This service gives out no tokens: it has no serviceKey.")
        }
        guard request.headers[.authorization].map({ Secret($0) }) == Secret("Bearer \(key.reveal())") else {
            throw AuthProblem(.unauthorized, detail: "Send the service key: Authorization: Bearer …")
        }
    }
}
