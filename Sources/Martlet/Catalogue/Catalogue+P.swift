extension Catalogue {
    static let p: CatalogueEntries = [
        .patreon, .paypal, .pingIdentity, .pinterest, .pipedrive, .pixnet, .polar, .proginn,
    ]
}

extension Provider {
    /// Patreon: https://docs.patreon.com/#oauth
    ///
    /// The second version of the API, whose profile is a JSON:API document. The token endpoint is the one that nine of ten
    /// libraries use; the vendor's description of the first version names `api.patreon.com/oauth2/token`.
    public static let patreon: Provider = Provider("patreon", "Patreon") {
        $0.color = "#ff424d"
        $0.documentation = "https://docs.patreon.com/#oauth"
        $0.registration = Registration(
            page: "https://www.patreon.com/portal/registration/register-clients", redirectURI: "Redirect URIs",
            notes: [
                "en": "Choose version 2 of the API for the client.",
                "zh-Hans": "创建客户端时选择 API 第 2 版。",
            ])
        $0.authorizationEndpoint = "https://www.patreon.com/oauth2/authorize"
        $0.tokenEndpoint = "https://www.patreon.com/api/oauth2/token"
        $0.userInfoEndpoint = "https://www.patreon.com/api/oauth2/v2/identity"
        $0.scopes = ["identity", "identity[email]"]
        $0.fieldScopes = ["email": "identity[email]"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.parameters = ["fields[user]": "email,full_name,image_url,is_email_verified,vanity"]
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(
            id: "id", username: "attributes.vanity", name: "attributes.full_name", email: "attributes.email",
            emailVerified: "attributes.is_email_verified", avatar: "attributes.image_url")
    }

    /// PayPal: https://developer.paypal.com/docs/log-in-with-paypal/integrate/build-button/
    ///
    /// The vendor's template has `/signin/authorize`; its sample URL, and the page of 2021, `/connect`. The subject is
    /// `user_id`, a URL that is another one for each application's owner. The email is the primary confirmed one of the list,
    /// whose members are as libraries describe them.
    public static let paypal: Provider = Provider("paypal", "PayPal") {
        $0.color = "#003087"
        $0.documentation = "https://developer.paypal.com/docs/log-in-with-paypal/integrate/build-button/"
        $0.registration = Registration(
            page: "https://developer.paypal.com/dashboard/applications", clientSecret: "Secret",
            redirectURI: "Return URL",
            notes: [
                "en":
                    "Under the app's other features, tick Log in with PayPal; in its advanced settings, enter the return URL and tick the full name and the email address.",
                "zh-Hans": "在应用的其他功能中勾选 Log in with PayPal，并在其高级设置中填写返回网址，勾选姓名和邮箱。",
            ])
        $0.authorizationEndpoint = "https://www.paypal.com/signin/authorize"
        $0.tokenEndpoint = "https://api-m.paypal.com/v1/oauth2/token"
        $0.userInfoEndpoint = "https://api-m.paypal.com/v1/identity/oauth2/userinfo"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["name": "profile", "email": "email"]
        $0.authorizeParameters = ["flowEntry": "static"]
        $0.clientAuthentication = .basic
        $0.userInfoRequest.parameters = ["schema": "paypalv1.1"]
        $0.emailsRequest = ProviderCall("https://api-m.paypal.com/v1/identity/oauth2/userinfo") {
            $0.parameters = ["schema": "paypalv1.1"]
        }
        $0.emails.list = "emails"
        $0.emails.address = "value"
        $0.emails.verified = "confirmed"
        $0.profile = ProfileMapping(
            id: "user_id", name: "name", email: "emails.0.value", avatar: "picture",
            identifiers: ["payer_id": "payer_id"])
    }

    /// PingOne: https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2.html
    ///
    /// ``Provider/tenant`` is the environment's id. In a region other than North America, or with a domain of one's own, set
    /// ``Provider/issuer``.
    public static let pingIdentity: Provider = Provider("pingidentity", "Ping Identity") {
        $0.color = "#b3282d"
        $0.documentation = "https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2.html"
        $0.registration = Registration(
            page: "https://console.pingone.com", redirectURI: "Redirect URIs",
            notes: [
                "en":
                    "Add an OIDC web app whose token authentication method is client secret basic; `tenant` is the environment's ID.",
                "zh-Hans": "添加 OIDC Web App，令牌认证方式选 Client Secret Basic；`tenant` 填环境的 ID。",
            ])
        $0.issuer = "https://auth.pingone.com/{tenant}/as"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .basic
    }

    /// Pinterest: https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/
    ///
    /// The fifth version of the API; four of seven libraries still speak an older one. The subject is `id`, which the
    /// vendor's description of the API has beside the user name that two libraries take. There is no email.
    public static let pinterest: Provider = Provider("pinterest", "Pinterest") {
        $0.color = "#e60023"
        $0.documentation =
            "https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/"
        $0.registration = Registration(
            page: "https://developers.pinterest.com/apps/", clientID: "App ID", clientSecret: "App secret key",
            redirectURI: "Redirect URIs")
        $0.authorizationEndpoint = "https://www.pinterest.com/oauth/"
        $0.tokenEndpoint = "https://api.pinterest.com/v5/oauth/token"
        $0.userInfoEndpoint = "https://api.pinterest.com/v5/user_account"
        $0.scopes = ["user_accounts:read"]
        $0.scopeSeparator = ","
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "business_name | username", avatar: "profile_image")
    }

    /// Pipedrive: https://pipedrive.readme.io/docs/marketplace-oauth-authorization
    ///
    /// What may be read is chosen when the app is registered, so there are no scopes. Most libraries send the secret in the
    /// body; the vendor's reference requires the header. The revocation is as public integrations do it. The email is
    /// documented with no proof: unverified.
    public static let pipedrive: Provider = Provider("pipedrive", "Pipedrive") {
        $0.color = "#017737"
        $0.documentation = "https://pipedrive.readme.io/docs/marketplace-oauth-authorization"
        $0.registration = Registration(
            page: "https://app.pipedrive.com/developer-hub", redirectURI: "Callback URL",
            notes: [
                "en":
                    "The credentials and scopes are on the app's page OAuth & access scopes; the basic scope is enough.",
                "zh-Hans": "凭据和权限在应用的 OAuth & access scopes 页；只需基础权限。",
            ])
        $0.authorizationEndpoint = "https://oauth.pipedrive.com/oauth/authorize"
        $0.tokenEndpoint = "https://oauth.pipedrive.com/oauth/token"
        $0.userInfoEndpoint = "https://api.pipedrive.com/v1/users/me"
        $0.revocationEndpoint = "https://oauth.pipedrive.com/oauth/revoke"
        $0.clientAuthentication = .basic
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(
            id: "id", name: "name", email: "email", avatar: "icon_url", identifiers: ["company_id": "company_id"])
    }

    /// PIXNET: https://developer.pixnet.pro/
    ///
    /// The requests are those of the vendor's PHP SDK: everything goes into queries, and `error` is zero in an answer that is
    /// none. The fields are as one library describes them, but for the user name, which the SDK says is `name`. The email has
    /// no documented proof: unverified.
    public static let pixnet: Provider = Provider("pixnet", "PIXNET") {
        $0.localizedNames = ["zh-Hans": "痞客邦", "zh-Hant": "痞客邦"]
        $0.color = "#0b7bc1"
        $0.documentation = "https://developer.pixnet.pro/"
        $0.registration = Registration(
            page: "https://developer.pixnet.pro/", clientID: "Consumer Key", clientSecret: "Consumer Secret",
            redirectURI: "Callback URL")
        $0.authorizationEndpoint = "https://emma.pixnet.cc/oauth2/authorize"
        $0.tokenEndpoint = "https://emma.pixnet.cc/oauth2/grant"
        $0.userInfoEndpoint = "https://emma.pixnet.cc/account"
        $0.clientAuthentication = .post
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.envelope = "account"
        $0.failures = [FailureRule(code: "error", description: "message", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "identity", username: "name", name: "display_name", email: "email", avatar: "avatar")
    }

    /// Polar: https://polar.sh/docs/integrate/oauth2/introduction
    ///
    /// `sub_type` makes the subject a person: without it, it may be an organization. The claims are those that the vendor's
    /// public source makes; there is no picture among them.
    public static let polar: Provider = Provider("polar", "Polar") {
        $0.color = "#0062ff"
        $0.documentation = "https://polar.sh/docs/integrate/oauth2/introduction"
        $0.registration = Registration(
            page: "https://polar.sh/docs/integrate/oauth2/setup", redirectURI: "Redirect URIs")
        $0.authorizationEndpoint = "https://polar.sh/oauth2/authorize"
        $0.tokenEndpoint = "https://api.polar.sh/v1/oauth2/token"
        $0.userInfoEndpoint = "https://api.polar.sh/v1/oauth2/userinfo"
        $0.revocationEndpoint = "https://api.polar.sh/v1/oauth2/revoke"
        $0.introspectionEndpoint = "https://api.polar.sh/v1/oauth2/introspect"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["email": "email"]
        $0.authorizeParameters = ["sub_type": "user"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "sub", name: "name", email: "email", emailVerified: "email_verified")
    }

    /// Proginn: https://www.proginn.com
    ///
    /// Everything is as one library describes it (JustAuth); no page of the vendor's was found. The email is unverified.
    public static let proginn: Provider = Provider("proginn", "Proginn") {
        $0.localizedNames = ["zh-Hans": "程序员客栈"]
        $0.color = "#2e6ff2"
        $0.documentation =
            "https://github.com/justauth/JustAuth/blob/master/src/main/java/me/zhyd/oauth/request/AuthProginnRequest.java"
        $0.registration = Registration(
            page: "https://www.proginn.com",
            notes: [
                "en": "The email needs the scope `email`, which the vendor grants on request.",
                "zh-Hans": "邮箱需要 `email` 权限，须向程序员客栈平台单独申请。",
            ])
        $0.authorizationEndpoint = "https://www.proginn.com/oauth2/authorize"
        $0.tokenEndpoint = "https://www.proginn.com/oauth2/access_token"
        $0.userInfoEndpoint = "https://www.proginn.com/openapi/user/basic_info"
        $0.scopes = ["basic"]
        $0.fieldScopes = ["email": "email"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.profile = ProfileMapping(
            id: "uid", username: "nickname", name: "nickname", email: "email", avatar: "avatar")
    }
}
