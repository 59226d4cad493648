extension Catalogue {
    static let q: CatalogueEntries = [.qq, .qqMini, .quickBooks]
}

extension Provider {
    /// QQ: https://wiki.connect.qq.com/开发攻略_server-side
    ///
    /// The subject is `openid`, which every app has; `unionid` comes only to apps with that grant and is kept beside it, so
    /// that a later grant does not change who a person is.
    public static let qq: Provider = Provider("qq", "QQ") {
        $0.color = "#12b7f5"
        $0.documentation = "https://wiki.connect.qq.com/%E5%BC%80%E5%8F%91%E6%94%BB%E7%95%A5_server-side"
        $0.registration = Registration(
            page: "https://connect.qq.com/manage.html", clientID: "APP ID", clientSecret: "APP Key",
            redirectURI: "网站回调域",
            notes: [
                "en":
                    "Create a website application; it works once it is approved. The `unionid` is an interface of its own, to be turned on there.",
                "zh-Hans": "创建网站应用，审核通过后可用。`unionid` 接口需在应用中另行开启。",
            ])
        $0.authorizationEndpoint = "https://graph.qq.com/oauth2.0/authorize"
        $0.tokenEndpoint = "https://graph.qq.com/oauth2.0/token"
        $0.userInfoEndpoint = "https://graph.qq.com/user/get_user_info"
        $0.scopes = ["get_user_info"]
        $0.scopeSeparator = ","
        $0.callbackWithoutCodeIsDenial = true
        $0.pkce = .none
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.tokenRequest.parameters = ["fmt": "json"]
        $0.subjectRequest = ProviderCall("https://graph.qq.com/oauth2.0/me") {
            $0.accessToken = .query()
            $0.parameters = ["fmt": "json", "unionid": "1"]
        }
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = [
            "oauth_consumer_key": "{$client.id}", "openid": "{$subject.openid}", "format": "json",
        ]
        $0.failures = [FailureRule(code: "ret", description: "msg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "$subject.openid", username: "nickname", name: "nickname",
            avatar: "figureurl_qq_2 | figureurl_qq_1 | figureurl_qq",
            identifiers: ["openid": "$subject.openid", "unionid": "$subject.unionid"])
    }

    /// QQ mini program, whose code comes from `qq.login()` on the phone:
    /// https://q.qq.com/wiki/develop/miniprogram/server/open_port/port_login.html
    ///
    /// There is no browser step and no access token; the `session_key` is not one, and is not kept. The subject is `openid`,
    /// as for ``Provider/qq``. Read in a copy of the vendor's page.
    public static let qqMini: Provider = Provider("qq_mini", "QQ Mini Program") {
        $0.localizedNames = ["zh-Hans": "QQ 小程序"]
        $0.color = "#12b7f5"
        $0.documentation = "https://q.qq.com/wiki/develop/miniprogram/server/open_port/port_login.html"
        $0.registration = Registration(page: "https://q.qq.com/", clientID: "AppID", clientSecret: "AppSecret")
        $0.tokenEndpoint = "https://api.q.qq.com/sns/jscode2session"
        $0.pkce = .none
        $0.parameterNames.clientID = "appid"
        $0.parameterNames.clientSecret = "secret"
        $0.parameterNames.code = "js_code"
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.tokenRequest.sendsRedirectURI = false
        $0.tokenResponse.accessToken = nil
        $0.failures = [FailureRule(code: "errcode", description: "errmsg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "$token.openid", identifiers: ["openid": "$token.openid", "unionid": "$token.unionid"])
    }

    /// QuickBooks: https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/openid-connect
    ///
    /// For production keys; those for development read profiles at `sandbox-accounts.platform.intuit.com`. The profile
    /// spells its claims unlike the ID token: `emailVerified`, `givenName`. The requests are those of the vendor's library
    /// for Python.
    public static let quickBooks: Provider = Provider("quickbooks", "QuickBooks") {
        $0.color = "#2ca01c"
        $0.documentation =
            "https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/openid-connect"
        $0.registration = Registration(
            page: "https://developer.intuit.com/app/developer/dashboard", redirectURI: "Redirect URIs",
            notes: [
                "en": "Take the keys for production; those for development are for sandbox companies only.",
                "zh-Hans": "使用生产环境的密钥；开发密钥只能用于沙盒公司。",
            ])
        $0.issuer = "https://oauth.platform.intuit.com/op/v1"
        $0.authorizationEndpoint = "https://appcenter.intuit.com/connect/oauth2"
        $0.tokenEndpoint = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
        $0.userInfoEndpoint = "https://accounts.platform.intuit.com/v1/openid_connect/userinfo"
        $0.jwksURI = "https://oauth.platform.intuit.com/op/v1/jwks"
        $0.revocationEndpoint = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["name": "profile", "email": "email"]
        $0.clientAuthentication = .basic
        $0.revocationRequest.encoding = .json
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.profile = ProfileMapping(
            id: "sub", name: "{givenName} {familyName} | givenName", email: "email",
            emailVerified: "emailVerified")
    }
}
