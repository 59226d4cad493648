extension Catalogue {
    static let h: CatalogueEntries = [.heroku, .huawei, .hubSpot, .huggingface]
}

extension Provider {
    /// Heroku: https://devcenter.heroku.com/articles/oauth
    ///
    /// `verified` in the profile is about a means of payment, not the email: unverified. There is no picture and no
    /// handle.
    public static let heroku: Provider = Provider("heroku", "Heroku") {
        $0.color = "#430098"
        $0.documentation = "https://devcenter.heroku.com/articles/oauth"
        $0.registration = Registration(
            page: "https://dashboard.heroku.com/account/applications", redirectURI: "OAuth callback URL")
        $0.authorizationEndpoint = "https://id.heroku.com/oauth/authorize"
        $0.tokenEndpoint = "https://id.heroku.com/oauth/token"
        $0.userInfoEndpoint = "https://api.heroku.com/account"
        $0.scopes = ["identity"]
        $0.fieldScopes = ["name": "identity", "email": "identity"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.headers = ["Accept": "application/vnd.heroku+json; version=3"]
        $0.profile = ProfileMapping(id: "id", name: "name", email: "email")
    }

    /// Huawei: https://developer.huawei.com/consumer/cn/doc/harmonyos-references-V5/account-api-otherscene-getuserinfo-V5
    ///
    /// The third-generation endpoints. Of the ids that sources take, the subject is `openID`, which is the person's
    /// in one application; `unionID`, the person's at one developer, is kept beside it. `displayName` is the
    /// nickname, or else the account with its middle hidden. The email comes only with the scope `email`, for which
    /// an application must be permitted first; so it is not asked for by default, and no proof of it is documented:
    /// unverified. A refresh token comes only with `access_type=offline`.
    public static let huawei: Provider = Provider("huawei", "Huawei") {
        $0.localizedNames = ["zh-Hans": "华为"]
        $0.color = "#cf0a2c"
        $0.documentation =
            "https://developer.huawei.com/consumer/cn/doc/harmonyos-references-V5/account-api-otherscene-getuserinfo-V5"
        $0.registration = Registration(
            page: "https://developer.huawei.com/consumer/cn/service/josp/agc/index.html", redirectURI: "回调地址",
            notes: [
                "en": "Enable Account Kit for the application.",
                "zh-Hans": "为应用开通华为账号服务（Account Kit）。",
            ])
        $0.authorizationEndpoint = "https://oauth-login.cloud.huawei.com/oauth2/v3/authorize"
        $0.tokenEndpoint = "https://oauth-login.cloud.huawei.com/oauth2/v3/token"
        $0.userInfoEndpoint = "https://account.cloud.huawei.com/rest.php?nsp_svc=GOpen.User.getInfo"
        $0.revocationEndpoint = "https://oauth-login.cloud.huawei.com/oauth2/v3/revoke"
        $0.scopes = ["openid", "profile"]
        $0.fieldScopes = ["name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .form
        $0.userInfoRequest.parameters = ["access_token": "{$token.access_token}", "getNickName": "1"]
        $0.userInfoRequest.accessToken.location = .none
        $0.profile = ProfileMapping(
            id: "openID", name: "displayName", email: "email", avatar: "headPictureURL",
            identifiers: ["open_id": "openID", "union_id": "unionID"])
    }

    /// HubSpot: https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide
    ///
    /// The third generation of these endpoints; libraries use the first, which the vendor deprecates in February
    /// 2027. What is known of the person is what the vendor tells of their token: a number, an email, and the account
    /// that they chose. No proof of the email is documented: unverified. Revocation is documented for refresh tokens.
    public static let hubSpot: Provider = Provider("hubspot", "HubSpot") {
        $0.color = "#ff7a59"
        $0.documentation = "https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide"
        $0.registration = Registration(
            page: "https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide", redirectURI: "Redirect URL",
            notes: [
                "en": "Create an app in a developer account, with the scope oauth.",
                "zh-Hans": "在开发者账户中创建应用，并添加权限 oauth。",
            ])
        $0.authorizationEndpoint = "https://app.hubspot.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.hubapi.com/oauth/v3/token"
        $0.userInfoEndpoint = "https://api.hubapi.com/oauth/v3/token/introspect"
        $0.revocationEndpoint = "https://api.hubapi.com/oauth/v3/token/revoke"
        $0.introspectionEndpoint = "https://api.hubapi.com/oauth/v3/token/introspect"
        $0.scopes = ["oauth"]
        $0.clientAuthentication = .post
        $0.tokenResponse.scope = "scopes"
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .form
        $0.userInfoRequest.parameters = [
            "client_id": "{$client.id}", "client_secret": "{$client.secret}", "token": "{$token.access_token}",
            "token_type_hint": "access_token",
        ]
        $0.userInfoRequest.accessToken.location = .none
        $0.profile = ProfileMapping(id: "user_id", email: "user", identifiers: ["hub_id": "hub_id"])
    }

    /// Hugging Face: https://huggingface.co/docs/hub/oauth
    ///
    /// Endpoints are found by discovery.
    public static let huggingface: Provider = Provider("huggingface", "Hugging Face") {
        $0.color = "#ff9d00"
        $0.documentation = "https://huggingface.co/docs/hub/oauth"
        $0.registration = Registration(
            page: "https://huggingface.co/settings/applications/new", redirectURI: "Redirect URLs",
            notes: [
                "en": "Choose the scopes openid, profile and email for the application.",
                "zh-Hans": "为应用选择权限 openid、profile 和 email。",
            ])
        $0.issuer = "https://huggingface.co"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
    }
}
