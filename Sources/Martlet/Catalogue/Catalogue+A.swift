extension Catalogue {
    static let a: [Provider] = [.amazon, .apple, .asana, .atlassian, .auth0, .authentik, .authing]
}

extension Provider {
    /// Amazon: https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html
    ///
    /// The email is the Amazon account's, which the vendor documents no proof of: unverified. There is no picture and
    /// no handle.
    public static let amazon: Provider = Provider("amazon", "Amazon") {
        $0.color = "#ff9900"
        $0.documentation = "https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html"
        $0.authorizationEndpoint = "https://www.amazon.com/ap/oa"
        $0.tokenEndpoint = "https://api.amazon.com/auth/o2/token"
        $0.userInfoEndpoint = "https://api.amazon.com/user/profile"
        $0.scopes = ["profile"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "user_id", name: "name", email: "email")
    }

    /// Apple: https://developer.apple.com/documentation/signinwithapplerestapi
    ///
    /// Needs ``Provider/teamID``, and the `.p8` key with its id as the client's key; the client secret is made of them. The
    /// name comes only at a person's first login, in the form field `user`, which nobody signs: the email beside it is not
    /// taken, but the ID token's. Apple demands that tokens are revoked when an account is deleted (App Store Review
    /// Guidelines 5.1.1(v)).
    public static let apple: Provider = Provider("apple", "Apple") {
        $0.color = "#000000"
        $0.documentation = "https://developer.apple.com/documentation/signinwithapplerestapi"
        $0.issuer = "https://appleid.apple.com"
        $0.authorizationEndpoint = "https://appleid.apple.com/auth/authorize"
        $0.tokenEndpoint = "https://appleid.apple.com/auth/token"
        $0.jwksURI = "https://appleid.apple.com/auth/keys"
        $0.revocationEndpoint = "https://appleid.apple.com/auth/revoke"
        $0.scopes = ["openid", "name", "email"]
        $0.responseMode = .formPost
        $0.clientAuthentication = .post
        $0.signedClientSecret = SignedClientSecret(audience: "https://appleid.apple.com")
        $0.signingAlgorithms = [.rs256]
        $0.notifications = .appleAccountEvents
        $0.revokesOnUnlink = true
        $0.profile = ProfileMapping(
            id: "$idToken.sub",
            name: """
                {$callback.user.name.firstName} {$callback.user.name.lastName} | $callback.user.name.firstName \
                | $callback.user.name.lastName
                """,
            email: "$idToken.email", emailVerified: "$idToken.email_verified")
    }

    /// Asana: https://developers.asana.com/docs/oauth
    ///
    /// The subject is `gid`; the numeric `id` that older clients read is gone. An application registered with full
    /// permissions asks for the scope `default` in place of `users:read`. No proof of the email is documented:
    /// unverified.
    public static let asana: Provider = Provider("asana", "Asana") {
        $0.color = "#f06a6a"
        $0.documentation = "https://developers.asana.com/docs/oauth"
        $0.authorizationEndpoint = "https://app.asana.com/-/oauth_authorize"
        $0.tokenEndpoint = "https://app.asana.com/-/oauth_token"
        $0.userInfoEndpoint = "https://app.asana.com/api/1.0/users/me"
        $0.revocationEndpoint = "https://app.asana.com/-/oauth_revoke"
        $0.scopes = ["users:read"]
        $0.clientAuthentication = .post
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(id: "gid", name: "name", email: "email", avatar: "photo.image_128x128")
    }

    /// Atlassian: https://developer.atlassian.com/cloud/oauth/getting-started/implementing-oauth-3lo
    ///
    /// The token endpoint is documented with a JSON body. A refresh token comes only with the scope `offline_access`.
    /// No proof of the email is documented: unverified.
    public static let atlassian: Provider = Provider("atlassian", "Atlassian") {
        $0.color = "#0052cc"
        $0.documentation = "https://developer.atlassian.com/cloud/oauth/getting-started/implementing-oauth-3lo"
        $0.authorizationEndpoint = "https://auth.atlassian.com/authorize"
        $0.tokenEndpoint = "https://auth.atlassian.com/oauth/token"
        $0.userInfoEndpoint = "https://api.atlassian.com/me"
        $0.scopes = ["read:me"]
        $0.authorizeParameters = ["audience": "api.atlassian.com", "prompt": "consent"]
        $0.clientAuthentication = .post
        $0.tokenRequest.encoding = .json
        $0.profile = ProfileMapping(
            id: "account_id", username: "nickname", name: "name", email: "email", avatar: "picture")
    }

    /// Auth0: https://auth0.com/docs/authenticate/protocols/openid-connect-protocol
    ///
    /// ``Provider/domain`` is the tenant's: `example.eu.auth0.com`, or a custom one. The issuer ends in a slash.
    /// Endpoints are found by discovery. The tenant's owner decides who may write `email_verified`.
    public static let auth0: Provider = Provider("auth0", "Auth0") {
        $0.color = "#eb5424"
        $0.documentation = "https://auth0.com/docs/authenticate/protocols/openid-connect-protocol"
        $0.issuer = "https://{domain}/"
        $0.scopes = ["openid", "profile", "email"]
        $0.profile.username = "nickname"
    }

    /// authentik: https://docs.goauthentik.io/add-secure-apps/providers/oauth2/
    ///
    /// Self-hosted: ``Provider/domain`` is the server's, ``Provider/tenant`` the slug of the application. With the
    /// vendor's default issuer mode, each application has an issuer of its own, which ends in a slash. Endpoints are
    /// found by discovery.
    public static let authentik: Provider = Provider("authentik", "authentik") {
        $0.color = "#fd4b2d"
        $0.documentation = "https://docs.goauthentik.io/add-secure-apps/providers/oauth2/"
        $0.issuer = "https://{domain}/application/o/{tenant}/"
        $0.scopes = ["openid", "profile", "email"]
    }

    /// Authing: https://docs.authing.cn/v2/federation/oidc/authorization-code/
    ///
    /// ``Provider/domain`` is the application's (`example.authing.cn`). Endpoints are found by discovery.
    public static let authing: Provider = Provider("authing", "Authing") {
        $0.color = "#215ae5"
        $0.documentation = "https://docs.authing.cn/v2/federation/oidc/authorization-code/"
        $0.issuer = "https://{domain}/oidc"
        $0.scopes = ["openid", "profile", "email"]
    }
}
