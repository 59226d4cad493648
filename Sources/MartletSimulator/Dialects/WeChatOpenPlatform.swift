/// WeChat on web sites: a code that the app scans. Who cancels comes back with the state alone.
enum WeChatOpenPlatform {
    static let dialect = Dialect(
        id: "wechat_open",
        title: "WeChat Open Platform",
        reference: "https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Wechat_Login.html",
        authorizations: [
            AuthorizationEndpoint(
                path: "open.weixin.qq.com/connect/qrconnect", clientParameter: "appid", needs: ["scope"],
                knownScopes: ["snsapi_login"], denial: [])
        ],
        endpoints: WeChatAccounts.endpoints,
        subjectFields: ["openid", "unionid"],
        refuse: WeChatAccounts.refuse)
}
