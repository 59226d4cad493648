import FoundationEssentials
import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts

// Who is signed in, where else, and no longer.
extension AuthRoutes {
    func session(_ request: Request, _ context: some RequestContext) async throws -> Response {
        .json(sessionMembers(try await service.requireUser(request)))
    }

    /// Who is signed in, and until when.
    func sessionMembers(_ signedIn: SignedInUser) -> JSONValue {
        let user = signedIn.user
        return [
            "user": [
                "id": .string(user.id.description), "name": JSONValue(user.name),
                "email": JSONValue(user.email?.value), "emailVerified": .bool(user.email?.isVerified ?? false),
                "emailIsPrivateRelay": .bool(user.email?.isPrivateRelay ?? false), "avatar": JSONValue(user.avatar),
            ],
            "expiresAt": JSONValue(service.keepsSessions ? signedIn.session.expiresAt.contractText : nil),
        ]
    }

    func sessions(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let present = try await service.requireUser(request)
        let sessions = try await service.sessions(of: present.user)
        return .json([
            "sessions": .array(
                sessions.map { session in
                    [
                        "id": .string(session.id.description), "current": .bool(session.id == present.session.id),
                        "createdAt": .string(session.createdAt.contractText),
                        "lastSeenAt": .string(session.lastSeenAt.contractText),
                        "expiresAt": .string(session.expiresAt.contractText),
                        "userAgent": JSONValue(session.userAgent), "address": JSONValue(session.address),
                        "provider": JSONValue(session.providerID),
                    ]
                })
        ])
    }

    func endSession(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let present = try await service.requireUser(request)
        try sameOrigin.require(request)
        guard let id = SessionID(context.parameters.get("id") ?? ""),
            try await service.endSession(id, of: present.user)
        else { throw AuthProblem(.notFound, detail: "You have no such session.") }
        var response = Response.json(["success": .bool(true)])
        if id == present.session.id { response.add(service.cookies.endedSession()) }
        return response
    }

    func endOtherSessions(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let present = try await service.requireUser(request)
        try sameOrigin.require(request)
        let ended = try await service.endOtherSessions(than: present)
        return .json(["success": .bool(true), "ended": .number(Decimal(ended))])
    }

    func deleteAccount(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let user = try await service.requireUser(request).user
        try sameOrigin.require(request)
        try await service.delete(user, context.logger)
        var response = Response.json(["success": .bool(true)])
        if service.keepsSessions { response.add(service.cookies.endedSession()) }
        return response
    }
}
