/// An error code that the pages have words for: the codes of the service's HTTP contract.
///
/// A code arrives in a query parameter that anybody can write, so the pages speak only about codes listed here and
/// never repeat any other.
enum PageErrorCode: String, CaseIterable, Sendable {
    case providerNotFound = "OAUTH_PROVIDER_NOT_FOUND"
    case stateInvalid = "OAUTH_STATE_INVALID"
    case stateExpired = "OAUTH_STATE_EXPIRED"
    case tokenExchangeFailed = "OAUTH_TOKEN_EXCHANGE_FAILED"
    case userInfoFailed = "OAUTH_USER_INFO_FAILED"
    case alreadyBound = "OAUTH_ALREADY_BIND"
    case bindingUserMismatch = "OAUTH_BINDING_USER_MISMATCH"
    case bindingTokenInvalid = "OAUTH_BINDING_TOKEN_INVALID"
    case lastBinding = "OAUTH_LAST_BIND"
    case bindingNotFound = "OAUTH_BINDING_NOT_FOUND"
    case accessDenied = "OAUTH_ACCESS_DENIED"
    case providerError = "OAUTH_PROVIDER_ERROR"
    case providerUnavailable = "OAUTH_PROVIDER_UNAVAILABLE"
    case redirectInvalid = "OAUTH_REDIRECT_INVALID"
    case accountDisabled = "ACCOUNT_DISABLED"
    case unauthorized = "UNAUTHORIZED"
    case rateLimited = "RATE_LIMITED"
    case crossSiteRejected = "CSRF_REJECTED"
    case badRequest = "BAD_REQUEST"
    case notFound = "NOT_FOUND"
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    case internalError = "INTERNAL_ERROR"

    /// The code that says the same as an HTTP status, for a response that carries none.
    init?(status: Int) {
        switch status {
        case 400: self = .badRequest
        case 401: self = .unauthorized
        case 404: self = .notFound
        case 405: self = .methodNotAllowed
        case 429: self = .rateLimited
        case 500...: self = .internalError
        default: return nil
        }
    }
}
