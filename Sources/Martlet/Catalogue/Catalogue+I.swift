extension Catalogue {
    static let i: [Provider] = [.imgur, .instagram]
}

extension Provider {
    /// Imgur: https://apidocs.imgur.com/
    ///
    /// There are no scopes, and no email. `url` is the user name, which can be changed.
    public static let imgur: Provider = Provider("imgur", "Imgur") {
        $0.color = "#1bb76e"
        $0.documentation = "https://apidocs.imgur.com/"
        $0.authorizationEndpoint = "https://api.imgur.com/oauth2/authorize"
        $0.tokenEndpoint = "https://api.imgur.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.imgur.com/3/account/me"
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "data.error")]
        $0.profile = ProfileMapping(id: "id", username: "url", avatar: "avatar")
    }

    /// Instagram: https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
    ///
    /// Professional accounts only: the vendor closed the API for private ones. The subject is `user_id`, the
    /// account's; the application's own `id` for it is kept beside it. The vendor documents the answers inside an
    /// array `data`. There is no email.
    public static let instagram: Provider = Provider("instagram", "Instagram") {
        $0.color = "#e4405f"
        $0.documentation =
            "https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login"
        $0.authorizationEndpoint = "https://www.instagram.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.instagram.com/oauth/access_token"
        $0.userInfoEndpoint = "https://graph.instagram.com/v24.0/me"
        $0.scopes = ["instagram_business_basic"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.tokenResponse.envelope = "data.0"
        $0.tokenResponse.scope = "permissions"
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["fields": "id,user_id,username,name,profile_picture_url"]
        $0.userInfoRequest.envelope = "data.0"
        $0.failures = [FailureRule(code: "error_type", description: "error_message")]
        $0.profile = ProfileMapping(
            id: "user_id", username: "username", name: "name", avatar: "profile_picture_url", identifiers: ["id": "id"])
    }
}
