extension Catalogue {
    static let m: [Provider] = [.mailchimp, .mailru, .mediaWiki, .microsoft]
}

extension Provider {
    /// Mailchimp: https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/
    ///
    /// The subject is the person's login, which may belong to several accounts. There are no scopes, and tokens do not
    /// expire. The email is the login's, which the vendor documents no proof of: unverified.
    public static let mailchimp: Provider = Provider("mailchimp", "Mailchimp") {
        $0.color = "#ffe01b"
        $0.documentation = "https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/"
        $0.authorizationEndpoint = "https://login.mailchimp.com/oauth2/authorize"
        $0.tokenEndpoint = "https://login.mailchimp.com/oauth2/token"
        $0.userInfoEndpoint = "https://login.mailchimp.com/oauth2/metadata"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken.scheme = "OAuth"
        $0.profile = ProfileMapping(
            id: "login.login_id", username: "login.login_name", name: "accountname | login.login_name",
            email: "login.email | login.login_email", avatar: "login.avatar")
    }

    /// Mail.ru: https://biz.mail.ru/developer/oauth.html
    ///
    /// The page shows the same flow on `o2.mail.ru`; host, parameters and profile are those of most libraries, some of which
    /// are still at the older `connect.mail.ru`. Some take the email for the id: the subject here is `id`, which does not
    /// change. No proof of the email is documented: unverified.
    public static let mailru: Provider = Provider("mailru", "Mail.ru") {
        $0.color = "#005ff9"
        $0.documentation = "https://biz.mail.ru/developer/oauth.html"
        $0.authorizationEndpoint = "https://oauth.mail.ru/login"
        $0.tokenEndpoint = "https://oauth.mail.ru/token"
        $0.userInfoEndpoint = "https://oauth.mail.ru/userinfo"
        $0.scopes = ["userinfo"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.failures = [FailureRule(code: "error", description: "error_description")]
        $0.profile = ProfileMapping(
            id: "id", username: "nickname", name: "name | {first_name} {last_name}", email: "email", avatar: "image")
    }

    /// MediaWiki: https://www.mediawiki.org/wiki/OAuth/For_Developers
    ///
    /// ``Provider/domain`` is the wiki that people sign in at: Wikimedia's by default. Its scripts are taken to be under
    /// `/w/`, as they are there. What may be read is chosen when the application is registered, so there are no scopes.
    public static let mediaWiki: Provider = Provider("mediawiki", "MediaWiki") {
        $0.color = "#006699"
        $0.documentation = "https://www.mediawiki.org/wiki/OAuth/For_Developers"
        $0.domain = "meta.wikimedia.org"
        $0.authorizationEndpoint = "https://{domain}/w/rest.php/oauth2/authorize"
        $0.tokenEndpoint = "https://{domain}/w/rest.php/oauth2/access_token"
        $0.userInfoEndpoint = "https://{domain}/w/rest.php/oauth2/resource/profile"
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "sub", username: "username", name: "realname | username", email: "email",
            emailVerified: "confirmed_email")
    }

    /// Microsoft: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
    ///
    /// ``Provider/tenant`` is `common` (work, school and personal accounts), `organizations`, `consumers`, or the id of one
    /// tenant; ``Tenancy/allowed`` narrows it further. Its keys are found by discovery, which also says whose tokens are
    /// meant: an app could else bring one of another tenant. The subject is `sub`, which is immutable and the same for this
    /// application only. An email is verified only if `xms_edov` says that its domain's owner was: any tenant may write any
    /// address (https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization).
    public static let microsoft: Provider = Provider("microsoft", "Microsoft") {
        $0.color = "#0078d4"
        $0.documentation = "https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc"
        $0.issuer = "https://login.microsoftonline.com/{tenant}/v2.0"
        $0.tenant = "common"
        $0.tenancy = Tenancy(issuer: "https://login.microsoftonline.com/{tenantid}/v2.0")
        $0.authorizationEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize"
        $0.tokenEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
        $0.userInfoEndpoint = "https://graph.microsoft.com/oidc/userinfo"
        $0.endSessionEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/logout"
        $0.deviceAuthorizationEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .post
        $0.signingAlgorithms = [.rs256]
        $0.userInfoPolicy = .withoutIDToken
        $0.profile = ProfileMapping(
            id: "sub", username: "preferred_username", name: "name", email: "$idToken.email",
            emailVerified: "$idToken.xms_edov", avatar: "picture",
            identifiers: ["oid": "$idToken.oid", "tid": "$idToken.tid"])
    }
}
