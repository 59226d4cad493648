extension Catalogue {
    static let d: [Provider] = [.deviantart, .digitalocean, .dingtalk, .discord, .douyin, .dribbble, .dropbox]
}

extension Provider {
    /// DeviantArt: https://www.deviantart.com/developers/authentication
    ///
    /// The subject is the UUID `userid`; the user name can be changed. There is no email and no name.
    public static let deviantart: Provider = Provider("deviantart", "DeviantArt") {
        $0.color = "#05cc47"
        $0.documentation = "https://www.deviantart.com/developers/authentication"
        $0.authorizationEndpoint = "https://www.deviantart.com/oauth2/authorize"
        $0.tokenEndpoint = "https://www.deviantart.com/oauth2/token"
        $0.userInfoEndpoint = "https://www.deviantart.com/api/v1/oauth2/user/whoami"
        $0.scopes = ["user"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "userid", username: "username", avatar: "usericon")
    }

    /// DigitalOcean: https://docs.digitalocean.com/reference/api/oauth/
    ///
    /// Of the two documented addresses for the client's id and secret, query and body, the body is taken, which keeps
    /// the secret out of logs. There is no picture and no handle.
    public static let digitalocean: Provider = Provider("digitalocean", "DigitalOcean") {
        $0.color = "#0080ff"
        $0.documentation = "https://docs.digitalocean.com/reference/api/oauth/"
        $0.authorizationEndpoint = "https://cloud.digitalocean.com/v1/oauth/authorize"
        $0.tokenEndpoint = "https://cloud.digitalocean.com/v1/oauth/token"
        $0.userInfoEndpoint = "https://api.digitalocean.com/v2/account"
        $0.scopes = ["read"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "account"
        $0.profile = ProfileMapping(id: "uuid", name: "name", email: "email", emailVerified: "email_verified")
    }

    /// DingTalk: https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information
    ///
    /// The subject is `unionId`, the same in every app of one organisation; `openId` differs by app and is kept beside it.
    public static let dingtalk: Provider = Provider("dingtalk", "DingTalk") {
        $0.localizedNames = ["zh-Hans": "钉钉"]
        $0.color = "#0089ff"
        $0.documentation = "https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information"
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
        $0.authorizationEndpoint = "https://discord.com/oauth2/authorize"
        $0.tokenEndpoint = "https://discord.com/api/oauth2/token"
        $0.userInfoEndpoint = "https://discord.com/api/users/@me"
        $0.revocationEndpoint = "https://discord.com/api/oauth2/token/revoke"
        $0.scopes = ["identify", "email"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "global_name | username", email: "email", emailVerified: "verified",
            avatar: "https://cdn.discordapp.com/avatars/{id}/{avatar}.png")
    }

    /// Douyin: https://developer.open-douyin.com/docs/resource/zh-CN/dop/develop/openapi/account-permission/get-access-token
    ///
    /// Sources differ in how tokens and profiles are asked for; the vendor documents form POSTs for both. The subject is
    /// `open_id`; `union_id` comes only to apps bound to a developer account, and is kept beside it. There is no email.
    public static let douyin: Provider = Provider("douyin", "Douyin") {
        $0.localizedNames = ["zh-Hans": "抖音"]
        $0.color = "#161823"
        $0.documentation =
            "https://developer.open-douyin.com/docs/resource/zh-CN/dop/develop/openapi/account-permission/get-access-token"
        $0.authorizationEndpoint = "https://open.douyin.com/platform/oauth/connect"
        $0.tokenEndpoint = "https://open.douyin.com/oauth/access_token/"
        $0.refreshEndpoint = "https://open.douyin.com/oauth/refresh_token/"
        $0.userInfoEndpoint = "https://open.douyin.com/oauth/userinfo/"
        $0.scopes = ["user_info"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.parameterNames.clientID = "client_key"
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
    /// The API's second version gives no email.
    public static let dribbble: Provider = Provider("dribbble", "Dribbble") {
        $0.color = "#ea4c89"
        $0.documentation = "https://developer.dribbble.com/v2/oauth/"
        $0.authorizationEndpoint = "https://dribbble.com/oauth/authorize"
        $0.tokenEndpoint = "https://dribbble.com/oauth/token"
        $0.userInfoEndpoint = "https://api.dribbble.com/v2/user"
        $0.scopes = ["public"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "id", username: "login", name: "name", avatar: "avatar_url")
    }

    /// Dropbox: https://www.dropbox.com/developers/documentation/http/documentation
    ///
    /// The profile is asked for by POST without a body. A refresh token comes only with `token_access_type=offline`,
    /// which is asked for by ``Provider/authorizeParameters`` where it is wanted.
    public static let dropbox: Provider = Provider("dropbox", "Dropbox") {
        $0.color = "#0061ff"
        $0.documentation = "https://www.dropbox.com/developers/documentation/http/documentation"
        $0.authorizationEndpoint = "https://www.dropbox.com/oauth2/authorize"
        $0.tokenEndpoint = "https://api.dropboxapi.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.dropboxapi.com/2/users/get_current_account"
        $0.scopes = ["account_info.read"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.method = .post
        $0.profile = ProfileMapping(
            id: "account_id", name: "name.display_name", email: "email", emailVerified: "email_verified",
            avatar: "profile_photo_url")
    }
}
