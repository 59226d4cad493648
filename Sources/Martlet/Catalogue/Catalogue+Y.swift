extension Catalogue {
    static let y: CatalogueEntries = [
        .yahoo, .yahooJapan, .yammer, .yandex, .yiban,
    ]
}

extension Provider {
    /// Yahoo: https://developer.yahoo.com/oauth2/guide/openid_connect/getting_started.html
    ///
    /// Scopes must be among those chosen where the application is registered. The vendor's example of a profile has
    /// `preferred_username`; libraries read `nickname`. An email counts as verified only where `email_verified` comes.
    public static let yahoo: Provider = Provider("yahoo", "Yahoo") {
        $0.color = "#5f01d1"
        $0.documentation = "https://developer.yahoo.com/oauth2/guide/openid_connect/getting_started.html"
        $0.registration = Registration(
            page: "https://developer.yahoo.com/apps/create/", clientID: "Client ID (Consumer Key)",
            clientSecret: "Client Secret (Consumer Secret)", redirectURI: "Callback domain",
            notes: [
                "en": "Tick the OpenID Connect permissions for profile and email.",
                "zh-Hans": "勾选 OpenID Connect 的资料与邮箱权限。",
            ])
        $0.issuer = "https://api.login.yahoo.com"
        $0.authorizationEndpoint = "https://api.login.yahoo.com/oauth2/request_auth"
        $0.tokenEndpoint = "https://api.login.yahoo.com/oauth2/get_token"
        $0.userInfoEndpoint = "https://api.login.yahoo.com/openid/v1/userinfo"
        $0.jwksURI = "https://api.login.yahoo.com/openid/v1/certs"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .basic
        $0.profile.username = "preferred_username | nickname"
    }

    /// Yammer: https://learn.microsoft.com/rest/api/yammer/oauth-2
    ///
    /// Ended in July 2025: sign in by ``microsoft``. The vendor's pages and libraries name two authorization endpoints; this
    /// is that of the vendor's newer client. The token is inside an object. No proof of the email is documented:
    /// unverified.
    public static let yammer: Provider = Provider("yammer", "Yammer") {
        $0.color = "#106ebe"
        $0.documentation = "https://learn.microsoft.com/rest/api/yammer/oauth-2"
        $0.registration = Registration(
            page: "https://www.yammer.com/client_applications",
            notes: [
                "en": "Yammer's own sign-in ended in July 2025; use `microsoft`.",
                "zh-Hans": "Yammer 自有登录已于 2025 年 7 月停用，请改用 `microsoft`。",
            ])
        $0.authorizationEndpoint = "https://www.yammer.com/oauth2/authorize"
        $0.tokenEndpoint = "https://www.yammer.com/oauth2/access_token"
        $0.userInfoEndpoint = "https://www.yammer.com/api/v1/users/current.json"
        $0.clientAuthentication = .post
        $0.tokenResponse.accessToken = "access_token.token"
        $0.profile = ProfileMapping(
            id: "id", username: "name", name: "full_name", email: "email", avatar: "mugshot_url")
    }

    /// Yandex: https://yandex.com/dev/id/doc/en/user-information
    ///
    /// The vendor serves the same under `oauth.yandex.ru`, which its Russian pages name; sources are divided evenly. The
    /// token's word in the header is `OAuth`. Only a token that was asked for with a device id can be revoked, so none is.
    /// The email is the account's default one, and nothing in the answer proves it: unverified.
    public static let yandex: Provider = Provider("yandex", "Yandex") {
        $0.color = "#fc3f1d"
        $0.documentation = "https://yandex.com/dev/id/doc/en/user-information"
        $0.registration = Registration(
            page: "https://oauth.yandex.com/client/new", clientID: "ClientID",
            notes: [
                "en": "Under API Yandex ID, allow the access that the scopes ask for: user name, email and avatar.",
                "zh-Hans": "在 Yandex ID API 权限中勾选用户名、邮箱和头像。",
            ])
        $0.authorizationEndpoint = "https://oauth.yandex.com/authorize"
        $0.tokenEndpoint = "https://oauth.yandex.com/token"
        $0.userInfoEndpoint = "https://login.yandex.ru/info"
        $0.scopes = ["login:info", "login:email", "login:avatar"]
        $0.fieldScopes = [
            "username": "login:info", "name": "login:info", "email": "login:email", "avatar": "login:avatar",
        ]
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken.scheme = "OAuth"
        $0.userInfoRequest.parameters = ["format": "json"]
        $0.profile = ProfileMapping(
            id: "id", username: "login", name: "real_name | display_name", email: "default_email",
            avatar: "https://avatars.yandex.net/get-yapic/{default_avatar_id}/islands-200",
            identifiers: ["psuid": "psuid"])
    }

    /// Yiban: https://o.yiban.cn/wiki/index.php?page=oauth/authorize
    ///
    /// As a library and public code describe it, not the vendor. The plain profile is read, which
    /// needs no further permission; a person's real name, school and student number are other calls. There are no scopes,
    /// no refresh tokens and no email.
    public static let yiban: Provider = Provider("yiban", "Yiban") {
        $0.localizedNames = ["zh-Hans": "易班"]
        $0.color = "#00a0e9"
        $0.documentation = "https://o.yiban.cn/wiki/index.php?page=oauth/authorize"
        $0.registration = Registration(page: "https://open.yiban.cn/", clientID: "AppID", clientSecret: "AppSecret")
        $0.authorizationEndpoint = "https://openapi.yiban.cn/oauth/authorize"
        $0.tokenEndpoint = "https://openapi.yiban.cn/oauth/access_token"
        $0.userInfoEndpoint = "https://openapi.yiban.cn/user/me"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.envelope = "info"
        $0.failures = [FailureRule(code: "status", description: "info.msgCN | msgCN", success: ["success"])]
        $0.profile = ProfileMapping(
            id: "yb_userid", username: "yb_username", name: "yb_usernick | yb_username", avatar: "yb_userhead")
    }

    /// Yahoo! JAPAN: https://developer.yahoo.co.jp/yconnect/v2/authorization_code/
    ///
    /// `bail` brings people who decline back here; without it they stay at the vendor's front page. It is another company than
    /// ``yahoo``, with accounts of its own.
    public static let yahooJapan: Provider = Provider("yahoo_japan", "Yahoo! JAPAN") {
        $0.localizedNames = ["ja": "Yahoo! JAPAN ID"]
        $0.color = "#ff0033"
        $0.documentation = "https://developer.yahoo.co.jp/yconnect/v2/authorization_code/"
        $0.registration = Registration(
            page: "https://e.developer.yahoo.co.jp/dashboard/", redirectURI: "コールバックURL",
            notes: ["en": "Create it as a server-side application.", "zh-Hans": "应用种类选择“サーバーサイド”（服务器端）。"])
        $0.fieldScopes = ["name": "profile", "avatar": "profile", "email": "email"]
        $0.issuer = "https://auth.login.yahoo.co.jp/yconnect/v2"
        $0.authorizationEndpoint = "https://auth.login.yahoo.co.jp/yconnect/v2/authorization"
        $0.tokenEndpoint = "https://auth.login.yahoo.co.jp/yconnect/v2/token"
        $0.userInfoEndpoint = "https://userinfo.yahooapis.jp/yconnect/v2/attribute"
        $0.jwksURI = "https://auth.login.yahoo.co.jp/yconnect/v2/jwks"
        $0.scopes = ["openid", "profile", "email"]
        $0.authorizeParameters = ["bail": "1"]
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(
            id: "sub", name: "nickname | name", email: "email", emailVerified: "email_verified", avatar: "picture")
    }
}
