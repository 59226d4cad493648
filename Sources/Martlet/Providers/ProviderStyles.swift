/// What a vendor calls the parameters of RFC 6749.
public struct ParameterNames: Hashable, Sendable {
    /// `client_id` of the token request.
    public var clientID: String = "client_id"
    /// `client_id` of the authorization request, if it is called otherwise there.
    public var authorizeClientID: String?
    /// `client_secret`
    public var clientSecret: String = "client_secret"
    /// `redirect_uri`
    public var redirectURI: String = "redirect_uri"
    /// `scope`
    public var scope: String = "scope"
    /// `code` of the token request.
    public var code: String = "code"
    /// `code` of the callback; the first present of several names (`authCode | code`).
    public var callbackCode: String = "code"
    /// `grant_type`
    public var grantType: String = "grant_type"
    /// `refresh_token` of the refresh request.
    public var refreshToken: String = "refresh_token"

    /// The names of RFC 6749.
    public init() {}
}

/// How a code is exchanged: where it differs from a form POST (RFC 6749 §4.1.3).
public struct TokenRequestStyle: Hashable, Sendable {
    /// The HTTP method.
    public var method: ProviderCall.Method = .post
    /// Where the parameters go.
    public var encoding: ParameterEncoding = .form
    /// `grant_type` of the exchange.
    public var grantType: String = "authorization_code"
    /// Further parameters of exchange and refresh; `{…}` in a value is filled as in a ``FieldExpression`` template from the
    /// callback (`{$callback.device_id}`) and the client (`{$client.secret}`), and one that cannot be filled is left out.
    public var parameters: [String: String] = [:]
    /// Further header fields of exchange and refresh, filled likewise.
    public var headers: [String: String] = [:]
    /// Whether the redirect URI is repeated, as RFC 6749 asks.
    public var sendsRedirectURI: Bool = true
    /// Whether a refresh proves who the client is by its secret.
    public var refreshSendsClientSecret: Bool = true

    /// A form POST.
    public init() {}
}

/// Where the token answer keeps its values (RFC 6749 §5.1).
public struct TokenResponseStyle: Hashable, Sendable {
    /// The member of the answer that holds the values, where there is one; an answer without it is taken whole.
    public var envelope: String?
    /// `access_token`; nil for a provider that issues none to a person (mini programs).
    public var accessToken: FieldExpression? = "access_token"
    /// `refresh_token`
    public var refreshToken: FieldExpression = "refresh_token"
    /// `expires_in`, in seconds.
    public var expiresIn: FieldExpression = "expires_in"
    /// `scope`, as a text or an array.
    public var scope: FieldExpression = "scope"
    /// `id_token`; `access_token` where that is a signed JWT which says who the person is (EVE Online).
    public var idToken: FieldExpression = "id_token"

    /// The names of RFC 6749.
    public init() {}
}

/// How a token is revoked: where it differs from RFC 7009.
public struct RevocationStyle: Hashable, Sendable {
    /// The HTTP method.
    public var method: ProviderCall.Method = .post
    /// Where the parameters go.
    public var encoding: ParameterEncoding = .form
    /// Further parameters.
    public var parameters: [String: String] = [:]
    /// Where the token goes, if not into a parameter: ``AccessTokenPlacement/init()`` for a Bearer header.
    public var accessToken: AccessTokenPlacement?
    /// What `token` is called.
    public var tokenParameter: String = "token"
    /// Whether `token_type_hint` is sent.
    public var sendsTokenTypeHint: Bool = true
    /// How the client proves who it is; nil for the provider's usual way.
    public var clientAuthentication: ClientAuthentication?

    /// RFC 7009.
    public init() {}
}

/// How an error is told inside a successful status.
///
/// A code that means success settles it, even beside a member `error` (TikTok).
public struct FailureRule: Hashable, Sendable {
    /// Where the error code is.
    public var code: FieldExpression
    /// Where the description is.
    public var description: FieldExpression?
    /// The values of the code that mean success; with none, the code's presence alone is an error.
    public var success: [String]

    /// Makes a rule.
    public init(code: FieldExpression, description: FieldExpression? = nil, success: [String] = []) {
        self.code = code
        self.description = description
        self.success = success
    }
}

/// How the address that the provider vouches for is found in a list: the primary *verified* one, never simply the first.
///
/// A condition is a path that must be true, or `path=value` that must equal the value or be an array holding it.
public struct EmailSelection: Hashable, Sendable {
    /// The path of the list in the answer; nil when the answer is the list.
    public var list: String?
    /// The path of the address in an element.
    public var address: String = "email"
    /// The condition of the primary address.
    public var primary: String = "primary"
    /// The condition of a verified address.
    public var verified: String = "verified"

    /// The shape of GitHub's list.
    public init() {}
}

/// Where the profile's fields are.
public struct ProfileMapping: Hashable, Sendable {
    /// The immutable id: required.
    public var id: FieldExpression = "sub"
    /// Whether the provider has no immutable id and ``id`` is, or is made of, a handle. Someone who is renamed is then a
    /// stranger, and whoever gets a handle that was freed may get its account: a client of such a provider is made only
    /// with ``Provider/insecureAllowHandleAsSubject``.
    public var idIsHandle: Bool = false
    /// An older id of the same person at this provider.
    public var formerID: FieldExpression?
    /// The handle.
    public var username: FieldExpression? = "preferred_username"
    /// The display name.
    public var name: FieldExpression? = "name"
    /// The email address.
    public var email: FieldExpression? = "email"
    /// What proves the address; without it an address is unverified.
    public var emailVerified: FieldExpression? = "email_verified"
    /// The picture's URL.
    public var avatar: FieldExpression? = "picture"
    /// Further ids to keep, by the name to keep them under.
    public var identifiers: [String: FieldExpression] = [:]
    /// Whether the names come percent-encoded (Taobao).
    public var percentEncoded: Bool = false

    /// The standard claims of OpenID Connect Core §5.1.
    public init() {}

    /// Only the fields named; the rest have no source.
    init(
        id: FieldExpression, idIsHandle: Bool = false, formerID: FieldExpression? = nil,
        username: FieldExpression? = nil, name: FieldExpression? = nil, email: FieldExpression? = nil,
        emailVerified: FieldExpression? = nil, avatar: FieldExpression? = nil,
        identifiers: [String: FieldExpression] = [:]
    ) {
        self.id = id
        self.idIsHandle = idIsHandle
        self.formerID = formerID
        self.username = username
        self.name = name
        self.email = email
        self.emailVerified = emailVerified
        self.avatar = avatar
        self.identifiers = identifiers
    }
}
