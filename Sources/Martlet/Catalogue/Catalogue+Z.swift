extension Catalogue {
    static let z: [Provider] = [.zitadel, .zoom]
}

extension Provider {
    /// ZITADEL: https://zitadel.com/docs/apis/openidoauth/endpoints
    ///
    /// ``Provider/domain`` is the instance (`example.zitadel.cloud`).
    public static let zitadel: Provider = Provider("zitadel", "ZITADEL") {
        $0.color = "#1a1a1a"
        $0.documentation = "https://zitadel.com/docs/apis/openidoauth/endpoints"
        $0.issuer = "https://{domain}"
        $0.scopes = ["openid", "profile", "email"]
    }

    /// Zoom: https://developers.zoom.us/docs/integrations/oauth/
    ///
    /// `verified` is documented of the account, not of its email, though some libraries take it for that: the email is
    /// unverified. Scopes are chosen where the app is registered (`user:read:user` for this profile).
    public static let zoom: Provider = Provider("zoom", "Zoom") {
        $0.color = "#0b5cff"
        $0.documentation = "https://developers.zoom.us/docs/integrations/oauth/"
        $0.authorizationEndpoint = "https://zoom.us/oauth/authorize"
        $0.tokenEndpoint = "https://zoom.us/oauth/token"
        $0.userInfoEndpoint = "https://api.zoom.us/v2/users/me"
        $0.revocationEndpoint = "https://zoom.us/oauth/revoke"
        $0.clientAuthentication = .basic
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.profile = ProfileMapping(
            id: "id", name: "display_name | {first_name} {last_name} | first_name", email: "email",
            avatar: "pic_url")
    }
}
