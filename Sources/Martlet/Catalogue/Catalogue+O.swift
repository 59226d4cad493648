extension Catalogue {
    static let o: CatalogueEntries = [.okta, .openStreetMap, .orcid, .oryHydra, .oschina, .osu]
}

extension Provider {
    /// Okta: https://developer.okta.com/docs/reference/api/oidc/
    ///
    /// ``Provider/domain`` is the organisation's (`example.okta.com`); its own authorization server is meant. For a
    /// custom one, set ``Provider/issuer`` (`https://example.okta.com/oauth2/default`). The subject is `sub`; the user
    /// name, which is `preferred_username`, can be changed.
    public static let okta: Provider = Provider("okta", "Okta") {
        $0.color = "#007dc1"
        $0.documentation = "https://developer.okta.com/docs/reference/api/oidc/"
        $0.registration = Registration(
            page: "https://help.okta.com/oie/en-us/content/topics/apps/apps_app_integration_wizard_oidc.htm",
            redirectURI: "Sign-in redirect URIs",
            notes: [
                "en": "Create an OIDC app integration of the type Web Application; `domain` is the organisation's.",
                "zh-Hans": "新建 OIDC 应用集成，类型选“Web Application”；`domain` 为组织的域名。",
            ])
        $0.issuer = "https://{domain}"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
    }

    /// OpenStreetMap: https://wiki.openstreetmap.org/wiki/OAuth
    ///
    /// The display name is the handle, and can be changed. The scope for the email address is one that only
    /// administrators give an application, so it is not asked for.
    public static let openStreetMap: Provider = Provider("openstreetmap", "OpenStreetMap") {
        $0.color = "#7ebc6f"
        $0.documentation = "https://wiki.openstreetmap.org/wiki/OAuth"
        $0.registration = Registration(
            page: "https://www.openstreetmap.org/oauth2/applications",
            redirectURI: "Redirect URIs",
            notes: [
                "en": "Tick the permission to read user preferences, and keep the application confidential.",
                "zh-Hans": "勾选读取用户偏好设置的权限，并保持应用为机密类型。",
            ])
        $0.authorizationEndpoint = "https://www.openstreetmap.org/oauth2/authorize"
        $0.tokenEndpoint = "https://www.openstreetmap.org/oauth2/token"
        $0.userInfoEndpoint = "https://api.openstreetmap.org/api/0.6/user/details.json"
        $0.revocationEndpoint = "https://www.openstreetmap.org/oauth2/revoke"
        $0.scopes = ["read_prefs"]
        $0.fieldScopes = ["username": "read_prefs", "name": "read_prefs", "avatar": "read_prefs"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "user"
        $0.profile = ProfileMapping(
            id: "id", username: "display_name", name: "display_name", avatar: "img.href")
    }

    /// ORCID: https://info.orcid.org/documentation/api-tutorials/api-tutorial-get-and-authenticated-orcid-id/
    ///
    /// The scope `openid` includes `/authenticate`, which some ask for instead. The subject is the ORCID iD. Names come only
    /// where the person made them public; there is no email.
    public static let orcid: Provider = Provider("orcid", "ORCID") {
        $0.color = "#a6ce39"
        $0.documentation =
            "https://info.orcid.org/documentation/api-tutorials/api-tutorial-get-and-authenticated-orcid-id/"
        $0.registration = Registration(page: "https://orcid.org/developer-tools", redirectURI: "Redirect URIs")
        $0.issuer = "https://orcid.org"
        $0.authorizationEndpoint = "https://orcid.org/oauth/authorize"
        $0.tokenEndpoint = "https://orcid.org/oauth/token"
        $0.userInfoEndpoint = "https://orcid.org/oauth/userinfo"
        $0.jwksURI = "https://orcid.org/oauth/jwks"
        $0.scopes = ["openid"]
        $0.fieldScopes = ["name": "openid"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "sub", name: "name | {given_name} {family_name} | given_name")
    }

    /// Ory Hydra: https://www.ory.sh/docs/hydra/reference/api
    ///
    /// ``Provider/domain`` is the public host. Which claims there are besides `sub` depends on the login application behind
    /// Hydra.
    public static let oryHydra: Provider = Provider("ory_hydra", "Ory Hydra") {
        $0.color = "#5528ff"
        $0.documentation = "https://www.ory.sh/docs/hydra/reference/api"
        $0.registration = Registration(
            page: "https://www.ory.sh/docs/hydra/reference/api",
            notes: [
                "en":
                    "Create a client through the admin API, with the scopes `openid profile email`; `domain` is the public host.",
                "zh-Hans": "通过管理 API 创建客户端，并授予 `openid profile email` 权限；`domain` 为公开域名。",
            ])
        $0.issuer = "https://{domain}"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
    }

    /// OSChina: https://www.oschina.net/openapi/docs/openapi_user
    ///
    /// As three libraries describe it, not the vendor; none of them sends PKCE. Two send the token as a query parameter,
    /// together with `dataType=json`; one sends a header. No proof of the email is known: unverified.
    public static let oschina: Provider = Provider("oschina", "OSChina") {
        $0.localizedNames = ["zh-Hans": "开源中国"]
        $0.color = "#21b351"
        $0.documentation = "https://www.oschina.net/openapi/docs/openapi_user"
        $0.registration = Registration(
            page: "https://www.oschina.net/openapi/", clientID: "应用ID", clientSecret: "应用私钥", redirectURI: "回调地址")
        $0.authorizationEndpoint = "https://www.oschina.net/action/oauth2/authorize"
        $0.tokenEndpoint = "https://www.oschina.net/action/openapi/token"
        $0.userInfoEndpoint = "https://www.oschina.net/action/openapi/user"
        $0.pkce = .none
        $0.clientAuthentication = .post
        $0.tokenRequest.parameters = ["dataType": "json"]
        $0.userInfoRequest.parameters = ["dataType": "json"]
        $0.userInfoRequest.accessToken = .query()
        $0.profile = ProfileMapping(id: "id", username: "name", name: "name", email: "email", avatar: "avatar")
    }

    /// osu!: https://osu.ppy.sh/docs/index.html#authorization-code-grant
    ///
    /// The user name can be changed; the id cannot. There is no email.
    public static let osu: Provider = Provider("osu", "osu!") {
        $0.color = "#ff66aa"
        $0.documentation = "https://osu.ppy.sh/docs/index.html#authorization-code-grant"
        $0.registration = Registration(
            page: "https://osu.ppy.sh/home/account/edit#new-oauth-application",
            redirectURI: "Application Callback URL")
        $0.authorizationEndpoint = "https://osu.ppy.sh/oauth/authorize"
        $0.tokenEndpoint = "https://osu.ppy.sh/oauth/token"
        $0.userInfoEndpoint = "https://osu.ppy.sh/api/v2/me"
        $0.revocationEndpoint = "https://osu.ppy.sh/api/v2/oauth/tokens/current"
        $0.scopes = ["identify"]
        $0.fieldScopes = ["username": "identify", "name": "identify", "avatar": "identify"]
        $0.clientAuthentication = .post
        $0.revocationRequest.method = .delete
        $0.revocationRequest.encoding = .query
        $0.revocationRequest.accessToken = AccessTokenPlacement()
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.profile = ProfileMapping(id: "id", username: "username", name: "username", avatar: "avatar_url")
    }
}
