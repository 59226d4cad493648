extension Catalogue {
    static let u: CatalogueEntries = [.uber, .ufutx, .untappd]
}

extension Provider {
    /// Uber: https://developer.uber.com/docs/consumer-identity/guides/authorization-code-flow
    ///
    /// The subject is `sub`, which the vendor gives for the scope `profile`; most libraries take the `uuid` of an older answer.
    public static let uber: Provider = Provider("uber", "Uber") {
        $0.color = "#000000"
        $0.documentation = "https://developer.uber.com/docs/consumer-identity/guides/authorization-code-flow"
        $0.registration = Registration(
            page: "https://developer.uber.com/dashboard",
            notes: [
                "en": "The profile is open only to applications that Uber has approved: ask your contact there.",
                "zh-Hans": "用户资料接口仅对经 Uber 批准的应用开放，请联系 Uber 的对接人。",
            ])
        $0.authorizationEndpoint = "https://auth.uber.com/oauth/v2/authorize"
        $0.tokenEndpoint = "https://auth.uber.com/oauth/v2/token"
        $0.userInfoEndpoint = "https://api.uber.com/v3/me"
        $0.revocationEndpoint = "https://auth.uber.com/oauth/v2/revoke"
        $0.scopes = ["profile"]
        $0.fieldScopes = ["name": "profile", "email": "profile", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.profile = ProfileMapping(
            id: "sub", name: "{given_name} {family_name} | given_name", email: "email", emailVerified: "email_verified",
            avatar: "picture")
    }

    /// Ufutx (友福同享): https://socialiteproviders.com/Ufutx/
    ///
    /// As one library describes it; the vendor publishes nothing about it. An email is unverified.
    public static let ufutx: Provider = Provider("ufutx", "Ufutx") {
        $0.localizedNames = ["zh-Hans": "友福同享"]
        $0.color = "#e60012"
        $0.documentation = "https://socialiteproviders.com/Ufutx/"
        $0.registration = Registration(
            page: "https://socialiteproviders.com/Ufutx/",
            notes: [
                "en": "The vendor has no page for registering: ask them for a client.",
                "zh-Hans": "该平台没有公开的注册页面，请向其申请客户端。",
            ])
        $0.authorizationEndpoint = "https://account.ufutx.com/oauth/authorize"
        $0.tokenEndpoint = "https://account.ufutx.com/oauth/token"
        $0.userInfoEndpoint = "https://account.ufutx.com/api/user"
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "id", name: "name", email: "email")
    }

    /// Untappd: https://untappd.com/api/docs
    ///
    /// As five libraries describe it. The addresses are named the other way round: `authenticate` is where a person agrees,
    /// `authorize` gives the token, to a GET. New applications have not been taken for some time, as a client library of
    /// 2026 says. An email is unverified.
    public static let untappd: Provider = Provider("untappd", "Untappd") {
        $0.color = "#ffc000"
        $0.documentation = "https://untappd.com/api/docs"
        $0.registration = Registration(
            page: "https://untappd.com/api/register", redirectURI: "Callback URL",
            notes: [
                "en": "Each application is approved by hand; new ones have not been taken for some time.",
                "zh-Hans": "应用须人工审批；目前已有一段时间不接受新应用。",
            ])
        $0.authorizationEndpoint = "https://untappd.com/oauth/authenticate/"
        $0.tokenEndpoint = "https://untappd.com/oauth/authorize/"
        $0.userInfoEndpoint = "https://api.untappd.com/v4/user/info"
        $0.clientAuthentication = .post
        $0.parameterNames.redirectURI = "redirect_url"
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.tokenRequest.parameters = ["response_type": "code"]
        $0.tokenResponse.envelope = "response"
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.envelope = "response.user"
        $0.failures = [
            FailureRule(code: "meta.code | meta.http_code", description: "meta.error_detail", success: ["200"])
        ]
        $0.profile = ProfileMapping(
            id: "id", username: "user_name", name: "{first_name} {last_name} | first_name",
            email: "settings.email_address", avatar: "user_avatar")
    }
}
