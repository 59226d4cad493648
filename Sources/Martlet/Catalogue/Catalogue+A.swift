extension Catalogue {
    static let a: CatalogueEntries = [
        .afdian, .aliyun, .amazon, .apple, .arcGIS, .asana, .atlassian, .auth0, .authentik, .authing, .autodesk,
        .azureB2C, .azureDevOps,
    ]
}

extension Provider {
    /// Afdian: https://guide.afdian.com/creator/oauth2
    ///
    /// There is no access token and no profile call: the token answer says who the person is. The page documents
    /// `user_id`; a name and a picture are taken where they come, as other clients find them. It still shows the host
    /// `afdian.net`, the vendor's own site and other clients `afdian.com`. A person who declines is not sent back.
    public static let afdian: Provider = Provider("afdian", "Afdian") {
        $0.localizedNames = ["zh-Hans": "爱发电"]
        $0.color = "#946ce6"
        $0.documentation = "https://guide.afdian.com/creator/oauth2"
        $0.registration = Registration(
            page: "https://guide.afdian.com/creator/oauth2", clientID: "clientID", clientSecret: "clientSecret",
            redirectURI: "可信域名",
            notes: [
                "en": "Afdian's staff registers applications: give them a name and the trusted domain of your site.",
                "zh-Hans": "由爱发电官方登记应用：向官方提供应用名称和网站的可信域名。",
            ])
        $0.authorizationEndpoint = "https://afdian.com/oauth2/authorize"
        $0.tokenEndpoint = "https://afdian.com/api/oauth2/access_token"
        $0.scopes = ["basic"]
        $0.clientAuthentication = .post
        $0.tokenResponse.envelope = "data"
        $0.tokenResponse.accessToken = nil
        $0.failures = [FailureRule(code: "ec", description: "em", success: ["200"])]
        $0.profile = ProfileMapping(
            id: "$token.user_id", name: "$token.name", avatar: "$token.avatar",
            identifiers: ["user_private_id": "$token.user_private_id"])
    }

    /// Alibaba Cloud: https://help.aliyun.com/en/ram/obtain-user-information-through-oidc
    ///
    /// The accounts of mainland China's site; the international one has other hosts and applications. The ID token that
    /// the vendor shows repeats no nonce, so the profile is read with the access token instead. The handle is
    /// `login_name` for an account and `upn` for a RAM user. There is no email and no picture. Who asks for the scope
    /// `aliuid` also gets the account's number.
    public static let aliyun: Provider = Provider("aliyun", "Alibaba Cloud") {
        $0.localizedNames = ["zh-Hans": "阿里云"]
        $0.color = "#ff6a00"
        $0.documentation = "https://help.aliyun.com/en/ram/obtain-user-information-through-oidc"
        $0.registration = Registration(
            page: "https://ram.console.aliyun.com/", clientID: "应用 ID", clientSecret: "应用密钥",
            redirectURI: "回调地址",
            notes: [
                "en":
                    "Create an OAuth application of the type WebApp, add the OAuth scope profile, and create a secret.",
                "zh-Hans": "创建类型为 WebApp 的 OAuth 应用，添加 OAuth 范围 profile，并创建应用密钥。",
            ])
        $0.authorizationEndpoint = "https://signin.aliyun.com/oauth2/v1/auth"
        $0.tokenEndpoint = "https://oauth.aliyun.com/v1/token"
        $0.userInfoEndpoint = "https://oauth.aliyun.com/v1/userinfo"
        $0.revocationEndpoint = "https://oauth.aliyun.com/v1/revoke"
        $0.scopes = ["openid", "profile"]
        $0.fieldScopes = ["username": "profile", "name": "profile"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "sub", username: "login_name | upn", name: "name", identifiers: ["aid": "aid", "uid": "uid"])
    }

    /// Amazon: https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html
    ///
    /// The email is the one that the person registered with Amazon; no proof of it is documented: unverified. There is
    /// no picture and no handle.
    public static let amazon: Provider = Provider("amazon", "Amazon") {
        $0.color = "#ff9900"
        $0.documentation = "https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html"
        $0.registration = Registration(
            page: "https://developer.amazon.com/loginwithamazon/console/site/lwa/overview.html",
            redirectURI: "Allowed Return URLs",
            notes: [
                "en": "Create a security profile; the return URL is among its Web Settings.",
                "zh-Hans": "创建一个 Security Profile；回调地址在它的 Web Settings 中填写。",
            ])
        $0.authorizationEndpoint = "https://www.amazon.com/ap/oa"
        $0.tokenEndpoint = "https://api.amazon.com/auth/o2/token"
        $0.userInfoEndpoint = "https://api.amazon.com/user/profile"
        $0.scopes = ["profile"]
        $0.fieldScopes = ["name": "profile", "email": "profile"]
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
        $0.registration = Registration(
            page: "https://developer.apple.com/account/resources/identifiers/list/serviceId",
            clientID: "Services ID", clientSecret: "Private key (.p8)", redirectURI: "Return URLs",
            notes: [
                "en": """
                Register an App ID with Sign in with Apple, a Services ID that belongs to it, and a key with Sign in \
                with Apple. teamID is the Team ID of the account.
                """,
                "zh-Hans": """
                先注册启用了“通过 Apple 登录”的 App ID，再注册属于它的 Services ID，并创建启用“通过 Apple 登录”的密钥。\
                teamID 是帐户的 Team ID。
                """,
            ])
        $0.issuer = "https://appleid.apple.com"
        $0.authorizationEndpoint = "https://appleid.apple.com/auth/authorize"
        $0.tokenEndpoint = "https://appleid.apple.com/auth/token"
        $0.jwksURI = "https://appleid.apple.com/auth/keys"
        $0.revocationEndpoint = "https://appleid.apple.com/auth/revoke"
        $0.scopes = ["openid", "name", "email"]
        $0.fieldScopes = ["name": "name", "email": "email"]
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

    /// ArcGIS: https://developers.arcgis.com/rest/users-groups-and-items/self
    ///
    /// ArcGIS Online; an ArcGIS Enterprise portal has the same calls at its own address. Libraries take the username for the
    /// id; the vendor documents an `id` beside it, which is the subject here. Errors come with status 200. The picture is
    /// a file name only, and no proof of the email is documented: unverified.
    public static let arcGIS: Provider = Provider("arcgis", "ArcGIS") {
        $0.color = "#0079c1"
        $0.documentation = "https://developers.arcgis.com/rest/users-groups-and-items/self"
        $0.registration = Registration(
            page:
                "https://developers.arcgis.com/documentation/security-and-authentication/user-authentication/oauth-credentials-user/",
            redirectURI: "Redirect URL",
            notes: [
                "en": "In your portal: Content, My content, New item, Developer credentials, OAuth 2.0 credentials.",
                "zh-Hans": "在门户中依次选择 Content、My content、New item、Developer credentials、OAuth 2.0 credentials。",
            ])
        $0.authorizationEndpoint = "https://www.arcgis.com/sharing/rest/oauth2/authorize"
        $0.tokenEndpoint = "https://www.arcgis.com/sharing/rest/oauth2/token"
        $0.userInfoEndpoint = "https://www.arcgis.com/sharing/rest/community/self"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query("token")
        $0.userInfoRequest.parameters = ["f": "json"]
        $0.profile = ProfileMapping(id: "id", username: "username", name: "fullName", email: "email")
    }

    /// Asana: https://developers.asana.com/docs/oauth
    ///
    /// The subject is `gid`; the numeric `id` that libraries read is gone from the profile. An application registered with
    /// full permissions must ask for the scope `default` in place of `users:read`: either refuses the other's. No proof
    /// of the email is documented: unverified.
    public static let asana: Provider = Provider("asana", "Asana") {
        $0.color = "#f06a6a"
        $0.documentation = "https://developers.asana.com/docs/oauth"
        $0.registration = Registration(
            page: "https://app.asana.com/0/my-apps", redirectURI: "Redirect URL",
            notes: [
                "en": """
                Tick the scope users:read; with full permissions, set scopes to default instead. Let the workspaces of \
                your users use the application (Manage distribution).
                """,
                "zh-Hans": """
                勾选范围 users:read；若选择完全权限，则把 scopes 设为 default。在 Manage distribution 中允许用户所在的\
                工作区使用该应用。
                """,
            ])
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
    /// Sources name other profile calls (Jira's, a list of sites); the vendor documents `/me` for who the person is. No
    /// proof of the email is documented: unverified.
    public static let atlassian: Provider = Provider("atlassian", "Atlassian") {
        $0.color = "#0052cc"
        $0.documentation = "https://developer.atlassian.com/cloud/oauth/getting-started/implementing-oauth-3lo"
        $0.registration = Registration(
            page: "https://developer.atlassian.com/console/myapps/", clientSecret: "Secret",
            redirectURI: "Callback URL",
            notes: [
                "en": "Add the User identity API under Permissions, and configure OAuth 2.0 (3LO) under Authorization.",
                "zh-Hans": "在 Permissions 中添加 User identity API，在 Authorization 中配置 OAuth 2.0 (3LO)。",
            ])
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
    /// Endpoints are found by discovery. The secret goes into the body, as most libraries send it; an application set to
    /// another authentication method needs ``Provider/clientAuthentication``. The tenant's owner decides who may write
    /// `email_verified`.
    public static let auth0: Provider = Provider("auth0", "Auth0") {
        $0.color = "#eb5424"
        $0.documentation = "https://auth0.com/docs/authenticate/protocols/openid-connect-protocol"
        $0.registration = Registration(
            page: "https://manage.auth0.com/#/applications", redirectURI: "Allowed Callback URLs",
            notes: [
                "en": "Create a Regular Web Application. domain is the Domain among its settings.",
                "zh-Hans": "创建 Regular Web Application。domain 是其设置中的 Domain。",
            ])
        $0.issuer = "https://{domain}/"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.profile.username = "nickname"
    }

    /// authentik: https://docs.goauthentik.io/add-secure-apps/providers/oauth2/
    ///
    /// Self-hosted: ``Provider/domain`` is the server's, ``Provider/tenant`` the slug of the application. With the
    /// vendor's default issuer mode, each application has an issuer of its own, which ends in a slash. Endpoints are
    /// found by discovery. Since 2025.10 no email is verified unless the server's owner maps `email_verified`
    /// (https://docs.goauthentik.io/add-secure-apps/providers/oauth2/verify-email-address/).
    public static let authentik: Provider = Provider("authentik", "authentik") {
        $0.color = "#fd4b2d"
        $0.documentation = "https://docs.goauthentik.io/add-secure-apps/providers/oauth2/"
        $0.registration = Registration(
            page: "https://docs.goauthentik.io/add-secure-apps/providers/oauth2/", redirectURI: "Redirect URIs",
            notes: [
                "en":
                    "Create an application with an OAuth2/OpenID provider. domain is the server's host, tenant the application's slug.",
                "zh-Hans": "创建应用程序及其 OAuth2/OpenID 提供程序。domain 是服务器的主机名，tenant 是应用程序的 slug。",
            ])
        $0.issuer = "https://{domain}/application/o/{tenant}/"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email"]
    }

    /// Authing: https://docs.authing.cn/v2/federation/oidc/authorization-code/
    ///
    /// ``Provider/domain`` is the application's (`example.authing.cn`). Endpoints are found by discovery. The secret goes
    /// into the body, as clients send it; an application set to another method needs ``Provider/clientAuthentication``.
    public static let authing: Provider = Provider("authing", "Authing") {
        $0.color = "#215ae5"
        $0.documentation = "https://docs.authing.cn/v2/federation/oidc/authorization-code/"
        $0.registration = Registration(
            page: "https://console.authing.cn", clientID: "App ID", clientSecret: "App Secret",
            redirectURI: "登录回调 URL",
            notes: [
                "en":
                    "Create a self-built application with the grant authorization_code. domain is its authentication address.",
                "zh-Hans": "创建自建应用，并启用 authorization_code 授权模式。domain 是应用的认证地址。",
            ])
        $0.issuer = "https://{domain}/oidc"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["username": "profile", "name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .post
    }

    /// Autodesk: https://aps.autodesk.com/en/docs/oauth/v2/tutorials/get-3-legged-token
    ///
    /// Sources name two profile calls: the vendor has deprecated `users/@me` for `userinfo`, which is taken at the host that
    /// its metadata and most clients name. The secret may go into the header or the body, never both.
    public static let autodesk: Provider = Provider("autodesk", "Autodesk") {
        $0.color = "#000000"
        $0.documentation = "https://aps.autodesk.com/en/docs/oauth/v2/tutorials/get-3-legged-token"
        $0.registration = Registration(
            page: "https://aps.autodesk.com/myapps/", redirectURI: "Callback URL",
            notes: [
                "en": "Create an application of the type Traditional Web App.",
                "zh-Hans": "创建类型为 Traditional Web App 的应用。",
            ])
        $0.authorizationEndpoint = "https://developer.api.autodesk.com/authentication/v2/authorize"
        $0.tokenEndpoint = "https://developer.api.autodesk.com/authentication/v2/token"
        $0.userInfoEndpoint = "https://api.userprofile.autodesk.com/userinfo"
        $0.revocationEndpoint = "https://developer.api.autodesk.com/authentication/v2/revoke"
        $0.scopes = ["user-profile:read"]
        $0.clientAuthentication = .basic
    }

    /// Azure AD B2C: https://learn.microsoft.com/azure/active-directory-b2c/openid-connect
    ///
    /// Closed to new customers since May 2025. ``Provider/domain`` is the tenant's (`contoso.b2clogin.com`),
    /// ``Provider/tenant`` its GUID; another user flow than `signupsignin1` needs ``Provider/issuer`` with its name. The
    /// flow must be set to the issuer with `tfp`, which the vendor asks of those who need its metadata to be found by
    /// discovery. The scope `openid` alone brings no access token: the ID token is the profile. Its `sub` is immutable. No
    /// proof of the address in `emails` is documented: unverified.
    public static let azureB2C: Provider = Provider("azure_b2c", "Azure AD B2C") {
        $0.color = "#0078d4"
        $0.documentation = "https://learn.microsoft.com/azure/active-directory-b2c/openid-connect"
        $0.registration = Registration(
            page: "https://learn.microsoft.com/azure/active-directory-b2c/tutorial-register-applications",
            clientID: "Application (client) ID",
            notes: [
                "en": """
                Create a user flow named signupsignin1; choose the issuer with tfp among its properties, and Display \
                Name and Email Addresses among its application claims. domain is the tenant's host, tenant its GUID.
                """,
                "zh-Hans": """
                创建名为 signupsignin1 的用户流，在其属性中选择带 tfp 的颁发者，在应用程序声明中选择显示名称和\
                电子邮件地址。domain 是租户的主机名，tenant 是租户的 GUID。
                """,
            ])
        $0.issuer = "https://{domain}/tfp/{tenant}/b2c_1_signupsignin1/v2.0/"
        $0.scopes = ["openid"]
        $0.clientAuthentication = .post
        $0.tokenResponse.accessToken = nil
        $0.signingAlgorithms = [.rs256]
        $0.userInfoPolicy = .withoutIDToken
        $0.profile = ProfileMapping(
            id: "sub", name: "name", email: "emails.0 | email", identifiers: ["oid": "oid"])
    }

    /// Azure DevOps: https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/azure-devops-oauth
    ///
    /// Closed to new applications since April 2025, and to end in 2026: new ones are Microsoft's. The secret goes as a client
    /// assertion, the code and the refresh token as an assertion; a refresh wants the redirect URI again, which is not kept,
    /// so it does not work. The email is the account's, which the vendor documents no
    /// proof of: unverified. The picture comes as data, not as an address.
    public static let azureDevOps: Provider = Provider("azure_devops", "Azure DevOps") {
        $0.color = "#0078d4"
        $0.documentation =
            "https://learn.microsoft.com/azure/devops/integrate/get-started/authentication/azure-devops-oauth"
        $0.registration = Registration(
            page: "https://app.vsaex.visualstudio.com/app/register", clientID: "App ID", clientSecret: "Client Secret",
            redirectURI: "Authorization callback URL",
            notes: ["en": "No new applications since April 2025.", "zh-Hans": "自 2025 年 4 月起不再接受新应用。"])
        $0.authorizationEndpoint = "https://app.vssps.visualstudio.com/oauth2/authorize"
        $0.tokenEndpoint = "https://app.vssps.visualstudio.com/oauth2/token"
        $0.userInfoEndpoint = "https://app.vssps.visualstudio.com/_apis/profile/profiles/me"
        $0.scopes = ["vso.profile"]
        $0.responseType = "Assertion"
        $0.clientAuthentication = .post
        $0.parameterNames.clientSecret = "client_assertion"
        $0.parameterNames.code = "assertion"
        $0.parameterNames.refreshToken = "assertion"
        $0.tokenRequest.grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer"
        $0.tokenRequest.parameters = ["client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]
        $0.userInfoRequest.parameters = ["api-version": "7.1-preview.3"]
        $0.profile = ProfileMapping(id: "id", name: "displayName", email: "emailAddress")
    }
}
