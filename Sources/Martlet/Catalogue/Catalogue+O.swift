extension Catalogue {
    static let o: [Provider] = [.okta, .openStreetMap, .orcid, .oryHydra, .oschina, .osu]
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
        $0.issuer = "https://{domain}"
        $0.scopes = ["openid", "profile", "email"]
    }

    /// OpenStreetMap: https://wiki.openstreetmap.org/wiki/OAuth
    ///
    /// The display name is the handle, and can be changed. An email address comes only with a scope that the foundation
    /// grants to a few applications, so it is not asked for.
    public static let openStreetMap: Provider = Provider("openstreetmap", "OpenStreetMap") {
        $0.color = "#7ebc6f"
        $0.documentation = "https://wiki.openstreetmap.org/wiki/OAuth"
        $0.authorizationEndpoint = "https://www.openstreetmap.org/oauth2/authorize"
        $0.tokenEndpoint = "https://www.openstreetmap.org/oauth2/token"
        $0.userInfoEndpoint = "https://api.openstreetmap.org/api/0.6/user/details.json"
        $0.revocationEndpoint = "https://www.openstreetmap.org/oauth2/revoke"
        $0.scopes = ["read_prefs"]
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
        $0.issuer = "https://orcid.org"
        $0.authorizationEndpoint = "https://orcid.org/oauth/authorize"
        $0.tokenEndpoint = "https://orcid.org/oauth/token"
        $0.userInfoEndpoint = "https://orcid.org/oauth/userinfo"
        $0.jwksURI = "https://orcid.org/oauth/jwks"
        $0.scopes = ["openid"]
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
        $0.issuer = "https://{domain}"
        $0.scopes = ["openid", "profile", "email"]
    }

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

    /// osu!: https://osu.ppy.sh/docs/index.html#authorization-code-grant
    ///
    /// The user name can be changed; the id cannot. There is no email.
    public static let osu: Provider = Provider("osu", "osu!") {
        $0.color = "#ff66aa"
        $0.documentation = "https://osu.ppy.sh/docs/index.html#authorization-code-grant"
        $0.authorizationEndpoint = "https://osu.ppy.sh/oauth/authorize"
        $0.tokenEndpoint = "https://osu.ppy.sh/oauth/token"
        $0.userInfoEndpoint = "https://osu.ppy.sh/api/v2/me"
        $0.scopes = ["identify"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "id", username: "username", name: "username", avatar: "avatar_url")
    }
}
