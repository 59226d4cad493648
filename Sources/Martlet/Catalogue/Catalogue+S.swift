extension Catalogue {
    static let s: [Provider] = [.salesforce, .slack, .soundCloud, .spotify, .strava, .stripe]
}

extension Provider {
    /// Salesforce: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm
    ///
    /// ``Provider/domain`` is `login.salesforce.com`, or the organisation's own (`example.my.salesforce.com`); a
    /// sandbox has its own too. The subject is `user_id`, as in most libraries: `sub` is a URL that holds the host of
    /// the login.
    public static let salesforce: Provider = Provider("salesforce", "Salesforce") {
        $0.color = "#00a1e0"
        $0.documentation =
            "https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm"
        $0.domain = "login.salesforce.com"
        $0.issuer = "https://{domain}"
        $0.authorizationEndpoint = "https://{domain}/services/oauth2/authorize"
        $0.tokenEndpoint = "https://{domain}/services/oauth2/token"
        $0.userInfoEndpoint = "https://{domain}/services/oauth2/userinfo"
        $0.jwksURI = "https://{domain}/id/keys"
        $0.revocationEndpoint = "https://{domain}/services/oauth2/revoke"
        $0.introspectionEndpoint = "https://{domain}/services/oauth2/introspect"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "user_id", username: "preferred_username", name: "name", email: "email",
            emailVerified: "email_verified", avatar: "picture | photos.picture",
            identifiers: ["organization_id": "organization_id", "sub": "sub"])
    }

    /// Slack: https://docs.slack.dev/authentication/sign-in-with-slack/
    ///
    /// Sign in with Slack by OpenID Connect; many libraries still use the older `users.identity`. A user's id is unique only
    /// within a workspace, so the subject is team and user, `T…-U…`.
    public static let slack: Provider = Provider("slack", "Slack") {
        $0.color = "#4a154b"
        $0.documentation = "https://docs.slack.dev/authentication/sign-in-with-slack/"
        $0.issuer = "https://slack.com"
        $0.authorizationEndpoint = "https://slack.com/openid/connect/authorize"
        $0.tokenEndpoint = "https://slack.com/api/openid.connect.token"
        $0.userInfoEndpoint = "https://slack.com/api/openid.connect.userInfo"
        $0.jwksURI = "https://slack.com/openid/connect/keys"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "{https://slack.com/team_id}-{https://slack.com/user_id}", name: "name", email: "email",
            emailVerified: "email_verified", avatar: "picture",
            identifiers: ["team_id": "https://slack.com/team_id", "user_id": "https://slack.com/user_id"])
    }

    /// SoundCloud: https://developers.soundcloud.com/docs/api/guide#authentication
    ///
    /// The subject is `urn`, which the vendor has put in the place of numeric ids; an account that was made by the number is
    /// found again by it. There is no email.
    public static let soundCloud: Provider = Provider("soundcloud", "SoundCloud") {
        $0.color = "#ff5500"
        $0.documentation = "https://developers.soundcloud.com/docs/api/guide#authentication"
        $0.authorizationEndpoint = "https://secure.soundcloud.com/authorize"
        $0.tokenEndpoint = "https://secure.soundcloud.com/oauth/token"
        $0.userInfoEndpoint = "https://api.soundcloud.com/me"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken.scheme = "OAuth"
        $0.profile = ProfileMapping(
            id: "urn", formerID: "id", username: "username", name: "full_name | username", avatar: "avatar_url")
    }

    /// Spotify: https://developer.spotify.com/documentation/web-api/tutorials/code-flow
    ///
    /// The vendor warns that the email is not proved to belong to the person: unverified.
    public static let spotify: Provider = Provider("spotify", "Spotify") {
        $0.color = "#1db954"
        $0.documentation = "https://developer.spotify.com/documentation/web-api/tutorials/code-flow"
        $0.authorizationEndpoint = "https://accounts.spotify.com/authorize"
        $0.tokenEndpoint = "https://accounts.spotify.com/api/token"
        $0.userInfoEndpoint = "https://api.spotify.com/v1/me"
        $0.scopes = ["user-read-email"]
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(
            id: "id", username: "id", name: "display_name", email: "email", avatar: "images.0.url")
    }

    /// Strava: https://developers.strava.com/docs/authentication/
    ///
    /// There is no email.
    public static let strava: Provider = Provider("strava", "Strava") {
        $0.color = "#fc4c02"
        $0.documentation = "https://developers.strava.com/docs/authentication/"
        $0.authorizationEndpoint = "https://www.strava.com/oauth/authorize"
        $0.tokenEndpoint = "https://www.strava.com/oauth/token"
        $0.userInfoEndpoint = "https://www.strava.com/api/v3/athlete"
        $0.revocationEndpoint = "https://www.strava.com/oauth/deauthorize"
        $0.scopes = ["read"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "{firstname} {lastname} | firstname", avatar: "profile")
    }

    /// Stripe: https://docs.stripe.com/connect/oauth-reference
    ///
    /// Signs in an account of Stripe Connect, not a person. Stripe refuses parameters that it does not know, so only the
    /// documented ones are sent. The email is the account's, which the vendor documents no proof of: unverified.
    public static let stripe: Provider = Provider("stripe", "Stripe") {
        $0.color = "#635bff"
        $0.documentation = "https://docs.stripe.com/connect/oauth-reference"
        $0.authorizationEndpoint = "https://connect.stripe.com/oauth/authorize"
        $0.tokenEndpoint = "https://connect.stripe.com/oauth/token"
        $0.userInfoEndpoint = "https://api.stripe.com/v1/account"
        $0.scopes = ["read_only"]
        $0.pkce = .none
        $0.clientAuthentication = .post
        $0.tokenRequest.sendsRedirectURI = false
        $0.profile = ProfileMapping(
            id: "$token.stripe_user_id | id",
            name: "business_profile.name | settings.dashboard.display_name | display_name", email: "email")
    }
}
