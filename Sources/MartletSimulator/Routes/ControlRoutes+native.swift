import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// What a phone's or a browser's own sign-in gives to an application, without a redirection.
extension ControlRoutes {
    /// Adds Sign in with Apple of an app, and Google One Tap.
    func addNativeRoutes(to router: Router<BasicRequestContext>) {
        router.post("simulator/apple/native-token") { request, _ in
            try await native(request, dialect: Apple.dialect, scopes: ["name", "email"], answer: Apple.credential)
        }
        router.post("simulator/google/credential") { request, _ in
            try await native(
                request, dialect: Google.dialect, scopes: ["openid", "email", "profile"], answer: Google.credential)
        }
    }

    private struct NativeBody: Decodable {
        let clientID: String
        let person: String
        let nonce: String?
        let fault: String?

        private enum CodingKeys: String, CodingKey {
            case person, nonce, fault
            case clientID = "client_id"
        }
    }

    private func native(
        _ request: Request, dialect: Dialect, scopes: [String],
        answer: (Grant, Person, Call, Engine) throws(Refusal) -> JSON
    ) async throws -> Response {
        var request = request
        var call = try await Call(
            &request, baseURL: engine.configuration.baseURL, pathParameters: [:], dialect: dialect)
        guard let body: NativeBody = try await decoded(request), !body.clientID.isEmpty,
            let person = engine.person(body.person)
        else { return problem(.badRequest, "client_id and a known person are needed") }
        call.fault = body.fault.flatMap(Fault.init(rawValue:))
        guard body.fault == nil || call.fault?.steps.contains(.token) == true else {
            return problem(.badRequest, "no such fault")
        }
        let grant = Grant(
            id: engine.randomText(), dialect: dialect.id, clientID: body.clientID, person: person, scopes: scopes,
            nonce: body.nonce, authenticatedAt: engine.configuration.now())
        return Reply.json(try answer(grant, person, call, engine)).response
    }
}

extension Apple {
    /// What ASAuthorizationAppleIDCredential has: the name and the email only when the person consents for the first
    /// time.
    static func credential(
        _ grant: Grant, _ person: Person, _ call: Call, _ engine: Engine
    ) throws(Refusal) -> JSON {
        let code = engine.ledger.issue(.code, for: grant, lifetime: codeLifetime)
        let hash = SignatureAlgorithm.rs256.leftHalfHash(of: code)
        let token = try idToken(for: grant, accessToken: nil, extra: ["c_hash": .string(hash)], call, engine)
        let body: JSON = [
            "idToken": .text(token), "authorizationCode": .string(code), "user": .string(subject(person)),
        ]
        guard engine.apple.consent(person: person.id, clientID: grant.clientID) else { return body }
        return body.adding(
            "fullName", ["givenName": .string(person.givenName), "familyName": .text(person.familyName)]
        ).adding("email", email(of: person).map(JSON.string))
    }
}

extension Google {
    /// What Google Identity Services hands to the page.
    static func credential(
        _ grant: Grant, _ person: Person, _ call: Call, _ engine: Engine
    ) throws(Refusal) -> JSON {
        let token = try provider(call, engine).idToken(
            for: grant, accessToken: nil, algorithm: .rs256,
            extra: ["azp": .string(grant.clientID), "jti": .string(engine.randomText())])
        return ["credential": .text(token)]
    }
}
