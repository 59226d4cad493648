extension Catalogue {
    static let r: CatalogueEntries = [.reddit, .renren, .roblox, .runkeeper]
}

extension Provider {
    /// Reddit: https://github.com/reddit-archive/reddit/wiki/OAuth2
    ///
    /// The subject is `id`, not the name, which one library takes. As the vendor's published source shows, errors of the
    /// token endpoint come with status 200, and a refresh token only with `duration=permanent` in
    /// ``Provider/authorizeParameters``. Most libraries send a `User-Agent` of their own: set that header with yours.
    /// `raw_json` keeps the picture's URL from being escaped for HTML. There is no email.
    public static let reddit: Provider = Provider("reddit", "Reddit") {
        $0.color = "#ff4500"
        $0.documentation = "https://github.com/reddit-archive/reddit/wiki/OAuth2"
        $0.registration = Registration(
            page: "https://www.reddit.com/prefs/apps", clientSecret: "secret", redirectURI: "redirect uri",
            notes: [
                "en": "Choose the type web app; the client id stands under the app's name.",
                "zh-Hans": "类型选 web app；client id 写在应用名称下方。",
            ])
        $0.authorizationEndpoint = "https://www.reddit.com/api/v1/authorize"
        $0.tokenEndpoint = "https://www.reddit.com/api/v1/access_token"
        $0.userInfoEndpoint = "https://oauth.reddit.com/api/v1/me"
        $0.revocationEndpoint = "https://www.reddit.com/api/v1/revoke_token"
        $0.scopes = ["identity"]
        $0.clientAuthentication = .basic
        $0.userInfoRequest.parameters = ["raw_json": "1"]
        $0.profile = ProfileMapping(id: "id", username: "name", name: "name", avatar: "icon_img")
    }

    /// Renren: https://open.renren.com/wiki/OAuth2.0
    ///
    /// The service stopped in December 2024, and whether it comes back is not known. The authorization is as the vendor
    /// documented it; the profile call and its answer as two libraries describe them.
    public static let renren: Provider = Provider("renren", "Renren") {
        $0.localizedNames = ["zh-Hans": "人人网"]
        $0.color = "#217dc6"
        $0.documentation = "https://open.renren.com/wiki/OAuth2.0"
        $0.registration = Registration(
            page: "https://open.renren.com/wiki/OAuth2.0", clientID: "API KEY", clientSecret: "Secret Key",
            notes: [
                "en": "The service stopped in December 2024; no applications can be registered.",
                "zh-Hans": "人人网已于 2024 年 12 月停止服务，无法注册应用。",
            ])
        $0.authorizationEndpoint = "https://graph.renren.com/oauth/authorize"
        $0.tokenEndpoint = "https://graph.renren.com/oauth/token"
        $0.userInfoEndpoint = "https://api.renren.com/v2/user/get"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["userId": "{$token.user.id}"]
        $0.userInfoRequest.envelope = "response"
        $0.profile = ProfileMapping(id: "id", name: "name", avatar: "avatar.0.url")
    }

    /// Roblox: https://create.roblox.com/docs/cloud/auth/oauth2-reference
    ///
    /// There is no email. The vendor says that `sub` alone identifies a person: user names and display names change. Only a
    /// refresh token can be revoked.
    public static let roblox: Provider = Provider("roblox", "Roblox") {
        $0.color = "#000000"
        $0.documentation = "https://create.roblox.com/docs/cloud/auth/oauth2-reference"
        $0.registration = Registration(
            page: "https://create.roblox.com/dashboard/credentials", redirectURI: "Redirect URLs")
        $0.issuer = "https://apis.roblox.com/oauth/"
        $0.authorizationEndpoint = "https://apis.roblox.com/oauth/v1/authorize"
        $0.tokenEndpoint = "https://apis.roblox.com/oauth/v1/token"
        $0.userInfoEndpoint = "https://apis.roblox.com/oauth/v1/userinfo"
        $0.jwksURI = "https://apis.roblox.com/oauth/v1/certs"
        $0.revocationEndpoint = "https://apis.roblox.com/oauth/v1/token/revoke"
        $0.introspectionEndpoint = "https://apis.roblox.com/oauth/v1/token/introspect"
        $0.scopes = ["openid", "profile"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "sub", username: "preferred_username", name: "nickname | name", avatar: "picture")
    }

    /// Runkeeper: https://runkeeper.com/developer/healthgraph/getting-started
    ///
    /// Closed: the vendor has taken no new applications since 2018. The subject is `userID`; the profile is a further
    /// call. There is no email. One of four libraries asks for the profile alone, which has no id.
    public static let runkeeper: Provider = Provider("runkeeper", "Runkeeper") {
        $0.color = "#001e62"
        $0.documentation = "https://runkeeper.com/developer/healthgraph/getting-started"
        $0.registration = Registration(
            page: "https://runkeeper.com/developer/healthgraph/getting-started",
            notes: [
                "en": "New applications have not been accepted since 2018; only those registered before work.",
                "zh-Hans": "自 2018 年起不再接受新应用，只有此前注册的应用可用。",
            ])
        $0.authorizationEndpoint = "https://runkeeper.com/apps/authorize"
        $0.tokenEndpoint = "https://runkeeper.com/apps/token"
        $0.userInfoEndpoint = "https://api.runkeeper.com/user"
        $0.clientAuthentication = .post
        $0.userInfoRequest.headers = ["Accept": "application/vnd.com.runkeeper.User+json"]
        $0.detailRequest = ProviderCall("https://api.runkeeper.com/profile") {
            $0.headers = ["Accept": "application/vnd.com.runkeeper.Profile+json"]
        }
        $0.profile = ProfileMapping(
            id: "userID", name: "$detail.name",
            avatar: "$detail.medium_picture | $detail.normal_picture | $detail.small_picture")
    }
}
