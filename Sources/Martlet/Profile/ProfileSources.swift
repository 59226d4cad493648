/// Everything a provider said during one login: where a ``FieldExpression`` looks.
struct ProfileSources: Sendable {
    /// The answer of the userinfo endpoint, out of its envelope.
    var userInfo: JSONValue? {
        didSet { document = Self.document(of: userInfo, over: idToken) }
    }
    /// The answer of the token endpoint, out of its envelope.
    let token: JSONValue?
    /// The claims of the ID token.
    let idToken: JSONValue?
    /// The profile, with the ID token's claims under it.
    private(set) var document: JSONValue
    /// The answer of the step that finds the person's id.
    var subject: JSONValue?
    /// The answer of the further profile call.
    var detail: JSONValue?
    /// The parameters that came with the callback.
    var callback: [String: String]
    /// The client id.
    let clientID: String
    /// The client secret: only while tokens are asked for.
    var clientSecret: Secret?
    /// The application's public key to the vendor's API.
    var apiKey: String?

    init(
        userInfo: JSONValue? = nil, token: JSONValue? = nil, idToken: JSONValue? = nil, subject: JSONValue? = nil,
        detail: JSONValue? = nil, callback: [String: String] = [:], clientID: String = ""
    ) {
        self.userInfo = userInfo
        self.token = token
        self.idToken = idToken
        self.document = Self.document(of: userInfo, over: idToken)
        self.subject = subject
        self.detail = detail
        self.callback = callback
        self.clientID = clientID
    }

    /// An `email_verified` claim vouches for the email beside it only, so the ID token's is dropped where the
    /// profile brings another email.
    private static func document(of userInfo: JSONValue?, over idToken: JSONValue?) -> JSONValue {
        guard var claims = idToken?.object else { return userInfo ?? .object([:]) }
        guard let profile = userInfo else { return .object(claims) }
        if let email = profile["email"], email != claims["email"] { claims["email_verified"] = nil }
        return JSONValue.object(claims).merging(profile)
    }

    func value(at path: String) -> JSONValue? {
        guard path.hasPrefix("$") else { return document.value(at: path) }
        let steps = path.dropFirst().split(separator: ".", maxSplits: 1)
        guard let place = steps.first else { return nil }
        let rest = steps.count > 1 ? String(steps[1]) : nil
        func find(in value: JSONValue?) -> JSONValue? {
            if let rest { value?.value(at: rest) } else { value }
        }
        switch place {
        case "token": return find(in: token)
        case "idToken": return find(in: idToken)
        case "subject": return find(in: subject)
        case "detail": return find(in: detail)
        case "callback": return rest.flatMap(callbackValue)
        case "client" where rest == "id": return .string(clientID)
        case "client" where rest == "secret": return clientSecret.map { .string($0.reveal()) }
        case "client" where rest == "apiKey": return apiKey.map { .string($0) }
        default: return nil
        }
    }

    /// A parameter of the callback, or a member of one that is a JSON text (Apple's `user`).
    private func callbackValue(at path: String) -> JSONValue? {
        if let whole = callback[path] { return .string(whole) }
        let steps = path.split(separator: ".", maxSplits: 1).map(String.init)
        guard steps.count == 2, let text = callback[steps[0]] else { return nil }
        return (try? JSONValue(parsing: text.utf8))?.value(at: steps[1])
    }
}
