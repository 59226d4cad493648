extension Provider {
    /// Gitee: https://gitee.com/api/v5/oauth_doc
    ///
    /// The email is the confirmed primary one of `/api/v5/emails`.
    public static let gitee: Provider = Provider("gitee", "Gitee") {
        $0.color = "#c71d23"
        $0.documentation = "https://gitee.com/api/v5/oauth_doc"
        $0.authorizationEndpoint = "https://gitee.com/oauth/authorize"
        $0.tokenEndpoint = "https://gitee.com/oauth/token"
        $0.userInfoEndpoint = "https://gitee.com/api/v5/user"
        $0.scopes = ["user_info", "emails"]
        $0.emailsRequest = ProviderCall("https://gitee.com/api/v5/emails") { _ in }
        $0.emails.primary = "scope=primary"
        $0.emails.verified = "state=confirmed"
        $0.profile = ProfileMapping(
            id: "id", username: "login", name: "name", email: "email", avatar: "avatar_url")
    }

    /// GitHub: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
    ///
    /// Errors of the token endpoint come with status 200. The email is the primary verified one of `/user/emails`; the
    /// profile's own `email` is whatever the person chose to show, so it is taken only as unverified.
    public static let github: Provider = Provider("github", "GitHub") {
        $0.color = "#24292f"
        $0.documentation = "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps"
        $0.authorizationEndpoint = "https://github.com/login/oauth/authorize"
        $0.tokenEndpoint = "https://github.com/login/oauth/access_token"
        $0.userInfoEndpoint = "https://api.github.com/user"
        $0.revocationEndpoint = "https://api.github.com/applications/{clientID}/token"
        $0.deviceAuthorizationEndpoint = "https://github.com/login/device/code"
        $0.scopes = ["read:user", "user:email"]
        $0.revocationRequest.method = .delete
        $0.revocationRequest.encoding = .json
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = .basic
        $0.emailsRequest = ProviderCall("https://api.github.com/user/emails") { _ in }
        $0.profile = ProfileMapping(
            id: "id", username: "login", name: "name", email: "email", avatar: "avatar_url")
    }

    /// Google: https://developers.google.com/identity/openid-connect/openid-connect
    ///
    /// The ID token holds the whole profile; older profile endpoints call the same subject `id`. A refresh token comes only with `access_type=offline`, which is asked for by
    /// ``Provider/authorizeParameters`` where it is wanted.
    public static let google: Provider = Provider("google", "Google") {
        $0.color = "#4285f4"
        $0.documentation = "https://developers.google.com/identity/openid-connect/openid-connect"
        $0.issuer = "https://accounts.google.com"
        $0.authorizationEndpoint = "https://accounts.google.com/o/oauth2/v2/auth"
        $0.tokenEndpoint = "https://oauth2.googleapis.com/token"
        $0.userInfoEndpoint = "https://openidconnect.googleapis.com/v1/userinfo"
        $0.jwksURI = "https://www.googleapis.com/oauth2/v3/certs"
        $0.revocationEndpoint = "https://oauth2.googleapis.com/revoke"
        $0.deviceAuthorizationEndpoint = "https://oauth2.googleapis.com/device/code"
        $0.scopes = ["openid", "email", "profile"]
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoPolicy = .withoutIDToken
        $0.profile.id = "sub | id"
        $0.profile.username = nil
        $0.profile.emailVerified = "email_verified | verified_email"
    }
}
