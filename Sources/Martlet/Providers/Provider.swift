/// A provider of sign-in, described entirely by values.
///
/// The catalogue's entries are of this type, and a configuration file declares one with the same fields. What makes a
/// provider differ from RFC 6749 is a typed field that the flow reads, never a name it asks for.
///
/// Endpoints are absolute URLs and may hold `{domain}`, `{tenant}` and `{clientID}`; those of profile calls also
/// placeholders of a ``FieldExpression`` in their path or query (`{$token.uid}`), filled percent-encoded.
public struct Provider: Hashable, Sendable, Identifiable {
    /// The id in paths and configuration keys: lower-case letters, digits, `_` and `-`.
    public var id: String
    /// The name a person knows it by.
    public var name: String
    /// The name in other languages, by language tag (`zh-Hans`).
    public var localizedNames: [String: String] = [:]
    /// The brand's colour as `#rrggbb`, for buttons and icons.
    public var color: String?
    /// The vendor's documentation page that this entry follows.
    public var documentation: String?
    /// Where an application is registered, and what the vendor calls its id and secret.
    public var registration: Registration?
    /// The scope that a profile field (`username`, `name`, `email`, `avatar`) needs, where it needs one of its own.
    public var fieldScopes: [String: String] = [:]

    /// The OpenID Connect issuer; with it, endpoints left out are found by discovery.
    public var issuer: String?
    /// Where the person is sent (RFC 6749 §3.1); nil for providers without a browser step (mini programs).
    public var authorizationEndpoint: String?
    /// Where codes are exchanged for tokens (RFC 6749 §3.2).
    public var tokenEndpoint: String?
    /// Where the profile is read; nil where the token answer or the ID token says it all.
    public var userInfoEndpoint: String?
    /// The provider's signing keys (RFC 7517).
    public var jwksURI: String?
    /// Where tokens are refreshed, if not at the token endpoint.
    public var refreshEndpoint: String?
    /// Where tokens are revoked (RFC 7009).
    public var revocationEndpoint: String?
    /// Where tokens are looked up (RFC 7662).
    public var introspectionEndpoint: String?
    /// Where a device flow begins (RFC 8628).
    public var deviceAuthorizationEndpoint: String?
    /// Where authorization requests are pushed (RFC 9126).
    public var pushedAuthorizationRequestEndpoint: String?
    /// Where a person is sent to sign out at the provider too (OpenID Connect RP-Initiated Logout 1.0).
    public var endSessionEndpoint: String?
    /// Fills `{domain}` in endpoints: a host name, with a port if needed.
    public var domain: String?
    /// Fills `{tenant}` in endpoints.
    public var tenant: String?
    /// Fills `{teamID}` in ``signedClientSecret``: the team that owns the application (Apple).
    public var teamID: String?
    /// The application's public key to the vendor's API, where it has one beside its client id (Bungie, Stack Exchange):
    /// `{$client.apiKey}` in a call.
    public var apiKey: String?
    /// How the issuers of a provider with many tenants are told apart.
    public var tenancy: Tenancy?

    /// The scopes asked for unless the caller names others.
    public var scopes: [String] = []
    /// What stands between scopes in the request: a space unless the vendor wants another.
    public var scopeSeparator: String = " "
    /// `response_type` of the authorization request.
    public var responseType: String = "code"
    /// Further parameters of the authorization request.
    public var authorizeParameters: [String: String] = [:]
    /// Authorization parameters that only the application's owner knows, and without which the provider refuses; one of
    /// several is written `connection | organization`.
    public var requiredAuthorizeParameters: [String] = []
    /// A fragment the authorization URL must end in, without `#`.
    public var authorizeFragment: String?
    /// The protocol by which a person signs in.
    public var flow: LoginFlow = .authorizationCode
    /// How a login by OAuth 1.0a gets its temporary credentials (RFC 5849 §2.1).
    public var temporaryCredentialRequest: ProviderCall?
    /// What the identifiers of a provider of OpenID 2.0 begin with; the rest is the person's id.
    public var claimedIDPrefix: String?
    /// How requests to the provider's API are signed, where it has a way of its own.
    public var signing: RequestSigning?
    /// The provider's RSA public key, in PEM or base64, where it signs its answers (Alipay): a setting of the owner.
    public var answerKey: String?
    /// How the provider signs its callbacks, where it does.
    public var callbackSignature: CallbackSignature?
    /// How the callback brings its parameters; nil leaves it to the provider (`query`).
    public var responseMode: ResponseMode?
    /// Whether a callback with the right state and no code means that the person declined (WeChat).
    public var callbackWithoutCodeIsDenial: Bool = false
    /// Whether the state travels in the redirect URI's query, for a vendor that brings back no parameter of its own
    /// (Infoflow).
    public var stateInRedirectURI: Bool = false
    /// Whether codes are bound to the flow by PKCE (RFC 7636).
    public var pkce: PKCE = .s256
    /// How the client proves who it is at the token endpoint; nil chooses by the provider's metadata, else `post`.
    public var clientAuthentication: ClientAuthentication?
    /// Whom a client assertion is for (`private_key_jwt`, `client_secret_jwt`).
    public var clientAssertionAudience: ClientAssertionAudience = .tokenEndpoint
    /// How the client secret is made, where it is not given but signed by the client's key (Apple).
    public var signedClientSecret: SignedClientSecret?
    /// Whether authorization requests are pushed (RFC 9126); nil where the provider's metadata requires it.
    public var pushesAuthorizationRequests: Bool?
    /// Whether authorization requests are signed by the client's key (RFC 9101); nil where the provider's metadata
    /// requires it.
    public var signsAuthorizationRequests: Bool?
    /// Whether tokens are bound to a key of the client (DPoP, RFC 9449).
    public var usesDPoP: Bool = false
    /// The algorithms that ID tokens and other messages of the provider may be signed with; with none, all asymmetric
    /// ones that the provider's metadata lists. An HMAC only if it is the only one here.
    public var signingAlgorithms: [SignatureAlgorithm] = []
    /// How far the provider's clock and this one may differ, in seconds.
    public var clockSkew: Int = 60
    /// The longest time since the person proved themselves at the provider, in seconds; longer ago, they must again
    /// (`max_age`, OpenID Connect Core §3.1.2.1).
    public var maxAge: Int?
    /// The algorithm with which the profile is signed, where the provider signs it (OpenID Connect Core §5.3.2).
    public var userInfoSignedResponseAlg: SignatureAlgorithm?
    /// How the provider tells later of changes to a person's account.
    public var notifications: NotificationFormat?
    /// Whether a person's tokens are revoked when their account is unlinked or deleted, as the vendor demands; the
    /// service keeps a token for it.
    public var revokesOnUnlink: Bool = false
    /// Whether the application's owner accepts a handle for the subject, where ``ProfileMapping/idIsHandle`` says that
    /// the provider gives nothing better.
    public var insecureAllowHandleAsSubject: Bool = false
    /// What the vendor calls the parameters of RFC 6749.
    public var parameterNames: ParameterNames = ParameterNames()

    /// How a code is exchanged.
    public var tokenRequest: TokenRequestStyle = TokenRequestStyle()
    /// Where the token answer keeps its values.
    public var tokenResponse: TokenResponseStyle = TokenResponseStyle()
    /// How a token is revoked.
    public var revocationRequest: RevocationStyle = RevocationStyle()
    /// The application's own token, where a provider wants one in place of a person's (WeCom).
    public var appTokenRequest: ProviderCall?
    /// Where that call's answer has the token.
    public var appToken: FieldExpression = "access_token"
    /// Where that call's answer has the token's lifetime, in seconds.
    public var appTokenExpiresIn: FieldExpression = "expires_in"
    /// A call that only finds the person's id, made before the profile's.
    public var subjectRequest: ProviderCall?
    /// How the profile is read.
    public var userInfoRequest: ProviderCall = ProviderCall()
    /// Whether the profile is read when the ID token already says who the person is.
    public var userInfoPolicy: UserInfoPolicy = .always
    /// Scopes that do not allow the profile call: with only such scopes, the token answer says who the person is.
    public var scopesWithoutUserInfo: [String] = []
    /// A further profile call; left out when a parameter it needs was not given.
    public var detailRequest: ProviderCall?
    /// The call for the person's list of email addresses.
    public var emailsRequest: ProviderCall?
    /// How the verified primary address is found in that list.
    public var emails: EmailSelection = EmailSelection()
    /// What stands before the JSON of every answer (`&&&START&&&`).
    public var answerPrefix: String?
    /// How an error inside a successful status is told.
    public var failures: [FailureRule] = []
    /// Where the profile's fields are.
    public var profile: ProfileMapping = ProfileMapping()

    /// Makes a provider with the defaults of RFC 6749; set the fields that differ.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    /// Makes a provider by setting the fields that differ from the defaults.
    init(_ id: String, _ name: String, _ configure: (inout Provider) -> Void) {
        self.init(id: id, name: name)
        configure(&self)
    }

    /// An OpenID Connect provider found by discovery (OpenID Connect Discovery 1.0).
    ///
    /// - Parameters:
    ///   - id: the id in paths and configuration keys.
    ///   - name: the name a person knows it by.
    ///   - issuer: the issuer URL, exactly as the provider states it.
    public static func openID(id: String, name: String, issuer: String) -> Provider {
        Provider(id, name) {
            $0.issuer = issuer
            $0.scopes = ["openid", "profile", "email"]
        }
    }

    /// Whether logins with these scopes bring an ID token that must be verified.
    public func expectsIDToken(scopes: [String]) -> Bool {
        issuer != nil && scopes.contains("openid")
    }
}
