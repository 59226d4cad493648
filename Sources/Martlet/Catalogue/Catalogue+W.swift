extension Catalogue {
    static let w: [Provider] = [
        .webex, .wechatMP, .wechatOpen, .wechatMini, .wechatWork, .weibo, .withings, .wordPress,
    ]
}

extension Provider {
    /// Webex: https://developer.webex.com/docs/integrations
    ///
    /// A person may have several addresses; the first is taken, and none is documented as proved: unverified.
    public static let webex: Provider = Provider("webex", "Webex") {
        $0.color = "#000000"
        $0.documentation = "https://developer.webex.com/docs/integrations"
        $0.authorizationEndpoint = "https://webexapis.com/v1/authorize"
        $0.tokenEndpoint = "https://webexapis.com/v1/access_token"
        $0.userInfoEndpoint = "https://webexapis.com/v1/people/me"
        $0.scopes = ["spark:people_read"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "id", username: "nickName", name: "displayName", email: "emails.0", avatar: "avatar")
    }

    /// WeChat official account, inside WeChat's browser:
    /// https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
    public static let wechatMP: Provider = wechat(
        "wechat_mp", "WeChat Official Account", chinese: "微信公众号",
        authorizationEndpoint: "https://open.weixin.qq.com/connect/oauth2/authorize",
        scope: "snsapi_userinfo",
        documentation: "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html")

    /// WeChat open platform, by scanning a QR code on a web site:
    /// https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html
    public static let wechatOpen: Provider = wechat(
        "wechat_open", "WeChat", chinese: "微信", authorizationEndpoint: "https://open.weixin.qq.com/connect/qrconnect",
        scope: "snsapi_login",
        documentation: "https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html")

    /// WeChat mini program, whose code comes from `wx.login()` on the phone:
    /// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
    ///
    /// There is no browser step and no access token; the `session_key` is not one, and is not kept.
    public static let wechatMini: Provider = Provider("wechat_mini", "WeChat Mini Program") {
        $0.localizedNames = ["zh-Hans": "微信小程序"]
        $0.color = "#07c160"
        $0.documentation =
            "https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html"
        $0.tokenEndpoint = "https://api.weixin.qq.com/sns/jscode2session"
        $0.pkce = .none
        $0.parameterNames = wechatNames
        $0.parameterNames.code = "js_code"
        $0.tokenRequest = wechatTokenRequest
        $0.tokenResponse.accessToken = nil
        $0.failures = wechatFailures
        $0.profile = ProfileMapping(
            id: "$token.unionid | $token.openid", formerID: "$token.openid", identifiers: wechatIdentifiers)
    }

    /// WeCom (WeChat Work), by scanning a QR code: https://developer.work.weixin.qq.com/document/path/98152
    ///
    /// The code is not exchanged for a person's token: the application's own token reads the member's id by the code, then
    /// the member. `agentid` in ``Provider/authorizeParameters`` is the application's; the client id is the corporation's.
    /// Someone who is no member of the corporation has no id here and is refused.
    public static let wechatWork: Provider = Provider("wechat_work", "WeCom") {
        $0.color = "#2b7ce9"
        $0.documentation = "https://developer.work.weixin.qq.com/document/path/98152"
        $0.authorizationEndpoint = "https://login.work.weixin.qq.com/wwlogin/sso/login"
        $0.userInfoEndpoint = "https://qyapi.weixin.qq.com/cgi-bin/user/get"
        $0.authorizeParameters = ["login_type": "CorpApp"]
        $0.requiredAuthorizeParameters = ["agentid"]
        $0.localizedNames = ["zh-Hans": "企业微信"]
        $0.callbackWithoutCodeIsDenial = true
        $0.pkce = .none
        $0.parameterNames.authorizeClientID = "appid"
        $0.appTokenRequest = ProviderCall("https://qyapi.weixin.qq.com/cgi-bin/gettoken") {
            $0.accessToken.location = AccessTokenPlacement.Location.none
            $0.parameters = ["corpid": "{$client.id}", "corpsecret": "{$client.secret}"]
        }
        $0.subjectRequest = ProviderCall("https://qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo") {
            $0.accessToken = .query()
            $0.parameters = ["code": "{$callback.code}"]
        }
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["userid": "{$subject.userid}"]
        $0.detailRequest = ProviderCall("https://qyapi.weixin.qq.com/cgi-bin/auth/getuserdetail") {
            $0.method = .post
            $0.encoding = .json
            $0.accessToken = .query()
            $0.parameters = ["user_ticket": "{$subject.user_ticket}"]
        }
        $0.failures = wechatFailures
        $0.profile = ProfileMapping(
            id: "$subject.userid", username: "alias", name: "name",
            email: "$detail.email | email | $detail.biz_mail | biz_mail", avatar: "$detail.avatar | avatar",
            identifiers: ["userid": "$subject.userid", "openid": "$subject.openid"])
    }

    /// Weibo: https://open.weibo.com/wiki/Oauth2/access_token
    ///
    /// The subject is the 64-bit user id, read as text (`idstr`, the token answer's `uid`). Of nine sources, one
    /// names another token endpoint. An email needs the scope `email`.
    public static let weibo: Provider = Provider("weibo", "Weibo") {
        $0.localizedNames = ["zh-Hans": "微博"]
        $0.color = "#e6162d"
        $0.documentation = "https://open.weibo.com/wiki/Oauth2/access_token"
        $0.authorizationEndpoint = "https://api.weibo.com/oauth2/authorize"
        $0.tokenEndpoint = "https://api.weibo.com/oauth2/access_token"
        $0.userInfoEndpoint = "https://api.weibo.com/2/users/show.json"
        $0.revocationEndpoint = "https://api.weibo.com/oauth2/revokeoauth2"
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["uid": "{$token.uid}"]
        $0.failures = [FailureRule(code: "error_code", description: "error_description | error")]
        $0.profile = ProfileMapping(
            id: "idstr | $token.uid", username: "screen_name", name: "name | screen_name",
            avatar: "avatar_large | profile_image_url")
    }

    /// Withings: https://developer.withings.com/developer-guide/v3/integration-guide/public-health-data-api/get-access/oauth-web-flow/
    ///
    /// The token answer holds the person's id, and nothing more about them is to be had without their health data. Errors
    /// come with status 200 and a `status` of their own.
    public static let withings: Provider = Provider("withings", "Withings") {
        $0.color = "#00a5e3"
        $0.documentation =
            "https://developer.withings.com/developer-guide/v3/integration-guide/public-health-data-api/get-access/oauth-web-flow/"
        $0.authorizationEndpoint = "https://account.withings.com/oauth2_user/authorize2"
        $0.tokenEndpoint = "https://wbsapi.withings.net/v2/oauth2"
        $0.scopes = ["user.info"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.tokenRequest.parameters = ["action": "requesttoken"]
        $0.tokenResponse.envelope = "body"
        $0.failures = [FailureRule(code: "status", description: "error", success: ["0"])]
        $0.profile = ProfileMapping(id: "$token.userid")
    }

    /// WordPress.com: https://developer.wordpress.com/docs/oauth2/
    ///
    /// The scope `auth` reads the profile and nothing of the person's sites.
    public static let wordPress: Provider = Provider("wordpress", "WordPress.com") {
        $0.color = "#3858e9"
        $0.documentation = "https://developer.wordpress.com/docs/oauth2/"
        $0.authorizationEndpoint = "https://public-api.wordpress.com/oauth2/authorize"
        $0.tokenEndpoint = "https://public-api.wordpress.com/oauth2/token"
        $0.userInfoEndpoint = "https://public-api.wordpress.com/rest/v1/me"
        $0.scopes = ["auth"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "ID", username: "username", name: "display_name", email: "email", emailVerified: "email_verified",
            avatar: "avatar_URL")
    }

    /// What WeChat's two kinds of web sign-in share.
    ///
    /// The subject is `unionid` where there is one, else `openid`; an account that was made by `openid` is found again by
    /// it. The answers are UTF-8 without saying so.
    private static func wechat(
        _ id: String, _ name: String, chinese: String, authorizationEndpoint: String, scope: String,
        documentation: String
    ) -> Provider {
        Provider(id, name) {
            $0.localizedNames = ["zh-Hans": chinese]
            $0.color = "#07c160"
            $0.documentation = documentation
            $0.authorizationEndpoint = authorizationEndpoint
            $0.tokenEndpoint = "https://api.weixin.qq.com/sns/oauth2/access_token"
            $0.refreshEndpoint = "https://api.weixin.qq.com/sns/oauth2/refresh_token"
            $0.userInfoEndpoint = "https://api.weixin.qq.com/sns/userinfo"
            $0.scopes = [scope]
            $0.scopeSeparator = ","
            $0.authorizeFragment = "wechat_redirect"
            $0.callbackWithoutCodeIsDenial = true
            $0.pkce = .none
            $0.parameterNames = wechatNames
            $0.tokenRequest = wechatTokenRequest
            $0.userInfoRequest.accessToken = .query()
            $0.userInfoRequest.parameters = ["openid": "{$token.openid}", "lang": "zh_CN"]
            $0.scopesWithoutUserInfo = ["snsapi_base"]
            $0.failures = wechatFailures
            $0.profile = ProfileMapping(
                id: "unionid | $token.unionid | openid | $token.openid", formerID: "openid | $token.openid",
                username: "nickname", name: "nickname", avatar: "headimgurl",
                identifiers: [
                    "openid": "openid | $token.openid", "unionid": "unionid | $token.unionid",
                ])
        }
    }

    private static var wechatNames: ParameterNames {
        var names = ParameterNames()
        names.clientID = "appid"
        names.clientSecret = "secret"
        return names
    }

    private static var wechatTokenRequest: TokenRequestStyle {
        var style = TokenRequestStyle()
        style.method = .get
        style.encoding = .query
        style.sendsRedirectURI = false
        style.refreshSendsClientSecret = false
        return style
    }

    private static var wechatFailures: [FailureRule] {
        [FailureRule(code: "errcode", description: "errmsg", success: ["0"])]
    }

    private static var wechatIdentifiers: [String: FieldExpression] {
        ["openid": "$token.openid", "unionid": "$token.unionid"]
    }
}
