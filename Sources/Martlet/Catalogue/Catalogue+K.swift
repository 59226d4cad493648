extension Catalogue {
    static let k: CatalogueEntries = [.kakao, .keycloak, .kick, .kook, .kuaishou, .kujiale]
}

extension Provider {
    /// Kakao: https://developers.kakao.com/docs/latest/en/kakaologin/rest-api
    ///
    /// What is asked of the person are the consent items set in the vendor's console: a scope that is not among them
    /// is refused, so none is sent. An email is the person's if it is both valid and verified. Revocation signs the
    /// person out at the vendor, as clients use it: both tokens end.
    public static let kakao: Provider = Provider("kakao", "Kakao") {
        $0.localizedNames = ["ko": "카카오"]
        $0.color = "#fee500"
        $0.documentation = "https://developers.kakao.com/docs/latest/en/kakaologin/rest-api"
        $0.registration = Registration(
            page: "https://developers.kakao.com/console/app", clientID: "REST API key",
            notes: [
                "en": """
                Turn Kakao Login on, and set the consent items profile_nickname, profile_image and account_email; \
                switch the client secret on.
                """,
                "zh-Hans": "启用 Kakao 登录，设置同意项 profile_nickname、profile_image 和 account_email，并启用 Client secret。",
            ])
        $0.authorizationEndpoint = "https://kauth.kakao.com/oauth/authorize"
        $0.tokenEndpoint = "https://kauth.kakao.com/oauth/token"
        $0.userInfoEndpoint = "https://kapi.kakao.com/v2/user/me"
        $0.revocationEndpoint = "https://kapi.kakao.com/v1/user/logout"
        $0.scopeSeparator = ","
        $0.fieldScopes = ["name": "profile_nickname", "email": "account_email", "avatar": "profile_image"]
        $0.clientAuthentication = .post
        $0.revocationRequest.accessToken = AccessTokenPlacement()
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.profile = ProfileMapping(
            id: "id", name: "kakao_account.profile.nickname | properties.nickname", email: "kakao_account.email",
            emailVerified: "kakao_account.is_email_valid & kakao_account.is_email_verified",
            avatar: "kakao_account.profile.profile_image_url | properties.profile_image")
    }

    /// Keycloak: https://www.keycloak.org/securing-apps/oidc-layers
    ///
    /// Self-hosted: ``Provider/domain`` is the server's, ``Provider/tenant`` the realm. A server with a path of its
    /// own (`/auth` before version 17) is named by ``Provider/issuer``. Endpoints are found by discovery.
    public static let keycloak: Provider = Provider("keycloak", "Keycloak") {
        $0.color = "#4d4d4d"
        $0.documentation = "https://www.keycloak.org/securing-apps/oidc-layers"
        $0.registration = Registration(
            page: "https://www.keycloak.org/docs/latest/server_admin/#_oidc_clients",
            redirectURI: "Valid redirect URIs",
            notes: [
                "en": """
                Create an OpenID Connect client with client authentication on; domain is the server's, tenant the \
                realm.
                """,
                "zh-Hans": "创建 OpenID Connect 客户端并启用 Client authentication；domain 填服务器的域名，tenant 填 realm 的名称。",
            ])
        $0.issuer = "https://{domain}/realms/{tenant}"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
    }

    /// Kick: https://docs.kick.com/getting-started/generating-tokens-oauth2-flow
    ///
    /// The vendor requires PKCE. `name` is the user name, which can be changed; the profile's fields are as clients
    /// find them. No proof of the email is documented: unverified.
    public static let kick: Provider = Provider("kick", "Kick") {
        $0.color = "#53fc18"
        $0.documentation = "https://docs.kick.com/getting-started/generating-tokens-oauth2-flow"
        $0.registration = Registration(
            page: "https://kick.com/settings/developer", redirectURI: "Redirect URL",
            notes: [
                "en": "Choose the scope user:read for the app.",
                "zh-Hans": "为应用选择权限 user:read。",
            ])
        $0.authorizationEndpoint = "https://id.kick.com/oauth/authorize"
        $0.tokenEndpoint = "https://id.kick.com/oauth/token"
        $0.userInfoEndpoint = "https://api.kick.com/public/v1/users"
        $0.revocationEndpoint = "https://id.kick.com/oauth/revoke"
        $0.scopes = ["user:read"]
        $0.fieldScopes = ["username": "user:read", "name": "user:read", "email": "user:read", "avatar": "user:read"]
        $0.clientAuthentication = .post
        $0.revocationRequest.encoding = .query
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.userInfoRequest.envelope = "data.0"
        $0.profile = ProfileMapping(
            id: "user_id", username: "name", name: "name", email: "email", avatar: "profile_picture")
    }

    /// KOOK: https://developer.kookapp.cn/doc/oauth2
    ///
    /// The vendor documents tokens and the profile; the address of the authorization page is what libraries use, for
    /// the vendor makes the whole link in its console. `username` can be changed. There is no email and no refresh.
    public static let kook: Provider = Provider("kook", "KOOK") {
        $0.color = "#87eb00"
        $0.documentation = "https://developer.kookapp.cn/doc/oauth2"
        $0.registration = Registration(
            page: "https://developer.kookapp.cn/app/index", redirectURI: "授权回调地址",
            notes: [
                "en": "KOOK's staff must permit OAuth for the application first; its settings are then under OAuth2.",
                "zh-Hans": "须先向开发者中心工作人员取得 OAuth 资质，再在应用详情的 OAuth2 页面配置。",
            ])
        $0.authorizationEndpoint = "https://www.kookapp.cn/app/oauth2/authorize"
        $0.tokenEndpoint = "https://www.kookapp.cn/api/oauth2/token"
        $0.userInfoEndpoint = "https://www.kookapp.cn/api/v3/user/me"
        $0.scopes = ["get_user_info"]
        $0.fieldScopes = ["username": "get_user_info", "name": "get_user_info", "avatar": "get_user_info"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "message", success: ["0"])]
        $0.profile = ProfileMapping(id: "id", username: "username", name: "username", avatar: "avatar")
    }

    /// Kuaishou: https://open.kuaishou.com/platformDocs/openAbility/kwaiLogin
    ///
    /// Of the vendor's two ways for websites this is the one that signs a person in on a page. Codes and profiles are
    /// asked for by GET. The subject is `open_id` of the token answer. The profile's fields and the refresh endpoint
    /// are as clients find them. There is no email and no handle.
    public static let kuaishou: Provider = Provider("kuaishou", "Kuaishou") {
        $0.localizedNames = ["zh-Hans": "快手"]
        $0.color = "#ff4906"
        $0.documentation = "https://open.kuaishou.com/platformDocs/openAbility/kwaiLogin"
        $0.registration = Registration(
            page: "https://open.kuaishou.com/platformDocs/develop/web-app.html", clientID: "appId",
            clientSecret: "appSecret", redirectURI: "授权回调域",
            notes: [
                "en": "Create a website application and apply for the scope user_info; Kuaishou reviews both.",
                "zh-Hans": "创建网站应用并申请权限 user_info，由快手审核。",
            ])
        $0.authorizationEndpoint = "https://open.kuaishou.com/oauth2/authorize"
        $0.tokenEndpoint = "https://open.kuaishou.com/oauth2/access_token"
        $0.refreshEndpoint = "https://open.kuaishou.com/oauth2/refresh_token"
        $0.userInfoEndpoint = "https://open.kuaishou.com/openapi/user_info"
        $0.scopes = ["user_info"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["name": "user_info", "avatar": "user_info"]
        $0.authorizeParameters = ["ua": "pc"]
        $0.clientAuthentication = .post
        $0.parameterNames.clientID = "app_id"
        $0.parameterNames.clientSecret = "app_secret"
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.tokenRequest.sendsRedirectURI = false
        $0.tokenResponse.scope = "scopes"
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["app_id": "{$client.id}"]
        $0.userInfoRequest.envelope = "user_info"
        $0.failures = [FailureRule(code: "result", description: "error_msg", success: ["1"])]
        $0.profile = ProfileMapping(id: "$token.open_id", name: "name", avatar: "bigHead | head")
    }

    /// Kujiale: https://open.kujiale.com/open/apps/2/docs?doc_id=95
    ///
    /// As one library, JustAuth, describes it: the vendor's page is not public. The parameters of the code's exchange
    /// go in the query of a POST. The subject, `openId`, is the person's in one application, and is asked for before
    /// the profile. There is no email and no handle.
    public static let kujiale: Provider = Provider("kujiale", "Kujiale") {
        $0.localizedNames = ["zh-Hans": "酷家乐"]
        $0.color = "#1a7af8"
        $0.documentation = "https://open.kujiale.com/open/apps/2/docs?doc_id=95"
        $0.registration = Registration(
            page: "https://open.kujiale.com/open/management/service-application", redirectURI: "应用回调地址",
            notes: [
                "en": "Only for companies that work with Kujiale; the application is reviewed.",
                "zh-Hans": "仅对合作企业开放，应用需经审核。",
            ])
        $0.authorizationEndpoint = "https://oauth.kujiale.com/oauth2/show"
        $0.tokenEndpoint = "https://oauth.kujiale.com/oauth2/auth/token"
        $0.refreshEndpoint = "https://oauth.kujiale.com/oauth2/auth/token/refresh"
        $0.userInfoEndpoint = "https://oauth.kujiale.com/oauth2/openapi/user"
        $0.scopes = ["get_user_info"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["name": "get_user_info", "avatar": "get_user_info"]
        $0.clientAuthentication = .post
        $0.tokenRequest.encoding = .query
        $0.tokenResponse.envelope = "d"
        $0.tokenResponse.accessToken = "accessToken"
        $0.tokenResponse.refreshToken = "refreshToken"
        $0.tokenResponse.expiresIn = "expiresIn"
        $0.subjectRequest = ProviderCall("https://oauth.kujiale.com/oauth2/auth/user") {
            $0.accessToken = .query()
        }
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["open_id": "{$subject.d}"]
        $0.userInfoRequest.envelope = "d"
        $0.failures = [FailureRule(code: "c", description: "m", success: ["0"])]
        $0.profile = ProfileMapping(id: "openId", name: "userName", avatar: "avatar")
    }
}
