extension Catalogue {
    static let l: CatalogueEntries = [
        .lark, .lichess, .line, .linear, .linkedin, .linuxdo, .logto,
    ]
}

extension Provider {
    /// Lark: https://open.larksuite.com/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token
    ///
    /// Feishu outside mainland China: the same interface on hosts of its own, with accounts of its own. The subject
    /// is `open_id`, which every app gets; `union_id` is kept beside it. There is no handle, and no proof of an email
    /// is documented: unverified.
    public static let lark: Provider = Provider("lark", "Lark") {
        $0.color = "#3370ff"
        $0.documentation =
            "https://open.larksuite.com/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token"
        $0.registration = Registration(
            page: "https://open.larksuite.com/app", clientID: "App ID", clientSecret: "App Secret",
            redirectURI: "Redirect URLs",
            notes: [
                "en": """
                Publish a version of the app that is available to those who will sign in; grant it \
                contact:user.email:readonly for email addresses.
                """,
                "zh-Hans": "发布应用版本，可用范围须包含将要登录的成员；需要邮箱时开通权限 contact:user.email:readonly。",
            ])
        $0.authorizationEndpoint = "https://accounts.larksuite.com/open-apis/authen/v1/authorize"
        $0.tokenEndpoint = "https://open.larksuite.com/open-apis/authen/v2/oauth/token"
        $0.userInfoEndpoint = "https://open.larksuite.com/open-apis/authen/v1/user_info"
        $0.fieldScopes = ["email": "contact:user.email:readonly"]
        $0.clientAuthentication = .post
        $0.tokenRequest.encoding = .json
        $0.tokenResponse.envelope = "data"
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "error_description | msg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "open_id", name: "name", email: "email | enterprise_email", avatar: "avatar_url",
            identifiers: ["open_id": "open_id", "union_id": "union_id"])
    }

    /// Lichess: https://lichess.org/api#tag/OAuth
    ///
    /// A public client that needs no registration: the client id is any name of the application's choosing. The
    /// vendor requires PKCE. The subject is `id`, the user name in lower case: an account keeps it but for letter
    /// case. The email is asked for separately, and no proof of it is documented: unverified.
    public static let lichess: Provider = Provider("lichess", "Lichess") {
        $0.color = "#3692e7"
        $0.documentation = "https://lichess.org/api#tag/OAuth"
        $0.registration = Registration(
            page: "https://lichess.org/api#tag/OAuth",
            notes: [
                "en": "Nothing is registered: take a name of your own as client ID, such as your site's domain.",
                "zh-Hans": "无需注册：客户端 ID 自行取名，例如网站的域名。",
            ])
        $0.authorizationEndpoint = "https://lichess.org/oauth"
        $0.tokenEndpoint = "https://lichess.org/api/token"
        $0.userInfoEndpoint = "https://lichess.org/api/account"
        $0.revocationEndpoint = "https://lichess.org/api/token"
        $0.scopes = ["email:read"]
        $0.fieldScopes = ["email": "email:read"]
        $0.clientAuthentication = ClientAuthentication.none
        $0.revocationRequest.method = .delete
        $0.revocationRequest.encoding = .query
        $0.revocationRequest.accessToken = AccessTokenPlacement()
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.detailRequest = ProviderCall("https://lichess.org/api/account/email") { _ in }
        $0.profile = ProfileMapping(
            id: "id", username: "username",
            name: "profile.realName | {profile.firstName} {profile.lastName} | profile.firstName | username",
            email: "$detail.email")
    }

    /// LINE: https://developers.line.biz/en/docs/line-login/integrate-line-login/
    ///
    /// The ID token of a web login is signed with the channel secret and holds the whole profile. The email comes
    /// only with the scope `email`, which the channel must be granted in the vendor's console first; so it is not
    /// asked for by default. No proof of it is documented: unverified. The subject differs by the provider that
    /// channels belong to.
    public static let line: Provider = Provider("line", "LINE") {
        $0.color = "#06c755"
        $0.documentation = "https://developers.line.biz/en/docs/line-login/integrate-line-login/"
        $0.registration = Registration(
            page: "https://developers.line.biz/console/", clientID: "Channel ID", clientSecret: "Channel secret",
            redirectURI: "Callback URL",
            notes: [
                "en": """
                Create a LINE Login channel for web apps; apply there for the email permission if you want \
                addresses.
                """,
                "zh-Hans": "创建面向网页应用的 LINE Login 频道；需要邮箱时在其中申请 email 权限。",
            ])
        $0.issuer = "https://access.line.me"
        $0.authorizationEndpoint = "https://access.line.me/oauth2/v2.1/authorize"
        $0.tokenEndpoint = "https://api.line.me/oauth2/v2.1/token"
        $0.userInfoEndpoint = "https://api.line.me/oauth2/v2.1/userinfo"
        $0.jwksURI = "https://api.line.me/oauth2/v2.1/certs"
        $0.revocationEndpoint = "https://api.line.me/oauth2/v2.1/revoke"
        $0.scopes = ["openid", "profile"]
        $0.fieldScopes = ["name": "profile", "email": "email", "avatar": "profile"]
        $0.clientAuthentication = .post
        $0.signingAlgorithms = [.hs256]
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoPolicy = .withoutIDToken
        $0.profile = ProfileMapping(id: "sub", name: "name", email: "email", avatar: "picture")
    }

    /// Linear: https://linear.app/developers/oauth-2-0-authentication
    ///
    /// The profile is a GraphQL question, as libraries ask it. There is no handle in it, and no proof of the email is
    /// documented: unverified.
    public static let linear: Provider = Provider("linear", "Linear") {
        $0.color = "#5e6ad2"
        $0.documentation = "https://linear.app/developers/oauth-2-0-authentication"
        $0.registration = Registration(
            page: "https://linear.app/settings/api/applications/new", redirectURI: "Callback URLs")
        $0.authorizationEndpoint = "https://linear.app/oauth/authorize"
        $0.tokenEndpoint = "https://api.linear.app/oauth/token"
        $0.userInfoEndpoint = "https://api.linear.app/graphql"
        $0.scopes = ["read"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["name": "read", "email": "read", "avatar": "read"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .json
        $0.userInfoRequest.parameters = ["query": "query { viewer { id name email avatarUrl } }"]
        $0.userInfoRequest.envelope = "data.viewer"
        $0.failures = [
            FailureRule(code: "errors.0.extensions.code | errors.0.message", description: "errors.0.message")
        ]
        $0.profile = ProfileMapping(
            id: "id", name: "name", email: "email", avatar: "avatarUrl")
    }

    /// LinkedIn: https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2
    ///
    /// The older scopes `r_liteprofile` and `r_emailaddress`, which some sources still name, are no longer given. The
    /// profile is read from the userinfo endpoint and the ID token left aside: the vendor documents no `nonce` that
    /// would bind it to the login. Without PKCE: several projects report that the vendor refuses a client with a
    /// secret that also sends `code_verifier` (`invalid_client`). The subject differs by application.
    public static let linkedin: Provider = Provider("linkedin", "LinkedIn") {
        $0.color = "#0a66c2"
        $0.documentation =
            "https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2"
        $0.registration = Registration(
            page: "https://www.linkedin.com/developers/apps", clientSecret: "Primary Client Secret",
            redirectURI: "Authorized redirect URLs for your app",
            notes: [
                "en": "Add the product Sign In with LinkedIn using OpenID Connect to the app.",
                "zh-Hans": "为应用添加产品 Sign In with LinkedIn using OpenID Connect。",
            ])
        $0.authorizationEndpoint = "https://www.linkedin.com/oauth/v2/authorization"
        $0.tokenEndpoint = "https://www.linkedin.com/oauth/v2/accessToken"
        $0.userInfoEndpoint = "https://api.linkedin.com/v2/userinfo"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["name": "profile", "email": "email", "avatar": "profile"]
        $0.pkce = .none
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "sub", name: "name", email: "email", emailVerified: "email_verified", avatar: "picture")
    }

    /// LINUX DO Connect: https://wiki.linux.do/Community/LinuxDoConnect
    ///
    /// The service documents `id` as the one field that never changes. Libraries also find an email and `avatar_url`,
    /// and authenticate by Basic; the service's samples post the secret. No proof of the email is documented:
    /// unverified.
    public static let linuxdo: Provider = Provider("linuxdo", "LINUX DO") {
        $0.color = "#1c1c1e"
        $0.documentation = "https://wiki.linux.do/Community/LinuxDoConnect"
        $0.registration = Registration(
            page: "https://connect.linux.do/", clientID: "Client Id", clientSecret: "Client Secret",
            redirectURI: "回调地址",
            notes: [
                "en": "Apply under 我的应用接入, 申请新接入.",
                "zh-Hans": "在“我的应用接入”中选择“申请新接入”。",
            ])
        $0.authorizationEndpoint = "https://connect.linux.do/oauth2/authorize"
        $0.tokenEndpoint = "https://connect.linux.do/oauth2/token"
        $0.userInfoEndpoint = "https://connect.linux.do/api/user"
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name | username", email: "email",
            avatar: "avatar_url | avatar_template")
    }

    /// Logto: https://docs.logto.io/integrate-logto/integrate-logto-into-your-application/understand-oidc
    ///
    /// ``Provider/domain`` is the tenant's (`abc123.logto.app`) or your own server's.
    public static let logto: Provider = Provider("logto", "Logto") {
        $0.color = "#5d34f2"
        $0.documentation = "https://docs.logto.io/integrate-logto/application-data-structure"
        $0.registration = Registration(
            page: "https://docs.logto.io/integrate-logto/application-data-structure", clientID: "App ID",
            clientSecret: "App secret", redirectURI: "Redirect URIs",
            notes: [
                "en":
                    "Create a traditional web application in the Logto console. `domain` is the host of the Logto endpoint.",
                "zh-Hans": "在 Logto 控制台创建“传统网页应用”。`domain` 是 Logto 端点的主机名。",
            ])
        $0.fieldScopes = ["username": "profile", "name": "profile", "avatar": "profile", "email": "email"]
        $0.issuer = "https://{domain}/oidc"
        $0.scopes = ["openid", "profile", "email"]
        $0.profile.username = "username"
    }
}
