/// Why a call is refused. Each dialect says it in its own words.
enum Refusal: Error, Equatable {
    case missing(String)
    case clientUnknown
    case clientSecretWrong
    case codeUnknown
    case codeUsed
    case codeExpired
    case redirectMismatch
    case verifierWrong
    case refreshTokenUnknown
    case grantTypeUnsupported
    case tokenMissing
    case tokenUnknown
    case scopeInsufficient
    /// The named parameter does not belong to the token that came with it.
    case mismatch(String)
    case notFound
    case userAgentMissing
    case authorizationPending
    case slowDown
    case deviceCodeUnknown
    case deviceCodeExpired
    case accessDenied
    /// A client assertion is not accepted, for this reason (RFC 7523).
    case assertionInvalid(String)
    /// A proof of possession is not accepted, for this reason (RFC 9449).
    case proofInvalid(String)
    /// A proof of possession needs this nonce.
    case nonceNeeded(String)
    /// An authorization request that was pushed is not accepted.
    case requestInvalid(code: String, text: String)
    /// The request contradicts itself, for this reason.
    case invalid(String)
    /// Something went wrong in here.
    case failure
}

extension Refusal {
    /// Error code of RFC 6749 section 5.2, RFC 8628 section 3.5, RFC 6750 section 3.1 or RFC 9449.
    var code: String {
        switch self {
        case .missing, .mismatch, .notFound, .userAgentMissing, .invalid: "invalid_request"
        case .clientUnknown, .clientSecretWrong, .assertionInvalid: "invalid_client"
        case .proofInvalid: "invalid_dpop_proof"
        case .nonceNeeded: "use_dpop_nonce"
        case .requestInvalid(let code, _): code
        case .codeUnknown, .codeUsed, .codeExpired, .redirectMismatch, .verifierWrong, .refreshTokenUnknown,
            .deviceCodeUnknown:
            "invalid_grant"
        case .grantTypeUnsupported: "unsupported_grant_type"
        case .tokenMissing, .tokenUnknown: "invalid_token"
        case .scopeInsufficient: "insufficient_scope"
        case .authorizationPending: "authorization_pending"
        case .slowDown: "slow_down"
        case .deviceCodeExpired: "expired_token"
        case .accessDenied: "access_denied"
        case .failure: "server_error"
        }
    }

    /// A sentence for a developer. It never repeats a value that was sent.
    var explanation: String {
        switch self {
        case .missing(let name): "The parameter \(name) is missing."
        case .mismatch(let name): "The parameter \(name) does not belong to this token."
        case .notFound: "There is no such thing here."
        case .userAgentMissing: "A User-Agent header is required."
        case .clientUnknown: "The client is not known."
        case .clientSecretWrong: "The client could not be authenticated."
        case .codeUnknown: "The authorization code is not valid."
        case .codeUsed: "The authorization code was used before."
        case .codeExpired: "The authorization code has expired."
        case .redirectMismatch: "The redirect_uri differs from the one in the authorization request."
        case .verifierWrong: "The code_verifier does not fit the code_challenge."
        case .refreshTokenUnknown: "The refresh token is not valid."
        case .grantTypeUnsupported: "This grant_type is not supported."
        case .tokenMissing: "An access token is required."
        case .tokenUnknown: "The access token is not valid."
        case .scopeInsufficient: "The access token does not allow this."
        case .authorizationPending: "The person has not decided yet."
        case .slowDown: "Ask less often."
        case .deviceCodeUnknown: "The device code is not valid."
        case .deviceCodeExpired: "The device code has expired."
        case .accessDenied: "The person refused."
        case .assertionInvalid(let text), .proofInvalid(let text), .invalid(let text), .requestInvalid(_, let text):
            text
        case .nonceNeeded: "The proof needs the nonce of this answer."
        case .failure: "The simulator failed."
        }
    }
}
