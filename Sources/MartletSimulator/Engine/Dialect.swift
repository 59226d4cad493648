import HTTPTypes

/// One vendor's way to speak OAuth 2.0, as a value.
struct Dialect: Sendable {
    /// The provider id, for example `github`.
    let id: String
    /// What a person calls it.
    let title: String
    /// The vendor's page that this dialect follows.
    let reference: String
    /// Authorization endpoints; none where a phone replaces the browser.
    let authorizations: [AuthorizationEndpoint]
    /// Everything that a client calls.
    let endpoints: [Endpoint]
    /// Names under which an answer carries the person's subject.
    let subjectFields: Set<String>
    /// Whether ID tokens are issued.
    var signsIDTokens = false
    /// Who can sign in; `nil` for everybody whom the simulator knows.
    var people: [Person]?
    /// Whether the answers are recorded ones, in which faults change nothing but an ID token.
    var isRecorded = false
    /// Path of the page where a person enters a user code (RFC 8628 section 3.3).
    var verificationPath: String?
    /// The vendor's error answer.
    let refuse: @Sendable (Refusal, Call) -> Reply

    /// Whether a person can sign out here.
    var hasSessions: Bool { endpoints.contains { $0.steps.contains(.logout) } }

    /// The OpenID Connect issuer, from the base URL.
    var issuer: (@Sendable (_ base: String) -> String)?
}

/// One address that a client calls.
struct Endpoint: Sendable {
    /// Answers the call, or refuses it.
    typealias Answer = @Sendable (Call, Engine) throws(Refusal) -> Reply

    let method: HTTPRequest.Method
    /// The vendor's host and path; a segment that begins with a colon is a parameter.
    let path: String
    /// The steps of a login that are taken here, for faults.
    let steps: [Fault.Step]
    let answer: Answer

    init(_ method: HTTPRequest.Method, _ path: String, _ steps: Fault.Step..., answer: @escaping Answer) {
        self.method = method
        self.path = path
        self.steps = steps
        self.answer = answer
    }
}

/// Where the browser is sent, and what the dialect calls things there.
struct AuthorizationEndpoint: Sendable {
    /// The vendor's host and path.
    let path: String
    var clientParameter = "client_id"
    var redirectParameter = "redirect_uri"
    var scopeParameter = "scope"
    /// Whether `response_type` must be there.
    var needsResponseType = true
    var responseType = "code"
    /// Parameters that must be there besides the client identifier and the redirection URI.
    var needs: [String] = []
    /// Scopes that the vendor knows; `nil` accepts anything.
    var knownScopes: Set<String>?
    /// Scopes that are granted where none is asked for.
    var defaultScopes: [String] = []
    /// Whether a code challenge is honoured; other vendors ignore it.
    var usesPKCE = false
    /// Names under which the callback carries the code.
    var codeParameters = ["code"]
    /// The request out of what the browser brought, where that only points to it.
    var resolve: (@Sendable (Parameters, Engine) throws(AuthorizationRequest.Problem) -> Parameters)?
    /// What a client, not a browser, calls at this address, and how such a call is told apart.
    var direct: (isMeant: @Sendable (Call) -> Bool, endpoint: Endpoint)?
    /// What the callback carries when the person cancels.
    var denial: [(String, String)] = [
        ("error", "access_denied"), ("error_description", "The person cancelled the request."),
    ]
    /// Whether `iss` is in the callback (RFC 9207).
    var isOpenIDProvider = false
    /// Whether `response_mode=form_post` works (OAuth 2.0 Form Post Response Mode).
    var answersByFormPost = false
    /// Whether clients can be registered and requests can be pushed or signed, and whether logins have a session.
    var hasRegisteredClients = false
    /// What else the vendor finds wrong with a request, in words for the error page.
    var objection: (@Sendable (AuthorizationRequest, Call) -> String?)?
    /// What the callback carries instead of a code where the vendor does not let this person in.
    var exclusion: (@Sendable (Person, Call) -> [(String, String)]?)?
    /// What else the callback carries, made from all the rest: a signature.
    var signature: (@Sendable ([(String, String)]) -> (String, String)?)?
    /// What the callback carries besides the code.
    var additions: (@Sendable (Person, AuthorizationRequest, Call, Engine) -> [(String, String)])?
}
