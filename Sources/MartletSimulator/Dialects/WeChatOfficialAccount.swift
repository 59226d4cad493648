/// WeChat inside the app: web pages of an official account.
enum WeChatOfficialAccount {
    static let dialect = Dialect(
        id: "wechat_mp",
        title: "WeChat Official Account",
        reference: "https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html",
        authorizations: [
            AuthorizationEndpoint(
                path: "open.weixin.qq.com/connect/oauth2/authorize", clientParameter: "appid", needs: ["scope"],
                knownScopes: ["snsapi_base", "snsapi_userinfo"], denial: [])
        ],
        endpoints: WeChatAccounts.endpoints,
        subjectFields: ["openid", "unionid"],
        refuse: WeChatAccounts.refuse)
}
