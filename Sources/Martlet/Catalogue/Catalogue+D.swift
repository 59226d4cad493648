extension Provider {
    /// DingTalk: https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information
    ///
    /// The subject is `unionId`, the same in every app of one organisation; `openId` differs by app and is kept beside it.
    public static let dingtalk: Provider = Provider("dingtalk", "DingTalk") {
        $0.localizedNames = ["zh-Hans": "钉钉"]
        $0.color = "#0089ff"
        $0.documentation = "https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information"
        $0.authorizationEndpoint = "https://login.dingtalk.com/oauth2/auth"
        $0.tokenEndpoint = "https://api.dingtalk.com/v1.0/oauth2/userAccessToken"
        $0.userInfoEndpoint = "https://api.dingtalk.com/v1.0/contact/users/me"
        $0.scopes = ["openid"]
        $0.authorizeParameters = ["prompt": "consent"]
        $0.pkce = .none
        $0.parameterNames.clientID = "clientId"
        $0.parameterNames.authorizeClientID = "client_id"
        $0.parameterNames.clientSecret = "clientSecret"
        $0.parameterNames.callbackCode = "authCode | code"
        $0.parameterNames.grantType = "grantType"
        $0.parameterNames.refreshToken = "refreshToken"
        $0.tokenRequest.encoding = .json
        $0.tokenRequest.sendsRedirectURI = false
        $0.tokenResponse.accessToken = "accessToken"
        $0.tokenResponse.refreshToken = "refreshToken"
        $0.tokenResponse.expiresIn = "expireIn | expires_in"
        $0.userInfoRequest.accessToken = .header("x-acs-dingtalk-access-token")
        $0.failures = [FailureRule(code: "code", description: "message")]
        $0.profile = ProfileMapping(
            id: "unionId", username: "nick", name: "nick", email: "email", avatar: "avatarUrl",
            identifiers: ["openId": "openId", "unionId": "unionId"])
    }
}
