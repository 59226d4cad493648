import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The addresses that a person's browser visits: consent, and the pages on which a device is allowed in.
struct BrowserRoutes: Sendable {
    let desk: Desk

    private struct Candidate {
        let dialect: Dialect
        let endpoint: AuthorizationEndpoint

        /// Whether a redirection URI has the provider id in its path, as the service's have.
        func isNamed(in call: Call) -> Bool {
            let parameters = call.method == .post ? call.form : call.query
            return parameters[endpoint.redirectParameter]?.split(separator: "/").contains(dialect.id[...]) == true
        }
    }

    /// Adds the pages of all dialects.
    func addRoutes(to router: Router<BasicRequestContext>) {
        var candidates: [String: [Candidate]] = [:]
        for dialect in desk.engine.dialects {
            for endpoint in dialect.authorizations {
                candidates[endpoint.path, default: []].append(Candidate(dialect: dialect, endpoint: endpoint))
            }
        }
        for (path, candidates) in candidates {
            for method in [HTTPRequest.Method.get, .post] {
                router.on(RouterPath(path), method: method) { request, context in
                    try await authorize(request, context, candidates)
                }
            }
        }
        for dialect in desk.engine.dialects {
            guard let path = dialect.verificationPath else { continue }
            for method in [HTTPRequest.Method.get, .post] {
                router.on(RouterPath(path), method: method) { request, context in
                    var request = request
                    let call = try await desk.call(&request, dialect: dialect, context: context)
                    return DeviceDesk(engine: desk.engine, path: path).answer(call).response
                }
            }
        }
    }

    /// Where dialects share an address, the redirection URI says which is meant; else it is the first.
    private func authorize(
        _ request: Request, _ context: BasicRequestContext, _ candidates: [Candidate]
    ) async throws -> Response {
        guard let first = candidates.first else { return Response(status: .notFound) }
        var request = request
        var call = try await desk.call(&request, dialect: first.dialect, context: context)
        let candidate = candidates.first { $0.isNamed(in: call) } ?? first
        call.dialect = candidate.dialect
        if let direct = candidate.endpoint.direct, direct.isMeant(call) {
            let grant = desk.engine.ledger.peek(call.credentials)
            return try await desk.respond(
                to: call, steps: direct.endpoint.steps, login: grant?.dialect == call.dialect.id ? grant?.fault : nil,
                request: request, answer: direct.endpoint.answer)
        }
        switch ConsentDesk(engine: desk.engine, endpoint: candidate.endpoint).judge(call) {
        case .page(let page): return page.response
        case .decided(let asked, let decision, let login):
            return try await desk.respond(to: call, steps: [.authorize], login: login, request: request) {
                (call, engine) throws(Refusal) in
                engine.callback(asked, decision, login: login, call: call)
            }
        }
    }
}

/// Judges what a browser brings to an authorization endpoint.
struct ConsentDesk: Sendable {
    /// What follows from it.
    enum Outcome {
        case page(Reply)
        case decided(AuthorizationRequest, Decision, LoginFault?)
    }

    let engine: Engine
    let endpoint: AuthorizationEndpoint

    /// A request is shown as a page, a form that was sent is a decision, and `prompt=none` with a person's short name
    /// in `login_hint` is a decision without a page.
    func judge(_ call: Call) -> Outcome {
        let parameters = call.method == .post ? call.form : call.query
        let request: AuthorizationRequest
        do {
            request = try read(parameters, call)
        } catch {
            return problem(error)
        }
        if let text = endpoint.objection?(request, call) {
            return .page(.page(.badRequest, MessagePage(title: "This request is not valid", text: text).html))
        }
        let faultText = parameters["fault"] ?? ""
        let login = LoginFault(faultText)
        guard faultText.isEmpty || login != nil else { return unknown("fault") }
        if (parameters["prompt"] ?? request.parameters["prompt"])?.split(separator: " ").contains("none") == true {
            let hint = parameters["login_hint"] ?? request.parameters["login_hint"]
            let person = engine.person(hint, in: call.dialect)
            return decided(request, person.map(Decision.allowed) ?? .loginRequired, login)
        }
        if call.method == .post, parameters["decision"] == "cancel" { return decided(request, .denied, login) }
        guard call.method == .post, let id = parameters["person"] else {
            let people = engine.people(of: call.dialect)
            return .page(.page(ConsentPage(request: request, path: call.path, people: people).html))
        }
        guard let person = engine.person(id, in: call.dialect) else { return unknown("person") }
        return decided(request, .allowed(person), login)
    }

    /// The request, out of the parameters or where they point to.
    private func read(_ sent: Parameters, _ call: Call) throws(AuthorizationRequest.Problem) -> AuthorizationRequest {
        guard endpoint.hasRegisteredClients else {
            let found = try endpoint.resolve?(sent, engine) ?? sent
            var request = try AuthorizationRequest(found, dialect: call.dialect, endpoint: endpoint)
            request.sent = sent
            return request
        }
        let found = try RequestResolver(engine: engine, base: call.base).resolve(sent)
        var request = try AuthorizationRequest(found, dialect: call.dialect, endpoint: endpoint)
        try engine.judge(request)
        request.sent = sent
        return request
    }

    /// A decision, unless the request was pushed and there was one already.
    private func decided(_ request: AuthorizationRequest, _ decision: Decision, _ login: LoginFault?) -> Outcome {
        if endpoint.hasRegisteredClients, let uri = request.sent["request_uri"], !engine.pushed.consume(uri) {
            return problem(.init(code: "invalid_request_uri", text: "The request_uri was used before."))
        }
        return .decided(request, decision, login)
    }

    private func problem(_ problem: AuthorizationRequest.Problem) -> Outcome {
        let page = MessagePage(title: "This request is not valid", text: problem.text, code: problem.code)
        return .page(.page(.badRequest, page.html))
    }

    private func unknown(_ name: String) -> Outcome {
        .page(.page(.badRequest, MessagePage(title: "This request is not valid", text: "Unknown \(name).").html))
    }
}

/// Judges what a browser brings to the page for user codes (RFC 8628 section 3.3).
struct DeviceDesk: Sendable {
    let engine: Engine
    let path: String

    /// Asks for the code, then for a decision, and notes the decision.
    func answer(_ call: Call) -> Reply {
        guard let userCode = call.value("user_code") else { return entry(call, problem: nil) }
        guard let request = engine.devices.request(userCode: userCode, dialect: call.dialect.id) else {
            return entry(call, problem: "No device waits with this code.")
        }
        let fault = call["fault"] ?? ""
        if call.method == .post, call["decision"] == "cancel" {
            engine.devices.decide(userCode: userCode, dialect: call.dialect.id, .denied)
            return .page(MessagePage(title: "Refused", text: "The device was not allowed in.").html)
        }
        guard call.method == .post, let person = engine.person(call["person"]),
            fault.isEmpty || LoginFault(fault) != nil
        else {
            return .page(
                DeviceConsentPage(
                    dialect: call.dialect, path: path, userCode: userCode, request: request,
                    people: engine.configuration.people
                ).html)
        }
        let grant = Grant(
            id: engine.randomText(), dialect: request.dialect, clientID: request.clientID, person: person,
            scopes: request.scopes, authenticatedAt: engine.configuration.now(), fault: LoginFault(fault))
        engine.devices.decide(userCode: userCode, dialect: call.dialect.id, .allowed(grant))
        return .page(MessagePage(title: "Allowed", text: "You can go back to your device.").html)
    }

    private func entry(_ call: Call, problem: String?) -> Reply {
        .page(
            problem == nil ? .ok : .badRequest,
            DeviceCodePage(dialect: call.dialect, path: path, problem: problem).html)
    }
}
