extension SimulatedClient {
    private static let members: Set<String> = [
        "secret", "authMethod", "jwks", "assertionAudience", "requirePushedAuthorizationRequests",
        "requireSignedRequestObject", "dpop", "dpopNonce", "idTokenSignedResponseAlg", "userinfoSignedResponseAlg",
        "redirectURIs", "postLogoutRedirectURIs", "backchannelLogoutURI", "frontchannelLogoutURI",
    ]

    /// Reads the body of the control endpoint. Every member may be left out; an unknown one is a mistake.
    init(id: String, json: JSON) throws(Problem) {
        guard let members = json.members else { throw Problem(description: "The client must be a JSON object.") }
        if let unknown = members.first(where: { !Self.members.contains($0.name) }) {
            throw Problem(description: "Unknown member \(unknown.name).")
        }
        self.init(id: id)
        secret = try Self.text(json, "secret")
        authMethod = try Self.choice(json, "authMethod")
        jwks = json["jwks"]?.text
        if let audience = json["assertionAudience"] {
            let named = audience.texts.compactMap(AssertionAudience.init(rawValue:))
            guard !named.isEmpty, named.count == audience.values?.count ?? 1 else {
                throw Self.wrong("assertionAudience")
            }
            assertionAudience = Set(named)
        }
        requirePushedAuthorizationRequests = try Self.flag(json, "requirePushedAuthorizationRequests")
        requireSignedRequestObject = try Self.flag(json, "requireSignedRequestObject")
        dpop = try Self.flag(json, "dpop")
        dpopNonce = try Self.flag(json, "dpopNonce")
        idTokenSignedResponseAlg = try Self.choice(json, "idTokenSignedResponseAlg")
        userinfoSignedResponseAlg = try Self.choice(json, "userinfoSignedResponseAlg")
        redirectURIs = try Self.list(json, "redirectURIs")
        postLogoutRedirectURIs = try Self.list(json, "postLogoutRedirectURIs")
        backchannelLogoutURI = try Self.text(json, "backchannelLogoutURI")
        frontchannelLogoutURI = try Self.text(json, "frontchannelLogoutURI")
    }

    private static func text(_ json: JSON, _ name: String) throws(Problem) -> String? {
        guard let value = json[name], value != .null else { return nil }
        guard let text = value.string else { throw wrong(name) }
        return text
    }

    private static func flag(_ json: JSON, _ name: String) throws(Problem) -> Bool {
        guard let value = json[name] else { return false }
        guard case .bool(let flag) = value else { throw wrong(name) }
        return flag
    }

    private static func list(_ json: JSON, _ name: String) throws(Problem) -> [String]? {
        guard let value = json[name], value != .null else { return nil }
        guard let values = value.values, values.count == value.texts.count else { throw wrong(name) }
        return value.texts
    }

    private static func choice<Choice: RawRepresentable<String>>(
        _ json: JSON, _ name: String
    ) throws(Problem) -> Choice? {
        guard let text = try text(json, name) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw wrong(name) }
        return choice
    }

    private static func wrong(_ name: String) -> Problem {
        Problem(description: "The value of \(name) is not valid.")
    }
}
