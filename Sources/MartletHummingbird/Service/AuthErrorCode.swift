public import HTTPTypes

/// The error codes of the HTTP contract, each with its status.
///
/// A browser meets one in the `oauth_error` parameter of the page it lands on, any other client in the `code` member of
/// a problem document.
public enum AuthErrorCode: String, Error, Hashable, Sendable, CaseIterable {
    /// No provider of that name is configured.
    case providerNotFound = "OAUTH_PROVIDER_NOT_FOUND"
    /// The state is missing, forged, used, of another browser or of another provider.
    case stateInvalid = "OAUTH_STATE_INVALID"
    /// The state is genuine and older than five minutes.
    case stateExpired = "OAUTH_STATE_EXPIRED"
    /// The provider did not give tokens for the code.
    case tokenExchangeFailed = "OAUTH_TOKEN_EXCHANGE_FAILED"
    /// The provider did not say who the person is.
    case userInfoFailed = "OAUTH_USER_INFO_FAILED"
    /// The account at the provider belongs to another user, or the user has another account of that provider.
    case alreadyBound = "OAUTH_ALREADY_BIND"
    /// The user who finishes a binding is not the one who began it.
    case bindingUserMismatch = "OAUTH_BINDING_USER_MISMATCH"
    /// The binding token is unknown, used or expired.
    case bindingTokenInvalid = "OAUTH_BINDING_TOKEN_INVALID"
    /// The last way to sign in cannot be removed.
    case lastBinding = "OAUTH_LAST_BIND"
    /// The person cancelled at the provider.
    case accessDenied = "OAUTH_ACCESS_DENIED"
    /// The provider answered the authorization request with an error.
    case providerError = "OAUTH_PROVIDER_ERROR"
    /// The provider cannot be reached or does not answer in time.
    case providerUnavailable = "OAUTH_PROVIDER_UNAVAILABLE"
    /// The `redirect_uri` is neither a path here nor on a listed origin.
    case redirectInvalid = "OAUTH_REDIRECT_INVALID"
    /// The user has no binding of that provider.
    case bindingNotFound = "OAUTH_BINDING_NOT_FOUND"
    /// The user's account is disabled.
    case accountDisabled = "ACCOUNT_DISABLED"
    /// Nobody is signed in.
    case unauthorized = "UNAUTHORIZED"
    /// Too many requests in a short time; `Retry-After` says how many seconds to wait.
    case rateLimited = "RATE_LIMITED"
    /// A change was asked for from another site.
    case csrfRejected = "CSRF_REJECTED"
    /// The request cannot be read.
    case badRequest = "BAD_REQUEST"
    /// There is nothing at this address.
    case notFound = "NOT_FOUND"
    /// The address does not take this method.
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    /// The store cannot be used now.
    case unavailable = "SERVICE_UNAVAILABLE"
    /// Something failed here that the request cannot mend.
    case internalError = "INTERNAL_ERROR"

    /// The HTTP status.
    public var status: HTTPResponse.Status {
        switch self {
        case .unauthorized: .unauthorized
        case .csrfRejected, .accountDisabled: .forbidden
        case .bindingNotFound, .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .rateLimited: .tooManyRequests
        case .providerUnavailable, .unavailable: .serviceUnavailable
        case .internalError: .internalServerError
        default: .badRequest
        }
    }

    /// What happened and what to do, in English, for the `title` of a problem document.
    public var title: String {
        switch self {
        case .providerNotFound: "No such provider is configured here."
        case .stateInvalid: "The login was not begun in this browser, or was already finished; begin again."
        case .stateExpired: "The login took longer than five minutes; begin again."
        case .tokenExchangeFailed: "The provider did not accept the login; begin again."
        case .userInfoFailed: "The provider did not say who you are; try again later."
        case .alreadyBound: "This account is already linked, or another account of this provider is."
        case .bindingUserMismatch: "The link was begun by another user; sign in as that user and begin again."
        case .bindingTokenInvalid: "The link request is unknown, used or expired; begin again."
        case .lastBinding: "The last way to sign in cannot be removed; link another first."
        case .accessDenied: "The login was cancelled at the provider."
        case .providerError: "The provider refused the login; try again, or tell the operator."
        case .providerUnavailable: "The provider cannot be reached; try again later."
        case .redirectInvalid: "The redirect_uri is not a path of this site or on an allowed origin."
        case .bindingNotFound: "No account of this provider is linked."
        case .accountDisabled: "This account is disabled."
        case .unauthorized: "Sign in first."
        case .rateLimited: "Too many requests; wait and try again."
        case .csrfRejected: "The request came from another site."
        case .badRequest: "The request cannot be read."
        case .notFound: "There is nothing at this address."
        case .methodNotAllowed: "This address does not take this method."
        case .unavailable: "The service cannot reach its database; try again later."
        case .internalError: "Something went wrong here; try again later."
        }
    }
}

/// A refusal of a request: a code of the contract, and what was wrong this time.
public struct AuthProblem: Error, Hashable, Sendable {
    /// The code.
    public var code: AuthErrorCode
    /// What was wrong, for a developer; nil when the code says it all. Never a secret, never a provider's own text.
    public var detail: String?
    /// After how many seconds to try again, for ``AuthErrorCode/rateLimited``.
    public var retryAfter: Int?

    /// The methods that the address takes, for ``AuthErrorCode/methodNotAllowed`` (RFC 9110 §15.5.6).
    var allowedMethods: String?

    /// Makes a refusal.
    public init(_ code: AuthErrorCode, detail: String? = nil, retryAfter: Int? = nil) {
        self.code = code
        self.detail = detail
        self.retryAfter = retryAfter
    }
}
