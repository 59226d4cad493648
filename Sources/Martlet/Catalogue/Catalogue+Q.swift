extension Provider {
    /// QQ: https://wiki.connect.qq.com/开发攻略_server-side
    ///
    /// The subject is `openid`, which every app has; `unionid` comes only to apps with that grant and is kept beside it, so
    /// that a later grant does not change who a person is.
    public static let qq: Provider = Provider("qq", "QQ") {
        $0.color = "#12b7f5"
        $0.documentation = "https://wiki.connect.qq.com/%E5%BC%80%E5%8F%91%E6%94%BB%E7%95%A5_server-side"
        $0.authorizationEndpoint = "https://graph.qq.com/oauth2.0/authorize"
        $0.tokenEndpoint = "https://graph.qq.com/oauth2.0/token"
        $0.userInfoEndpoint = "https://graph.qq.com/user/get_user_info"
        $0.scopes = ["get_user_info"]
        $0.scopeSeparator = ","
        $0.callbackWithoutCodeIsDenial = true
        $0.pkce = .none
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.tokenRequest.parameters = ["fmt": "json"]
        $0.subjectRequest = ProviderCall("https://graph.qq.com/oauth2.0/me") {
            $0.accessToken = .query()
            $0.parameters = ["fmt": "json", "unionid": "1"]
        }
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = [
            "oauth_consumer_key": "{$client.id}", "openid": "{$subject.openid}", "format": "json",
        ]
        $0.failures = [FailureRule(code: "ret", description: "msg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "$subject.openid", username: "nickname", name: "nickname",
            avatar: "figureurl_qq_2 | figureurl_qq_1 | figureurl_qq",
            identifiers: ["openid": "$subject.openid", "unionid": "$subject.unionid"])
    }
}
