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
        _ provider: AuthProvider, purpose: FlowPurpose, landing: LandingURL?, request: Request, logger: Logger
    ) async throws(AuthProblem) -> Begun {
        let (id, state) = jar.states.issue(providerID: provider.id)
        let authorization: AuthorizationRequest
        do {
            authorization = try await provider.client.authorizationRequest(
                redirectURI: redirectURI(of: provider), state: state)
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
            let profile = try await profile(response, provider, logger)
            return try await apply(flow, profile, provider: provider, request: request, address: address)
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
    private func apply(
        _ flow: Flow, _ profile: UserProfile, provider: AuthProvider, request: Request, address: String?
    ) async throws(AuthProblem) -> Finished {
        let token = SessionToken(random: random)
        let bindingToken = BindingToken(random: random)
        let bindingBrowser = BindingToken(random: random)
        let session = NewSession(
            id: SessionID(random: random), tokenHash: token.hash,
            expiresAt: now().addingTimeInterval(Double(options.sessionLifetime)),
            userAgent: request.headers[.userAgent], address: address)
        let completion = FlowCompletion(
            flow: flow, profile: profile, providerTrustedForEmail: provider.isTrustedForEmail, policy: options.policy,
            currentSessionTokenHash: cookies.sessionToken(in: request)?.hash,
            sessionKeeper: try await sessionKeeper(request), newSession: session,
            pendingBinding: NewPendingBinding(
                tokenHash: bindingToken.hash, expiresAt: now().addingTimeInterval(300),
                browserBindingHash: bindingBrowser.hash))
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
    private func profile(
        _ response: AuthorizationResponse, _ provider: AuthProvider, _ logger: Logger
    ) async throws(AuthProblem) -> UserProfile {
        let client = provider.client
        do {
            return try await withDeadline(options.providerDeadline) {
                let tokens: Tokens
                do throws(OAuthError) {
                    tokens = try await client.exchange(response)
                } catch {
                    throw StepError(error, otherwise: .tokenExchangeFailed)
                }
                do throws(OAuthError) {
                    return try await client.profile(tokens)
                } catch {
                    throw StepError(error, otherwise: .userInfoFailed)
                }
            }
        } catch let step as StepError {
            log(step.error, provider, logger)
            throw AuthProblem(step.code, detail: step.detail(provider))
        } catch {
            log(.timedOut(.token), provider, logger)
            throw AuthProblem(.providerUnavailable, detail: "\(provider.name) did not answer in time.")
        }
    }

    private func log(_ error: OAuthError, _ provider: AuthProvider, _ logger: Logger) {
        logger.warning(
            "A login failed at the provider.", metadata: ["provider": "\(provider.id)", "reason": "\(error)"])
    }
}

/// What went wrong with the provider, and the code it gets.
private struct StepError: Error {
    let error: OAuthError
    let code: AuthErrorCode

    init(_ error: OAuthError, otherwise code: AuthErrorCode) {
        self.error = error
        switch error {
        case .unreachable, .timedOut: self.code = .providerUnavailable
        default: self.code = code
        }
    }

    /// An error code that is safe to repeat: a short word.
    private static func plainCode(_ code: String) -> String? {
        let isPlain =
            code.utf8.count <= 64
            && code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-".contains($0)) }
        return isPlain ? code : nil
    }

    /// What may be told to a client: which step, and the provider's error code, never its text.
    func detail(_ provider: AuthProvider) -> String {
        switch error {
        case .unreachable: "\(provider.name) cannot be reached."
        case .timedOut: "\(provider.name) did not answer in time."
        case .rejected(let rejection):
            "\(provider.name) answered the \(rejection.role.rawValue) request with status \(rejection.status)"
                + (rejection.error.flatMap(Self.plainCode).map { " and the error \($0)." } ?? ".")
        case .malformed(let role, _): "\(provider.name)'s \(role.rawValue) answer cannot be used."
        case .untrustedIDToken(let reason): "\(provider.name)'s ID token is not to be trusted: \(reason)."
        case .unsupported, .misconfigured: "\(provider.name) is not set up correctly."
        }
    }
}

extension AuthProblem {
    /// What the contract calls a callback's refusal.
    init(_ error: CallbackError) {
        switch error {
        case .accessDenied: self.init(AuthErrorCode.accessDenied)
        case .provider, .missingCode: self.init(AuthErrorCode.providerError)
        case .issuerMismatch, .issuerMissing: self.init(AuthErrorCode.stateInvalid, detail: error.description)
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
