import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What is set up at Apple beforehand, and what Apple tells an application's server afterwards.
extension ControlRoutes {
    /// Adds registration of clients, and notifications.
    func addAppleRoutes(to router: Router<BasicRequestContext>) {
        router.put("simulator/apple/clients/:clientID") { request, context in
            try await registerAppleClient(try context.parameters.require("clientID"), request)
        }
        router.delete("simulator/apple/clients/:clientID") { _, context in
            engine.apple.set(nil, clientID: try context.parameters.require("clientID"))
            return Response(status: .noContent)
        }
        router.post("simulator/apple/notification") { request, _ in try await appleNotification(request) }
    }

    private struct AppleClientBody: Decodable {
        let teamID: String
        let keyID: String
        let publicKey: JSON
    }

    private func registerAppleClient(_ clientID: String, _ request: Request) async throws -> Response {
        guard let body: AppleClientBody = try await decoded(request), let key = PublicKey(jwk: body.publicKey) else {
            return problem(.badRequest, "teamID, keyID and a public key as a JWK are needed")
        }
        engine.apple.set(.init(teamID: body.teamID, keyID: body.keyID, publicKey: key), clientID: clientID)
        return Response(status: .noContent)
    }

    private struct AppleNotificationBody: Decodable {
        let clientID: String
        let person: String
        let type: AppleNotification.Kind
        let fault: AppleNotification.Flaw?

        private enum CodingKeys: String, CodingKey {
            case person, type, fault
            case clientID = "client_id"
        }
    }

    /// The body that Apple would post. A consent that it says has ended has ended.
    private func appleNotification(_ request: Request) async throws -> Response {
        guard let body: AppleNotificationBody = try await decoded(request), !body.clientID.isEmpty,
            let person = engine.person(body.person)
        else { return problem(.badRequest, "client_id, a known person and a known type are needed") }
        if !body.type.concernsEmail { Apple.endConsent(of: person, clientID: body.clientID, engine) }
        let notification = AppleNotification(
            kind: body.type, person: person, clientID: body.clientID, flaw: body.fault)
        let base = Call.base(of: request, configured: engine.configuration.baseURL)
        let payload = try notification.signed(issuer: Apple.issuer(base), engine: engine)
        return Reply.json(["payload": .string(payload)]).response
    }
}
