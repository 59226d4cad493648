extension Catalogue {
    static let g: CatalogueEntries = [.gitea, .gitee, .github, .gitlab, .google]
}

extension Provider {
    /// Gitea: https://docs.gitea.com/development/oauth2-provider
    ///
    /// ``Provider/domain`` is `gitea.com` or that of a server of one's own. Without a scope of the API's own a token
    /// may do everything, so `read:user` is asked for. The email is the primary verified one of
    /// `/api/v1/user/emails`; the profile's own is whatever the person chose to show, so it is taken only as
    /// unverified.
    public static let gitea: Provider = Provider("gitea", "Gitea") {
        $0.color = "#609926"
        $0.documentation = "https://docs.gitea.com/development/oauth2-provider"
        $0.registration = Registration(
            page: "https://gitea.com/user/settings/applications",
            notes: [
                "en": """
                On a server of your own, the same page is at /user/settings/applications; domain is the server's. \
                Create a confidential client.
                """,
                "zh-Hans": "自建服务器的同一页面在 /user/settings/applications；domain 填服务器的域名。请创建机密客户端。",
            ])
        $0.domain = "gitea.com"
        $0.authorizationEndpoint = "https://{domain}/login/oauth/authorize"
        $0.tokenEndpoint = "https://{domain}/login/oauth/access_token"
        $0.userInfoEndpoint = "https://{domain}/api/v1/user"
        $0.scopes = ["read:user"]
        $0.fieldScopes = [
            "username": "read:user", "name": "read:user", "email": "read:user", "avatar": "read:user",
        ]
        $0.clientAuthentication = .post
        $0.emailsRequest = ProviderCall("https://{domain}/api/v1/user/emails") { _ in }
        $0.profile = ProfileMapping(
            id: "id", username: "login", name: "full_name", email: "email", avatar: "avatar_url")
    }

    /// Gitee: https://gitee.com/api/v5/oauth_doc
    ///
    /// The email is the confirmed primary one of `/api/v5/emails`. The vendor advises to send the client secret in
    /// the body.
    public static let gitee: Provider = Provider("gitee", "Gitee") {
        $0.color = "#c71d23"
        $0.documentation = "https://gitee.com/api/v5/oauth_doc"
        $0.registration = Registration(
            page: "https://gitee.com/oauth/applications", redirectURI: "应用回调地址",
            notes: [
                "en": "Tick the permissions user_info and emails.",
                "zh-Hans": "勾选权限 user_info 和 emails。",
            ])
        $0.authorizationEndpoint = "https://gitee.com/oauth/authorize"
        $0.tokenEndpoint = "https://gitee.com/oauth/token"
        $0.userInfoEndpoint = "https://gitee.com/api/v5/user"
        $0.scopes = ["user_info", "emails"]
        $0.fieldScopes = ["username": "user_info", "name": "user_info", "email": "emails", "avatar": "user_info"]
        $0.emailsRequest = ProviderCall("https://gitee.com/api/v5/emails") { _ in }
        $0.emails.primary = "scope=primary"
        $0.emails.verified = "state=confirmed"
        $0.profile = ProfileMapping(
            id: "id", username: "login", name: "name", email: "email", avatar: "avatar_url")
    }

    /// GitHub: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
    ///
    /// Errors of the token endpoint come with status 200. The email is the primary verified one of `/user/emails`;
    /// the profile's own `email` is whatever the person chose to show, so it is taken only as unverified.
    public static let github: Provider = Provider("github", "GitHub") {
        $0.color = "#24292f"
        $0.documentation = "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps"
        $0.registration = Registration(
            page: "https://github.com/settings/developers", redirectURI: "Authorization callback URL")
        $0.authorizationEndpoint = "https://github.com/login/oauth/authorize"
        $0.tokenEndpoint = "https://github.com/login/oauth/access_token"
        $0.userInfoEndpoint = "https://api.github.com/user"
        $0.revocationEndpoint = "https://api.github.com/applications/{clientID}/token"
        $0.deviceAuthorizationEndpoint = "https://github.com/login/device/code"
        $0.scopes = ["read:user", "user:email"]
        $0.fieldScopes = ["email": "user:email"]
        $0.revocationRequest.method = .delete
        $0.revocationRequest.encoding = .json
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = .basic
        $0.emailsRequest = ProviderCall("https://api.github.com/user/emails") { _ in }
        $0.profile = ProfileMapping(
            id: "id", username: "login", name: "name", email: "email", avatar: "avatar_url")
    }

    /// GitLab: https://docs.gitlab.com/integration/openid_connect_provider/
    ///
    /// ``Provider/domain`` is `gitlab.com` or that of a server of one's own. Many libraries read `/api/v4/user` with
    /// the scope `read_user`; OpenID Connect, which the vendor documents for sign-in, gives the same id as `sub` and
    /// says whether the email is verified. The user name is the claim `nickname`.
    public static let gitlab: Provider = Provider("gitlab", "GitLab") {
        $0.color = "#fc6d26"
        $0.documentation = "https://docs.gitlab.com/integration/openid_connect_provider/"
        $0.registration = Registration(
            page: "https://gitlab.com/-/user_settings/applications", clientID: "Application ID", clientSecret: "Secret",
            notes: [
                "en": "Tick the scopes openid, profile and email. On a server of your own, domain is the server's.",
                "zh-Hans": "勾选权限 openid、profile 和 email。使用自建服务器时，domain 填服务器的域名。",
            ])
        $0.domain = "gitlab.com"
        $0.issuer = "https://{domain}"
        $0.authorizationEndpoint = "https://{domain}/oauth/authorize"
        $0.tokenEndpoint = "https://{domain}/oauth/token"
        $0.userInfoEndpoint = "https://{domain}/oauth/userinfo"
        $0.jwksURI = "https://{domain}/oauth/discovery/keys"
        $0.revocationEndpoint = "https://{domain}/oauth/revoke"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.profile.username = "preferred_username | nickname"
    }

    /// Google: https://developers.google.com/identity/openid-connect/openid-connect
    ///
    /// The ID token holds the whole profile; older profile endpoints call the same subject `id`. A refresh token
    /// comes only with `access_type=offline`, which is asked for by ``Provider/authorizeParameters`` where it is
    /// wanted.
    public static let google: Provider = Provider("google", "Google") {
        $0.color = "#4285f4"
        $0.documentation = "https://developers.google.com/identity/openid-connect/openid-connect"
        $0.registration = Registration(
            page: "https://console.cloud.google.com/auth/clients", redirectURI: "Authorized redirect URIs",
            notes: [
                "en": """
                Create a client of the type Web application; the project's consent screen must be filled in first.
                """,
                "zh-Hans": "创建类型为“Web 应用”的客户端；须先为项目填写同意屏幕。",
            ])
        $0.issuer = "https://accounts.google.com"
        $0.authorizationEndpoint = "https://accounts.google.com/o/oauth2/v2/auth"
        $0.tokenEndpoint = "https://oauth2.googleapis.com/token"
        $0.userInfoEndpoint = "https://openidconnect.googleapis.com/v1/userinfo"
        $0.jwksURI = "https://www.googleapis.com/oauth2/v3/certs"
        $0.revocationEndpoint = "https://oauth2.googleapis.com/revoke"
        $0.deviceAuthorizationEndpoint = "https://oauth2.googleapis.com/device/code"
        $0.scopes = ["openid", "email", "profile"]
        $0.fieldScopes = ["name": "profile", "email": "email", "avatar": "profile"]
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoPolicy = .withoutIDToken
        $0.profile.id = "sub | id"
        $0.profile.username = nil
        $0.profile.emailVerified = "email_verified | verified_email"
    }
}
