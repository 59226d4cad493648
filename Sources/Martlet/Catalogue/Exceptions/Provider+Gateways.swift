extension Catalogue {
    /// The entries that need code of their own.
    static let exceptions: CatalogueEntries = [
        .alipay, .alipayApp, .bilibili, .dingtalkLegacy, .discogs, .eleme, .flickr, .jd, .odnoklassniki, .qCloud,
        .shopify,
        .steam, .ximalaya, .xing,
    ]
}

// Entries whose calls or callbacks are signed in the vendor's own way.

extension Provider {
    /// Alipay: https://global.alipay.com/docs/ac/solution_api/infoshare
    ///
    /// The private key is the application's ("应用私钥", RSA2), ``Provider/answerKey`` is Alipay's ("支付宝公钥"): an answer that
    /// it does not verify is refused. Applications that are set up with certificates are not supported. The vendor gives
    /// newer applications `open_id` in place of `user_id`; where both come, `user_id` is kept as the former id.
    public static let alipay: Provider = alipay("alipay", "Alipay", "支付宝") {
        $0.registration = alipayRegistration
        $0.authorizationEndpoint = "https://openauth.alipay.com/oauth2/publicAppAuthorize.htm"
        $0.scopes = ["auth_user"]
        $0.scopeSeparator = ","
        $0.scopesWithoutUserInfo = ["auth_base"]
        $0.pkce = .none
        $0.parameterNames.callbackCode = "auth_code"
    }

    /// Alipay in an app: https://global.alipay.com/docs/ac/solution_api/infoshare
    ///
    /// There is no browser step: Alipay's SDK gives the app an `auth_code`, which is exchanged as a login code. The text that
    /// the SDK wants for it is made and signed by the application's own backend. The keys are those of ``alipay``.
    public static let alipayApp: Provider = alipay("alipay_app", "Alipay in an app", "支付宝应用内登录") {
        $0.registration = alipayRegistration
        $0.scopes = ["auth_user"]
        $0.pkce = .none
    }

    private static let alipayRegistration: Registration = Registration(
        page: "https://open.alipay.com/develop/manage", clientID: "APPID", clientSecret: "应用私钥", redirectURI: "授权回调地址",
        notes: [
            "en":
                "Set the interface signing to RSA2 with a public key, not a certificate. Give the application's private key as privateKeyFile, and Alipay's public key, which the page then shows, as answerKey.",
            "zh-Hans": "接口加签方式选 RSA2 的“密钥”而不是“证书”。应用私钥填入 privateKeyFile，页面随后显示的支付宝公钥填入 answerKey。",
        ])

    private static func alipay(
        _ id: String, _ name: String, _ chineseName: String, _ configure: (inout Provider) -> Void
    ) -> Provider {
        let gateway = "https://openapi.alipay.com/gateway.do"
        let common: [String: String] = ["format": "JSON", "charset": "utf-8", "version": "1.0"]
        return Provider(id, name) {
            $0.localizedNames = ["zh-Hans": chineseName]
            $0.color = "#1677ff"
            $0.documentation = "https://global.alipay.com/docs/ac/solution_api/infoshare"
            $0.tokenEndpoint = gateway
            $0.userInfoEndpoint = gateway
            $0.signing = .alipay
            $0.clientAuthentication = ClientAuthentication.none
            $0.parameterNames.clientID = "app_id"
            $0.tokenRequest.sendsRedirectURI = false
            $0.tokenRequest.parameters = common.merging(["method": "alipay.system.oauth.token"]) { $1 }
            $0.userInfoRequest.method = .post
            $0.userInfoRequest.encoding = .form
            $0.userInfoRequest.parameters = common.merging([
                "method": "alipay.user.info.share", "app_id": "{$client.id}",
            ]) { $1 }
            $0.userInfoRequest.accessToken = .query("auth_token")
            $0.failures = [
                FailureRule(code: "sub_code | code", description: "sub_msg | msg", success: ["10000"])
            ]
            $0.profile = ProfileMapping(
                id: "$token.open_id | $token.user_id", formerID: "$token.user_id", name: "nick_name", avatar: "avatar",
                identifiers: ["union_id": "$token.union_id"])
            configure(&$0)
        }
    }

    /// JD: https://jos.jd.com/doc/channel.htm?id=227
    ///
    /// The vendor grants sign-in to companies after a review by mail. Two libraries agree on the signed profile call, whose
    /// answer is spelt `responce` in the vendor's SDKs; both spellings are read.
    public static let jd: Provider = Provider("jd", "JD") {
        $0.localizedNames = ["zh-Hans": "京东"]
        $0.color = "#e1251b"
        $0.documentation = "https://jos.jd.com/doc/channel.htm?id=227"
        $0.registration = Registration(
            page: "https://open.jd.com/", clientID: "AppKey", clientSecret: "AppSecret", redirectURI: "回调地址",
            notes: [
                "en": "Sign-in is granted by a review: mail the vendor's form to open@jd.com.",
                "zh-Hans": "授权登录需要审核：按文档填写申请表，发送到 open@jd.com。",
            ])
        $0.authorizationEndpoint = "https://open-oauth.jd.com/oauth2/to_login"
        $0.tokenEndpoint = "https://open-oauth.jd.com/oauth2/access_token"
        $0.refreshEndpoint = "https://open-oauth.jd.com/oauth2/refresh_token"
        $0.userInfoEndpoint = "https://api.jd.com/routerjson"
        $0.scopes = ["snsapi_base"]
        $0.pkce = .none
        $0.clientAuthentication = .post
        $0.signing = .jos
        $0.parameterNames.clientID = "app_key"
        $0.parameterNames.clientSecret = "app_secret"
        $0.tokenRequest.sendsRedirectURI = false
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.parameters = [
            "app_key": "{$client.id}", "method": "jingdong.user.getUserInfoByOpenId", "v": "2.0",
            "360buy_param_json": #"{"openId":"{$token.open_id}"}"#,
        ]
        $0.userInfoRequest.accessToken = .query()
        let result = "getuserinfobyappidandopenid_result"
        let answers = ["responce", "response"].map { "jingdong_user_getUserInfoByOpenId_\($0).\(result)" }
        func member(_ name: String) -> FieldExpression {
            FieldExpression(answers.map { "\($0).\(name)" }.joined(separator: " | "))
        }
        $0.failures = [
            FailureRule(
                code: "error_response.code", description: "error_response.zh_desc | error_response.en_desc"),
            FailureRule(code: member("code"), success: ["0"]),
            FailureRule(code: "code", description: "msg", success: ["0"]),
        ]
        $0.profile = ProfileMapping(
            id: "$token.open_id", name: member("data.nickName"), avatar: member("data.imageUrl"),
            identifiers: ["xid": "$token.xid"])
    }

    /// Ele.me's open platform for shops: https://open.shop.ele.me/openapi/documents
    ///
    /// The account is a shop keeper's. Signature and profile as several libraries make and read them.
    public static let eleme: Provider = Provider("eleme", "Ele.me") {
        $0.localizedNames = ["zh-Hans": "饿了么"]
        $0.color = "#0095ff"
        $0.documentation = "https://open.shop.ele.me/openapi/documents"
        $0.registration = Registration(
            page: "https://open.shop.ele.me/", clientID: "Key", clientSecret: "Secret", redirectURI: "回调地址")
        $0.authorizationEndpoint = "https://open-api.shop.ele.me/authorize"
        $0.tokenEndpoint = "https://open-api.shop.ele.me/token"
        $0.userInfoEndpoint = "https://open-api.shop.ele.me/api/v1/"
        $0.scopes = ["all"]
        $0.pkce = .none
        $0.clientAuthentication = .basic
        $0.signing = .eleme
        $0.tokenRequest.parameters = ["client_id": "{$client.id}"]
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .json
        $0.userInfoRequest.parameters = ["action": "eleme.user.getUser"]
        $0.userInfoRequest.accessToken.location = .none
        $0.userInfoRequest.envelope = "result"
        $0.profile = ProfileMapping(id: "userId", name: "userName")
    }

    /// Odnoklassniki: https://apiok.ru/en/ext/oauth/server
    ///
    /// The application's public key is ``Provider/apiKey``. Sources disagree on what stands between scopes; the vendor
    /// documents `;`. No proof of the email is documented: unverified.
    public static let odnoklassniki: Provider = Provider("odnoklassniki", "OK.ru") {
        $0.localizedNames = ["ru": "Одноклассники"]
        $0.color = "#ee8208"
        $0.documentation = "https://apiok.ru/en/ext/oauth/server"
        $0.registration = Registration(
            page: "https://apiok.ru/en/ext/oauth/server", clientID: "Application ID",
            clientSecret: "Application secret key", redirectURI: "List of permitted redirect_uri",
            notes: [
                "en":
                    "Give the application's public key as apiKey. Permissions beyond the basic ones, the email's among them, are asked for at api-support@ok.ru.",
                "zh-Hans": "应用的公钥（public key）填入 apiKey。邮箱等权限需要写信到 api-support@ok.ru 申请。",
            ])
        $0.fieldScopes = ["email": "GET_EMAIL"]
        $0.authorizationEndpoint = "https://connect.ok.ru/oauth/authorize"
        $0.tokenEndpoint = "https://api.ok.ru/oauth/token.do"
        $0.userInfoEndpoint = "https://api.ok.ru/fb.do"
        $0.scopes = ["VALUABLE_ACCESS"]
        $0.scopeSeparator = ";"
        $0.clientAuthentication = .post
        $0.signing = .odnoklassniki
        $0.userInfoRequest.parameters = [
            "application_key": "{$client.apiKey}", "format": "json", "method": "users.getCurrentUser",
        ]
        $0.userInfoRequest.accessToken = .query()
        $0.failures = [FailureRule(code: "error_code", description: "error_msg")]
        $0.profile = ProfileMapping(
            id: "uid", name: "name", email: "email", avatar: "pic_3 | pic_2 | pic_1")
    }

    /// Shopify: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant
    ///
    /// ``Provider/domain`` is the shop, `example.myshopify.com`. The account is a member of its staff, who comes with the
    /// token of "online access"; libraries take four different values for the id, some of which name the shop. Callbacks
    /// are believed by their `hmac`. No scope is asked for, since the person comes without one.
    public static let shopify: Provider = Provider("shopify", "Shopify") {
        $0.color = "#7ab55c"
        $0.documentation =
            "https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant"
        $0.registration = Registration(
            page: "https://dev.shopify.com/dashboard/", redirectURI: "Allowed redirection URL(s)",
            notes: [
                "en": "domain is the shop, example.myshopify.com: one entry signs in the staff of one shop.",
                "zh-Hans": "domain 是店铺的域名 example.myshopify.com：一个条目只供一家店铺的员工登录。",
            ])
        $0.authorizationEndpoint = "https://{domain}/admin/oauth/authorize"
        $0.tokenEndpoint = "https://{domain}/admin/oauth/access_token"
        $0.scopeSeparator = ","
        $0.authorizeParameters = ["grant_options[]": "per-user"]
        $0.clientAuthentication = .post
        $0.callbackSignature = .shopify
        $0.tokenRequest.sendsRedirectURI = false
        $0.profile = ProfileMapping(
            id: "$token.associated_user.id",
            name:
                "{$token.associated_user.first_name} {$token.associated_user.last_name} | $token.associated_user.first_name",
            email: "$token.associated_user.email", emailVerified: "$token.associated_user.email_verified")
    }

    /// Tencent Cloud: https://cloud.tencent.com/open/authorize
    ///
    /// As one library describes it. The client secret is an API key's (`SecretKey`), whose id is ``Provider/apiKey``. The
    /// token answer says who the person is; the name is behind credentials for the person's own cloud and is not read.
    public static let qCloud: Provider = Provider("qcloud", "Tencent Cloud") {
        $0.localizedNames = ["zh-Hans": "腾讯云"]
        $0.color = "#006eff"
        $0.documentation = "https://github.com/overtrue/socialite/blob/master/src/Providers/QCloud.php"
        $0.registration = Registration(
            page: "https://console.cloud.tencent.com/cam/capi", clientID: "AppId", clientSecret: "SecretKey",
            redirectURI: "redirect_url",
            notes: [
                "en":
                    "Give the API key's SecretId as apiKey. The application for sign-in is granted by Tencent Cloud on request.",
                "zh-Hans": "API 密钥的 SecretId 填入 apiKey。登录应用需向腾讯云申请开通。",
            ])
        $0.authorizationEndpoint = "https://cloud.tencent.com/open/authorize"
        $0.tokenEndpoint = "https://open.tencentcloudapi.com/"
        $0.scopes = ["login"]
        $0.scopeSeparator = ","
        $0.pkce = .none
        $0.signing = .tencentCloud
        $0.clientAuthentication = ClientAuthentication.none
        $0.parameterNames.authorizeClientID = "app_id"
        $0.parameterNames.redirectURI = "redirect_url"
        $0.parameterNames.code = "UserAuthCode"
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.tokenRequest.sendsRedirectURI = false
        $0.tokenRequest.headers = ["X-TC-Action": "GetUserAccessToken", "X-TC-Version": "2018-12-25"]
        $0.tokenResponse.envelope = "Response"
        $0.tokenResponse.accessToken = "UserAccessToken"
        $0.tokenResponse.refreshToken = "UserRefreshToken"
        $0.failures = [FailureRule(code: "Response.Error.Code", description: "Response.Error.Message")]
        $0.profile = ProfileMapping(id: "$token.UserOpenId", identifiers: ["unionid": "$token.UserUnionId"])
    }

    /// Ximalaya: https://open.ximalaya.com/doc/detailApi?categoryId=9&articleId=5
    ///
    /// As one library and clients of the API describe it. `device_id` is any text that stays the same. Applications on servers
    /// have a `serverAuthenticateStaticKey` beside the client secret: ``Provider/apiKey``.
    public static let ximalaya: Provider = Provider("ximalaya", "Ximalaya") {
        $0.localizedNames = ["zh-Hans": "喜马拉雅"]
        $0.color = "#f86442"
        $0.documentation = "https://open.ximalaya.com/doc/detailApi?categoryId=9&articleId=5"
        $0.registration = Registration(
            page: "https://open.ximalaya.com/", clientID: "App Key", clientSecret: "App Secret", redirectURI: "回调地址",
            notes: [
                "en":
                    "Give the serverAuthenticateStaticKey as apiKey, and add this server's address to the IP allow-list.",
                "zh-Hans": "serverAuthenticateStaticKey 填入 apiKey，并将服务器地址加入 IP 白名单。",
            ])
        $0.authorizationEndpoint = "https://api.ximalaya.com/oauth2/js/authorize"
        $0.tokenEndpoint = "https://api.ximalaya.com/oauth2/v2/access_token"
        $0.userInfoEndpoint = "https://api.ximalaya.com/profile/user_info"
        $0.authorizeParameters = ["client_os_type": "3", "device_id": "martlet"]
        $0.pkce = .none
        $0.signing = .ximalaya
        $0.clientAuthentication = .post
        $0.tokenRequest.parameters = ["device_id": "martlet"]
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = [
            "app_key": "{$client.id}", "client_os_type": "3", "device_id": "martlet",
        ]
        $0.failures = [
            FailureRule(code: "error_no | errcode", description: "error_desc")
        ]
        $0.profile = ProfileMapping(id: "id", name: "nickname", avatar: "avatar_url")
    }

    /// Bilibili: https://open.bilibili.com/doc/4/eaf0e2b5-bde9-b9a0-9be1-019bb455701c
    ///
    /// As libraries describe it. The token's `expires_in` is a point in time, not a lifetime, and is not read. The subject is
    /// `openid`, the person's at this application. There is no email.
    public static let bilibili: Provider = Provider("bilibili", "Bilibili") {
        $0.localizedNames = ["zh-Hans": "哔哩哔哩"]
        $0.color = "#00a1d6"
        $0.documentation = "https://open.bilibili.com/doc/4/eaf0e2b5-bde9-b9a0-9be1-019bb455701c"
        $0.registration = Registration(page: "https://openhome.bilibili.com/", redirectURI: "授权回调域")
        $0.authorizationEndpoint = "https://account.bilibili.com/pc/account-pc/auth/oauth"
        $0.tokenEndpoint = "https://api.bilibili.com/x/account-oauth2/v1/token"
        $0.refreshEndpoint = "https://api.bilibili.com/x/account-oauth2/v1/refresh_token"
        $0.userInfoEndpoint = "https://member.bilibili.com/arcopen/fn/user/account/info"
        $0.signing = .bilibili
        $0.clientAuthentication = .post
        $0.parameterNames.redirectURI = "gourl"
        $0.tokenRequest.sendsRedirectURI = false
        $0.tokenResponse.envelope = "data"
        $0.tokenResponse.expiresIn = ""
        $0.tokenResponse.scope = "scopes"
        $0.userInfoRequest.accessToken = .header("access-token")
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "message", success: ["0"])]
        $0.profile = ProfileMapping(id: "openid", name: "name", avatar: "face")
    }

    /// DingTalk's older sign-in by QR code:
    /// https://open.dingtalk.com/document/orgapp/obtain-the-user-information-based-on-the-sns-temporary-authorization
    ///
    /// Ten libraries describe it alike; ``dingtalk`` replaces it for new applications. The subject is `unionid`, as there.
    public static let dingtalkLegacy: Provider = Provider("dingtalk_legacy", "DingTalk (older applications)") {
        $0.localizedNames = ["zh-Hans": "钉钉（旧版应用）"]
        $0.color = "#0089ff"
        $0.documentation =
            "https://open.dingtalk.com/document/orgapp/obtain-the-user-information-based-on-the-sns-temporary-authorization"
        $0.registration = Registration(
            page: "https://open-dev.dingtalk.com/", clientID: "appId", clientSecret: "appSecret", redirectURI: "回调域名")
        $0.authorizationEndpoint = "https://oapi.dingtalk.com/connect/qrconnect"
        $0.userInfoEndpoint = "https://oapi.dingtalk.com/sns/getuserinfo_bycode"
        $0.scopes = ["snsapi_login"]
        $0.pkce = .none
        $0.signing = .dingtalk
        $0.clientAuthentication = .post
        $0.parameterNames.authorizeClientID = "appid"
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .json
        $0.userInfoRequest.accessToken.location = AccessTokenPlacement.Location.none
        $0.userInfoRequest.parameters = ["tmp_auth_code": "{$callback.code}"]
        $0.userInfoRequest.envelope = "user_info"
        $0.failures = [FailureRule(code: "errcode", description: "errmsg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "unionid", name: "nick", identifiers: ["openid": "openid", "unionid": "unionid"])
    }
}
