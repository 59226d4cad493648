import HTTPTypes

/// GitHub: OAuth apps with the web flow and the device flow.
enum GitHub {
    static let dialect = Dialect(
        id: "github",
        title: "GitHub",
        reference: "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps",
        authorizations: [
            AuthorizationEndpoint(
                path: "github.com/login/oauth/authorize", needsResponseType: false, usesPKCE: true,
                denial: [
                    ("error", "access_denied"),
                    ("error_description", "The user has denied your application access."),
                    ("error_uri", documentation + "#access-denied"),
                ])
        ],
        endpoints: [
            Endpoint(.post, "github.com/login/oauth/access_token", .token, answer: token),
            Endpoint(.post, "github.com/login/device/code", .device, answer: deviceCode),
            Endpoint(.get, "api.github.com/user", .userInfo, answer: user),
            Endpoint(.get, "api.github.com/user/emails", .userInfo, answer: emails),
            Endpoint(.delete, "api.github.com/applications/:client_id/token", .revoke, answer: revoke),
        ],
        subjectFields: ["id", "node_id"],
        verificationPath: "github.com/login/device",
        refuse: refuse)

    private static let documentation =
        "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/"

    // MARK: Tokens

    private static func token(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant: Grant
        if call.value("grant_type") == "urn:ietf:params:oauth:grant-type:device_code" {
            grant = try engine.devices.ask(
                deviceCode: try call.required("device_code"), clientID: try call.required("client_id"),
                dialect: dialect.id)
        } else {
            let client = try engine.authenticate(call, allowsBasic: true)
            grant = try engine.redeem(
                code: call["code"], client: client, call: call, needsRedirectURI: call.value("redirect_uri") != nil)
        }
        let tokens = engine.issueTokens(for: grant, lifetime: 365 * 86_400, withRefresh: false)
        return reply(
            [
                "access_token": .string(tokens.access), "scope": .string(grant.scopes.joined(separator: ",")),
                "token_type": "bearer",
            ], to: call)
    }

    private static func deviceCode(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let scopes = (call["scope"] ?? "").split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
        let codes = engine.devices.start(
            .init(dialect: dialect.id, clientID: try call.required("client_id"), scopes: scopes))
        return reply(
            [
                "device_code": .string(codes.deviceCode), "user_code": .string(codes.userCode),
                "verification_uri": .string(call.base + "/github.com/login/device"),
                "expires_in": .number(Int64(DeviceLedger.lifetime)), "interval": .number(Int64(DeviceLedger.interval)),
            ], to: call)
    }

    /// A form, unless the caller accepts JSON.
    private static func reply(_ value: JSON, to call: Call) -> Reply {
        let wantsJSON = call.headers[.accept]?.contains("json") ?? false
        return Reply(.ok, wantsJSON ? .json(value) : .form(value), headers: [.cacheControl: "no-store"])
    }

    private static func revoke(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        guard let basic = call.basic, !basic.password.isEmpty, basic.password != "wrong",
            basic.user == call.pathParameters["client_id"]
        else { throw .tokenUnknown }
        guard engine.ledger.revoke(try call.required("access_token"), clientID: basic.user) else { throw .notFound }
        return Reply(.noContent, .empty)
    }

    // MARK: Profile

    private static func grant(_ call: Call, _ engine: Engine) throws(Refusal) -> Grant {
        guard call.headers[.userAgent]?.isEmpty == false else { throw .userAgentMissing }
        return try engine.grant(accessToken: call.bearer(schemes: ["bearer", "token"]), call: call)
    }

    private static func user(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try grant(call, engine)
        let person = try engine.person(of: grant, in: call)
        let page = "https://github.com/" + person.username
        return Reply(
            .ok,
            .json([
                "login": .string(person.username), "id": .number(person.number),
                "node_id": .string("U_" + Base64URL.encode(String(person.number).utf8)),
                "avatar_url": .string(person.picture()), "html_url": .string(page), "type": "User",
                "site_admin": false, "name": .string(person.name), "company": .null, "blog": "", "location": .null,
                "email": .text(publicEmail(of: person)), "bio": .null,
            ]), headers: scopesHeader(grant))
    }

    /// Only a person with a single, verified address has made it public.
    private static func publicEmail(of person: Person) -> String? {
        guard person.emails.count == 1, let email = person.emails.first, email.isVerified else { return nil }
        return email.address
    }

    private static func emails(_ call: Call, _ engine: Engine) throws(Refusal) -> Reply {
        let grant = try grant(call, engine)
        guard grant.allows(anyOf: "user:email", "user") else { throw .notFound }
        let emails = try engine.person(of: grant, in: call).emails.map { email -> JSON in
            [
                "email": .string(email.address), "primary": .bool(email.isPrimary), "verified": .bool(email.isVerified),
                "visibility": email.isPrimary ? "private" : .null,
            ]
        }
        return Reply(.ok, .json(.array(emails)), headers: scopesHeader(grant))
    }

    private static func scopesHeader(_ grant: Grant) -> HTTPFields {
        var headers = HTTPFields()
        if let name = HTTPField.Name("X-OAuth-Scopes") { headers[name] = grant.scopes.joined(separator: ", ") }
        return headers
    }

    // MARK: Errors

    private static func refuse(_ refusal: Refusal, _ call: Call) -> Reply {
        guard call.path.hasPrefix("api.github.com") else { return refuseToken(refusal, call) }
        let (status, message): (HTTPResponse.Status, String) =
            switch refusal {
            case .userAgentMissing: (.forbidden, "Request forbidden by administrative rules. Send a User-Agent header.")
            case .tokenMissing: (.unauthorized, "Requires authentication")
            case .tokenUnknown: (.unauthorized, "Bad credentials")
            case .notFound: (.notFound, "Not Found")
            default: (.unprocessableContent, refusal.explanation)
            }
        return .json(
            status,
            [
                "message": .string(message), "documentation_url": "https://docs.github.com/rest",
                "status": .string(String(status.code)),
            ])
    }

    /// The token endpoint refuses with status 200.
    private static func refuseToken(_ refusal: Refusal, _ call: Call) -> Reply {
        let code =
            switch refusal {
            case .codeUnknown, .codeUsed, .codeExpired, .verifierWrong, .missing("code"): "bad_verification_code"
            case .clientUnknown, .clientSecretWrong, .missing("client_id"): "incorrect_client_credentials"
            case .redirectMismatch: "redirect_uri_mismatch"
            case .deviceCodeUnknown: "incorrect_device_code"
            default: refusal.code
            }
        let value: JSON = [
            "error": .string(code), "error_description": .string(refusal.explanation),
            "error_uri": .string(documentation + "#" + code.replacing("_", with: "-")),
        ]
        return reply(value.adding("interval", refusal == .slowDown ? 10 : nil), to: call)
    }
}
