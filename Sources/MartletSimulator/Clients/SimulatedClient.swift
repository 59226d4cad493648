/// A client of plain OpenID Connect that the simulator knows. What it states is enforced; what it leaves out is not.
public struct SimulatedClient: Sendable, Hashable {
    /// How a client proves who it is (OpenID Connect Core section 9).
    public enum AuthMethod: String, Codable, Sendable {
        /// The secret, by HTTP Basic authentication.
        case clientSecretBasic = "client_secret_basic"
        /// The secret, in the form.
        case clientSecretPost = "client_secret_post"
        /// An assertion that is signed with the secret (HS256, RFC 7523).
        case clientSecretJWT = "client_secret_jwt"
        /// An assertion that is signed with a key of the client (RFC 7523).
        case privateKeyJWT = "private_key_jwt"
        /// Nothing: the client is public and needs PKCE.
        case none
    }

    /// What a client assertion may name as its audience.
    public enum AssertionAudience: String, Codable, CaseIterable, Sendable {
        /// The issuer.
        case issuer
        /// The token endpoint, whichever endpoint is called.
        case tokenEndpoint
        /// The endpoint that is called.
        case calledEndpoint
    }

    /// The client identifier.
    public var id: String
    /// The secret; `nil` where the client has none.
    public var secret: String?
    /// How the client must prove who it is; `nil` accepts every method that its secret or its keys allow.
    public var authMethod: AuthMethod?
    /// The client's public keys as the JSON text of a JSON Web Key Set (RFC 7517 section 5).
    public var jwks: String?
    /// Which audiences are accepted in its assertions.
    public var assertionAudience: Set<AssertionAudience>
    /// Whether it must push its authorization requests (RFC 9126).
    public var requirePushedAuthorizationRequests: Bool
    /// Whether it must sign its authorization requests (RFC 9101).
    public var requireSignedRequestObject: Bool
    /// Whether its tokens must be bound to a key (RFC 9449).
    public var dpop: Bool
    /// Whether its proofs must carry a nonce of the server (RFC 9449 sections 8 and 9).
    public var dpopNonce: Bool
    /// What its ID tokens and logout tokens are signed by; `nil` is RS256, or ES256 where the id ends in `-es256`.
    public var idTokenSignedResponseAlg: SignatureAlgorithm?
    /// What its profiles are signed by; `nil` leaves them unsigned.
    public var userinfoSignedResponseAlg: SignatureAlgorithm?
    /// Redirection URIs, compared exactly; `nil` accepts any.
    public var redirectURIs: [String]?
    /// Where it may send people after they signed out, compared exactly; `nil` accepts any.
    public var postLogoutRedirectURIs: [String]?
    /// Where it takes logout tokens (OpenID Connect Back-Channel Logout section 2.2).
    public var backchannelLogoutURI: String?
    /// What is loaded in a frame when a person signs out (OpenID Connect Front-Channel Logout section 2).
    public var frontchannelLogoutURI: String?

    /// A client; arguments left out take their defaults.
    public init(
        id: String, secret: String? = nil, authMethod: AuthMethod? = nil, jwks: String? = nil,
        assertionAudience: Set<AssertionAudience> = Set(AssertionAudience.allCases),
        requirePushedAuthorizationRequests: Bool = false, requireSignedRequestObject: Bool = false,
        dpop: Bool = false, dpopNonce: Bool = false, idTokenSignedResponseAlg: SignatureAlgorithm? = nil,
        userinfoSignedResponseAlg: SignatureAlgorithm? = nil, redirectURIs: [String]? = nil,
        postLogoutRedirectURIs: [String]? = nil, backchannelLogoutURI: String? = nil,
        frontchannelLogoutURI: String? = nil
    ) {
        self.id = id
        self.secret = secret
        self.authMethod = authMethod
        self.jwks = jwks
        self.assertionAudience = assertionAudience
        self.requirePushedAuthorizationRequests = requirePushedAuthorizationRequests
        self.requireSignedRequestObject = requireSignedRequestObject
        self.dpop = dpop
        self.dpopNonce = dpopNonce
        self.idTokenSignedResponseAlg = idTokenSignedResponseAlg
        self.userinfoSignedResponseAlg = userinfoSignedResponseAlg
        self.redirectURIs = redirectURIs
        self.postLogoutRedirectURIs = postLogoutRedirectURIs
        self.backchannelLogoutURI = backchannelLogoutURI
        self.frontchannelLogoutURI = frontchannelLogoutURI
    }

    /// Why a client cannot be registered.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// A sentence for a developer.
        public let description: String
    }
}
