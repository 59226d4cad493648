import Logging
import Martlet

extension AuthService {
    /// Runs steps with a provider, within the deadline that keeps a hanging one from holding whoever waits.
    ///
    /// - Parameter deadline: by default ``Options/providerDeadline``.
    /// - Throws: ``AuthProblem`` with the code of the ``step(_:_:)`` that failed, or
    ///   ``AuthErrorCode/providerUnavailable``.
    func withinDeadline<Value: Sendable>(
        _ provider: AuthProvider, _ logger: Logger, of deadline: Duration? = nil,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws(AuthProblem) -> Value {
        do {
            return try await withDeadline(deadline ?? options.providerDeadline, work)
        } catch let step as StepError {
            log(step.error, provider, logger)
            throw AuthProblem(step.code, detail: step.detail(provider))
        } catch {
            log(.timedOut(.token), provider, logger)
            throw AuthProblem(.providerUnavailable, detail: "\(provider.name) did not answer in time.")
        }
    }

    func log(_ error: OAuthError, _ provider: AuthProvider, _ logger: Logger) {
        logger.warning(
            "A step at the provider failed.", metadata: ["provider": "\(provider.id)", "reason": "\(error)"])
    }
}

/// A step with a provider, and the code that its failure gets.
func step<Value>(
    _ code: AuthErrorCode, _ work: () async throws(OAuthError) -> Value
) async throws(StepError) -> Value {
    do {
        return try await work()
    } catch {
        throw StepError(error, otherwise: code)
    }
}

/// What went wrong with the provider, and the code it gets.
struct StepError: Error {
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
        case .untrustedMessage(let message, let reason):
            "\(provider.name)'s \(message.rawValue) is not to be trusted: \(reason)."
        case .unsupported, .misconfigured: "\(provider.name) is not set up correctly."
        }
    }
}
