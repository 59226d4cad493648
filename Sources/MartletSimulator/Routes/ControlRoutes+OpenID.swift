import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// What a test changes about plain OpenID Connect.
extension ControlRoutes {
    /// Adds registered clients, keys, metadata and logout tokens.
    func addOpenIDRoutes(to router: Router<BasicRequestContext>) {
        router.put("simulator/clients/:client") { request, context in try await register(request, context) }
        router.delete("simulator/clients/:client") { _, context in
            guard let id = clientID(context), engine.clients.forget(id) else {
                return problem(.notFound, "no such client")
            }
            return Response(status: .noContent)
        }
        router.put("simulator/openid/keys") { request, _ in try await changeKeys(request) }
        router.delete("simulator/openid/keys") { _, _ in
            engine.keys.settings = .init()
            return Response(status: .noContent)
        }
        router.put("simulator/openid/metadata") { request, _ in try await changeMetadata(request) }
        router.delete("simulator/openid/metadata") { _, _ in
            engine.metadata.current = .init()
            return Response(status: .noContent)
        }
        router.post("simulator/openid/logout-token") { request, _ in try await logoutToken(request) }
    }

    private func clientID(_ context: BasicRequestContext) -> String? {
        // A plus sign in a path stands for itself.
        context.parameters.get("client").map { Parameters.decode($0.replacing("+", with: "%2B")) }
    }

    private func register(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        guard let id = clientID(context), let body: JSON = try await decoded(request) else {
            return problem(.badRequest, "The client must be a JSON object.")
        }
        do throws(SimulatedClient.Problem) {
            engine.clients.register(try RegisteredClient(SimulatedClient(id: id, json: body)))
            return Response(status: .noContent)
        } catch {
            return problem(.badRequest, error.description)
        }
    }

    private struct KeysBody: Decodable {
        let rotate: Bool?
        let keepOld: Bool?
        let omitKid: Bool?
        let unusable: [String]?
        let algorithms: [SignatureAlgorithm]?
        let cacheControl: String?
    }

    /// What the body leaves out stays as it was; an empty `cacheControl` sends none.
    private func changeKeys(_ request: Request) async throws -> Response {
        guard let body: KeysBody = try await decoded(request) else {
            return problem(.badRequest, "This is no description of keys.")
        }
        var settings = engine.keys.settings
        if let names = body.unusable {
            settings.unusable = names.compactMap(UnusableKey.init(rawValue:))
            guard settings.unusable.count == names.count else { return problem(.badRequest, "no such unusable key") }
        }
        if let algorithms = body.algorithms { settings.algorithms = algorithms }
        if let omitsKid = body.omitKid { settings.omitsKid = omitsKid }
        if let cacheControl = body.cacheControl {
            settings.cacheControl = cacheControl.isEmpty ? nil : cacheControl
        }
        engine.keys.settings = settings
        if body.rotate == true { try engine.keys.rotate(keepsOld: body.keepOld ?? false) }
        return Response(status: .noContent)
    }

    private func changeMetadata(_ request: Request) async throws -> Response {
        guard let body: JSON = try await decoded(request), body.members != nil else {
            return problem(.badRequest, "The change must be a JSON object.")
        }
        let query = Parameters(encoded: request.uri.query ?? "")
        engine.metadata.current = .init(members: body, cacheControl: query["cacheControl"])
        return Response(status: .noContent)
    }

    /// Who signed out is named by `person` or by `sub`, the session by `sid`.
    private func logoutToken(_ request: Request) async throws -> Response {
        guard let body: JSON = try await decoded(request), let clientID = body["client_id"]?.string else {
            return problem(.badRequest, "client_id is needed")
        }
        let person = engine.person(body["person"]?.string)
        guard body["person"] == nil || person != nil else { return problem(.badRequest, "no such person") }
        let whom = LogoutSubject(
            subject: body["sub"]?.string ?? person.map(OpenID.subject), sid: body["sid"]?.string)
        guard whom.subject != nil || whom.sid != nil else {
            return problem(.badRequest, "person, sub or sid is needed")
        }
        let fault = body["fault"]?.string.flatMap(LogoutTokenFault.init(rawValue:))
        guard body["fault"] == nil || fault != nil else { return problem(.badRequest, "no such fault") }
        let issuer = OpenID.issuer(Call.base(of: request, configured: engine.configuration.baseURL))
        let token = try engine.logoutToken(for: clientID, about: whom, issuer: issuer, fault: fault)
        let uri = engine.clients.find(clientID)?.settings.backchannelLogoutURI
        let answer: JSON = ["logout_token": .string(token)]
        return Reply.json(answer.adding("backchannel_logout_uri", uri.map(JSON.string))).response
    }
}
