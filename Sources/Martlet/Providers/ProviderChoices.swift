/// How the callback brings its parameters (OAuth 2.0 Multiple Response Type Encoding Practices, Form Post Response Mode).
public enum ResponseMode: String, Hashable, Sendable, Codable, CaseIterable {
    /// In the query of a redirect.
    case query
    /// In the body of a form POST.
    case formPost = "form_post"
}

/// Proof Key for Code Exchange (RFC 7636).
public enum PKCE: String, Hashable, Sendable, Codable, CaseIterable {
    /// A SHA-256 challenge; the only method ever sent.
    case s256 = "S256"
    /// None: for vendors that document a closed list of parameters.
    case none
}

/// How a client proves who it is (RFC 6749 §2.3, OpenID Connect Core §9, RFC 8705 §2).
public enum ClientAuthentication: String, Hashable, Sendable, Codable, CaseIterable {
    /// Id and secret in the request's parameters.
    case post = "client_secret_post"
    /// Id and secret, form-encoded, in the `Authorization` header (RFC 6749 §2.3.1).
    case basic = "client_secret_basic"
    /// An assertion signed with the secret (HS256); the secret must have 32 bytes or more.
    case secretJWT = "client_secret_jwt"
    /// An assertion signed by the client's private key (RFC 7523).
    case privateKeyJWT = "private_key_jwt"
    /// The client's TLS certificate, by its name (RFC 8705 §2.1).
    case mutualTLS = "tls_client_auth"
    /// The client's TLS certificate, by its key (RFC 8705 §2.2).
    case selfSignedMutualTLS = "self_signed_tls_client_auth"
    /// The id alone: a public client.
    case none

    /// Whether the client's TLS certificate is the proof.
    package var usesCertificate: Bool { self == .mutualTLS || self == .selfSignedMutualTLS }
}

/// Whom a client assertion is for (RFC 7523 §3): providers differ in what they accept.
public enum ClientAssertionAudience: String, Hashable, Sendable, Codable, CaseIterable {
    /// The provider's issuer, as FAPI 2.0 wants it.
    case issuer
    /// The token endpoint, whichever endpoint is called (OpenID Connect Core §9).
    case tokenEndpoint
    /// The endpoint that is called.
    case calledEndpoint
}

/// Whether the userinfo endpoint is called when there is an ID token.
public enum UserInfoPolicy: String, Hashable, Sendable, Codable, CaseIterable {
    /// At every login.
    case always
    /// Only when no ID token came: for providers whose ID token holds the whole profile.
    case withoutIDToken
}

/// How a provider tells of changes to a person's account.
public enum NotificationFormat: String, Hashable, Sendable, Codable, CaseIterable {
    /// A JWT whose claim `events` is a JSON text with `type`, `sub` and `event_time`
    /// (https://developer.apple.com/documentation/signinwithapple/processing-changes-for-sign-in-with-apple-accounts).
    case appleAccountEvents
}

/// The issuers of a provider with many tenants.
public struct Tenancy: Hashable, Sendable {
    /// The template of issuers: a URL with `{tenantid}` in it.
    public var issuer: String
    /// The claim of an ID token that names the tenant.
    public var claim: String = "tid"
    /// The tenants whose people may sign in; with none, all.
    public var allowed: [String] = []

    /// Makes a tenancy that allows all tenants.
    public init(issuer: String) {
        self.issuer = issuer
    }
}

/// A client secret that is a JWT signed by the client's key (Apple:
/// https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret).
public struct SignedClientSecret: Hashable, Sendable {
    /// Who signs: `iss`. `{teamID}` is filled with ``Provider/teamID``.
    public var issuer: String = "{teamID}"
    /// Whom it is for: `aud`.
    public var audience: String
    /// How long one is valid, in seconds; a new one is made for each request.
    public var lifetime: Int = 300

    /// Makes the description of such a secret.
    public init(audience: String) {
        self.audience = audience
    }
}
