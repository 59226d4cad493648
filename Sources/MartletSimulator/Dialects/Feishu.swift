import HTTPTypes

/// Feishu: the present interface on `open.feishu.cn`, and the one before it on `passport.feishu.cn`.
enum Feishu {
    static let dialect = Dialect(
        id: "feishu",
        title: "Feishu",
        reference: "https://open.feishu.cn/document/authentication-management/access-token/obtain-oauth-code",
        authorizations: [
            AuthorizationEndpoint(
                path: "accounts.feishu.cn/open-apis/authen/v1/authorize", needsResponseType: false, usesPKCE: true,
                denial: [("error", "access_denied")]),
            AuthorizationEndpoint(
                path: "passport.feishu.cn/suite/passport/oauth/authorize", denial: [("error", "access_denied")]),
        ],
        endpoints: [
            Endpoint(.post, "open.feishu.cn/open-apis/authen/v2/oauth/token", .token, answer: token),
            Endpoint(.get, "open.feishu.cn/open-apis/authen/v1/user_info", .userInfo, answer: userInfo),
            Endpoint(.post, "passport.feishu.cn/suite/passport/oauth/token", .token, answer: passportToken),
            Endpoint(.get, "passport.feishu.cn/suite/passport/oauth/userinfo", .userInfo, answer: passportUserInfo),
        ],
        subjectFields: ["open_id", "union_id", "user_id", "sub"],
        refuse: refuse)

    /// Seconds for which an access token is good.
    private static let lifetime = 7200

    private static func exchange(_ call: Call, _ engine: Engine) throws(Refusal) -> Grant {
        let client = try engine.authenticate(call)
        switch call["grant_type"] {
        case "authorization_code":
            return try engine.redeem(
                code: call["code"], client: client, call: call,
                needsRedirectURI: call.path.hasPrefix("passport.feishu.cn"))
        case "refresh_token":
            return try engine.refresh(call["refresh_token"], clientID: client.id, call: call, rotates: true)
        default: throw .grantTypeUnsupported
        }
    }

    // MARK: open.feishu.cn

    /// The body is JSON, and a refresh token comes with the scope `offline_access` only.
    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        guard !call.json.items.isEmpty else { throw .missing("grant_type") }
        let grant = try exchange(call, engine)
        let tokens = engine.issueTokens(
            for: grant, lifetime: lifetime, withRefresh: grant.allows("offline_access"))
        let body: JSON = [
            "code": 0, "access_token": .string(tokens.access), "expires_in": .number(Int64(tokens.lifetime)),
            "token_type": "Bearer", "scope": .string(grant.scopes.joined(separator: " ")),
        ]
        let lifetime: JSON? = tokens.refresh == nil ? nil : .number(Int64(Engine.refreshLifetime))
        return .token(
            body.adding("refresh_token", tokens.refresh.map(JSON.string))
                .adding("refresh_token_expires_in", lifetime))
    }

    private static func userInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let profile = try profile(call, engine)
        return .json(["code": 0, "msg": "success", "data": profile])
    }

    private static func profile(_ call: Call, _ engine: Engine) throws(Refusal) -> JSON {
        let grant = try engine.grant(accessToken: call.bearer(), call: call)
        let person = try engine.person(of: grant, in: call)
        let openID = person.openID(dialect: dialect.id, clientID: grant.clientID)
        let unionID = person.openID(dialect: dialect.id, clientID: "every application of a vendor")
        let body: JSON = [
            "name": .string(person.name), "en_name": .string(person.latinName),
            "avatar_url": .string(person.picture(240)), "avatar_thumb": .string(person.picture(72)),
            "avatar_middle": .string(person.picture(240)), "avatar_big": .string(person.picture(640)),
            "open_id": .string("ou_" + openID), "union_id": .string("on_" + unionID),
            "user_id": .string(Digest.hexadecimal("feishu", String(person.number), length: 8).lowercased()),
            "tenant_key": "736588c92lxf175d",
        ]
        let emails = person.emails
        return
            body
            .adding("email", person.primaryEmail.map { .string($0.address) })
            .adding("enterprise_email", emails.isEmpty ? nil : .string(person.username + "@company.example"))
    }

    // MARK: passport.feishu.cn

    private static func passportToken(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try exchange(call, engine)
        let tokens = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: true)
        return .token([
            "access_token": .string(tokens.access), "token_type": "Bearer",
            "expires_in": .number(Int64(tokens.lifetime)), "refresh_token": .text(tokens.refresh),
            "refresh_expires_in": .number(Int64(Engine.refreshLifetime)),
        ])
    }

    /// The profile without an envelope, with a few names more.
    private static func passportUserInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let profile = try profile(call, engine)
        guard let openID = profile["open_id"], let picture = profile["avatar_url"] else { throw .failure }
        return .json(JSON.object([]).adding("sub", openID).adding("picture", picture).merging(profile))
    }

    // MARK: Errors

    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        if call.path.hasSuffix("/user_info") {
            let isToken = refusal == .tokenUnknown || refusal == .tokenMissing
            let (code, text): (Int64, String) =
                isToken ? (20005, "The user access token passed is invalid.") : (20001, refusal.explanation)
            return .json(["code": .number(code), "msg": .string(text), "data": .object([])])
        }
        guard call.path.hasPrefix("open.feishu.cn") else { return refusal.standardReply }
        let code: Int64 =
            switch refusal {
            case .clientUnknown: 20048
            case .clientSecretWrong: 20002
            case .codeUnknown: 20003
            case .codeExpired: 20004
            case .codeUsed: 20065
            case .verifierWrong: 20049
            case .redirectMismatch: 20071
            case .refreshTokenUnknown: 20026
            case .grantTypeUnsupported: 20036
            default: 20001
            }
        return .json(
            .badRequest,
            [
                "code": .number(code), "error": .string(refusal.code),
                "error_description": .string(refusal.explanation),
            ])
    }
}
