import HTTPTypes

/// OSChina: parameters in the query, and JSON only for who asks with `dataType=json`.
enum OSChina {
    static let dialect = Dialect(
        id: "oschina",
        title: "OSChina",
        reference: "https://www.oschina.net/openapi/docs/oauth2_authorize",
        authorizations: [
            AuthorizationEndpoint(
                path: "www.oschina.net/action/oauth2/authorize", denial: [("error", "access_denied")])
        ],
        endpoints: [
            Endpoint(.get, "www.oschina.net/action/openapi/token", .token, answer: token),
            Endpoint(.post, "www.oschina.net/action/openapi/token", .token, answer: token),
            Endpoint(.get, "www.oschina.net/action/openapi/user", .userInfo, answer: user),
            Endpoint(.post, "www.oschina.net/action/openapi/user", .userInfo, answer: user),
        ],
        subjectFields: ["id", "uid"],
        refuse: refuse)

    /// Seconds for which an access token is good.
    private static let lifetime = 604_800

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call)
        let grant: Grant
        switch call["grant_type"] {
        case "authorization_code":
            grant = try engine.redeem(code: call["code"], client: client, call: call, needsRedirectURI: true)
        case "refresh_token":
            grant = try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: true)
        default: throw .grantTypeUnsupported
        }
        let tokens = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: true)
        guard let person = grant.person else { throw .tokenUnknown }
        return reply(
            [
                "access_token": .string(tokens.access), "refresh_token": .text(tokens.refresh),
                "uid": .number(person.number), "token_type": "bearer", "expires_in": .number(Int64(lifetime)),
            ], to: call)
    }

    private static func user(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try engine.grant(accessToken: call["access_token"], call: call)
        let person = try engine.person(of: grant, in: call)
        return reply(
            [
                "id": .number(person.number), "email": .string(person.primaryEmail?.address ?? ""),
                "name": .string(person.name), "gender": "unknown", "avatar": .string(person.picture()),
                "location": "", "url": .string("https://my.oschina.net/u/\(person.number)"),
            ], to: call)
    }

    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        var answer = reply(
            ["error": .string(refusal.code), "error_description": .string(refusal.explanation)], to: call)
        answer.status = refusal.standardReply.status
        return answer
    }

    /// XML, unless the call asks for JSON.
    private static func reply(_ value: JSON, to call: Call) -> Reply {
        guard call["dataType"] != "json" else { return .token(value) }
        guard case .object(let members) = value else { return Reply(.ok, .empty) }
        let elements = members.map { "<\($0.name)>\(HTML.escape($0.value.plainText))</\($0.name)>" }.joined()
        return Reply(
            .ok,
            .text(
                #"<?xml version="1.0" encoding="UTF-8"?><oschina>\#(elements)</oschina>"#,
                type: "text/xml; charset=utf-8"))
    }
}
