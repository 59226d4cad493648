extension Catalogue {
    static let v: CatalogueEntries = [.vercel, .vimeo, .vk]
}

extension Provider {
    /// Vercel: https://vercel.com/docs/sign-in-with-vercel/authorization-server-api
    ///
    /// The vendor's list of claims has none that proves an email; where the profile has the standard one, it is believed.
    public static let vercel: Provider = Provider("vercel", "Vercel") {
        $0.color = "#000000"
        $0.documentation = "https://vercel.com/docs/sign-in-with-vercel/authorization-server-api"
        $0.registration = Registration(
            page: "https://vercel.com/docs/sign-in-with-vercel/manage-from-dashboard",
            redirectURI: "Authorization Callback URL",
            notes: [
                "en": """
                Create the app in the team's settings under Apps, and allow it the scopes openid, profile and email: others \
                are left out of a request silently.
                """,
                "zh-Hans": "在团队设置的 Apps 中创建应用，并允许 openid、profile、email 权限；未配置的权限会被静默忽略。",
            ])
        $0.issuer = "https://vercel.com"
        $0.authorizationEndpoint = "https://vercel.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.vercel.com/login/oauth/token"
        $0.userInfoEndpoint = "https://api.vercel.com/login/oauth/userinfo"
        $0.jwksURI = "https://vercel.com/.well-known/jwks"
        $0.revocationEndpoint = "https://api.vercel.com/login/oauth/token/revoke"
        $0.introspectionEndpoint = "https://api.vercel.com/login/oauth/token/introspect"
        $0.deviceAuthorizationEndpoint = "https://api.vercel.com/login/oauth/device-authorization"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.signingAlgorithms = [.rs256]
        $0.revocationRequest.clientAuthentication = .basic
    }

    /// Vimeo: https://developer.vimeo.com/api/authentication
    ///
    /// The subject is the user's `uri` (`/users/152184`): the profile has no other id. Most libraries send the secret in the
    /// body, while the documented parameters of the exchange have neither id nor secret: they go into the header. There is
    /// no email.
    public static let vimeo: Provider = Provider("vimeo", "Vimeo") {
        $0.color = "#1ab7ea"
        $0.documentation = "https://developer.vimeo.com/api/authentication"
        $0.registration = Registration(
            page: "https://developer.vimeo.com/apps", clientID: "Client identifier", clientSecret: "Client secret",
            redirectURI: "Callback URL")
        $0.authorizationEndpoint = "https://api.vimeo.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.vimeo.com/oauth/access_token"
        $0.userInfoEndpoint = "https://api.vimeo.com/me"
        $0.revocationEndpoint = "https://api.vimeo.com/tokens"
        $0.scopes = ["public"]
        $0.clientAuthentication = .basic
        $0.revocationRequest.method = .delete
        $0.revocationRequest.encoding = .query
        $0.revocationRequest.accessToken = AccessTokenPlacement()
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.userInfoRequest.headers = ["Accept": "application/vnd.vimeo.*+json;version=3.4"]
        $0.profile = ProfileMapping(
            id: "uri", name: "name", avatar: "pictures.base_link | pictures.sizes.0.link")
    }

    /// VK ID: https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/connection/api-integration/api-description
    ///
    /// The older `oauth.vk.com`, which most libraries still have, is another service. PKCE stands in for a secret, and the
    /// callback's `device_id` and `state` go into the exchange. A refresh wants the same `device_id`, which is not kept, and
    /// is not offered. Newer libraries name the same addresses at `id.vk.ru`. An email is unverified, and the profile's
    /// `verified` speaks of the account.
    public static let vk: Provider = Provider("vk", "VK") {
        $0.color = "#0077ff"
        $0.documentation =
            "https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/connection/api-integration/api-description"
        $0.registration = Registration(
            page: "https://id.vk.com/about/business/go", clientID: "App ID", redirectURI: "Trusted redirect URL",
            notes: [
                "en": "Create a web application. No secret is used; ask for access to the email there.",
                "zh-Hans": "创建 Web 应用，无需密钥；邮箱权限须在应用设置中开启。",
            ])
        $0.authorizationEndpoint = "https://id.vk.com/authorize"
        $0.tokenEndpoint = "https://id.vk.com/oauth2/auth"
        $0.userInfoEndpoint = "https://id.vk.com/oauth2/user_info"
        $0.revocationEndpoint = "https://id.vk.com/oauth2/logout"
        $0.scopes = ["vkid.personal_info", "email"]
        $0.fieldScopes = ["name": "vkid.personal_info", "email": "email", "avatar": "vkid.personal_info"]
        $0.clientAuthentication = ClientAuthentication.none
        $0.tokenRequest.parameters = ["device_id": "{$callback.device_id}", "state": "{$callback.state}"]
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .form
        $0.userInfoRequest.accessToken.location = AccessTokenPlacement.Location.none
        $0.userInfoRequest.parameters = ["client_id": "{$client.id}", "access_token": "{$token.access_token}"]
        $0.userInfoRequest.envelope = "user"
        $0.profile = ProfileMapping(
            id: "user_id", name: "{first_name} {last_name} | first_name", email: "email", avatar: "avatar")
    }
}
