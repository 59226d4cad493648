import FoundationEssentials
import HTTPTypes

/// An authorization request (RFC 6749 section 4.1.1) that was found well-formed.
struct AuthorizationRequest: Sendable {
    let dialect: Dialect
    let endpoint: AuthorizationEndpoint
    let parameters: Parameters
    /// What the browser brought, where the parameters were pushed or signed; otherwise the parameters.
    var sent: Parameters
    let clientID: String
    let redirectURI: String
    let scopes: [String]

    /// What is wrong with a request, in words for the error page. The browser is not sent anywhere.
    struct Problem: Error {
        /// Error code of RFC 6749 section 4.1.2.1 or RFC 9101 section 7.
        var code = "invalid_request"
        let text: String
    }

    init(_ parameters: Parameters, dialect: Dialect, endpoint: AuthorizationEndpoint) throws(Problem) {
        guard let clientID = parameters[endpoint.clientParameter], !clientID.isEmpty else {
            throw Problem(text: "The parameter \(endpoint.clientParameter) is missing.")
        }
        guard let redirectURI = parameters[endpoint.redirectParameter], Self.isAbsolute(redirectURI) else {
            let name = endpoint.redirectParameter
            throw Problem(text: "The parameter \(name) must be an absolute http or https URI without a fragment.")
        }
        if endpoint.needsResponseType, parameters["response_type"] != endpoint.responseType {
            throw Problem(text: "The parameter response_type must be \(endpoint.responseType).")
        }
        for name in endpoint.needs where (parameters[name] ?? "").isEmpty {
            throw Problem(text: "The parameter \(name) is missing.")
        }
        if parameters["code_challenge"] != nil, endpoint.usesPKCE {
            guard ["S256", "plain", nil].contains(parameters["code_challenge_method"]) else {
                throw Problem(text: "The parameter code_challenge_method must be S256 or plain.")
            }
        }
        let asked = (parameters[endpoint.scopeParameter] ?? "").split { $0 == " " || $0 == "," }.map(String.init)
        scopes = asked.isEmpty ? endpoint.defaultScopes : asked
        if let known = endpoint.knownScopes, !scopes.allSatisfy(known.contains) {
            throw Problem(text: "The scope must be one of: \(known.sorted().joined(separator: ", ")).")
        }
        (self.dialect, self.endpoint, self.parameters, sent) = (dialect, endpoint, parameters, parameters)
        (self.clientID, self.redirectURI) = (clientID, redirectURI)
    }

    /// Whether a text is an absolute http or https URI without a fragment (RFC 6749 section 3.1.2).
    static func isAbsolute(_ uri: String) -> Bool {
        let lower = uri.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return false }
        guard uri.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "#" && $0 != "\\" }) else {
            return false
        }
        return !lower.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }.isEmpty
    }

    /// The temporary token that the request is about (RFC 5849 section 2.2).
    var temporaryToken: String? { endpoint.resolve == nil ? nil : parameters["oauth_token"] }

    /// The code challenge, where the dialect honours one. Without a method it is `plain` (RFC 7636 section 4.3).
    var challenge: Challenge? {
        guard endpoint.usesPKCE, let value = parameters["code_challenge"], !value.isEmpty else { return nil }
        return Challenge(value: value, method: parameters["code_challenge_method"] ?? "plain")
    }
}

/// What became of an authorization request.
enum Decision: Sendable {
    case allowed(Person)
    case denied
    /// `prompt=none`, but nobody could be signed in without a page (OpenID Connect Core section 3.1.2.6).
    case loginRequired
}

extension Engine {
    /// The answer that sends the browser back with the decision (RFC 6749 section 4.1.2).
    func callback(_ request: AuthorizationRequest, _ decision: Decision, login: LoginFault?, call: Call) -> Reply {
        var items: [(String, String)]
        switch decision {
        case .allowed(let person) where call.fault != .denied:
            if let exclusion = request.endpoint.exclusion?(person, call) {
                items = exclusion
                break
            }
            let grant = grant(request, person: person, login: login)
            let code = ledger.issue(.code, for: grant, lifetime: Self.codeLifetime)
            items = request.endpoint.codeParameters.map { ($0, code) }
            items += request.endpoint.additions?(person, request, call, self) ?? []
        case .loginRequired:
            items = [("error", "login_required"), ("error_description", "Nobody is signed in.")]
        default: items = request.endpoint.denial + (request.temporaryToken.map { [("denied", $0)] } ?? [])
        }
        if let state = request.parameters["state"], call.fault != .missingState {
            items.append(("state", call.fault == .wrongState ? state + "-changed" : state))
        }
        if request.endpoint.isOpenIDProvider, call.fault != .missingIss, let issuer = request.dialect.issuer?(call.base)
        {
            items.append(("iss", call.fault == .wrongIss ? "https://issuer.example" : issuer))
        }
        if let signature = request.endpoint.signature?(items) { items.append(signature) }
        if call.fault == .extraParameters { items += [("session_state", "unheard.of"), ("extra", "1")] }
        if request.endpoint.answersByFormPost, request.parameters["response_mode"] == "form_post" {
            return FormPostPage(action: request.redirectURI, items: Parameters(items)).reply
        }
        return .redirect(Parameters(items).appended(to: target(request, call.fault)))
    }

    /// Where the browser goes. A state that the client put into that address is struck by the faults that are about it.
    private func target(_ request: AuthorizationRequest, _ fault: Fault?) -> String {
        let parts = request.redirectURI.split(separator: "?", maxSplits: 1).map(String.init)
        guard parts.count == 2, request.parameters["state"] == nil, fault == .wrongState || fault == .missingState
        else {
            return request.redirectURI
        }
        var query = Parameters(encoded: parts[1])
        query.items = query.items.compactMap { item in
            guard item.name == "state" else { return item }
            return fault == .missingState ? nil : .init(name: item.name, value: item.value + "-changed")
        }
        return query.appended(to: parts[0])
    }

    /// What the person allows, with a session of its own where there are sessions.
    private func grant(_ request: AuthorizationRequest, person: Person, login: LoginFault?) -> Grant {
        var sid: String?
        if request.endpoint.hasRegisteredClients {
            let session = Sessions.Session(id: randomText(), person: person, clientID: request.clientID, fault: login)
            sessions.add(session)
            sid = session.id
        }
        return Grant(
            id: randomText(), dialect: request.dialect.id, clientID: request.clientID, person: person,
            scopes: request.scopes, redirectURI: request.redirectURI, nonce: request.parameters["nonce"],
            challenge: request.challenge, isOffline: request.parameters["access_type"] == "offline",
            sid: sid, keyThumbprint: request.parameters["dpop_jkt"], temporaryToken: request.temporaryToken,
            authenticatedAt: configuration.now(), fault: login)
    }
}
