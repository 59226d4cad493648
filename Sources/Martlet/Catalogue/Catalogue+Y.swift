extension Catalogue {
    static let y: [Provider] = [.yahoo, .yandex]
}

extension Provider {
    /// Yahoo: https://developer.yahoo.com/oauth2/guide/openid_connect/getting_started.html
    ///
    /// Scopes must be among those chosen where the application is registered.
    public static let yahoo: Provider = Provider("yahoo", "Yahoo") {
        $0.color = "#5f01d1"
        $0.documentation = "https://developer.yahoo.com/oauth2/guide/openid_connect/getting_started.html"
        $0.issuer = "https://api.login.yahoo.com"
        $0.authorizationEndpoint = "https://api.login.yahoo.com/oauth2/request_auth"
        $0.tokenEndpoint = "https://api.login.yahoo.com/oauth2/get_token"
        $0.userInfoEndpoint = "https://api.login.yahoo.com/openid/v1/userinfo"
        $0.jwksURI = "https://api.login.yahoo.com/openid/v1/certs"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .basic
        $0.profile.username = "nickname"
    }

    /// Yandex: https://yandex.com/dev/id/doc/en/user-information
    ///
    /// The vendor serves the same under `oauth.yandex.ru`; sources are divided evenly. The token's word in the header is
    /// `OAuth`. The email is the account's default one, and nothing in the answer proves it: unverified.
    public static let yandex: Provider = Provider("yandex", "Yandex") {
        $0.color = "#fc3f1d"
        $0.documentation = "https://yandex.com/dev/id/doc/en/user-information"
        $0.authorizationEndpoint = "https://oauth.yandex.com/authorize"
        $0.tokenEndpoint = "https://oauth.yandex.com/token"
        $0.userInfoEndpoint = "https://login.yandex.ru/info"
        $0.revocationEndpoint = "https://oauth.yandex.com/revoke_token"
        $0.scopes = ["login:info", "login:email", "login:avatar"]
        $0.clientAuthentication = .post
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoRequest.accessToken.scheme = "OAuth"
        $0.userInfoRequest.parameters = ["format": "json"]
        $0.profile = ProfileMapping(
            id: "id", username: "login", name: "real_name | display_name", email: "default_email",
            avatar: "https://avatars.yandex.net/get-yapic/{default_avatar_id}/islands-200",
            identifiers: ["psuid": "psuid"])
    }
}
