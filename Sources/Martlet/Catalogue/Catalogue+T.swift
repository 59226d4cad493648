extension Catalogue {
    static let t: [Provider] = [.twitch, .twitter]
}

extension Provider {
    /// Twitch: https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/
    ///
    /// OpenID Connect, whose ID token holds the claims that the request names; most libraries read `helix/users` instead. The
    /// scope `user:read:email` is what the email needs.
    public static let twitch: Provider = Provider("twitch", "Twitch") {
        $0.color = "#9146ff"
        $0.documentation = "https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/"
        $0.issuer = "https://id.twitch.tv/oauth2"
        $0.authorizationEndpoint = "https://id.twitch.tv/oauth2/authorize"
        $0.tokenEndpoint = "https://id.twitch.tv/oauth2/token"
        $0.userInfoEndpoint = "https://id.twitch.tv/oauth2/userinfo"
        $0.jwksURI = "https://id.twitch.tv/oauth2/keys"
        $0.revocationEndpoint = "https://id.twitch.tv/oauth2/revoke"
        $0.scopes = ["openid", "user:read:email"]
        $0.authorizeParameters = [
            "claims": #"{"id_token":{"email":null,"email_verified":null,"picture":null,"preferred_username":null}}"#
        ]
        $0.clientAuthentication = .post
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.userInfoPolicy = .withoutIDToken
        $0.profile = ProfileMapping(
            id: "sub", username: "preferred_username", name: "preferred_username", email: "email",
            emailVerified: "email_verified", avatar: "picture")
    }

    /// X: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
    ///
    /// `confirmed_email` is by its name an address that the person confirmed; the application must be allowed to ask for it
    /// ("Request email from users"), else leave the scope `users.email` out. A refresh token comes only with the
    /// scope `offline.access`.
    public static let twitter: Provider = Provider("twitter", "X") {
        $0.color = "#000000"
        $0.documentation = "https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code"
        $0.authorizationEndpoint = "https://x.com/i/oauth2/authorize"
        $0.tokenEndpoint = "https://api.x.com/2/oauth2/token"
        $0.userInfoEndpoint = "https://api.x.com/2/users/me"
        $0.revocationEndpoint = "https://api.x.com/2/oauth2/revoke"
        $0.scopes = ["users.read", "tweet.read", "users.email"]
        $0.clientAuthentication = .basic
        $0.userInfoRequest.parameters = ["user.fields": "profile_image_url,confirmed_email"]
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name", email: "confirmed_email", emailVerified: "true",
            avatar: "profile_image_url")
    }
}
