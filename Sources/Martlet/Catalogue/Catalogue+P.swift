extension Catalogue {
    static let p: [Provider] = [.patreon, .paypal, .pingIdentity, .pinterest, .pipedrive, .polar]
}

extension Provider {
    /// Patreon: https://docs.patreon.com/#oauth
    ///
    /// The second version of the API, whose profile is a JSON:API document.
    public static let patreon: Provider = Provider("patreon", "Patreon") {
        $0.color = "#ff424d"
        $0.documentation = "https://docs.patreon.com/#oauth"
        $0.authorizationEndpoint = "https://www.patreon.com/oauth2/authorize"
        $0.tokenEndpoint = "https://www.patreon.com/api/oauth2/token"
        $0.userInfoEndpoint = "https://www.patreon.com/api/oauth2/v2/identity"
        $0.scopes = ["identity", "identity[email]"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.parameters = ["fields[user]": "email,full_name,image_url,is_email_verified,vanity"]
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(
            id: "id", username: "attributes.vanity", name: "attributes.full_name", email: "attributes.email",
            emailVerified: "attributes.is_email_verified", avatar: "attributes.image_url")
    }

    /// PayPal: https://developer.paypal.com/docs/log-in-with-paypal/integrate/
    ///
    /// The vendor documents `/connect`; most libraries still send people to `/signin/authorize`, which it keeps for
    /// integrations from before 2018. The subject is `user_id`, a URL. The email is the primary confirmed one of the
    /// list. Each piece of the profile must be allowed for the application first.
    public static let paypal: Provider = Provider("paypal", "PayPal") {
        $0.color = "#003087"
        $0.documentation = "https://developer.paypal.com/docs/log-in-with-paypal/integrate/"
        $0.authorizationEndpoint = "https://www.paypal.com/connect"
        $0.tokenEndpoint = "https://api-m.paypal.com/v1/oauth2/token"
        $0.userInfoEndpoint = "https://api-m.paypal.com/v1/identity/oauth2/userinfo"
        $0.scopes = ["openid", "profile", "email"]
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

    /// PingOne: https://apidocs.pingidentity.com/pingone/platform/v1/api/#openid-connectoauth-2
    ///
    /// ``Provider/tenant`` is the environment's id. In a region other than North America, or with a domain of one's own, set
    /// ``Provider/issuer``.
    public static let pingIdentity: Provider = Provider("pingidentity", "Ping Identity") {
        $0.color = "#b3282d"
        $0.documentation = "https://apidocs.pingidentity.com/pingone/platform/v1/api/#openid-connectoauth-2"
        $0.issuer = "https://auth.pingone.com/{tenant}/as"
        $0.scopes = ["openid", "profile", "email"]
    }

    /// Pinterest: https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/
    ///
    /// The fifth version of the API. The subject is `id`; the user name can be changed. There is no email.
    public static let pinterest: Provider = Provider("pinterest", "Pinterest") {
        $0.color = "#e60023"
        $0.documentation =
            "https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/"
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
    /// body; the vendor documents the header. The email is documented with no proof: unverified.
    public static let pipedrive: Provider = Provider("pipedrive", "Pipedrive") {
        $0.color = "#017737"
        $0.documentation = "https://pipedrive.readme.io/docs/marketplace-oauth-authorization"
        $0.authorizationEndpoint = "https://oauth.pipedrive.com/oauth/authorize"
        $0.tokenEndpoint = "https://oauth.pipedrive.com/oauth/token"
        $0.userInfoEndpoint = "https://api.pipedrive.com/v1/users/me"
        $0.revocationEndpoint = "https://oauth.pipedrive.com/oauth/revoke"
        $0.clientAuthentication = .basic
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(
            id: "id", name: "name", email: "email", avatar: "icon_url", identifiers: ["company_id": "company_id"])
    }

    /// Polar: https://polar.sh/docs/integrate/oauth2/introduction
    public static let polar: Provider = Provider("polar", "Polar") {
        $0.color = "#0062ff"
        $0.documentation = "https://polar.sh/docs/integrate/oauth2/introduction"
        $0.authorizationEndpoint = "https://polar.sh/oauth2/authorize"
        $0.tokenEndpoint = "https://api.polar.sh/v1/oauth2/token"
        $0.userInfoEndpoint = "https://api.polar.sh/v1/oauth2/userinfo"
        $0.revocationEndpoint = "https://api.polar.sh/v1/oauth2/revoke"
        $0.introspectionEndpoint = "https://api.polar.sh/v1/oauth2/introspect"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(id: "sub", name: "name", email: "email", emailVerified: "email_verified")
    }
}
