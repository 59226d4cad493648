import FoundationEssentials

/// Finds out what is asked for where the parameters do not say it themselves: a pushed request (RFC 9126) or a signed
/// request object (RFC 9101).
struct RequestResolver: Sendable {
    typealias Problem = AuthorizationRequest.Problem

    /// Claims of a request object that are no parameters.
    private static let registeredClaims: Set<String> = ["iss", "aud", "exp", "iat", "nbf", "jti", "sub"]

    let engine: Engine
    /// Where the simulator is reached.
    let base: String

    /// The request that a browser brings to the authorization endpoint.
    func resolve(_ sent: Parameters) throws(Problem) -> Parameters {
        let client = engine.clients.find(sent["client_id"])
        guard let uri = sent["request_uri"] else {
            if client?.settings.requirePushedAuthorizationRequests == true {
                throw Problem(text: "This client must push its authorization requests.")
            }
            return try parameters(of: sent, client)
        }
        guard sent["request"] == nil else { throw Problem(text: "There must be one of request and request_uri.") }
        guard let pushed = engine.pushed.open(uri), pushed.clientID == sent["client_id"] else {
            throw Problem(code: "invalid_request_uri", text: "The request_uri is unknown, used or expired.")
        }
        return pushed.parameters
    }

    /// The request that a client pushes.
    func push(_ sent: Parameters, by client: Engine.Client) throws(Problem) -> PushedRequests.Pushed {
        guard sent["request_uri"] == nil else { throw Problem(text: "A request_uri cannot be pushed.") }
        var sent = sent
        sent.items.removeAll { ["client_secret", "client_assertion", "client_assertion_type"].contains($0.name) }
        if sent["client_id"] == nil { sent.items.append(.init(name: "client_id", value: client.id)) }
        guard sent["client_id"] == client.id else { throw Problem(text: "The client_id is another client's.") }
        return .init(clientID: client.id, parameters: try parameters(of: sent, client.registration))
    }

    private func parameters(of sent: Parameters, _ client: RegisteredClient?) throws(Problem) -> Parameters {
        if let object = sent["request"] { return try parameters(in: object, client) }
        if client?.settings.requireSignedRequestObject == true {
            throw Problem(text: "This client must sign its authorization requests.")
        }
        return sent
    }

    /// The parameters in a request object, and no others (RFC 9101 section 6.3).
    private func parameters(in object: String, _ client: RegisteredClient?) throws(Problem) -> Parameters {
        guard let client else { throw Self.invalid("only a registered client can sign a request") }
        guard let token = CompactJWT(object), token.isSigned(by: client.keys) else {
            throw Self.invalid("its signature is wrong")
        }
        let id = client.settings.id
        guard token.claims["iss"]?.string == id, token.claims["client_id"]?.string ?? id == id else {
            throw Self.invalid("its iss and client_id must be the client")
        }
        guard token.claims["aud"]?.texts.contains(OpenID.issuer(base)) == true else {
            throw Self.invalid("its aud must be the issuer")
        }
        guard engine.expiry(of: token) != nil else { throw Self.invalid("it is not valid now") }
        guard token.claims["request"] == nil, token.claims["request_uri"] == nil else {
            throw Self.invalid("it holds another request")
        }
        let members = (token.claims.members ?? []).filter { !Self.registeredClaims.contains($0.name) }
        let named = token.claims["client_id"] == nil ? [("client_id", id)] : []
        return Parameters(members.map { ($0.name, $0.value.plainText) } + named)
    }

    private static func invalid(_ reason: String) -> Problem {
        Problem(code: "invalid_request_object", text: "The request object is not valid: \(reason).")
    }
}

extension Engine {
    /// Judges a request by what its client has registered.
    func judge(_ request: AuthorizationRequest) throws(AuthorizationRequest.Problem) {
        guard let known = clients.find(request.clientID)?.settings.redirectURIs else { return }
        guard known.contains(request.redirectURI) else {
            throw .init(text: "The redirect_uri is not registered for this client.")
        }
    }
}
