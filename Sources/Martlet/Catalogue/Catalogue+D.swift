extension Catalogue {
    static let d: CatalogueEntries = [
        .dailymotion, .deezer, .deviantart, .digitalocean, .dingtalk, .discord, .disqus, .douban, .douyin, .dribbble,
        .dropbox,
    ]
}

extension Provider {
    /// Dailymotion: https://developers.dailymotion.com/v0/docs/authenticate-using-authorization-codes
    ///
    /// The vendor's older API (v0), whose public keys sign other people in; libraries disagree on the hosts, the vendor
    /// names `api.dailymotion.com`. `verified` is not documented to speak of the email: unverified.
    public static let dailymotion: Provider = Provider("dailymotion", "Dailymotion") {
        $0.color = "#0d0d0d"
        $0.documentation = "https://developers.dailymotion.com/v0/docs/authenticate-using-authorization-codes"
        $0.registration = Registration(
            page: "https://www.dailymotion.com/partner/api-keys/", clientID: "API key", clientSecret: "API secret",
            redirectURI: "Callback URL",
            notes: [
                "en": "In Dailymotion Studio, under Organization, API keys, create a public API key.",
                "zh-Hans": "在 Dailymotion Studio 的 Organization → API keys 中创建 Public API key。",
            ])
        $0.authorizationEndpoint = "https://api.dailymotion.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.dailymotion.com/oauth/token"
        $0.userInfoEndpoint = "https://api.dailymotion.com/user/me"
        $0.scopes = ["email"]
        $0.fieldScopes = ["email": "email"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.parameters = ["fields": "id,username,screenname,email,avatar_720_url"]
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "screenname", email: "email", avatar: "avatar_720_url")
    }

    /// Deezer: https://developers.deezer.com/api/oauth
    ///
    /// As six libraries describe it. The vendor has taken no new applications since 2024, as developers report. Errors
    /// come in successful answers. No proof of the email is documented: unverified.
    public static let deezer: Provider = Provider("deezer", "Deezer") {
        $0.color = "#a238ff"
        $0.documentation = "https://developers.deezer.com/api/oauth"
        $0.registration = Registration(
            page: "https://developers.deezer.com/myapps", clientID: "Application ID", clientSecret: "Secret Key",
            redirectURI: "Redirect URL after authentication",
            notes: [
                "en": "Deezer has taken no new applications since 2024.",
                "zh-Hans": "自 2024 年起 Deezer 不再接受新应用。",
            ])
        $0.authorizationEndpoint = "https://connect.deezer.com/oauth/auth.php"
        $0.tokenEndpoint = "https://connect.deezer.com/oauth/access_token.php"
        $0.userInfoEndpoint = "https://api.deezer.com/user/me"
        $0.scopes = ["basic_access", "email"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["email": "email"]
        $0.clientAuthentication = .post
        $0.parameterNames.clientID = "app_id"
        $0.parameterNames.clientSecret = "secret"
        $0.parameterNames.scope = "perms"
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.tokenRequest.parameters = ["output": "json"]
        $0.tokenRequest.sendsRedirectURI = false
        $0.tokenResponse.expiresIn = "expires"
        $0.userInfoRequest.accessToken = .query()
        $0.profile = ProfileMapping(
            id: "id", username: "name", name: "{firstname} {lastname} | name", email: "email", avatar: "picture")
    }

    /// DeviantArt: https://www.deviantart.com/developers/authentication
    ///
    /// The subject is the UUID `userid`; the user name can be changed. There is no email and no name. Applications
    /// registered now must use PKCE. The profile's scope and revocation are as libraries have them.
    public static let deviantart: Provider = Provider("deviantart", "DeviantArt") {
        $0.color = "#05cc47"
        $0.documentation = "https://www.deviantart.com/developers/authentication"
        $0.registration = Registration(
            page: "https://www.deviantart.com/developers/apps",
            notes: ["en": "Choose a confidential client.", "zh-Hans": "请选择 Confidential 客户端。"])
        $0.authorizationEndpoint = "https://www.deviantart.com/oauth2/authorize"
        $0.tokenEndpoint = "https://www.deviantart.com/oauth2/token"
        $0.userInfoEndpoint = "https://www.deviantart.com/api/v1/oauth2/user/whoami"
        $0.revocationEndpoint = "https://www.deviantart.com/oauth2/revoke"
        $0.scopes = ["user"]
        $0.clientAuthentication = .post
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.profile = ProfileMapping(id: "userid", username: "username", avatar: "usericon")
    }

    /// DigitalOcean: https://docs.digitalocean.com/reference/api/oauth/
    ///
    /// The vendor's example has the client's secret in the token endpoint's query; it is sent in the body, which keeps it
    /// out of logs. Libraries ask for `read`, which is everything; `account:read` is the scope of the profile. There is
    /// no picture and no handle.
    public static let digitalocean: Provider = Provider("digitalocean", "DigitalOcean") {
        $0.color = "#0080ff"
        $0.documentation = "https://docs.digitalocean.com/reference/api/oauth/"
        $0.registration = Registration(
            page: "https://cloud.digitalocean.com/account/api/applications/new", redirectURI: "Callback URL")
        $0.authorizationEndpoint = "https://cloud.digitalocean.com/v1/oauth/authorize"
        $0.tokenEndpoint = "https://cloud.digitalocean.com/v1/oauth/token"
        $0.refreshEndpoint = "https://cloud.digitalocean.com/v1/oauth/refresh"
        $0.userInfoEndpoint = "https://api.digitalocean.com/v2/account"
        $0.scopes = ["account:read"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "account"
        $0.profile = ProfileMapping(id: "uuid", name: "name", email: "email", emailVerified: "email_verified")
    }

    /// DingTalk: https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information
    ///
    /// The subject is `unionId`, the same in all apps of one developer organisation; `openId` differs by app and is kept
    /// beside it, on which libraries disagree. The documented parameters have no PKCE. No proof of the email is
    /// documented: unverified.
    public static let dingtalk: Provider = Provider("dingtalk", "DingTalk") {
        $0.localizedNames = ["zh-Hans": "钉钉"]
        $0.color = "#0089ff"
        $0.documentation = "https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information"
        $0.registration = Registration(
            page: "https://open-dev.dingtalk.com/", clientID: "Client ID (AppKey)",
            clientSecret: "Client Secret (AppSecret)", redirectURI: "回调域名",
            notes: [
                "en": "Apply for the permission Contact.User.Read, without which the profile cannot be read.",
                "zh-Hans": "请在权限管理中开通「通讯录个人信息读权限」（Contact.User.Read），否则无法读取用户信息。",
            ])
        $0.authorizationEndpoint = "https://login.dingtalk.com/oauth2/auth"
        $0.tokenEndpoint = "https://api.dingtalk.com/v1.0/oauth2/userAccessToken"
        $0.userInfoEndpoint = "https://api.dingtalk.com/v1.0/contact/users/me"
        $0.scopes = ["openid"]
        $0.authorizeParameters = ["prompt": "consent"]
        $0.pkce = .none
        $0.parameterNames.clientID = "clientId"
        $0.parameterNames.authorizeClientID = "client_id"
        $0.parameterNames.clientSecret = "clientSecret"
        $0.parameterNames.callbackCode = "authCode | code"
        $0.parameterNames.grantType = "grantType"
        $0.parameterNames.refreshToken = "refreshToken"
        $0.tokenRequest.encoding = .json
        $0.tokenRequest.sendsRedirectURI = false
        $0.tokenResponse.accessToken = "accessToken"
        $0.tokenResponse.refreshToken = "refreshToken"
        $0.tokenResponse.expiresIn = "expireIn | expires_in"
        $0.userInfoRequest.accessToken = .header("x-acs-dingtalk-access-token")
        $0.failures = [FailureRule(code: "code", description: "message")]
        $0.profile = ProfileMapping(
            id: "unionId", username: "nick", name: "nick", email: "email", avatar: "avatarUrl",
            identifiers: ["openId": "openId", "unionId": "unionId"])
    }

    /// Discord: https://discord.com/developers/docs/topics/oauth2
    ///
    /// The subject is the snowflake `id`. `avatar` is a hash, from which the picture's URL is made; with none, the
    /// person has none.
    public static let discord: Provider = Provider("discord", "Discord") {
        $0.color = "#5865f2"
        $0.documentation = "https://discord.com/developers/docs/topics/oauth2"
        $0.registration = Registration(
            page: "https://discord.com/developers/applications", redirectURI: "Redirects")
        $0.authorizationEndpoint = "https://discord.com/oauth2/authorize"
        $0.tokenEndpoint = "https://discord.com/api/oauth2/token"
        $0.userInfoEndpoint = "https://discord.com/api/users/@me"
        $0.revocationEndpoint = "https://discord.com/api/oauth2/token/revoke"
        $0.scopes = ["identify", "email"]
        $0.fieldScopes = ["email": "email"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "global_name | username", email: "email", emailVerified: "verified",
            avatar: "https://cdn.discordapp.com/avatars/{id}/{avatar}.png")
    }

    /// Disqus: https://disqus.com/api/docs/auth/
    ///
    /// Every call repeats the application's keys. This and the profile's fields are as six libraries describe them. No
    /// proof of the email is documented: unverified.
    public static let disqus: Provider = Provider("disqus", "Disqus") {
        $0.color = "#2e9fff"
        $0.documentation = "https://disqus.com/api/docs/auth/"
        $0.registration = Registration(
            page: "https://disqus.com/api/applications/", clientID: "Public Key", clientSecret: "Secret Key",
            notes: [
                "en": "Enable OAuth for the application and list the redirect URI's domain among its trusted domains.",
                "zh-Hans": "请为应用启用 OAuth，并把回调地址的域名列入受信任域名（trusted domains）。",
            ])
        $0.authorizationEndpoint = "https://disqus.com/api/oauth/2.0/authorize/"
        $0.tokenEndpoint = "https://disqus.com/api/oauth/2.0/access_token/"
        $0.userInfoEndpoint = "https://disqus.com/api/3.0/users/details.json"
        $0.scopes = ["read", "email"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["email": "email"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["api_key": "{$client.id}", "api_secret": "{$client.secret}"]
        $0.userInfoRequest.envelope = "response"
        $0.failures = [FailureRule(code: "code", description: "response", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name", email: "email", avatar: "avatar.permalink")
    }

    /// Douban: https://developers.douban.com/wiki/?title=oauth2
    ///
    /// Developers report that no new keys have been given out since 2017. The profile's fields are as four libraries
    /// describe them. The subject is the number `id`; `uid` is the handle in the person's address. There is no email.
    public static let douban: Provider = Provider("douban", "Douban") {
        $0.localizedNames = ["zh-Hans": "豆瓣"]
        $0.color = "#007722"
        $0.documentation = "https://developers.douban.com/wiki/?title=oauth2"
        $0.registration = Registration(
            page: "https://developers.douban.com/apikey/", clientID: "API Key", clientSecret: "Secret",
            redirectURI: "回调地址",
            notes: [
                "en": "Developers report that no new keys have been given out since 2017.",
                "zh-Hans": "据开发者反映，2017 年起不再发放新的 API Key。",
            ])
        $0.authorizationEndpoint = "https://www.douban.com/service/auth2/auth"
        $0.tokenEndpoint = "https://www.douban.com/service/auth2/token"
        $0.userInfoEndpoint = "https://api.douban.com/v2/user/~me"
        $0.scopes = ["douban_basic_common"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.failures = [FailureRule(code: "code", description: "msg")]
        $0.profile = ProfileMapping(id: "id", username: "uid", name: "name", avatar: "large_avatar | avatar")
    }

    /// Douyin: https://developer.open-douyin.com/docs/resource/zh-CN/dop/develop/openapi/account-permission/get-access-token
    ///
    /// Sources differ in how tokens and profiles are asked for; the vendor's examples are form POSTs for both. The
    /// subject is `open_id`; `union_id` comes only to apps bound to a developer account, and is kept beside it. There is
    /// no email.
    public static let douyin: Provider = Provider("douyin", "Douyin") {
        $0.localizedNames = ["zh-Hans": "抖音"]
        $0.color = "#161823"
        $0.documentation =
            "https://developer.open-douyin.com/docs/resource/zh-CN/dop/develop/openapi/account-permission/get-access-token"
        $0.registration = Registration(
            page: "https://developer.open-douyin.com/", clientID: "Client Key", clientSecret: "Client Secret",
            redirectURI: "授权回调域",
            notes: [
                "en": "Apply for the ability to read the public profile (scope `user_info`), which the vendor reviews.",
                "zh-Hans": "请在控制台申请「获取用户公开信息」能力（scope 为 `user_info`），平台会审核。",
            ])
        $0.authorizationEndpoint = "https://open.douyin.com/platform/oauth/connect"
        $0.tokenEndpoint = "https://open.douyin.com/oauth/access_token/"
        $0.refreshEndpoint = "https://open.douyin.com/oauth/refresh_token/"
        $0.userInfoEndpoint = "https://open.douyin.com/oauth/userinfo/"
        $0.scopes = ["user_info"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.parameterNames.clientID = "client_key"
        $0.tokenRequest.sendsRedirectURI = false
        $0.tokenRequest.refreshSendsClientSecret = false
        $0.tokenResponse.envelope = "data"
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .form
        $0.userInfoRequest.accessToken.location = AccessTokenPlacement.Location.none
        $0.userInfoRequest.parameters = ["access_token": "{$token.access_token}", "open_id": "{$token.open_id}"]
        $0.userInfoRequest.envelope = "data"
        $0.failures = [
            FailureRule(
                code: "data.error_code | err_no", description: "data.description | err_msg", success: ["0"])
        ]
        $0.profile = ProfileMapping(
            id: "open_id | $token.open_id", username: "nickname", name: "nickname", avatar: "avatar",
            identifiers: ["open_id": "open_id | $token.open_id", "union_id": "union_id | $token.union_id"])
    }

    /// Dribbble: https://developer.dribbble.com/v2/oauth/
    ///
    /// The profile's fields are as libraries describe them. An email, where there is one, is unverified.
    public static let dribbble: Provider = Provider("dribbble", "Dribbble") {
        $0.color = "#ea4c89"
        $0.documentation = "https://developer.dribbble.com/v2/oauth/"
        $0.registration = Registration(
            page: "https://dribbble.com/account/applications/new", redirectURI: "Callback URL")
        $0.authorizationEndpoint = "https://dribbble.com/oauth/authorize"
        $0.tokenEndpoint = "https://dribbble.com/oauth/token"
        $0.userInfoEndpoint = "https://api.dribbble.com/v2/user"
        $0.scopes = ["public"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "id", username: "login", name: "name", email: "email", avatar: "avatar_url")
    }

    /// Dropbox: https://www.dropbox.com/developers/documentation/http/documentation
    ///
    /// The profile is asked for by POST without a body, and so is revocation. A refresh token comes only with `token_access_type=offline`,
    /// which is asked for by ``Provider/authorizeParameters`` where it is wanted.
    public static let dropbox: Provider = Provider("dropbox", "Dropbox") {
        $0.color = "#0061ff"
        $0.documentation = "https://www.dropbox.com/developers/documentation/http/documentation"
        $0.registration = Registration(
            page: "https://www.dropbox.com/developers/apps", clientID: "App key", clientSecret: "App secret",
            redirectURI: "Redirect URIs")
        $0.authorizationEndpoint = "https://www.dropbox.com/oauth2/authorize"
        $0.tokenEndpoint = "https://api.dropboxapi.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.dropboxapi.com/2/users/get_current_account"
        $0.revocationEndpoint = "https://api.dropboxapi.com/2/auth/token/revoke"
        $0.scopes = ["account_info.read"]
        $0.clientAuthentication = .post
        $0.revocationRequest.encoding = .query
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.revocationRequest.accessToken = AccessTokenPlacement()
        $0.userInfoRequest.method = .post
        $0.profile = ProfileMapping(
            id: "account_id", name: "name.display_name", email: "email", emailVerified: "email_verified",
            avatar: "profile_photo_url")
    }
}
