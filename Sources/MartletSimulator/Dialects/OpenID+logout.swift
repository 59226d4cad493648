import FoundationEssentials
import HTTPTypes

extension OpenID {
    /// Signs a person out (OpenID Connect RP-Initiated Logout section 2): their sessions end, the clients that want it
    /// are told in frames, and the browser goes back where the client may send it.
    static func endSession(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let asked: LogoutRequest
        do throws(AuthorizationRequest.Problem) {
            asked = try LogoutRequest(call, engine)
        } catch {
            return .page(.badRequest, MessagePage(title: "This request is not valid", text: error.text).html)
        }
        let ended = asked.person.map(engine.sessions.end) ?? []
        let frames = ended.compactMap { session in
            engine.clients.find(session.clientID)?.settings.frontchannelLogoutURI.map { uri in
                Parameters([("iss", issuer(call.base)), ("sid", session.id)]).appended(to: uri)
            }
        }
        let next = asked.next(with: call.fault)
        guard frames.isEmpty else { return SignedOutPage(frames: frames, next: next).reply }
        return next.map(Reply.redirect) ?? .page(MessagePage(title: "Signed out", text: "You are signed out.").html)
    }
}

/// What is asked of the end of a session, found well-formed.
struct LogoutRequest: Sendable {
    /// Who signs out, where the hints say it.
    let person: Person?
    private let redirectURI: String?
    private let state: String?

    init(_ call: Call, _ engine: Engine) throws(AuthorizationRequest.Problem) {
        let hint = try call.value("id_token_hint").map { (text) throws(AuthorizationRequest.Problem) in
            try Self.read(hint: text, call, engine)
        }
        let audience = hint?.claims["aud"]?.texts ?? []
        let clientID = call.value("client_id")
        if let clientID, hint != nil, !audience.contains(clientID) {
            throw .init(text: "The id_token_hint was issued to another client.")
        }
        redirectURI = call.value("post_logout_redirect_uri")
        state = call.value("state")
        if let redirectURI {
            guard AuthorizationRequest.isAbsolute(redirectURI) else {
                throw .init(text: "post_logout_redirect_uri must be an absolute URI.")
            }
            let known = engine.clients.find(clientID ?? audience.first)?.settings.postLogoutRedirectURIs
            guard known?.contains(redirectURI) ?? true else {
                throw .init(text: "The post_logout_redirect_uri is not registered for this client.")
            }
        }
        person =
            hint?.claims["sid"]?.string.flatMap(engine.sessions.find)?.person
            ?? engine.person(call.value("logout_hint"))
    }

    /// An ID token that was issued here, expired or not.
    private static func read(
        hint: String, _ call: Call, _ engine: Engine
    ) throws(AuthorizationRequest.Problem) -> CompactJWT {
        let keys = (try? engine.keys.everUsed()) ?? []
        guard let token = CompactJWT(hint), token.claims["iss"]?.string == OpenID.issuer(call.base) else {
            throw .init(text: "The id_token_hint was not issued here.")
        }
        let secrets = (token.claims["aud"]?.texts ?? []).compactMap { engine.clients.find($0)?.settings.secret }
        guard token.isSigned(by: keys) || secrets.contains(where: token.isSigned) else {
            throw .init(text: "The signature of the id_token_hint is wrong.")
        }
        return token
    }

    /// Where the browser goes next, if the client said it.
    func next(with fault: Fault?) -> String? {
        guard let redirectURI else { return nil }
        guard let state, fault != .missingState else { return redirectURI }
        let answered = fault == .wrongState ? state + "-changed" : state
        return Parameters([("state", answered)]).appended(to: redirectURI)
    }
}
