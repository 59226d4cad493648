import FoundationEssentials
import HTTPTypes

extension OpenID {
    /// The profile (OpenID Connect Core section 5.3), for the holder of the key where the token is bound to one.
    static func userInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let shown = call.bearer(schemes: ["dpop"])
        let token = shown ?? call.bearer() ?? call.form["access_token"]
        let grant = try engine.grant(accessToken: token, call: call)
        let client = engine.clients.find(grant.clientID)
        guard (shown != nil) == (grant.keyThumbprint != nil) else { throw .tokenUnknown }
        if let thumbprint = grant.keyThumbprint {
            let key = try engine.proofKey(of: call, for: client, accessToken: token, isNeeded: true)
            guard key == thumbprint else { throw .tokenUnknown }
        }
        guard grant.allows("openid") else { throw .scopeInsufficient }
        let person = try engine.person(of: grant, in: call)
        let extra: JSON = grant.allows("profile") ? ["preferred_username": .string(person.username)] : [:]
        let provider = provider(call, engine)
        let reply = Reply.json(try provider.userInfo(of: grant, extra: extra))
        guard let algorithm = client?.settings.userinfoSignedResponseAlg else {
            return engine.withNonce(reply, for: client)
        }
        return engine.withNonce(try signed(reply, for: grant.clientID, by: algorithm, provider), for: client)
    }

    /// The profile as a token (OpenID Connect Core section 5.3.2).
    private static func signed(
        _ reply: Reply, for clientID: String, by algorithm: SignatureAlgorithm, _ provider: OpenIDProvider
    ) throws(Refusal) -> Reply {
        let distorted = Misbehaviour.distort(reply, by: provider.call.fault, dialect: dialect)
        guard case .json(let profile, _) = distorted.body else { throw .failure }
        let claims: JSON = ["iss": .string(provider.issuer), "aud": .string(clientID)]
        let token = try provider.signed(claims.merging(profile), for: clientID, algorithm: algorithm)
        return Reply(.ok, .text(token, type: "application/jwt"))
    }

    /// Takes a request before the browser comes (RFC 9126 section 2).
    static func push(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.client(of: call)
        let key = try engine.proofKey(of: call, for: client.registration, isNeeded: false)
        var pushed: PushedRequests.Pushed
        do throws(AuthorizationRequest.Problem) {
            pushed = try RequestResolver(engine: engine, base: call.base).push(call.form, by: client)
            for endpoint in dialect.authorizations {
                try engine.judge(AuthorizationRequest(pushed.parameters, dialect: dialect, endpoint: endpoint))
            }
        } catch {
            throw .requestInvalid(code: error.code, text: error.text)
        }
        if let key {
            guard pushed.parameters["dpop_jkt"] ?? key == key else { throw .mismatch("dpop_jkt") }
            pushed.parameters.items.append(.init(name: "dpop_jkt", value: key))
        }
        let body: JSON = [
            "request_uri": .string(engine.pushed.add(pushed)), "expires_in": .number(Int64(PushedRequests.lifetime)),
        ]
        let reply = Reply(.created, .json(body), headers: [.cacheControl: "no-cache, no-store"])
        return engine.withNonce(reply, for: client.registration)
    }

    /// An unknown token is as good as revoked (RFC 7009 section 2.2).
    static func revoke(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.client(of: call)
        engine.ledger.revoke(try call.required("token"), clientID: client.id)
        return Reply(.ok, .empty)
    }

    /// Says what a token is good for, to the client that has it (RFC 7662).
    static func introspect(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.client(of: call, needsSecret: true)
        guard client.isConfidential else { throw .clientSecretWrong }
        let token = try call.required("token")
        guard let found = engine.ledger.find(token, .accessToken) ?? engine.ledger.find(token, .refreshToken),
            found.grant.dialect == dialect.id, found.grant.clientID == client.id
        else { return .json(["active": false]) }
        let body: JSON = [
            "active": true, "scope": .string(found.grant.scopes.joined(separator: " ")),
            "client_id": .string(found.grant.clientID), "token_type": .string(found.grant.tokenType),
            "exp": .number(Int64(found.expires.timeIntervalSince1970)),
            "iss": .string(issuer(call.base)),
        ]
        return .json(
            body.adding("sub", found.grant.person.map { .string(subject($0)) })
                .adding("username", found.grant.person.map { .string($0.username) })
                .adding("cnf", found.grant.keyThumbprint.map { ["jkt": .string($0)] }))
    }

    /// Lets a device wait (RFC 8628 section 3.1).
    static func deviceAuthorization(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.client(of: call)
        return OpenIDProvider.deviceReply(
            call, engine: engine, clientID: client.id, dialect: dialect, uriName: "verification_uri",
            hasCompleteURI: true)
    }
}
