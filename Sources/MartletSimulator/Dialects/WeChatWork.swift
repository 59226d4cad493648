import HTTPTypes

/// WeCom (WeChat Work): the token is the company's and not a person's; the code is shown together with it.
enum WeChatWork {
    static let dialect = Dialect(
        id: "wechat_work",
        title: "WeChat Work",
        reference: "https://developer.work.weixin.qq.com/document/path/98152",
        authorizations: [
            AuthorizationEndpoint(
                path: "login.work.weixin.qq.com/wwlogin/sso/login", clientParameter: "appid",
                needsResponseType: false, needs: ["login_type", "agentid"], denial: [])
        ],
        endpoints: [
            Endpoint(.get, "qyapi.weixin.qq.com/cgi-bin/gettoken", .token, answer: companyToken),
            // The code is used here, so that faults of a login's token step strike here too.
            Endpoint(.get, "qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo", .userInfo, .token, answer: userInfo),
            Endpoint(.get, "qyapi.weixin.qq.com/cgi-bin/user/get", .userInfo, answer: user),
            Endpoint(.post, "qyapi.weixin.qq.com/cgi-bin/auth/getuserdetail", .userInfo, answer: userDetail),
        ],
        subjectFields: ["userid", "openid"],
        refuse: refuse)

    /// Seconds for which the company's token is good.
    private static let lifetime = 7200
    /// Seconds for which a `user_ticket` is good.
    private static let ticketLifetime = 1800

    private static func ok(_ value: JSON) -> Reply {
        .json(JSON(dictionaryLiteral: ("errcode", 0), ("errmsg", "ok")).merging(value))
    }

    private static func companyToken(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let client = try engine.authenticate(call, id: "corpid", secret: "corpsecret")
        let grant = engine.ownGrant(clientID: client.id, dialect: dialect.id)
        let token = engine.issueTokens(for: grant, lifetime: lifetime, withRefresh: false).access
        return ok(["access_token": .string(token), "expires_in": .number(Int64(lifetime))])
    }

    /// The company behind the token in the query.
    private static func company(_ call: Call, _ engine: Engine) throws(Refusal) -> Engine.Client {
        let grant = try engine.grant(accessToken: call.query["access_token"], call: call)
        guard grant.person == nil else { throw .tokenUnknown }
        return Engine.Client(id: grant.clientID, isConfidential: true)
    }

    /// A member's `userid` and a ticket for the details; somebody else's openid only.
    private static func userInfo(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let company = try company(call, engine)
        let grant = try engine.redeem(code: call["code"], client: company, call: call, needsRedirectURI: false)
        guard let person = grant.person else { throw .codeUnknown }
        guard person.isMember else {
            return ok(["openid": .string(person.openID(dialect: dialect.id, clientID: company.id))])
        }
        let ticket = engine.ledger.issue(.ticket, for: grant, lifetime: ticketLifetime)
        return ok(["userid": .string(person.username), "user_ticket": .string(ticket)])
    }

    private static func user(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        _ = try company(call, engine)
        let userID = try call.required("userid")
        guard let person = engine.configuration.people.first(where: { $0.username == userID && $0.isMember }) else {
            throw .notFound
        }
        return ok([
            "userid": .string(person.username), "name": .string(person.name), "department": [1], "position": "",
            "status": 1, "isleader": 0, "english_name": .string(person.latinName), "telephone": "",
            "enable": 1, "main_department": 1, "alias": .string(person.id),
        ])
    }

    private static func userDetail(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let company = try company(call, engine)
        let ticket = try call.required("user_ticket")
        guard let grant = engine.ledger.find(ticket, .ticket)?.grant, grant.clientID == company.id else {
            throw .mismatch("user_ticket")
        }
        let person = try engine.person(of: grant, in: call)
        let hasEmail = !person.emails.isEmpty
        return ok([
            "userid": .string(person.username), "gender": "0", "avatar": .string(person.picture()),
            "qr_code": "https://open.work.weixin.qq.com/wwopen/userQRCode", "mobile": "",
            "email": .string(person.primaryEmail?.address ?? ""),
            "biz_mail": .string(hasEmail ? person.username + "@company.example" : ""), "address": "",
        ])
    }

    /// Every error has status 200 and says what it is in `errcode`.
    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        let (code, text): (Int64, String) =
            switch refusal {
            case .missing("corpid"): (41002, "corpid missing")
            case .missing("code"): (41008, "code missing")
            case .missing("userid"): (41009, "userid missing")
            case .clientUnknown: (40013, "invalid corpid")
            case .clientSecretWrong where call["corpsecret"]?.isEmpty ?? true: (41004, "corpsecret missing")
            case .clientSecretWrong: (40001, "invalid credential")
            case .codeUnknown, .codeUsed, .redirectMismatch, .verifierWrong: (40029, "invalid code")
            case .codeExpired: (42003, "code expired")
            case .tokenMissing: (41001, "access_token missing")
            case .tokenUnknown: (40014, "invalid access_token")
            case .notFound: (60111, "userid not found")
            case .mismatch, .missing("user_ticket"): (41043, "invalid user_ticket")
            default: (-1, "system busy")
            }
        let more = "more info at https://open.work.weixin.qq.com/devtool/query?e=\(code)"
        return .json(["errcode": .number(code), "errmsg": .string("\(text), \(more)")])
    }
}
