extension Catalogue {
    static let z: CatalogueEntries = [
        .zalo, .zitadel, .zoho, .zoom,
    ]
}

extension Provider {
    /// ZITADEL: https://zitadel.com/docs/apis/openidoauth/endpoints
    ///
    /// ``Provider/domain`` is the instance (`example.zitadel.cloud`). With an access token, the ID token has no profile:
    /// it is read at the userinfo endpoint.
    public static let zitadel: Provider = Provider("zitadel", "ZITADEL") {
        $0.color = "#1a1a1a"
        $0.documentation = "https://zitadel.com/docs/apis/openidoauth/endpoints"
        $0.registration = Registration(
            page: "https://zitadel.com/docs/guides/integrate/login/oidc/login-users",
            notes: [
                "en": "In a project of the instance, add an application of the type Web; `domain` is the instance.",
                "zh-Hans": "在实例的项目中新建“Web”类型的应用；`domain` 为实例的域名。",
            ])
        $0.issuer = "https://{domain}"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
    }

    /// Zoho: https://www.zoho.com/accounts/protocol/oauth/use-access-token.html
    ///
    /// ``Provider/domain`` is that of the data centre where the people are (`accounts.zoho.eu`, `accounts.zoho.com.cn`): one
    /// entry serves one data centre, and what the callback says of another is not followed. The profile's members are as
    /// libraries describe them. No proof of the email is documented: unverified.
    public static let zoho: Provider = Provider("zoho", "Zoho") {
        $0.color = "#e42527"
        $0.documentation = "https://www.zoho.com/accounts/protocol/oauth/use-access-token.html"
        $0.registration = Registration(
            page: "https://api-console.zoho.com/", redirectURI: "Authorized Redirect URIs",
            notes: [
                "en":
                    "Add a server-based application, in the data centre of the people who sign in; set `domain` to its accounts host (`accounts.zoho.eu`) unless it is the United States.",
                "zh-Hans": "在用户所在的数据中心新建“Server-based Applications”；非美国数据中心须设置 `domain`（如 `accounts.zoho.com.cn`）。",
            ])
        $0.domain = "accounts.zoho.com"
        $0.authorizationEndpoint = "https://{domain}/oauth/v2/auth"
        $0.tokenEndpoint = "https://{domain}/oauth/v2/token"
        $0.userInfoEndpoint = "https://{domain}/oauth/user/info"
        $0.revocationEndpoint = "https://{domain}/oauth/v2/token/revoke"
        $0.scopes = ["AaaServer.profile.READ"]
        $0.scopeSeparator = ","
        $0.fieldScopes = [
            "username": "AaaServer.profile.READ", "name": "AaaServer.profile.READ", "email": "AaaServer.profile.READ",
        ]
        $0.clientAuthentication = .post
        $0.tokenResponse.expiresIn = "expires_in_sec | expires_in"
        $0.revocationRequest.encoding = .query
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.profile = ProfileMapping(
            id: "ZUID", username: "Display_Name", name: "{First_Name} {Last_Name} | First_Name | Display_Name",
            email: "Email")
    }

    /// Zoom: https://developers.zoom.us/docs/integrations/oauth/
    ///
    /// Scopes are chosen where the app is registered (`user:read:user` for this profile), so none are asked for.
    /// Zoom's API description says that `verified` tells whether the email address is.
    public static let zoom: Provider = Provider("zoom", "Zoom") {
        $0.color = "#0b5cff"
        $0.documentation = "https://developers.zoom.us/docs/integrations/oauth/"
        $0.registration = Registration(
            page: "https://marketplace.zoom.us/develop/create", redirectURI: "OAuth Redirect URL",
            notes: [
                "en": "Create a general app that users manage, and add the scope `user:read:user`.",
                "zh-Hans": "新建由用户管理的“General App”，并添加 `user:read:user` 权限。",
            ])
        $0.authorizationEndpoint = "https://zoom.us/oauth/authorize"
        $0.tokenEndpoint = "https://zoom.us/oauth/token"
        $0.userInfoEndpoint = "https://api.zoom.us/v2/users/me"
        $0.revocationEndpoint = "https://zoom.us/oauth/revoke"
        $0.fieldScopes = ["name": "user:read:user", "email": "user:read:user", "avatar": "user:read:user"]
        $0.clientAuthentication = .basic
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.profile = ProfileMapping(
            id: "id", name: "display_name | {first_name} {last_name} | first_name", email: "email",
            emailVerified: "verified", avatar: "pic_url")
    }

    /// Zalo: https://developers.zalo.me/docs/social-api/tham-khao/user-access-token-v4
    ///
    /// As two libraries and other code describe version 4. The secret goes in a header of the token request, the token in one
    /// of the profile call. There is no email. The subject is the person's at this application.
    public static let zalo: Provider = Provider("zalo", "Zalo") {
        $0.color = "#0068ff"
        $0.documentation = "https://developers.zalo.me/docs/social-api/tham-khao/user-access-token-v4"
        $0.registration = Registration(
            page: "https://developers.zalo.me/apps", clientID: "App ID", clientSecret: "Secret Key",
            redirectURI: "Callback URL")
        $0.authorizationEndpoint = "https://oauth.zaloapp.com/v4/permission"
        $0.tokenEndpoint = "https://oauth.zaloapp.com/v4/access_token"
        $0.userInfoEndpoint = "https://graph.zalo.me/v2.0/me"
        $0.clientAuthentication = ClientAuthentication.none
        $0.parameterNames.clientID = "app_id"
        $0.tokenRequest.headers = ["secret_key": "{$client.secret}"]
        $0.tokenRequest.sendsRedirectURI = false
        $0.userInfoRequest.accessToken = .header("access_token")
        $0.userInfoRequest.parameters = ["fields": "id,name,picture"]
        $0.failures = [
            FailureRule(code: "error", description: "error_description | message | error_name", success: ["0"])
        ]
        $0.profile = ProfileMapping(id: "id", name: "name", avatar: "picture.data.url")
    }
}
