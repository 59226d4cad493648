extension Provider {
    /// OSChina: https://www.oschina.net/openapi/docs/openapi_user
    ///
    /// The vendor documents the token as a query parameter together with `dataType=json`; both are sent.
    public static let oschina: Provider = Provider("oschina", "OSChina") {
        $0.localizedNames = ["zh-Hans": "开源中国"]
        $0.color = "#21b351"
        $0.documentation = "https://www.oschina.net/openapi/docs/openapi_user"
        $0.authorizationEndpoint = "https://www.oschina.net/action/oauth2/authorize"
        $0.tokenEndpoint = "https://www.oschina.net/action/openapi/token"
        $0.userInfoEndpoint = "https://www.oschina.net/action/openapi/user"
        $0.pkce = .none
        $0.tokenRequest.parameters = ["dataType": "json"]
        $0.userInfoRequest.parameters = ["dataType": "json"]
        $0.userInfoRequest.accessToken = .query()
        $0.profile = ProfileMapping(id: "id", username: "name", name: "name", email: "email", avatar: "avatar")
    }
}
