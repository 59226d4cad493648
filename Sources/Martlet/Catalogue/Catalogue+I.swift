extension Catalogue {
    static let i: CatalogueEntries = [.imgur, .infoflow, .instagram]
}

extension Provider {
    /// Imgur: https://apidocs.imgur.com/
    ///
    /// There are no scopes, and no email. `url` is the user name, which can be changed.
    public static let imgur: Provider = Provider("imgur", "Imgur") {
        $0.color = "#1bb76e"
        $0.documentation = "https://apidocs.imgur.com/"
        $0.registration = Registration(
            page: "https://api.imgur.com/oauth2/addclient", redirectURI: "Authorization callback URL")
        $0.authorizationEndpoint = "https://api.imgur.com/oauth2/authorize"
        $0.tokenEndpoint = "https://api.imgur.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.imgur.com/3/account/me"
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "data.error")]
        $0.profile = ProfileMapping(id: "id", username: "url", avatar: "avatar")
    }

    /// Infoflow: https://qy.baidu.com/doc/index.html
    ///
    /// As one project describes it. The code is not exchanged for a person's token: the application's own token reads the
    /// member's id by the code, then the member. The client id is the company's, `apiKey` the application's `agentid`. The
    /// vendor returns only the code, so the state travels in the redirect URI.
    public static let infoflow: Provider = Provider("infoflow", "Infoflow") {
        $0.localizedNames = ["zh-Hans": "如流"]
        $0.color = "#2468f2"
        $0.documentation = "https://qy.baidu.com/doc/index.html"
        $0.registration = Registration(
            page: "https://qy.baidu.com/", clientID: "CorpID", clientSecret: "Secret", redirectURI: "可信域名",
            notes: ["en": "Give the application's agentid as apiKey.", "zh-Hans": "应用的 agentid 填入 apiKey。"])
        $0.authorizationEndpoint = "https://xpc.im.baidu.com/oauth2/authorize"
        $0.userInfoEndpoint = "https://api.im.baidu.com/api/user/get"
        $0.stateInRedirectURI = true
        $0.pkce = .none
        $0.parameterNames.authorizeClientID = "appid"
        $0.appTokenRequest = ProviderCall("https://qy.im.baidu.com/api/gettoken") {
            $0.accessToken.location = AccessTokenPlacement.Location.none
            $0.parameters = ["corpid": "{$client.id}", "corpsecret": "{$client.secret}"]
        }
        $0.subjectRequest = ProviderCall("https://qy.im.baidu.com/api/user/getuserinfo") {
            $0.accessToken = .query()
            $0.parameters = ["code": "{$callback.code}", "agentid": "{$client.apiKey}"]
        }
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["userid": "{$subject.UserId}"]
        $0.failures = [FailureRule(code: "errcode", description: "errmsg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "imid | $subject.UserId", name: "name", email: "email", avatar: "headimg",
            identifiers: ["userid": "$subject.UserId"])
    }

    /// Instagram: https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
    ///
    /// Professional accounts only: the vendor closed the API for private ones. The subject is `user_id`, the
    /// account's; the application's own `id` for it is kept beside it. The vendor documents the answers inside an
    /// array `data`; clients also meet them without it, and both are read. There is no email.
    public static let instagram: Provider = Provider("instagram", "Instagram") {
        $0.color = "#e4405f"
        $0.documentation =
            "https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login"
        $0.registration = Registration(
            page: "https://developers.facebook.com/apps/", clientID: "Instagram app ID",
            clientSecret: "Instagram app secret", redirectURI: "OAuth redirect URIs",
            notes: [
                "en":
                    "Add the product Instagram to the app, and set up business login there; ids are not the app's own.",
                "zh-Hans": "为应用添加 Instagram 产品，并在其中设置商务登录；这里的 ID 和密钥与应用本身的不同。",
            ])
        $0.authorizationEndpoint = "https://www.instagram.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.instagram.com/oauth/access_token"
        $0.userInfoEndpoint = "https://graph.instagram.com/v25.0/me"
        $0.scopes = ["instagram_business_basic"]
        $0.scopeSeparator = ","
        $0.fieldScopes = [
            "username": "instagram_business_basic", "name": "instagram_business_basic",
            "avatar": "instagram_business_basic",
        ]
        $0.clientAuthentication = .post
        $0.tokenResponse.envelope = "data.0"
        $0.tokenResponse.scope = "permissions"
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["fields": "id,user_id,username,name,profile_picture_url"]
        $0.userInfoRequest.envelope = "data.0"
        $0.failures = [FailureRule(code: "error_type", description: "error_message")]
        $0.profile = ProfileMapping(
            id: "user_id", username: "username", name: "name", avatar: "profile_picture_url", identifiers: ["id": "id"])
    }
}
