/// Why an operation with a provider failed.
///
/// The cases ask for different actions: try again later (``unreachable(_:reason:)``, ``timedOut(_:)``), begin again or
/// mend the set-up (``rejected(_:)``), suspect the provider's entry (``malformed(_:reason:)``), or refuse the person
/// (``untrustedIDToken(_:)``, ``untrustedMessage(_:_:)``). No text of this error holds a secret, a token or a code.
public enum OAuthError: Error, Hashable, Sendable {
    /// No connection, or a certificate that does not verify.
    case unreachable(OutboundRequest.Role, reason: String)
    /// No complete answer within the deadline.
    case timedOut(OutboundRequest.Role)
    /// The provider answered with an error, in whatever dialect (RFC 6749 §5.2).
    case rejected(Rejection)
    /// The answer is not what the provider's entry says, or a redirect, or too large.
    case malformed(OutboundRequest.Role, reason: String)
    /// The ID token does not prove who the person is (OpenID Connect Core §3.1.3.7).
    case untrustedIDToken(IDTokenError)
    /// Another signed message of the provider is not to be trusted.
    case untrustedMessage(SignedMessage, IDTokenError)
    /// The provider has no endpoint for this.
    case unsupported(OutboundRequest.Role)
    /// The client is set up in a way that cannot work; the text says what to change.
    case misconfigured(String)

    init(_ error: TransportError, role: OutboundRequest.Role) {
        self =
            switch error {
            case .unreachable(let reason): .unreachable(role, reason: reason)
            case .timedOut: .timedOut(role)
            case .tooLarge: .malformed(role, reason: error.description)
            case .refused(let reason): .misconfigured("the \(role.rawValue) endpoint: \(reason)")
            }
    }
}

/// An error that a provider answered.
public struct Rejection: Hashable, Sendable {
    /// What was asked.
    public var role: OutboundRequest.Role
    /// The HTTP status, which for some providers is 200.
    public var status: Int
    /// The provider's error code: `error` of RFC 6749 §5.2, or the vendor's own (`errcode`, `code`, `ret`), as text.
    public var error: String?
    /// The provider's description, without the secrets that were sent, at most 300 characters on one line.
    ///
    /// It is the provider's text: escape it before showing it.
    public var description: String?

    /// Makes a rejection, removing from the description what must not be repeated.
    init(role: OutboundRequest.Role, status: Int, error: String?, description: String?, secrets: [String] = []) {
        self.role = role
        self.status = status
        self.error = error.map { Self.clean($0, secrets) }
        self.description = description.map { Self.clean($0, secrets) }
    }

    private static func clean(_ text: String, _ secrets: [String]) -> String {
        var cleaned = text
        for secret in secrets where secret.count >= 4 {
            cleaned = cleaned.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "[redacted]")
        }
        return cleaned.oneShortLine
    }
}

extension String {
    /// At most 300 characters on one line: for a text of somebody else's inside an error.
    var oneShortLine: String {
        let breaking: Set<Unicode.GeneralCategory> = [.control, .lineSeparator, .paragraphSeparator]
        let scalars = unicodeScalars.prefix(300)
            .map { breaking.contains($0.properties.generalCategory) ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension OAuthError: CustomStringConvertible {
    /// What happened, in one sentence.
    ///
    /// The provider's own words are left to ``Rejection/description``: they may hold anything.
    public var description: String {
        switch self {
        case .unreachable(let role, let reason):
            "The provider's \(role.rawValue) endpoint cannot be reached: \(reason)."
        case .timedOut(let role): "The provider's \(role.rawValue) endpoint did not answer in time."
        case .rejected(let rejection):
            "The provider rejected the \(rejection.role.rawValue) request with status \(rejection.status)"
                + (rejection.error.map { " and the error \($0)." } ?? ".")
        case .malformed(let role, let reason): "The provider's \(role.rawValue) answer cannot be used: \(reason)."
        case .untrustedIDToken(let error): "The ID token is not to be trusted: \(error)."
        case .untrustedMessage(let message, let error): "The \(message.rawValue) is not to be trusted: \(error)."
        case .unsupported(let role): "The provider has no \(role.rawValue) endpoint."
        case .misconfigured(let reason): "The client is not set up correctly: \(reason)."
        }
    }

    /// Whether the same call may succeed later without anything being changed.
    public var isTemporary: Bool {
        switch self {
        case .unreachable, .timedOut: true
        case .rejected(let rejection): rejection.status >= 500 || rejection.status == 429
        default: false
        }
    }
}
