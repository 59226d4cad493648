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

    /// Adds the addresses of all dialects, and the place to which the fault `redirect` leads.
    func addRoutes(to router: Router<BasicRequestContext>) {
        var candidates: [Address: [Candidate]] = [:]
        for dialect in Dialect.all {
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
        for method in [HTTPRequest.Method.get, .post] {
            router.on("elsewhere.example/token", method: method) { request, context in
                var request = request
                _ = try await desk.call(&request, dialect: OpenID.dialect, context: context)
                return Reply.json(["access_token": "from-elsewhere", "token_type": "Bearer"]).response
            }
        }
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
        let login = grant?.dialect == candidate.dialect.id ? grant?.fault : nil
        return try await desk.respond(
            to: call, steps: candidate.endpoint.steps, login: login, request: request,
            answer: candidate.endpoint.answer)
    }

    private func grant(behind call: Call) -> Grant? {
        desk.engine.ledger.peek(call.credentials)
            ?? call.value("device_code").flatMap { desk.engine.devices.grant(deviceCode: $0) }
    }
}
