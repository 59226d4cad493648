import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The addresses that clients call.
struct EndpointRoutes: Sendable {
    let desk: Desk

    private struct Address: Hashable {
        let method: HTTPRequest.Method
        let path: String
    }

    private struct Candidate {
        let dialect: Dialect
        let endpoint: Endpoint
    }

    /// Adds the addresses of all dialects, and the places to which faults lead.
    func addRoutes(to router: Router<BasicRequestContext>) {
        var candidates: [Address: [Candidate]] = [:]
        for dialect in desk.engine.dialects {
            for endpoint in dialect.endpoints {
                let address = Address(method: endpoint.method, path: endpoint.path)
                candidates[address, default: []].append(Candidate(dialect: dialect, endpoint: endpoint))
            }
        }
        for (address, candidates) in candidates {
            router.on(RouterPath(address.path), method: address.method) { request, context in
                try await answer(request, context, candidates)
            }
        }
        addStrangersAddresses(to: router)
    }

    /// The places to which faults lead. Nobody should come here.
    private func addStrangersAddresses(to router: Router<BasicRequestContext>) {
        let token = Reply.json(["access_token": "from-elsewhere", "token_type": "Bearer"])
        for method in [HTTPRequest.Method.get, .post] {
            router.on("elsewhere.example/token", method: method) { request, context in
                try await recorded(request, context) { token }
            }
        }
        router.get(RouterPath(KeyRing.strangersKeysPath)) { request, context in
            try await recorded(request, context) {
                let keys = try desk.engine.keys.stranger()
                return .json(["keys": .array(try SignatureAlgorithm.asymmetric.compactMap { try keys.jwk($0) })])
            }
        }
        router.get(RouterPath(KeyRing.strangersCertificatePath)) { request, context in
            try await recorded(request, context) {
                let key = try desk.engine.keys.stranger().publicPEM(.rs256)
                return Reply(.ok, .text(key, type: "application/x-pem-file"))
            }
        }
    }

    private func recorded(
        _ request: Request, _ context: BasicRequestContext, answer: () throws -> Reply
    ) async throws -> Response {
        var request = request
        _ = try await desk.call(&request, dialect: OpenID.dialect, context: context)
        return try answer().response
    }

    /// Answers in the dialect whose login the request continues; where there is none, in the first.
    private func answer(
        _ request: Request, _ context: BasicRequestContext, _ candidates: [Candidate]
    ) async throws -> Response {
        guard let first = candidates.first else { return Response(status: .notFound) }
        var request = request
        var call = try await desk.call(&request, dialect: first.dialect, context: context)
        let grant = grant(behind: call)
        let candidate = candidates.first { $0.dialect.id == grant?.dialect } ?? first
        call.dialect = candidate.dialect
        let login = grant?.dialect == candidate.dialect.id ? grant?.fault : faultOfSession(behind: call)
        return try await desk.respond(
            to: call, steps: steps(of: call, at: candidate.endpoint), login: login, request: request,
            answer: candidate.endpoint.answer)
    }

    /// The steps that a call takes. A refresh is one of its own before it is any call of the token endpoint.
    private func steps(of call: Call, at endpoint: Endpoint) -> [Fault.Step] {
        let isRefresh = ["grant_type", "grantType"].contains { call[$0] == "refresh_token" }
        return endpoint.steps.contains(.token) && isRefresh ? [.refresh] + endpoint.steps : endpoint.steps
    }

    private func faultOfSession(behind call: Call) -> LoginFault? {
        let sid = call.value("id_token_hint").flatMap(CompactJWT.init)?.claims["sid"]?.string
        return sid.flatMap(desk.engine.sessions.find)?.fault
    }

    private func grant(behind call: Call) -> Grant? {
        desk.engine.ledger.peek(call.credentials)
            ?? call.value("device_code").flatMap { desk.engine.devices.grant(deviceCode: $0) }
    }
}
