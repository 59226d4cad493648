extension Catalogue {
    static let r: [Provider] = [.reddit, .roblox]
}

extension Provider {
    /// Reddit: https://github.com/reddit-archive/reddit/wiki/OAuth2
    ///
    /// The subject is `id`, not the name by which most libraries know a person. Errors of the token endpoint come with
    /// status 200. Reddit slows down clients without a `User-Agent` of their own: set that header with yours.
    /// `raw_json` keeps the picture's URL from being escaped for HTML. A refresh token comes only with
    /// `duration=permanent` in ``Provider/authorizeParameters``. There is no email.
    public static let reddit: Provider = Provider("reddit", "Reddit") {
        $0.color = "#ff4500"
        $0.documentation = "https://github.com/reddit-archive/reddit/wiki/OAuth2"
        $0.authorizationEndpoint = "https://www.reddit.com/api/v1/authorize"
        $0.tokenEndpoint = "https://www.reddit.com/api/v1/access_token"
        $0.userInfoEndpoint = "https://oauth.reddit.com/api/v1/me"
        $0.revocationEndpoint = "https://www.reddit.com/api/v1/revoke_token"
        $0.scopes = ["identity"]
        $0.clientAuthentication = .basic
        $0.userInfoRequest.parameters = ["raw_json": "1"]
        $0.profile = ProfileMapping(id: "id", username: "name", name: "name", avatar: "icon_img")
    }

    /// Roblox: https://create.roblox.com/docs/cloud/auth/oauth2-reference
    ///
    /// There is no email. The nickname is the display name, which is not unique.
    public static let roblox: Provider = Provider("roblox", "Roblox") {
        $0.color = "#000000"
        $0.documentation = "https://create.roblox.com/docs/cloud/auth/oauth2-reference"
        $0.issuer = "https://apis.roblox.com/oauth/"
        $0.authorizationEndpoint = "https://apis.roblox.com/oauth/v1/authorize"
        $0.tokenEndpoint = "https://apis.roblox.com/oauth/v1/token"
        $0.userInfoEndpoint = "https://apis.roblox.com/oauth/v1/userinfo"
        $0.jwksURI = "https://apis.roblox.com/oauth/v1/certs"
        $0.revocationEndpoint = "https://apis.roblox.com/oauth/v1/token/revoke"
        $0.introspectionEndpoint = "https://apis.roblox.com/oauth/v1/token/introspect"
        $0.scopes = ["openid", "profile"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "sub", username: "preferred_username", name: "nickname | name", avatar: "picture")
    }
}
