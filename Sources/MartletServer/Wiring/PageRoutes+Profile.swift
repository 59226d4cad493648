import HTTPTypes
import Hummingbird
import Logging
import Martlet
import MartletAccounts
import MartletHummingbird

// The profile page, and what its forms change.
extension PageRoutes {
    func addAccountChanges(to router: some RouterMethods<ServerContext>) {
        let paths = PagePaths.standard
        let changes: [String: Change] = [
            paths.unbind: unbind, paths.endSession: endSession, paths.endOtherSessions: endOtherSessions,
            paths.deleteAccount: deleteAccount,
        ]
        for (path, make) in changes {
            router.address(
                RouterPath(path), [.post: { request, context in try await change(request, context.logger, make) }])
        }
    }

    func profile(_ request: Request) async throws -> Response {
        guard let signedIn = try await service.signedInUser(request) else { return signInFirst(after: request) }
        let identities = try await service.identities(of: signedIn.user)
        let bound = Set(identities.map(\.providerID))
        let linkable = service.providers.filter { $0.hasBrowserStep && !bound.contains($0.id) }
        let page = ProfilePage(
            productName: productName, person: person(signedIn.user), bindings: identities.map { row($0, request) },
            linkable: linkable.map { button($0, query: [("bind", "1")], request) },
            sessions: try await sessions(of: signedIn), sessionExpiresAt: signedIn.session.expiresAt,
            notice: notice(request, bound: bound))
        return html(renderer.profile(page, language: language(request)))
    }

    private func row(_ identity: Identity, _ request: Request) -> BindingRow {
        let provider = service.providers.first { $0.id == identity.providerID }
        return BindingRow(
            providerID: identity.providerID,
            providerName: provider.map { name(of: $0, request) } ?? identity.providerID,
            iconURL: provider.map { iconURL(of: $0, request) } ?? "", username: identity.username ?? identity.name,
            email: identity.email?.value, emailVerified: identity.email?.isVerified ?? false, avatar: identity.avatar,
            boundAt: identity.boundAt)
    }

    /// The person's sessions, this browser's first.
    private func sessions(of signedIn: SignedInUser) async throws -> [SessionRow] {
        let rows = try await service.sessions(of: signedIn.user).map { session in
            SessionRow(
                id: session.id.description, userAgent: session.userAgent, address: session.address,
                since: session.createdAt, isCurrent: session.id == signedIn.session.id)
        }
        return rows.filter(\.isCurrent) + rows.filter { !$0.isCurrent }
    }

    /// What has just happened, by the query, where it does not contradict what is so.
    private func notice(_ request: Request, bound: Set<String>) -> Notice? {
        let parameters = parameters(request)
        if let refusal = refusal(parameters) { return refusal }
        if parameters["bind_success"] == "1" { return .bound }
        if parameters["oauth_success"] == "1" { return .signedIn }
        if let id = parameters["unbound"], !bound.contains(id),
            let provider = service.providers.first(where: { $0.id == id })
        {
            return .unbound(providerName: name(of: provider, request))
        }
        if parameters["session_ended"] == "1" { return .sessionEnded }
        return parameters["other_sessions_ended"] == "1" ? .otherSessionsEnded : nil
    }

    // MARK: Changes

    private typealias Change =
        @Sendable (PageForm, SignedInUser, Request, Logger) async throws(AuthProblem) -> Response

    /// Makes a change that a form of the page asks for, or tells why not.
    private func change(_ request: Request, _ logger: Logger, _ make: Change) async throws -> Response {
        let form = try await PageForm(request, sameOrigin: sameOrigin)
        do throws(AuthProblem) {
            return try await make(form, try await service.requireUser(request), request, logger)
        } catch {
            return refusal(error, after: request)
        }
    }

    private func unbind(
        _ form: PageForm, _ signedIn: SignedInUser, _ request: Request, _ logger: Logger
    ) async throws(AuthProblem) -> Response {
        try await service.unbind(providerID: form["provider"], of: signedIn.user, logger)
        return redirect(PagePaths.standard.profile, [("unbound", form["provider"])], after: request)
    }

    private func endSession(
        _ form: PageForm, _ signedIn: SignedInUser, _ request: Request, _ logger: Logger
    ) async throws(AuthProblem) -> Response {
        guard let id = SessionID(form["id"]) else { throw AuthProblem(.badRequest) }
        // A session that is gone already is what the person asked for.
        _ = try await service.endSession(id, of: signedIn.user)
        guard id == signedIn.session.id else {
            return redirect(PagePaths.standard.profile, [("session_ended", "1")], after: request)
        }
        var response = redirect(PagePaths.standard.login, [("signed_out", "1")], after: request)
        response.add(service.cookies.endedSession())
        return response
    }

    private func endOtherSessions(
        _ form: PageForm, _ signedIn: SignedInUser, _ request: Request, _ logger: Logger
    ) async throws(AuthProblem) -> Response {
        _ = try await service.endOtherSessions(than: signedIn)
        return redirect(PagePaths.standard.profile, [("other_sessions_ended", "1")], after: request)
    }

    private func deleteAccount(
        _ form: PageForm, _ signedIn: SignedInUser, _ request: Request, _ logger: Logger
    ) async throws(AuthProblem) -> Response {
        guard form["confirm"] == "1" else { throw AuthProblem(.badRequest) }
        try await service.delete(signedIn.user, logger)
        var response = redirect(PagePaths.standard.login, [("account_deleted", "1")], after: request)
        response.add(service.cookies.endedSession())
        return response
    }
}
