public import HTTPTypes

/// Sends one HTTP request to a provider and returns its answer.
///
/// The client builds every request and judges every answer; a transport only carries. Implement it to record,
/// to script a test, or to use another HTTP client. An implementation must not follow redirects (credentials must
/// not follow them), must verify certificates, must bound time and size, and must not block its thread: the service calls
/// it on an event loop.
public protocol Transport: Sendable {
    /// Sends a request.
    ///
    /// - Throws: ``TransportError`` when no complete answer came.
    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse
}

/// A request to a provider, ready to be sent.
public struct OutboundRequest: Hashable, Sendable {
    /// What the request is for; see ``Role``.
    public var role: Role
    /// The HTTP method.
    public var method: HTTPRequest.Method
    /// The absolute URL, query included.
    public var url: String
    /// The header fields; secrets may be among them.
    public var headers: HTTPFields
    /// The body as UTF-8 text, or nil for none; secrets may be in it.
    public var body: String?

    /// What a request to a provider is for.
    public enum Role: String, Hashable, Sendable, Codable {
        /// The token endpoint: exchange, refresh, client credentials, device.
        case token
        /// The temporary credentials of a login by OAuth 1.0a (RFC 5849 §2.1).
        case temporaryCredentials
        /// The token of the application itself, where a provider wants one before a person's.
        case appToken
        /// A step that only finds the person's id.
        case subject
        /// The profile.
        case userInfo
        /// A further profile call that only adds to the first.
        case userInfoDetail
        /// The list of the person's email addresses.
        case emails
        /// OpenID Connect discovery.
        case discovery
        /// The provider's signing keys.
        case keys
        /// Token revocation (RFC 7009).
        case revocation
        /// Token introspection (RFC 7662).
        case introspection
        /// Device authorization (RFC 8628).
        case deviceAuthorization
        /// Pushed authorization request (RFC 9126).
        case pushedAuthorization
        /// The end of a session at the provider; nothing is sent there but the person's browser.
        case endSession
    }

    /// Makes a request; without a method, a GET.
    public init(
        role: Role, method: HTTPRequest.Method = .get, url: String, headers: HTTPFields = [:], body: String? = nil
    ) {
        self.role = role
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// A provider's answer.
public struct OutboundResponse: Hashable, Sendable {
    /// The status code.
    public var status: Int
    /// The header fields.
    public var headers: HTTPFields
    /// The body.
    public var body: [UInt8]

    /// Makes an answer: for transports and tests.
    public init(status: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why no complete answer came from a provider.
public enum TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No connection: name resolution, refused, reset, or a certificate that does not verify. The text says which.
    case unreachable(String)
    /// No complete answer within the deadline.
    case timedOut
    /// The answer is larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// The URL is not one that this transport sends to; the text says why.
    case refused(String)

    /// What happened, in a sentence part.
    public var description: String {
        switch self {
        case .unreachable(let reason): "the provider cannot be reached: \(reason)"
        case .timedOut: "the provider did not answer in time"
        case .tooLarge(let limit): "the provider's answer is larger than \(limit) bytes"
        case .refused(let reason): reason
        }
    }
}
