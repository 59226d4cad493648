extension Catalogue {
    static let s: CatalogueEntries = [
        .salesforce, .seznam, .slack, .snapchat, .soundCloud, .spotify, .stackExchange, .stocktwits, .strava, .stripe,
    ]
}

extension Provider {
    /// Salesforce: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm
    ///
    /// ``Provider/domain`` is `login.salesforce.com`, or the organisation's own (`example.my.salesforce.com`); for a
    /// sandbox it is `test.salesforce.com`. The subject is `user_id`, as in most libraries: `sub` is a URL that holds the
    /// host of the login.
    public static let salesforce: Provider = Provider("salesforce", "Salesforce") {
        $0.color = "#00a1e0"
        $0.documentation =
            "https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm"
        $0.registration = Registration(
            page: "https://help.salesforce.com/s/articleView?id=sf.connected_app_create.htm", clientID: "Consumer Key",
            clientSecret: "Consumer Secret", redirectURI: "Callback URL",
            notes: [
                "en": "`domain` is the host at which people sign in, if not `login.salesforce.com`.",
                "zh-Hans": "若用户不是在 `login.salesforce.com` 登录，`domain` 填其登录的主机名。",
            ])
        $0.domain = "login.salesforce.com"
        $0.issuer = "https://{domain}"
        $0.authorizationEndpoint = "https://{domain}/services/oauth2/authorize"
        $0.tokenEndpoint = "https://{domain}/services/oauth2/token"
        $0.userInfoEndpoint = "https://{domain}/services/oauth2/userinfo"
        $0.jwksURI = "https://{domain}/id/keys"
        $0.revocationEndpoint = "https://{domain}/services/oauth2/revoke"
        $0.introspectionEndpoint = "https://{domain}/services/oauth2/introspect"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "user_id", username: "preferred_username", name: "name", email: "email",
            emailVerified: "email_verified", avatar: "picture | photos.picture",
            identifiers: ["organization_id": "organization_id", "sub": "sub"])
    }

    /// Seznam: https://vyvojari.seznam.cz/oauth/doc?lang=en
    ///
    /// Tokens are asked for in JSON, and scopes stand between commas; one library of two writes spaces. Answers carry a
    /// `status` of their own, as public integrations read it. The email has no documented proof: unverified.
    public static let seznam: Provider = Provider("seznam", "Seznam") {
        $0.color = "#cc0000"
        $0.documentation = "https://vyvojari.seznam.cz/oauth/doc?lang=en"
        $0.registration = Registration(page: "https://vyvojari.seznam.cz/oauth/admin")
        $0.authorizationEndpoint = "https://login.szn.cz/api/v1/oauth/auth"
        $0.tokenEndpoint = "https://login.szn.cz/api/v1/oauth/token"
        $0.userInfoEndpoint = "https://login.szn.cz/api/v1/user"
        $0.scopes = ["identity"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["avatar": "avatar"]
        $0.clientAuthentication = .post
        $0.tokenRequest.encoding = .json
        $0.failures = [FailureRule(code: "status", description: "message", success: ["200"])]
        $0.profile = ProfileMapping(
            id: "oauth_user_id", name: "{firstname} {lastname} | firstname", email: "email", avatar: "avatar_url")
    }

    /// Slack: https://docs.slack.dev/authentication/sign-in-with-slack/
    ///
    /// Sign in with Slack by OpenID Connect; many libraries still use the older `users.identity`. A user's id is unique only
    /// within a workspace, so the subject is team and user, `T…-U…`. In an Enterprise organization one id stands for the
    /// person in all its workspaces, so there it is organization and user, `E…-U…`; an account that was made in a workspace
    /// is found again by it. PKCE is for apps that have turned it on, which makes them public clients for good.
    public static let slack: Provider = Provider("slack", "Slack") {
        $0.color = "#4a154b"
        $0.documentation = "https://docs.slack.dev/authentication/sign-in-with-slack/"
        $0.registration = Registration(page: "https://api.slack.com/apps", redirectURI: "Redirect URLs")
        $0.issuer = "https://slack.com"
        $0.authorizationEndpoint = "https://slack.com/openid/connect/authorize"
        $0.tokenEndpoint = "https://slack.com/api/openid.connect.token"
        $0.userInfoEndpoint = "https://slack.com/api/openid.connect.userInfo"
        $0.jwksURI = "https://slack.com/openid/connect/keys"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["name": "profile", "email": "email", "avatar": "profile"]
        $0.pkce = .none
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id:
                "{https://slack.com/enterprise_id}-{https://slack.com/user_id} | {https://slack.com/team_id}-{https://slack.com/user_id}",
            formerID: "{https://slack.com/team_id}-{https://slack.com/user_id}", name: "name", email: "email",
            emailVerified: "email_verified", avatar: "picture",
            identifiers: [
                "enterprise_id": "https://slack.com/enterprise_id", "team_id": "https://slack.com/team_id",
                "user_id": "https://slack.com/user_id",
            ])
    }

    /// Snapchat: https://developers.snap.com/snap-kit/login-kit/overview
    ///
    /// Login Kit, without Snap's own SDK. The scopes are the vendor's, the endpoints those of four of five libraries; the
    /// fifth signs in to the Marketing API. There is no email.
    public static let snapchat: Provider = Provider("snapchat", "Snapchat") {
        $0.color = "#fffc00"
        $0.documentation = "https://developers.snap.com/snap-kit/login-kit/overview"
        $0.registration = Registration(
            page: "https://kit.snapchat.com/manage/", clientID: "Confidential OAuth2 Client ID",
            clientSecret: "Confidential OAuth2 Client Secret", redirectURI: "Redirect URIs",
            notes: [
                "en": "Turn on Login Kit for the app, with the display name, the external id and the Bitmoji avatar.",
                "zh-Hans": "为应用启用 Login Kit，并勾选 Display Name、External ID 和 Bitmoji Avatar。",
            ])
        $0.authorizationEndpoint = "https://accounts.snapchat.com/accounts/oauth2/auth"
        $0.tokenEndpoint = "https://accounts.snapchat.com/accounts/oauth2/token"
        $0.userInfoEndpoint = "https://kit.snapchat.com/v1/me"
        $0.scopes = [
            "https://auth.snapchat.com/oauth2/api/user.external_id",
            "https://auth.snapchat.com/oauth2/api/user.display_name",
            "https://auth.snapchat.com/oauth2/api/user.bitmoji.avatar",
        ]
        $0.fieldScopes = [
            "name": "https://auth.snapchat.com/oauth2/api/user.display_name",
            "avatar": "https://auth.snapchat.com/oauth2/api/user.bitmoji.avatar",
        ]
        $0.clientAuthentication = .post
        $0.userInfoRequest.parameters = ["query": "{ me { externalId displayName bitmoji { avatar } } }"]
        $0.userInfoRequest.envelope = "data.me"
        $0.profile = ProfileMapping(id: "externalId", name: "displayName", avatar: "bitmoji.avatar")
    }

    /// SoundCloud: https://developers.soundcloud.com/docs/api/guide#authentication
    ///
    /// The subject is `urn`, which the vendor has put in the place of numeric ids; an account that was made by the number is
    /// found again by it. PKCE is required. There is no email.
    public static let soundCloud: Provider = Provider("soundcloud", "SoundCloud") {
        $0.color = "#ff5500"
        $0.documentation = "https://developers.soundcloud.com/docs/api/guide#authentication"
        $0.registration = Registration(page: "https://soundcloud.com/you/apps/")
        $0.authorizationEndpoint = "https://secure.soundcloud.com/authorize"
        $0.tokenEndpoint = "https://secure.soundcloud.com/oauth/token"
        $0.userInfoEndpoint = "https://api.soundcloud.com/me"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken.scheme = "OAuth"
        $0.profile = ProfileMapping(
            id: "urn", formerID: "id", username: "username", name: "full_name | username", avatar: "avatar_url")
    }

    /// Spotify: https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile
    ///
    /// The subject is `account_id`, which the vendor added in May 2026 and wants in the place of `id`; an account that was
    /// made by `id` is found again by it. The vendor warns that the email is not proved to belong to the person:
    /// unverified.
    public static let spotify: Provider = Provider("spotify", "Spotify") {
        $0.color = "#1db954"
        $0.documentation = "https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile"
        $0.registration = Registration(
            page: "https://developer.spotify.com/dashboard", redirectURI: "Redirect URIs",
            notes: [
                "en": "In development mode, five people at most can sign in, and the owner needs Spotify Premium.",
                "zh-Hans": "开发模式下最多五人可登录，且应用所有者须有 Spotify Premium。",
            ])
        $0.authorizationEndpoint = "https://accounts.spotify.com/authorize"
        $0.tokenEndpoint = "https://accounts.spotify.com/api/token"
        $0.userInfoEndpoint = "https://api.spotify.com/v1/me"
        $0.scopes = ["user-read-email"]
        $0.fieldScopes = ["email": "user-read-email"]
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(
            id: "account_id | id", formerID: "id", username: "id", name: "display_name", email: "email",
            avatar: "images.0.url")
    }

    /// Stack Exchange: https://api.stackexchange.com/docs/authentication
    ///
    /// The subject is `account_id`, the same on every site of the network, where most libraries take `user_id`, which is one
    /// site's. The profile is that of Stack Overflow; for another site, set `site` among the profile call's parameters. A
    /// call with a token needs the application's key too (``Provider/apiKey``). The answers to profile calls are always
    /// compressed. There is no email.
    public static let stackExchange: Provider = Provider("stackexchange", "Stack Exchange") {
        $0.color = "#1e5397"
        $0.documentation = "https://api.stackexchange.com/docs/authentication"
        $0.registration = Registration(
            page: "https://stackapps.com/apps/oauth/register", clientID: "client_id", clientSecret: "client_secret",
            redirectURI: "OAuth Domain",
            notes: [
                "en": "`apiKey` is the key of the same application.",
                "zh-Hans": "`apiKey` 填同一应用的 key。",
            ])
        $0.authorizationEndpoint = "https://stackoverflow.com/oauth"
        $0.tokenEndpoint = "https://stackoverflow.com/oauth/access_token/json"
        $0.userInfoEndpoint = "https://api.stackexchange.com/2.3/me"
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.tokenResponse.expiresIn = "expires"
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["key": "{$client.apiKey}", "site": "stackoverflow"]
        $0.userInfoRequest.envelope = "items.0"
        $0.failures = [FailureRule(code: "error_name", description: "error_message")]
        $0.profile = ProfileMapping(
            id: "account_id", name: "display_name", avatar: "profile_image", identifiers: ["user_id": "user_id"])
    }

    /// Stocktwits: https://api.stocktwits.com/developers/docs/authentication
    ///
    /// Closed: in 2023 the vendor took no new applications. Its example reads the account with the token in the query. There
    /// is no email.
    public static let stocktwits: Provider = Provider("stocktwits", "Stocktwits") {
        $0.color = "#40576f"
        $0.documentation = "https://api.stocktwits.com/developers/docs/authentication"
        $0.registration = Registration(
            page: "https://api.stocktwits.com/developers", clientID: "Consumer key", clientSecret: "Consumer secret",
            notes: [
                "en": "In 2023 new applications were not accepted.",
                "zh-Hans": "2023 年起不接受新应用。",
            ])
        $0.authorizationEndpoint = "https://api.stocktwits.com/api/2/oauth/authorize"
        $0.tokenEndpoint = "https://api.stocktwits.com/api/2/oauth/token"
        $0.userInfoEndpoint = "https://api.stocktwits.com/api/2/account/verify.json"
        $0.scopes = ["read"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.envelope = "user"
        $0.failures = [FailureRule(code: "response.status", description: "errors.0.message", success: ["200"])]
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name", avatar: "avatar_url_ssl | avatar_url")
    }

    /// Strava: https://developers.strava.com/docs/authentication/
    ///
    /// There is no email.
    public static let strava: Provider = Provider("strava", "Strava") {
        $0.color = "#fc4c02"
        $0.documentation = "https://developers.strava.com/docs/authentication/"
        $0.registration = Registration(
            page: "https://www.strava.com/settings/api", clientSecret: "Client Secret",
            redirectURI: "Authorization Callback Domain")
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
    /// Signs in an account of Stripe Connect, not a person. The vendor documents a closed list of parameters without PKCE;
    /// what it makes of others is not known, so none are sent but the client id, as three libraries do. The email is the
    /// account's, with no documented proof: unverified.
    public static let stripe: Provider = Provider("stripe", "Stripe") {
        $0.color = "#635bff"
        $0.documentation = "https://docs.stripe.com/connect/oauth-reference"
        $0.registration = Registration(
            page: "https://dashboard.stripe.com/settings/connect/onboarding-options/oauth", clientSecret: "Secret key",
            notes: [
                "en": "Turn OAuth on in the Connect settings. The client secret is the platform's secret API key.",
                "zh-Hans": "在 Connect 设置中启用 OAuth。客户端密钥即平台的 API 密钥（Secret key）。",
            ])
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
