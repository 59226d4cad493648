extension Catalogue {
    static let t: CatalogueEntries = [
        .taobao, .tapd, .teambition, .telegram, .tikTok, .toutiao, .trakt, .trello, .tumblr, .twitch, .twitter,
    ]
}

extension Provider {
    /// Taobao: https://developer.alibaba.com/docs/doc.htm?articleId=102635&docType=1&treeId=1
    ///
    /// The token answer says who the person is; its names come percent-encoded. All sub-accounts of a shop share the shop's
    /// `taobao_user_id`, so a sub-account is the pair of both ids. `taobao_open_uid` stands in where an application gets no
    /// user id (as one library describes it). There is no email and no picture.
    public static let taobao: Provider = Provider("taobao", "Taobao") {
        $0.localizedNames = ["zh-Hans": "淘宝"]
        $0.color = "#ff5000"
        $0.documentation = "https://developer.alibaba.com/docs/doc.htm?articleId=102635&docType=1&treeId=1"
        $0.registration = Registration(
            page: "https://open.taobao.com/", clientID: "AppKey", clientSecret: "AppSecret", redirectURI: "回调地址",
            notes: [
                "en": "The redirect URI must lie under the domain that is registered as the callback address (回调地址).",
                "zh-Hans": "redirect_uri 须与应用登记的回调地址域名或顶级域名一致。",
            ])
        $0.authorizationEndpoint = "https://oauth.taobao.com/authorize"
        $0.tokenEndpoint = "https://oauth.taobao.com/token"
        $0.authorizeParameters = ["view": "web"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "{$token.taobao_user_id}:{$token.sub_taobao_user_id} | $token.taobao_user_id | $token.taobao_open_uid",
            username: "$token.sub_taobao_user_nick | $token.taobao_user_nick",
            name: "$token.sub_taobao_user_nick | $token.taobao_user_nick",
            identifiers: [
                "taobao_user_id": "$token.taobao_user_id", "sub_taobao_user_id": "$token.sub_taobao_user_id",
                "taobao_open_uid": "$token.taobao_open_uid",
            ])
        $0.profile.percentEncoded = true
    }

    /// TAPD: https://open.tapd.cn/document/api-doc/API文档/授权凭证/用户态.html
    ///
    /// A sign-in by the user's own authorization (`auth_by=user`). The page that documents the profile gives no scope for it:
    /// `user` is as one project's notes have it. There is no email.
    public static let tapd: Provider = Provider("tapd", "TAPD") {
        $0.color = "#3582fb"
        $0.documentation =
            "https://open.tapd.cn/document/api-doc/API%E6%96%87%E6%A1%A3/%E6%8E%88%E6%9D%83%E5%87%AD%E8%AF%81/%E7%94%A8%E6%88%B7%E6%80%81.html"
        $0.registration = Registration(
            page: "https://open.tapd.cn/", clientID: "应用 ID", clientSecret: "应用密钥", redirectURI: "回调 URL")
        $0.authorizationEndpoint = "https://www.tapd.cn/oauth/"
        $0.tokenEndpoint = "https://api.tapd.cn/tokens/request_token"
        $0.userInfoEndpoint = "https://api.tapd.cn/users/info"
        $0.scopes = ["user"]
        $0.authorizeParameters = ["auth_by": "user"]
        $0.clientAuthentication = .basic
        $0.tokenResponse.envelope = "data"
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "status", description: "info", success: ["1"])]
        $0.profile = ProfileMapping(id: "id", username: "nick", name: "name", avatar: "avatar")
    }

    /// Teambition: https://open.teambition.com/docs
    ///
    /// As libraries and applications describe it: the vendor's pages on this older sign-in were not to be found. The grant
    /// type is `code`. A refresh would want the person's id beside the token, and is not offered. An email is unverified.
    public static let teambition: Provider = Provider("teambition", "Teambition") {
        $0.color = "#3da8f5"
        $0.documentation = "https://open.teambition.com/docs"
        $0.registration = Registration(page: "https://open.teambition.com/")
        $0.authorizationEndpoint = "https://account.teambition.com/oauth2/authorize"
        $0.tokenEndpoint = "https://account.teambition.com/oauth2/access_token"
        $0.userInfoEndpoint = "https://api.teambition.com/users/me"
        $0.clientAuthentication = .post
        $0.tokenRequest.encoding = .json
        $0.tokenRequest.grantType = "code"
        $0.tokenRequest.sendsRedirectURI = false
        $0.userInfoRequest.accessToken.scheme = "OAuth2"
        $0.failures = [FailureRule(code: "message", description: "message")]
        $0.profile = ProfileMapping(id: "_id", name: "name", email: "email", avatar: "avatarUrl")
    }

    /// TikTok: https://developers.tiktok.com/doc/oauth-get-a-user-access-token
    ///
    /// The subject is `open_id`, which is the application's own; `union_id`, the same in all of a developer's, is kept beside
    /// it. PKCE is documented for mobile and desktop applications only, and there, as one library has it, with a
    /// challenge in hexadecimal, unlike RFC 7636. Every profile answer has an `error`, whose code `ok` means that there is none. A user name needs the scope
    /// `user.info.profile` and `username` among the `fields` of the profile call. There is no email.
    public static let tikTok: Provider = Provider("tiktok", "TikTok") {
        $0.color = "#010101"
        $0.documentation = "https://developers.tiktok.com/doc/oauth-get-a-user-access-token"
        $0.registration = Registration(
            page: "https://developers.tiktok.com/apps", clientID: "Client key",
            notes: [
                "en":
                    "Add the product Login Kit and the scope user.info.basic; TikTok reviews an app before it is live.",
                "zh-Hans": "为应用添加 Login Kit 产品和 user.info.basic 权限；上线前须经 TikTok 审核。",
            ])
        $0.authorizationEndpoint = "https://www.tiktok.com/v2/auth/authorize/"
        $0.tokenEndpoint = "https://open.tiktokapis.com/v2/oauth/token/"
        $0.userInfoEndpoint = "https://open.tiktokapis.com/v2/user/info/"
        $0.revocationEndpoint = "https://open.tiktokapis.com/v2/oauth/revoke/"
        $0.scopes = ["user.info.basic"]
        $0.scopeSeparator = ","
        $0.fieldScopes = [
            "username": "user.info.profile", "name": "user.info.basic", "avatar": "user.info.basic",
        ]
        $0.pkce = .none
        $0.clientAuthentication = .post
        $0.parameterNames.clientID = "client_key"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoRequest.parameters = ["fields": "open_id,union_id,avatar_url,display_name"]
        $0.userInfoRequest.envelope = "data.user"
        $0.failures = [FailureRule(code: "error.code", description: "error.message", success: ["ok"])]
        $0.profile = ProfileMapping(
            id: "open_id", username: "username", name: "display_name", avatar: "avatar_url",
            identifiers: ["open_id": "open_id", "union_id": "union_id"])
    }

    /// Toutiao: https://open.douyin.com/platform/resource/docs/openapi/account-permission/get-access-token
    ///
    /// Of two libraries, one has three other addresses; these are the vendor's.
    public static let toutiao: Provider = byteDance(
        "toutiao", "Toutiao", chinese: "今日头条", color: "#f04142", host: "https://open.snssdk.com",
        authorizationEndpoint: "https://open.snssdk.com/oauth/authorize/")

    /// Trakt: https://docs.trakt.tv/reference/authentication
    ///
    /// The subject is the `uuid` of the account's settings, which the vendor gives to identify a person by; most libraries
    /// take the name or its slug. There is no email.
    public static let trakt: Provider = Provider("trakt", "Trakt") {
        $0.color = "#9f42c6"
        $0.documentation = "https://docs.trakt.tv/reference/authentication"
        $0.registration = Registration(page: "https://trakt.tv/oauth/applications/new")
        $0.authorizationEndpoint = "https://trakt.tv/oauth/authorize"
        $0.tokenEndpoint = "https://api.trakt.tv/oauth/token"
        $0.userInfoEndpoint = "https://api.trakt.tv/users/settings"
        $0.revocationEndpoint = "https://api.trakt.tv/oauth/revoke"
        $0.clientAuthentication = .post
        $0.tokenRequest.encoding = .json
        $0.revocationRequest.encoding = .json
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoRequest.headers = ["trakt-api-version": "2", "trakt-api-key": "{$client.id}"]
        $0.userInfoRequest.envelope = "user"
        $0.profile = ProfileMapping(
            id: "ids.uuid", username: "username", name: "name", avatar: "images.avatar.full",
            identifiers: ["slug": "ids.slug"])
    }

    /// Tumblr: https://github.com/tumblr/docs/blob/master/api.md
    ///
    /// OAuth 2, where several libraries still use OAuth 1.0a. A person is known by their primary blog: its `uuid` stays when
    /// its name is changed. There is no email.
    public static let tumblr: Provider = Provider("tumblr", "Tumblr") {
        $0.color = "#001935"
        $0.documentation = "https://github.com/tumblr/docs/blob/master/api.md"
        $0.registration = Registration(
            page: "https://www.tumblr.com/oauth/apps", clientID: "OAuth consumer key",
            clientSecret: "OAuth consumer secret", redirectURI: "OAuth2 redirect URL",
            notes: [
                "en": "The application has OAuth 2 only once an OAuth2 redirect URL is given.",
                "zh-Hans": "填写 OAuth2 redirect URL 之后，应用才能使用 OAuth 2。",
            ])
        $0.authorizationEndpoint = "https://www.tumblr.com/oauth2/authorize"
        $0.tokenEndpoint = "https://api.tumblr.com/v2/oauth2/token"
        $0.userInfoEndpoint = "https://api.tumblr.com/v2/user/info"
        $0.scopes = ["basic"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "response"
        $0.failures = [FailureRule(code: "meta.status", description: "meta.msg", success: ["200"])]
        $0.profile = ProfileMapping(
            id: "user.blogs.primary=true.uuid", username: "user.name", name: "user.blogs.primary=true.title | user.name"
        )
    }

    /// Twitch: https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/
    ///
    /// OpenID Connect, whose ID token holds the claims that the request names; most libraries read `helix/users` instead.
    public static let twitch: Provider = Provider("twitch", "Twitch") {
        $0.color = "#9146ff"
        $0.documentation = "https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/"
        $0.registration = Registration(
            page: "https://dev.twitch.tv/console/apps", clientSecret: "Client Secret",
            redirectURI: "OAuth Redirect URLs")
        $0.issuer = "https://id.twitch.tv/oauth2"
        $0.authorizationEndpoint = "https://id.twitch.tv/oauth2/authorize"
        $0.tokenEndpoint = "https://id.twitch.tv/oauth2/token"
        $0.userInfoEndpoint = "https://id.twitch.tv/oauth2/userinfo"
        $0.jwksURI = "https://id.twitch.tv/oauth2/keys"
        $0.revocationEndpoint = "https://id.twitch.tv/oauth2/revoke"
        $0.scopes = ["openid", "user:read:email"]
        $0.fieldScopes = ["email": "user:read:email"]
        $0.authorizeParameters = [
            "claims": #"{"id_token":{"email":null,"email_verified":null,"picture":null,"preferred_username":null}}"#
        ]
        $0.clientAuthentication = .post
        $0.signingAlgorithms = [.rs256]
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoPolicy = .withoutIDToken
        $0.profile = ProfileMapping(
            id: "sub", username: "preferred_username", name: "preferred_username", email: "email",
            emailVerified: "email_verified", avatar: "picture")
    }

    /// X: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
    ///
    /// `confirmed_email` is by its name an address that the person confirmed. A refresh token comes only with the scope
    /// `offline.access`.
    public static let twitter: Provider = Provider("twitter", "X") {
        $0.color = "#000000"
        $0.documentation = "https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code"
        $0.registration = Registration(
            page: "https://developer.x.com/en/portal/dashboard", clientSecret: "Client Secret",
            redirectURI: "Callback URI / Redirect URL",
            notes: [
                "en": """
                Set up user authentication as a web app (confidential client) and tick “Request email from users”; \
                without that, leave the scope users.email out.
                """,
                "zh-Hans": "在用户认证设置中选择 Web App（机密客户端），并勾选 “Request email from users”；否则请去掉 users.email 权限。",
            ])
        $0.authorizationEndpoint = "https://x.com/i/oauth2/authorize"
        $0.tokenEndpoint = "https://api.x.com/2/oauth2/token"
        $0.userInfoEndpoint = "https://api.x.com/2/users/me"
        $0.revocationEndpoint = "https://api.x.com/2/oauth2/revoke"
        $0.scopes = ["users.read", "tweet.read", "users.email"]
        $0.fieldScopes = ["email": "users.email"]
        $0.clientAuthentication = .basic
        $0.userInfoRequest.parameters = ["user.fields": "profile_image_url,confirmed_email"]
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name", email: "confirmed_email", emailVerified: "true",
            avatar: "profile_image_url")
    }

    /// What ByteDance's services beside Douyin share: Douyin's documentation, which gives a host for each.
    ///
    /// The profile is a name, a picture and `open_id`, which is the application's own. There is no email.
    static func byteDance(
        _ id: String, _ name: String, chinese: String, color: String, host: String, authorizationEndpoint: String
    ) -> Provider {
        Provider(id, name) {
            $0.localizedNames = ["zh-Hans": chinese]
            $0.color = color
            $0.documentation =
                "https://open.douyin.com/platform/resource/docs/openapi/account-permission/get-access-token"
            $0.registration = Registration(
                page: "https://developer.open-douyin.com/console", clientID: "Client Key",
                clientSecret: "Client Secret",
                redirectURI: "授权回调域",
                notes: [
                    "en": "Register a web application and apply for the permission user_info; both are reviewed.",
                    "zh-Hans": "创建网站应用并申请 user_info 权限，均须审核。",
                ])
            $0.authorizationEndpoint = authorizationEndpoint
            $0.tokenEndpoint = host + "/oauth/access_token/"
            $0.refreshEndpoint = host + "/oauth/refresh_token/"
            $0.userInfoEndpoint = host + "/oauth/userinfo/"
            $0.scopes = ["user_info"]
            $0.scopeSeparator = ","
            $0.fieldScopes = ["name": "user_info", "avatar": "user_info"]
            $0.clientAuthentication = .post
            $0.parameterNames.clientID = "client_key"
            $0.tokenRequest.refreshSendsClientSecret = false
            $0.tokenResponse.envelope = "data"
            $0.userInfoRequest.method = .post
            $0.userInfoRequest.encoding = .form
            $0.userInfoRequest.accessToken.location = AccessTokenPlacement.Location.none
            $0.userInfoRequest.parameters = [
                "access_token": "{$token.access_token}", "open_id": "{$token.open_id}",
            ]
            $0.userInfoRequest.envelope = "data"
            $0.failures = [
                FailureRule(code: "data.error_code", description: "data.description", success: ["0"])
            ]
            $0.profile = ProfileMapping(id: "open_id | $token.open_id", name: "nickname", avatar: "avatar")
        }
    }

    /// Telegram: https://core.telegram.org/bots/telegram-login
    ///
    /// The vendor's OpenID Connect, not the older widget with a hash by the bot's token. The ID token holds the whole
    /// profile; there is no email. Endpoints and claims as several clients use them.
    public static let telegram: Provider = Provider("telegram", "Telegram") {
        $0.color = "#229ed9"
        $0.documentation = "https://core.telegram.org/bots/telegram-login"
        $0.registration = Registration(
            page: "https://t.me/BotFather", redirectURI: "Allowed URLs",
            notes: [
                "en":
                    "Create a bot; its Bot Settings have Login Widget (Web Login), where the client id and secret are too.",
                "zh-Hans": "先创建机器人；在 Bot Settings 的 Login Widget（Web Login）中登记地址，并取得 Client ID 和 Client Secret。",
            ])
        $0.issuer = "https://oauth.telegram.org"
        $0.authorizationEndpoint = "https://oauth.telegram.org/auth"
        $0.tokenEndpoint = "https://oauth.telegram.org/token"
        $0.jwksURI = "https://oauth.telegram.org/.well-known/jwks.json"
        $0.scopes = ["openid", "profile"]
        $0.clientAuthentication = .basic
        $0.tokenRequest.parameters = ["client_id": "{$client.id}"]
        $0.profile = ProfileMapping(
            id: "sub", username: "preferred_username", name: "name", avatar: "picture", identifiers: ["user_id": "id"])
    }

    /// Trello: https://developer.atlassian.com/cloud/trello/guides/rest-api/oauth-2-getting-started/
    ///
    /// OAuth 2.0 through Atlassian, which the vendor has offered since September 2026 and recommends; libraries still use
    /// OAuth 1.0a. A refresh token comes only with the scope `offline_access`. Token request and profile call as several
    /// clients make them. No proof of the email is documented: unverified.
    public static let trello: Provider = Provider("trello", "Trello") {
        $0.color = "#0052cc"
        $0.documentation = "https://developer.atlassian.com/cloud/trello/guides/rest-api/oauth-2-getting-started/"
        $0.registration = Registration(
            page: "https://trello.com/apps/admin", redirectURI: "Callback URL",
            notes: [
                "en":
                    "Add an OAuth 2.0 client to the app, make it confidential, and tick the scope read:member:trello.",
                "zh-Hans": "为应用添加 OAuth 2.0 客户端，类型选 confidential，并勾选 read:member:trello 权限。",
            ])
        $0.authorizationEndpoint = "https://auth.atlassian.com/authorize"
        $0.tokenEndpoint = "https://auth.atlassian.com/oauth/token"
        $0.userInfoEndpoint = "https://api.trello.com/1/members/me"
        $0.scopes = ["read:member:trello"]
        $0.authorizeParameters = ["prompt": "consent"]
        $0.clientAuthentication = .post
        $0.tokenRequest.encoding = .json
        $0.userInfoRequest.parameters = ["fields": "id,username,fullName,email,avatarUrl"]
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "fullName", email: "email", avatar: "{avatarUrl}/170.png")
    }
}
