extension Catalogue {
    static let x: CatalogueEntries = [.xero, .xiaomi, .xigua]
}

extension Provider {
    /// Xero: https://developer.xero.com/documentation/guides/oauth2/sign-in/
    ///
    /// The ID token holds the whole profile. The subject is its `xero_userid`, Xero's own id of the user, as libraries take
    /// it; `sub` is kept beside it. An email comes without a claim that proves it: unverified.
    public static let xero: Provider = Provider("xero", "Xero") {
        $0.color = "#13b5ea"
        $0.documentation = "https://developer.xero.com/documentation/guides/oauth2/sign-in/"
        $0.registration = Registration(
            page: "https://developer.xero.com/app/manage",
            notes: ["en": "Create it as a web app (grant type Auth Code).", "zh-Hans": "创建时选择 Web app（授权码模式）。"])
        $0.issuer = "https://identity.xero.com"
        $0.authorizationEndpoint = "https://login.xero.com/identity/connect/authorize"
        $0.tokenEndpoint = "https://identity.xero.com/connect/token"
        $0.jwksURI = "https://identity.xero.com/.well-known/openid-configuration/jwks"
        $0.revocationEndpoint = "https://identity.xero.com/connect/revocation"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email"]
        $0.clientAuthentication = .basic
        $0.signingAlgorithms = [.rs256]
        $0.profile = ProfileMapping(
            id: "$idToken.xero_userid", username: "preferred_username",
            name: "name | {given_name} {family_name} | given_name", email: "email",
            identifiers: ["sub": "$idToken.sub"])
    }

    /// Xiaomi: https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1708
    ///
    /// The subject is `unionId`, the same in all of a developer's applications; `openId`, the application's own, is kept
    /// beside it. Of two libraries, one takes the one and one the other. A token answer begins with `&&&START&&&`. Scopes are
    /// numbers; those that gave an email are no longer listed.
    public static let xiaomi: Provider = Provider("xiaomi", "Xiaomi") {
        $0.localizedNames = ["zh-Hans": "小米"]
        $0.color = "#ff6900"
        $0.documentation = "https://dev.mi.com/xiaomihyperos/documentation/detail?pId=1708"
        $0.registration = Registration(
            page: "https://dev.mi.com/", clientID: "AppID", clientSecret: "AppSecret", redirectURI: "回调地址",
            notes: [
                "en": "Enable the account service (小米账号服务) for the application.", "zh-Hans": "须为应用启用小米账号服务。",
            ])
        $0.authorizationEndpoint = "https://account.xiaomi.com/oauth2/authorize"
        $0.tokenEndpoint = "https://account.xiaomi.com/oauth2/token"
        $0.userInfoEndpoint = "https://open.account.xiaomi.com/user/profile"
        $0.scopes = ["1"]
        $0.fieldScopes = ["name": "1", "avatar": "1"]
        $0.clientAuthentication = .post
        $0.answerPrefix = "&&&START&&&"
        $0.userInfoRequest.accessToken = .query("token")
        $0.userInfoRequest.parameters = ["clientId": "{$client.id}"]
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "description", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "unionId", name: "miliaoNick", avatar: "miliaoIcon",
            identifiers: ["unionId": "unionId", "openId": "$token.openId"])
    }

    /// Xigua Video: https://open.douyin.com/platform/resource/docs/openapi/account-permission/get-access-token
    ///
    /// The vendor gives the host of tokens and profiles; where a person agrees is as one library describes it.
    public static let xigua: Provider = byteDance(
        "xigua", "Xigua Video", chinese: "西瓜视频", color: "#f85959", host: "https://open-api.ixigua.com",
        authorizationEndpoint: "https://open-api.ixigua.com/oauth/connect")
}
