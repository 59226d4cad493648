extension Catalogue {
    static let w: CatalogueEntries = [
        .webex, .wechatApp, .wechatMini, .wechatMP, .wechatOpen, .wechatWork, .wechatWorkThird, .weibo, .withings,
        .wordPress, .workOS,
    ]
}

extension Provider {
    /// Webex: https://developer.webex.com/docs/integrations
    ///
    /// A person may have several addresses; the first is taken, and none is documented as proved: unverified.
    public static let webex: Provider = Provider("webex", "Webex") {
        $0.color = "#000000"
        $0.documentation = "https://developer.webex.com/docs/integrations"
        $0.registration = Registration(
            page: "https://developer.webex.com/my-apps/new/integration", clientSecret: "Client Secret",
            redirectURI: "Redirect URI(s)",
            notes: [
                "en": "Create an integration and tick the scope spark:people_read.",
                "zh-Hans": "创建 Integration，并勾选 spark:people_read 权限。",
            ])
        $0.authorizationEndpoint = "https://webexapis.com/v1/authorize"
        $0.tokenEndpoint = "https://webexapis.com/v1/access_token"
        $0.userInfoEndpoint = "https://webexapis.com/v1/people/me"
        $0.scopes = ["spark:people_read"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "id", name: "displayName", email: "emails.0", avatar: "avatar")
    }

    /// WeChat in a mobile application, whose code comes from WeChat's SDK on the phone:
    /// https://developers.weixin.qq.com/doc/oplatform/Mobile_App/WeChat_Login/Development_Guide.html
    ///
    /// There is no browser step.
    public static let wechatApp: Provider = wechat(
        "wechat_app", "WeChat (mobile app)", chinese: "微信（移动应用）", authorizationEndpoint: nil, scope: "snsapi_userinfo",
        documentation: "https://developers.weixin.qq.com/doc/oplatform/Mobile_App/WeChat_Login/Development_Guide.html",
        registration: Registration(
            page: "https://open.weixin.qq.com/", clientID: "AppID", clientSecret: "AppSecret",
            notes: [
                "en": "Create a mobile application; it is reviewed. The app sends the code that the SDK gives it.",
                "zh-Hans": "创建移动应用并通过审核；由 App 提交 SDK 返回的 code。",
            ]))

    /// WeChat official account, inside WeChat's browser:
    /// https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html
    public static let wechatMP: Provider = wechat(
        "wechat_mp", "WeChat Official Account", chinese: "微信公众号",
        authorizationEndpoint: "https://open.weixin.qq.com/connect/oauth2/authorize",
        scope: "snsapi_userinfo",
        documentation: "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html",
        registration: Registration(
            page: "https://mp.weixin.qq.com/", clientID: "AppID", clientSecret: "AppSecret", redirectURI: "网页授权域名",
            notes: [
                "en": """
                Only a verified service account may ask for profiles. Give the host name alone as the domain of web page \
                authorization (网页授权域名).
                """,
                "zh-Hans": "须为已认证的服务号；“网页授权域名”只填域名，不带协议和路径。",
            ]))

    /// WeChat open platform, by scanning a QR code on a web site:
    /// https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html
    public static let wechatOpen: Provider = wechat(
        "wechat_open", "WeChat", chinese: "微信", authorizationEndpoint: "https://open.weixin.qq.com/connect/qrconnect",
        scope: "snsapi_login",
        documentation: "https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html",
        registration: Registration(
            page: "https://open.weixin.qq.com/", clientID: "AppID", clientSecret: "AppSecret", redirectURI: "授权回调域",
            notes: [
                "en": """
                Create a web application (网站应用); it is reviewed. Give the host name alone as the callback domain \
                (授权回调域).
                """,
                "zh-Hans": "创建网站应用并通过审核；“授权回调域”只填域名，不带协议和路径。",
            ]))

    /// WeChat mini program, whose code comes from `wx.login()` on the phone:
    /// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
    ///
    /// There is no browser step and no access token; the `session_key` is not one, and is not kept.
    public static let wechatMini: Provider = Provider("wechat_mini", "WeChat Mini Program") {
        $0.localizedNames = ["zh-Hans": "微信小程序"]
        $0.color = "#07c160"
        $0.documentation =
            "https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html"
        $0.registration = Registration(
            page: "https://mp.weixin.qq.com/", clientID: "AppID", clientSecret: "AppSecret",
            notes: [
                "en": "Register a mini program; it sends the code that wx.login() gives it.",
                "zh-Hans": "注册小程序；由小程序提交 wx.login() 返回的 code。",
            ])
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
    /// Someone who is no member of the corporation has no id here and is refused. An email is unverified.
    ///
    /// Applications made since June 2022 read neither picture nor email in the member's record: they come only with a
    /// `user_ticket`, which a web authorization inside WeCom gives.
    public static let wechatWork: Provider = Provider("wechat_work", "WeCom") {
        $0.color = "#2b7ce9"
        $0.documentation = "https://developer.work.weixin.qq.com/document/path/98152"
        $0.registration = Registration(
            page: "https://work.weixin.qq.com/wework_admin/frame#apps", clientID: "CorpID", clientSecret: "Secret",
            redirectURI: "授权回调域",
            notes: [
                "en": """
                Create an application of your own (自建应用); its AgentId goes into authorizeParameters as agentid. Set the \
                callback domain of the WeCom login (企业微信授权登录) and the trusted IP addresses (企业可信IP).
                """,
                "zh-Hans": "创建自建应用，将其 AgentId 填入 authorizeParameters 的 agentid；设置“企业微信授权登录”的授权回调域和“企业可信IP”。",
            ])
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

    /// WeCom for providers of third-party applications (企业微信服务商), by scanning a QR code:
    /// https://developer.work.weixin.qq.com/document/path/91125
    ///
    /// The provider's own token reads the member by the callback's `auth_code`. The subject is `open_userid`, which is the
    /// same in all applications of one provider; `userid` alone means nothing outside its corporation. The vendor's newer
    /// web login needs the token of a suite, whose ticket is pushed to the provider every ten minutes, and is not this one.
    /// Names are withheld from third parties since 2020: a name may be the `userid`. There is no email.
    public static let wechatWorkThird: Provider = Provider("wechat_work_third", "WeCom (third-party provider)") {
        $0.localizedNames = ["zh-Hans": "企业微信（服务商）"]
        $0.color = "#2b7ce9"
        $0.documentation = "https://developer.work.weixin.qq.com/document/path/91125"
        $0.registration = Registration(
            page: "https://open.work.weixin.qq.com/", clientID: "CorpID",
            clientSecret: "ProviderSecret",
            redirectURI: "授权完成回调域名",
            notes: [
                "en": """
                ProviderSecret is under 标准应用服务, 通用开发参数; set the callback domain under 应用管理, 登录授权. \
                usertype in authorizeParameters is member or admin.
                """,
                "zh-Hans": """
                ProviderSecret 见服务商管理后台“标准应用服务 - 通用开发参数”；在“应用管理 - 登录授权”设置回调域名。authorizeParameters \
                的 usertype 为 member 或 admin。
                """,
            ])
        $0.authorizationEndpoint = "https://open.work.weixin.qq.com/wwopen/sso/3rd_qrConnect"
        $0.userInfoEndpoint = "https://qyapi.weixin.qq.com/cgi-bin/service/get_login_info"
        $0.authorizeParameters = ["usertype": "member"]
        $0.callbackWithoutCodeIsDenial = true
        $0.pkce = .none
        $0.parameterNames.authorizeClientID = "appid"
        $0.parameterNames.callbackCode = "auth_code"
        $0.appTokenRequest = ProviderCall("https://qyapi.weixin.qq.com/cgi-bin/service/get_provider_token") {
            $0.method = .post
            $0.encoding = .json
            $0.accessToken.location = AccessTokenPlacement.Location.none
            $0.parameters = ["corpid": "{$client.id}", "provider_secret": "{$client.secret}"]
        }
        $0.appToken = "provider_access_token"
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .json
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["auth_code": "{$callback.auth_code}"]
        $0.failures = wechatFailures
        $0.profile = ProfileMapping(
            id: "user_info.open_userid", name: "user_info.name", avatar: "user_info.avatar",
            identifiers: [
                "open_userid": "user_info.open_userid", "userid": "user_info.userid", "corpid": "corp_info.corpid",
            ])
    }

    /// Weibo: https://open.weibo.com/wiki/Oauth2/access_token
    ///
    /// The subject is the 64-bit user id, read as text (`idstr`, the token answer's `uid`). Of nine libraries, one
    /// names another token endpoint. An email is to be had only by a further call that few libraries make, and is left out.
    public static let weibo: Provider = Provider("weibo", "Weibo") {
        $0.localizedNames = ["zh-Hans": "微博"]
        $0.color = "#e6162d"
        $0.documentation = "https://open.weibo.com/wiki/Oauth2/access_token"
        $0.registration = Registration(
            page: "https://open.weibo.com/apps", clientID: "App Key", clientSecret: "App Secret", redirectURI: "授权回调页",
            notes: [
                "en": "Create a web access application (网页应用); before its review only test users can sign in.",
                "zh-Hans": "创建网页应用；审核通过前仅测试账号可登录。",
            ])
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
        $0.registration = Registration(
            page: "https://developer.withings.com/dashboard/", redirectURI: "Callback Url")
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
    /// The scope `auth` reads the profile and nothing of the person's sites. `email_verified` is the documented proof of the
    /// address; `verified` is another matter.
    public static let wordPress: Provider = Provider("wordpress", "WordPress.com") {
        $0.color = "#3858e9"
        $0.documentation = "https://developer.wordpress.com/docs/oauth2/"
        $0.registration = Registration(
            page: "https://developer.wordpress.com/apps/", clientSecret: "Client Secret", redirectURI: "Redirect URLs")
        $0.authorizationEndpoint = "https://public-api.wordpress.com/oauth2/authorize"
        $0.tokenEndpoint = "https://public-api.wordpress.com/oauth2/token"
        $0.userInfoEndpoint = "https://public-api.wordpress.com/rest/v1.1/me"
        $0.scopes = ["auth"]
        $0.fieldScopes = ["username": "auth", "name": "auth", "email": "auth", "avatar": "auth"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "ID", username: "username", name: "display_name", email: "email", emailVerified: "email_verified",
            avatar: "avatar_URL")
    }

    /// WorkOS: https://workos.com/docs/reference/sso/profile
    ///
    /// Sign-in by a customer's own provider: `connection`, `organization` or `provider` in ``Provider/authorizeParameters``
    /// says by which. The token answer holds the profile. An email is what that provider says, and unverified.
    public static let workOS: Provider = Provider("workos", "WorkOS") {
        $0.color = "#6363f1"
        $0.documentation = "https://workos.com/docs/reference/sso/profile"
        $0.registration = Registration(
            page: "https://dashboard.workos.com/", clientSecret: "API key",
            notes: [
                "en": """
                The secret is the environment's API key. Put the id of a connection or an organization, or a provider such \
                as GoogleOAuth, into authorizeParameters.
                """,
                "zh-Hans":
                    "密钥即该环境的 API key。在 authorizeParameters 中填写 connection、organization 或 provider（如 GoogleOAuth）之一。",
            ])
        $0.authorizationEndpoint = "https://api.workos.com/sso/authorize"
        $0.tokenEndpoint = "https://api.workos.com/sso/token"
        $0.requiredAuthorizeParameters = ["connection | organization | provider"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "$token.profile.id",
            name: "{$token.profile.first_name} {$token.profile.last_name} | $token.profile.first_name",
            email: "$token.profile.email",
            identifiers: ["idp_id": "$token.profile.idp_id", "connection_id": "$token.profile.connection_id"])
    }

    /// What WeChat's kinds of sign-in with a person's token share.
    ///
    /// The subject is `unionid` where there is one, else `openid`; an account that was made by `openid` is found again by
    /// it. The answers are UTF-8 without saying so.
    private static func wechat(
        _ id: String, _ name: String, chinese: String, authorizationEndpoint: String?, scope: String,
        documentation: String, registration: Registration
    ) -> Provider {
        Provider(id, name) {
            $0.localizedNames = ["zh-Hans": chinese]
            $0.color = "#07c160"
            $0.documentation = documentation
            $0.registration = registration
            $0.authorizationEndpoint = authorizationEndpoint
            $0.tokenEndpoint = "https://api.weixin.qq.com/sns/oauth2/access_token"
            $0.refreshEndpoint = "https://api.weixin.qq.com/sns/oauth2/refresh_token"
            $0.userInfoEndpoint = "https://api.weixin.qq.com/sns/userinfo"
            $0.scopes = [scope]
            $0.scopeSeparator = ","
            $0.fieldScopes = ["username": scope, "name": scope, "avatar": scope]
            $0.authorizeFragment = authorizationEndpoint.map { _ in "wechat_redirect" }
            $0.callbackWithoutCodeIsDenial = authorizationEndpoint != nil
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
