extension Catalogue {
    static let c: [Provider] = [.casdoor, .cognito, .coinbase]
}

extension Provider {
    /// Casdoor: https://casdoor.org/docs/how-to-connect/oidc-client
    ///
    /// Self-hosted: ``Provider/domain`` is the server's. Endpoints are found by discovery.
    public static let casdoor: Provider = Provider("casdoor", "Casdoor") {
        $0.color = "#443fa5"
        $0.documentation = "https://casdoor.org/docs/how-to-connect/oidc-client"
        $0.issuer = "https://{domain}"
        $0.scopes = ["openid", "profile", "email"]
    }

    /// Amazon Cognito: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
    ///
    /// ``Provider/domain`` is the region's, `cognito-idp.eu-west-1.amazonaws.com`, and ``Provider/tenant`` the user
    /// pool's id, `eu-west-1_Abc123456`: together they are the issuer. Endpoints, which are under the pool's own
    /// domain, are found by discovery. The subject is `sub`: a username can be used again after its account was
    /// deleted.
    public static let cognito: Provider = Provider("cognito", "Amazon Cognito") {
        $0.color = "#dd344c"
        $0.documentation = "https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html"
        $0.issuer = "https://{domain}/{tenant}"
        $0.scopes = ["openid", "profile", "email"]
        $0.profile.username = "username | cognito:username"
        $0.profile.name = "name | {given_name} {family_name}"
    }

    /// Coinbase: https://docs.cdp.coinbase.com/coinbase-business/authentication-authorization/oauth2/reference
    ///
    /// The vendor gives clients to approved partners only. A refresh token comes only with the scope `offline_access`.
    /// No proof of the email is documented: unverified.
    public static let coinbase: Provider = Provider("coinbase", "Coinbase") {
        $0.color = "#0052ff"
        $0.documentation =
            "https://docs.cdp.coinbase.com/coinbase-business/authentication-authorization/oauth2/reference"
        $0.authorizationEndpoint = "https://login.coinbase.com/oauth2/auth"
        $0.tokenEndpoint = "https://login.coinbase.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.coinbase.com/v2/user"
        $0.scopes = ["wallet:user:read", "wallet:user:email"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.userInfoRequest.headers = ["CB-VERSION": "2024-01-01"]
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name", email: "email", avatar: "avatar_url")
    }
}
