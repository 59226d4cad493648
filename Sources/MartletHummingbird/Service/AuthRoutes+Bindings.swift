import FoundationEssentials
import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts

// Linked accounts: list, ask for one, bind by token, unbind.
extension AuthRoutes {
    func bindings(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let user = try await service.requireUser(request).user
        let identities = try await service.identities(of: user)
        return .json(["bindings": .array(identities.map(\.contractValue))])
    }

    func status(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let user = try await service.requireUser(request).user
        let id = context.parameters.get("provider") ?? ""
        guard let binding = try await service.identities(of: user).first(where: { $0.providerID == id }) else {
            _ = try service.provider(id)
            return .json(["bound": .bool(false)])
        }
        return .json([
            "bound": .bool(true),
            "binding": [
                "id": .number(Decimal(binding.id.rawValue)), "username": JSONValue(binding.username ?? binding.name),
            ],
        ])
    }

    func unbind(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let user = try await service.requireUser(request).user
        try sameOrigin.require(request)
        let id = context.parameters.get("provider") ?? ""
        try await service.unbind(providerID: id, of: user, context.logger)
        return .json(["success": .bool(true)])
    }

    func bind(_ request: Request, _ context: some RequestContext) async throws -> Response {
        _ = try await service.requireUser(request)
        try sameOrigin.require(request)
        guard request.mediaType == "application/json" else {
            throw AuthProblem(.badRequest, detail: "Send application/json.")
        }
        let body = try await request.boundedBody(upTo: 16 * 1024)
        guard let text = (try? JSONValue(parsing: Array(buffer: body)))?["bindingToken"]?.string else {
            throw AuthProblem(.badRequest, detail: "Send {\"bindingToken\": \"…\"}.")
        }
        var response = bound(try await service.redeem(bindingToken: text, request))
        response.add(service.cookies.endedBinding())
        return response
    }

    /// That an account is linked now.
    func bound(_ identity: Identity) -> Response {
        .json([
            "success": .bool(true),
            "binding": [
                "provider": .string(identity.providerID), "username": JSONValue(identity.username ?? identity.name),
            ],
        ])
    }
}

extension Identity {
    /// A binding as the contract writes it.
    fileprivate var contractValue: JSONValue {
        [
            "id": .number(Decimal(id.rawValue)), "provider": .string(providerID),
            "username": JSONValue(username ?? name),
            "email": JSONValue(email?.value), "avatar": JSONValue(avatar), "boundAt": .string(boundAt.contractText),
        ]
    }
}
