extension Catalogue {
    static let k: [Provider] = [.kakao, .keycloak, .kick, .kook]
}

extension Provider {
    /// Kakao: https://developers.kakao.com/docs/latest/en/kakaologin/rest-api
    ///
    /// What is asked of the person are the consent items set in the vendor's console: a scope that is not among them
    /// is refused, so none is sent. An email is the person's only if both `is_email_valid` and `is_email_verified` are
    /// true, and one condition alone must not stand for two: unverified.
    public static let kakao: Provider = Provider("kakao", "Kakao") {
        $0.localizedNames = ["ko": "카카오"]
        $0.color = "#fee500"
        $0.documentation = "https://developers.kakao.com/docs/latest/en/kakaologin/rest-api"
        $0.authorizationEndpoint = "https://kauth.kakao.com/oauth/authorize"
        $0.tokenEndpoint = "https://kauth.kakao.com/oauth/token"
        $0.userInfoEndpoint = "https://kapi.kakao.com/v2/user/me"
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "id", name: "kakao_account.profile.nickname | properties.nickname", email: "kakao_account.email",
            avatar: "kakao_account.profile.profile_image_url | properties.profile_image")
    }

    /// Keycloak: https://www.keycloak.org/securing-apps/oidc-layers
    ///
    /// Self-hosted: ``Provider/domain`` is the server's, ``Provider/tenant`` the realm. A server with a path of its
    /// own (`/auth` before version 17) is named by ``Provider/issuer``. Endpoints are found by discovery.
    public static let keycloak: Provider = Provider("keycloak", "Keycloak") {
        $0.color = "#4d4d4d"
        $0.documentation = "https://www.keycloak.org/securing-apps/oidc-layers"
        $0.issuer = "https://{domain}/realms/{tenant}"
        $0.scopes = ["openid", "profile", "email"]
    }

    /// Kick: https://docs.kick.com/getting-started/generating-tokens-oauth2-flow
    ///
    /// The vendor requires PKCE. `name` is the user name, which can be changed. No proof of the email is documented:
    /// unverified.
    public static let kick: Provider = Provider("kick", "Kick") {
        $0.color = "#53fc18"
        $0.documentation = "https://docs.kick.com/getting-started/generating-tokens-oauth2-flow"
        $0.authorizationEndpoint = "https://id.kick.com/oauth/authorize"
        $0.tokenEndpoint = "https://id.kick.com/oauth/token"
        $0.userInfoEndpoint = "https://api.kick.com/public/v1/users"
        $0.revocationEndpoint = "https://id.kick.com/oauth/revoke"
        $0.scopes = ["user:read"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "data.0"
        $0.profile = ProfileMapping(
            id: "user_id", username: "name", name: "name", email: "email", avatar: "profile_picture")
    }

    /// KOOK: https://developer.kookapp.cn/doc/oauth2
    ///
    /// Without the vendor's page at hand, this follows what libraries agree on. `username` can be changed. There is no email.
    public static let kook: Provider = Provider("kook", "KOOK") {
        $0.color = "#87eb00"
        $0.documentation = "https://developer.kookapp.cn/doc/oauth2"
        $0.authorizationEndpoint = "https://www.kookapp.cn/app/oauth2/authorize"
        $0.tokenEndpoint = "https://www.kookapp.cn/api/oauth2/token"
        $0.userInfoEndpoint = "https://www.kookapp.cn/api/v3/user/me"
        $0.scopes = ["get_user_info"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "message", success: ["0"])]
        $0.profile = ProfileMapping(id: "id", username: "username", name: "username", avatar: "avatar")
    }
}
