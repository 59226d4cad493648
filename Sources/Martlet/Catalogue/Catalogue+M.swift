extension Catalogue {
    static let m: CatalogueEntries = [
        .mailchimp, .mailru, .mastodon, .mediaWiki, .medium, .meetup, .meituan, .microsoft, .microsoftChina,
        .microsoftLive, .mixcloud,
    ]
}

extension Provider {
    /// Mailchimp: https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/
    ///
    /// The subject is the person's login, which may belong to several accounts; of five libraries, two take the
    /// account's `user_id`. There are no scopes, and tokens do not expire. A token that is no good is answered with
    /// status 200 and an `error`. No proof of the email is known: unverified.
    public static let mailchimp: Provider = Provider("mailchimp", "Mailchimp") {
        $0.color = "#ffe01b"
        $0.documentation = "https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/"
        $0.registration = Registration(page: "https://admin.mailchimp.com/account/oauth2/")
        $0.authorizationEndpoint = "https://login.mailchimp.com/oauth2/authorize"
        $0.tokenEndpoint = "https://login.mailchimp.com/oauth2/token"
        $0.userInfoEndpoint = "https://login.mailchimp.com/oauth2/metadata"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken.scheme = "OAuth"
        $0.profile = ProfileMapping(
            id: "login.login_id", username: "login.login_name", name: "accountname | login.login_name",
            email: "login.email | login.login_email", avatar: "login.avatar")
    }

    /// Mail.ru: https://id.vk.com/about/business/go/docs/ru/vkid/latest/oauth/oauth-mail/index
    ///
    /// Since July 2025 it serves applications for Mail.ru's own API, and those that were connected before; a new
    /// sign-in with Mail.ru accounts goes through VK ID. The scope is that of older applications (`userinfo`; newer
    /// pages name `openid profile`). The profile is as libraries describe it; two of them take the email for the id, and
    /// the subject here is `id`, which does not change. No proof of the email is known: unverified.
    public static let mailru: Provider = Provider("mailru", "Mail.ru") {
        $0.color = "#005ff9"
        $0.documentation = "https://id.vk.com/about/business/go/docs/ru/vkid/latest/oauth/oauth-mail/index"
        $0.registration = Registration(
            page: "https://id.vk.com/about/business/go/docs/ru/vkid/latest/oauth/oauth-mail/index",
            notes: [
                "en":
                    "Since July 2025 a new application signs people in through VK ID, which takes Mail.ru accounts too.",
                "zh-Hans": "自 2025 年 7 月起，新应用须通过 VK ID 登录，VK ID 也支持 Mail.ru 账号。",
            ])
        $0.authorizationEndpoint = "https://oauth.mail.ru/login"
        $0.tokenEndpoint = "https://oauth.mail.ru/token"
        $0.userInfoEndpoint = "https://oauth.mail.ru/userinfo"
        $0.scopes = ["userinfo"]
        $0.fieldScopes = ["username": "userinfo", "name": "userinfo", "email": "userinfo", "avatar": "userinfo"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.profile = ProfileMapping(
            id: "id", username: "nickname", name: "name | {first_name} {last_name}", email: "email", avatar: "image")
    }

    /// Mastodon: https://docs.joinmastodon.org/methods/oauth/
    ///
    /// ``Provider/domain`` is the instance, where the application is registered; ids are the instance's own. The scope
    /// `profile` reads this profile and nothing else, since Mastodon 4.3; an older instance needs `read:accounts`. The
    /// vendor documents the secret as a parameter, though two libraries send a header. There is no email.
    public static let mastodon: Provider = Provider("mastodon", "Mastodon") {
        $0.color = "#6364ff"
        $0.documentation = "https://docs.joinmastodon.org/methods/oauth/"
        $0.registration = Registration(
            page: "https://docs.joinmastodon.org/client/token/", clientID: "Client key",
            notes: [
                "en":
                    "On the instance, under Preferences, Development, create an application with the scope `profile`; `domain` is the instance's host.",
                "zh-Hans": "在实例的“偏好设置 → 开发”中新建应用并勾选 `profile` 权限；`domain` 为实例的域名。",
            ])
        $0.authorizationEndpoint = "https://{domain}/oauth/authorize"
        $0.tokenEndpoint = "https://{domain}/oauth/token"
        $0.userInfoEndpoint = "https://{domain}/api/v1/accounts/verify_credentials"
        $0.revocationEndpoint = "https://{domain}/oauth/revoke"
        $0.scopes = ["profile"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "display_name | username", avatar: "avatar")
    }

    /// MediaWiki: https://www.mediawiki.org/wiki/OAuth/For_Developers
    ///
    /// ``Provider/domain`` is the wiki that people sign in at: Wikimedia's by default. Its scripts are taken to be under
    /// `/w/`, as they are there. What may be read is chosen when the application is registered, so there are no scopes;
    /// the real name and the email come only with a grant for private information, and `confirmed_email` says whether
    /// the email is confirmed.
    public static let mediaWiki: Provider = Provider("mediawiki", "MediaWiki") {
        $0.color = "#006699"
        $0.documentation = "https://www.mediawiki.org/wiki/OAuth/For_Developers"
        $0.registration = Registration(
            page: "https://meta.wikimedia.org/wiki/Special:OAuthConsumerRegistration/propose/oauth2",
            clientID: "Client application key", clientSecret: "Client application secret",
            redirectURI: "OAuth \"callback\" URL",
            notes: [
                "en":
                    "For an email, ask for identity verification with access to real name and email address. `domain` is the wiki, unless it is Wikimedia's.",
                "zh-Hans": "若需邮箱，请申请可读取真实姓名与邮箱的身份验证权限。非维基媒体站点须将 `domain` 设为该 Wiki 的域名。",
            ])
        $0.domain = "meta.wikimedia.org"
        $0.authorizationEndpoint = "https://{domain}/w/rest.php/oauth2/authorize"
        $0.tokenEndpoint = "https://{domain}/w/rest.php/oauth2/access_token"
        $0.userInfoEndpoint = "https://{domain}/w/rest.php/oauth2/resource/profile"
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "sub", username: "username", name: "realname | username", email: "email",
            emailVerified: "confirmed_email")
    }

    /// Medium: https://github.com/Medium/medium-api-docs
    ///
    /// Closed to new applications, and no longer supported since 2023. Applications that have a client id still sign
    /// people in. The profile scope leaves the email out.
    public static let medium: Provider = Provider("medium", "Medium") {
        $0.color = "#000000"
        $0.documentation = "https://github.com/Medium/medium-api-docs"
        $0.registration = Registration(
            page: "https://github.com/Medium/medium-api-docs", clientID: "clientId", clientSecret: "clientSecret",
            notes: [
                "en": "Medium accepts no new applications.",
                "zh-Hans": "Medium 已不再接受新应用。",
            ])
        $0.authorizationEndpoint = "https://medium.com/m/oauth/authorize"
        $0.tokenEndpoint = "https://api.medium.com/v1/tokens"
        $0.userInfoEndpoint = "https://api.medium.com/v1/me"
        $0.scopes = ["basicProfile"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["username": "basicProfile", "name": "basicProfile", "avatar": "basicProfile"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(id: "id", username: "username", name: "name", avatar: "imageUrl")
    }

    /// Meetup: https://www.meetup.com/graphql/authentication/
    ///
    /// The profile is a GraphQL query (https://www.meetup.com/api/guide); the REST API that libraries still call is
    /// gone. The vendor's guide shows `id` and `name`; `email` is as public code asks for it, and nothing proves it:
    /// unverified. Libraries join scopes in three ways; one scope needs none.
    public static let meetup: Provider = Provider("meetup", "Meetup") {
        $0.color = "#ed1c40"
        $0.documentation = "https://www.meetup.com/graphql/authentication/"
        $0.registration = Registration(
            page: "https://www.meetup.com/api/oauth/list/", clientID: "Client key", clientSecret: "Client secret")
        $0.authorizationEndpoint = "https://secure.meetup.com/oauth2/authorize"
        $0.tokenEndpoint = "https://secure.meetup.com/oauth2/access"
        $0.userInfoEndpoint = "https://api.meetup.com/gql-ext"
        $0.scopes = ["basic"]
        $0.fieldScopes = ["name": "basic", "email": "basic"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .json
        $0.userInfoRequest.parameters = ["query": "query { self { id name email } }"]
        $0.userInfoRequest.envelope = "data.self"
        $0.profile = ProfileMapping(id: "id", name: "name", email: "email")
    }

    /// Meituan: https://open.waimai.meituan.com/openapi_docs/oauth/
    ///
    /// The vendor wants an empty `scope`. The token and profile calls are as libraries describe them: both are posted
    /// with the application's id and secret. There is no email.
    public static let meituan: Provider = Provider("meituan", "Meituan") {
        $0.localizedNames = ["zh-Hans": "美团"]
        $0.color = "#ffc300"
        $0.documentation = "https://open.waimai.meituan.com/openapi_docs/oauth/"
        $0.registration = Registration(
            page: "https://open.waimai.meituan.com/openapi_docs/oauth/", clientID: "AppID", clientSecret: "AppSecret",
            notes: [
                "en": "Register as a developer, then have a website application reviewed.",
                "zh-Hans": "先注册开发者账号，再提交网站应用并通过审核。",
            ])
        $0.authorizationEndpoint = "https://openapi.waimai.meituan.com/oauth/authorize"
        $0.tokenEndpoint = "https://openapi.waimai.meituan.com/oauth/access_token"
        $0.refreshEndpoint = "https://openapi.waimai.meituan.com/oauth/refresh_token"
        $0.userInfoEndpoint = "https://openapi.waimai.meituan.com/oauth/userinfo"
        $0.authorizeParameters = ["scope": ""]
        $0.clientAuthentication = .post
        $0.parameterNames.clientID = "app_id"
        $0.parameterNames.clientSecret = "secret"
        $0.tokenRequest.sendsRedirectURI = false
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .form
        $0.userInfoRequest.accessToken.location = AccessTokenPlacement.Location.none
        $0.userInfoRequest.parameters = [
            "app_id": "{$client.id}", "secret": "{$client.secret}", "access_token": "{$token.access_token}",
        ]
        $0.failures = [FailureRule(code: "error_code", description: "error_msg")]
        $0.profile = ProfileMapping(id: "openid", username: "nickname", name: "nickname", avatar: "avatar")
    }

    /// Microsoft: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
    ///
    /// ``Provider/tenant`` is `common` (work, school and personal accounts), `organizations`, `consumers`, or the id of one
    /// tenant; ``Tenancy/allowed`` narrows it further. Its keys are found by discovery, which also says whose tokens are
    /// meant: an app could else bring one of another tenant. The subject is `sub`, which is immutable and the same for this
    /// application only. An email is verified only if `xms_edov` says that its domain's owner was: any tenant may write any
    /// address (https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization).
    public static let microsoft: Provider = microsoft(
        "microsoft", "Microsoft", login: "login.microsoftonline.com", graph: "graph.microsoft.com"
    ) {
        $0.documentation = "https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc"
        $0.registration = entraRegistration(
            page: "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade")
        $0.endSessionEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/logout"
        $0.deviceAuthorizationEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode"
    }

    /// Microsoft in China, operated by 21Vianet: https://docs.azure.cn/entra/identity-platform/authentication-national-cloud
    ///
    /// A cloud of its own, with its own tenants and applications; the rest is as at ``microsoft``. The one library that
    /// knows it takes Graph's `id` for the subject: here it is `sub`, and that id is kept as `oid`.
    public static let microsoftChina: Provider = microsoft(
        "microsoft_cn", "Microsoft (21Vianet)", login: "login.partner.microsoftonline.cn",
        graph: "microsoftgraph.chinacloudapi.cn"
    ) {
        $0.localizedNames = ["zh-Hans": "微软（世纪互联）"]
        $0.documentation = "https://docs.azure.cn/entra/identity-platform/authentication-national-cloud"
        $0.registration = entraRegistration(page: "https://portal.azure.cn")
    }

    /// Microsoft Live Connect: https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk
    ///
    /// Ended in 2018 (its profiles in December 2017): ``microsoft`` signs in the same accounts, under other ids. No proof
    /// of the email is documented: unverified.
    public static let microsoftLive: Provider = Provider("microsoft_live", "Microsoft Live Connect") {
        $0.color = "#00a4ef"
        $0.documentation =
            "https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk"
        $0.registration = Registration(
            page: "https://learn.microsoft.com/onedrive/developer/rest-api/concepts/migrating-from-live-sdk",
            notes: [
                "en": "Live Connect ended in 2018; use `microsoft`.",
                "zh-Hans": "Live Connect 已于 2018 年停用，请改用 `microsoft`。",
            ])
        $0.authorizationEndpoint = "https://login.live.com/oauth20_authorize.srf"
        $0.tokenEndpoint = "https://login.live.com/oauth20_token.srf"
        $0.userInfoEndpoint = "https://apis.live.net/v5.0/me"
        $0.scopes = ["wl.basic", "wl.emails"]
        $0.fieldScopes = ["name": "wl.basic", "email": "wl.emails"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.profile = ProfileMapping(id: "id", name: "name", email: "emails.preferred | emails.account")
    }

    /// Mixcloud: https://www.mixcloud.com/developers/
    ///
    /// The API knows a person by the path of their page alone, which is made of the user name and may change hands. The
    /// subject is that path with the time the account was made, so that whoever takes up a name is nobody else; someone
    /// who changes their name is a new person. The profile is as libraries describe it. There are no scopes, no email.
    public static let mixcloud: Provider = Provider("mixcloud", "Mixcloud") {
        $0.color = "#5000ff"
        $0.documentation = "https://www.mixcloud.com/developers/"
        $0.registration = Registration(page: "https://www.mixcloud.com/developers/")
        $0.authorizationEndpoint = "https://www.mixcloud.com/oauth/authorize"
        $0.tokenEndpoint = "https://www.mixcloud.com/oauth/access_token"
        $0.userInfoEndpoint = "https://api.mixcloud.com/me/"
        $0.clientAuthentication = .post
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.userInfoRequest.accessToken = .query()
        $0.profile = ProfileMapping(
            id: "{key}@{created_time}", idIsHandle: true, username: "username", name: "name | username",
            avatar: "pictures.640wx640h | pictures.320wx320h")
    }

    /// What Microsoft's clouds share.
    private static func microsoft(
        _ id: String, _ name: String, login: String, graph: String, _ configure: (inout Provider) -> Void
    ) -> Provider {
        Provider(id, name) {
            $0.color = "#0078d4"
            $0.issuer = "https://\(login)/{tenant}/v2.0"
            $0.tenant = "common"
            $0.tenancy = Tenancy(issuer: "https://\(login)/{tenantid}/v2.0")
            $0.authorizationEndpoint = "https://\(login)/{tenant}/oauth2/v2.0/authorize"
            $0.tokenEndpoint = "https://\(login)/{tenant}/oauth2/v2.0/token"
            $0.userInfoEndpoint = "https://\(graph)/oidc/userinfo"
            $0.scopes = ["openid", "profile", "email"]
            $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
            $0.clientAuthentication = .post
            $0.signingAlgorithms = [.rs256]
            $0.userInfoPolicy = .withoutIDToken
            $0.profile = ProfileMapping(
                id: "sub", username: "preferred_username", name: "name", email: "$idToken.email",
                emailVerified: "$idToken.xms_edov", avatar: "picture",
                identifiers: ["oid": "$idToken.oid", "tid": "$idToken.tid"])
            configure(&$0)
        }
    }

    private static func entraRegistration(page: String) -> Registration {
        Registration(
            page: page, clientID: "Application (client) ID", clientSecret: "Client secret (its value)",
            notes: [
                "en":
                    "Choose the platform Web. Emails count as verified only with the optional claim `xms_edov` in ID tokens, added under Token configuration.",
                "zh-Hans": "平台选择“Web”。仅当在“令牌配置”中为 ID 令牌添加可选声明 `xms_edov` 后，邮箱才会视为已验证。",
            ])
    }
}
