import FoundationEssentials
import Hummingbird
import Logging
import Martlet
import MartletAccounts

extension AuthService {
    /// A flow that has begun: where to send the browser, and what it must keep.
    struct Begun {
        let url: String
        let cookies: [Cookie]
    }

    /// Begins a flow.
    func begin(
        _ provider: AuthProvider, purpose: FlowPurpose, landing: LandingURL?, parameters: [String: String] = [:],
        request: Request, logger: Logger
    ) async throws(AuthProblem) -> Begun {
        let (id, state) = jar.states.issue(providerID: provider.id)
        let authorization: AuthorizationRequest
        do {
            authorization = try await provider.client.authorizationRequest(
                redirectURI: redirectURI(of: provider), state: state, parameters: parameters)
        } catch {
            log(error, provider, logger)
            throw AuthProblem(.providerUnavailable, detail: "\(provider.name) cannot be used now.")
        }
        let flow = Flow(
            id: id, purpose: purpose, pending: authorization.pending, landing: landing?.text ?? "", startedAt: now())
        do {
            return Begun(url: authorization.url, cookies: try jar.begin(flow, in: request))
        } catch {
            throw AuthProblem(.internalError)
        }
    }

    /// Finds the flow of a callback.
    func flow(
        of callback: CallbackParameters, provider: AuthProvider, request: Request
    ) throws(AuthProblem) -> Flow {
        do {
            return try jar.find(state: callback.values["state"], providerID: provider.id, in: request)
        } catch {
            throw AuthProblem(error == .expired ? .stateExpired : .stateInvalid)
        }
    }

    /// What finishing a flow gave.
    struct Finished {
        let outcome: FlowOutcome
        let sessionToken: SessionToken
        let bindingToken: BindingToken
        let bindingBrowser: BindingToken
    }

    /// Finishes a flow: judges the callback, asks the provider who the person is, and applies the decision.
    func finish(
        _ flow: Flow, callback: CallbackParameters, provider: AuthProvider, request: Request, address: String?,
        logger: Logger
    ) async throws(AuthProblem) -> Finished {
        try await flowsUnderWay.run(flow.id) { () async throws(AuthProblem) in
            let response = try judge(callback, for: flow, provider)
            guard try await !stored({ try await store.isFlowConsumed(flow.id) }) else {
                throw AuthProblem(.stateInvalid)
            }
            let login = try await login(response, provider, logger)
            return try await finish(
                login, flowID: flow.id, purpose: flow.purpose, rememberedUntil: flow.rememberedUntil,
                provider: provider, request: request, address: address)
        }
    }

    private func judge(
        _ callback: CallbackParameters, for flow: Flow, _ provider: AuthProvider
    ) throws(AuthProblem) -> AuthorizationResponse {
        do {
            return try provider.client.validate(callback, for: flow.pending)
        } catch {
            throw AuthProblem(error)
        }
    }

    /// Lets the store decide what a proven account does, and begins the session that may come of it.
    func finish(
        _ login: ProvenLogin, flowID: FlowID, purpose: FlowPurpose, rememberedUntil: Date, provider: AuthProvider,
        request: Request, address: String?
    ) async throws(AuthProblem) -> Finished {
        let token = SessionToken(random: random)
        let bindingToken = BindingToken(random: random)
        let bindingBrowser = BindingToken(random: random)
        let session = NewSession(
            id: SessionID(random: random), tokenHash: token.hash,
            expiresAt: now().addingTimeInterval(Double(options.sessionLifetime)),
            userAgent: request.headers[.userAgent], address: address,
            providerSubject: login.tokens.identity?.subject,
            providerSessionID: login.tokens.identity?.claims["sid"]?.string,
            sealedIDToken: await idTokenForLogout(login.tokens, provider))
        let completion = FlowCompletion(
            flowID: flowID, purpose: purpose, providerID: provider.id, rememberedUntil: rememberedUntil,
            profile: login.profile, providerTrustedForEmail: provider.isTrustedForEmail, policy: options.policy,
            currentSessionTokenHash: cookies.sessionToken(in: request)?.hash,
            sessionKeeper: try await sessionKeeper(request), newSession: session,
            pendingBinding: NewPendingBinding(
                tokenHash: bindingToken.hash, expiresAt: now().addingTimeInterval(300),
                browserBindingHash: bindingBrowser.hash),
            sealedTokens: vault.seal(login.tokens, of: provider, subject: login.profile.subject))
        let outcome = try await stored { try await store.completeFlow(completion, now: now()) }
        return Finished(
            outcome: outcome, sessionToken: token, bindingToken: bindingToken,
            bindingBrowser: bindingBrowser)
    }

    /// The redirect URI that is registered with a provider.
    func redirectURI(of provider: AuthProvider) -> String {
        "\(options.origin)/api/auth/oauth/\(provider.id)/callback"
    }

    /// Tokens and profile, within the deadline that keeps a hanging provider from holding a browser.
    private func login(
        _ response: AuthorizationResponse, _ provider: AuthProvider, _ logger: Logger
    ) async throws(AuthProblem) -> ProvenLogin {
        let client = provider.client
        return try await withinDeadline(provider, logger) {
            let tokens = try await step(.tokenExchangeFailed) { () throws(OAuthError) in
                try await client.exchange(response)
            }
            let profile = try await step(.userInfoFailed) { () throws(OAuthError) in try await client.profile(tokens) }
            return ProvenLogin(tokens: tokens, profile: profile)
        }
    }
}

/// What a provider said at the end of a login.
struct ProvenLogin: Sendable {
    let tokens: Tokens
    let profile: UserProfile
}

extension AuthProblem {
    /// What the contract calls a callback's refusal.
    init(_ error: CallbackError) {
        switch error {
        case .accessDenied: self.init(AuthErrorCode.accessDenied)
        case .provider, .missingCode: self.init(AuthErrorCode.providerError)
        case .issuerMismatch, .issuerMissing: self.init(AuthErrorCode.stateInvalid, detail: error.description)
        case .unproven: self.init(AuthErrorCode.stateInvalid, detail: error.description)
        case .stateMismatch, .wrongProvider: self.init(AuthErrorCode.stateInvalid)
        case .repeated, .malformed: self.init(AuthErrorCode.badRequest, detail: error.description)
        }
    }

    /// What the contract calls a refusal to link.
    init(_ refusal: LinkingRefusal) {
        switch refusal {
        case .unauthorized: self.init(AuthErrorCode.unauthorized)
        case .bindingUserMismatch: self.init(AuthErrorCode.bindingUserMismatch)
        case .alreadyBound: self.init(AuthErrorCode.alreadyBound)
        case .disabledUser: self.init(AuthErrorCode.accountDisabled)
        }
    }
}
