extension Catalogue {
    static let n: CatalogueEntries = [.naver, .netease, .nextcloud, .notion]
}

extension Provider {
    /// Naver: https://developers.naver.com/docs/login/api/api.md
    ///
    /// What is asked of the person is chosen where the application is registered: there are no scopes. The exchange of a
    /// code repeats its `state`. `id` differs by application. No proof of the email is documented: unverified.
    public static let naver: Provider = Provider("naver", "Naver") {
        $0.localizedNames = ["ko": "네이버"]
        $0.color = "#03c75a"
        $0.documentation = "https://developers.naver.com/docs/login/api/api.md"
        $0.registration = Registration(
            page: "https://developers.naver.com/apps/#/register", redirectURI: "Callback URL",
            notes: [
                "en":
                    "Choose the login API and the profile fields to ask for. Until the application is reviewed, only its testers can sign in.",
                "zh-Hans": "选择“네이버 로그인”接口及所需的资料字段。应用通过审核前，仅测试账号可登录。",
            ])
        $0.authorizationEndpoint = "https://nid.naver.com/oauth2.0/authorize"
        $0.tokenEndpoint = "https://nid.naver.com/oauth2.0/token"
        $0.userInfoEndpoint = "https://openapi.naver.com/v1/nid/me"
        $0.revocationEndpoint = "https://nid.naver.com/oauth2.0/token"
        $0.clientAuthentication = .post
        $0.tokenRequest.parameters = ["state": "{$callback.state}"]
        $0.revocationRequest.parameters = ["grant_type": "delete", "service_provider": "NAVER"]
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoRequest.envelope = "response"
        $0.failures = [FailureRule(code: "resultcode", description: "message", success: ["00"])]
        $0.profile = ProfileMapping(
            id: "id", username: "nickname", name: "name | nickname", email: "email", avatar: "profile_image")
    }

    /// NetEase: https://reg.163.com/help/help_oauth2.html
    ///
    /// The user name comes only if the person shares it, and is no identity. The vendor writes the first two endpoints
    /// with `http`; they are called with `https`, as libraries do. There are no scopes, no refresh tokens and no email.
    public static let netease: Provider = Provider("netease", "NetEase") {
        $0.localizedNames = ["zh-Hans": "网易"]
        $0.color = "#d43c33"
        $0.documentation = "https://reg.163.com/help/help_oauth2.html"
        $0.registration = Registration(
            page: "https://reg.163.com/help/help_oauth2.html", clientID: "Consumer Key",
            clientSecret: "Consumer Secret",
            notes: [
                "en": "NetEase gives the key to partners, who apply by mail as the page describes.",
                "zh-Hans": "须按页面所述发送邮件申请，仅对合作伙伴开放。",
            ])
        $0.authorizationEndpoint = "https://reg.163.com/open/oauth2/authorize.do"
        $0.tokenEndpoint = "https://reg.163.com/open/oauth2/token.do"
        $0.userInfoEndpoint = "https://reg.163.com/open/oauth2/getUserInfo.do"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.profile = ProfileMapping(id: "userId", username: "username", name: "username")
    }

    /// Nextcloud: https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html
    ///
    /// ``Provider/domain`` is the server, whose addresses are taken to be without `index.php`. The subject is the user id,
    /// which an administrator chooses once and nobody can change. There are no scopes: a token may do all that the person
    /// may, for which reason the vendor advises against signing people in by it. An email is whatever the person or the
    /// administrator entered: unverified.
    public static let nextcloud: Provider = Provider("nextcloud", "Nextcloud") {
        $0.color = "#0082c9"
        $0.documentation =
            "https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html"
        $0.registration = Registration(
            page: "https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html",
            clientID: "Client Identifier", clientSecret: "Secret", redirectURI: "Redirection URL",
            notes: [
                "en":
                    "On the server, under Administration settings, Security, OAuth 2.0 clients; `domain` is the server.",
                "zh-Hans": "在服务器的“管理设置 → 安全 → OAuth 2.0 客户端”中添加；`domain` 为服务器的域名。",
            ])
        $0.authorizationEndpoint = "https://{domain}/apps/oauth2/authorize"
        $0.tokenEndpoint = "https://{domain}/apps/oauth2/api/v1/token"
        $0.userInfoEndpoint = "https://{domain}/ocs/v2.php/cloud/user"
        $0.clientAuthentication = .post
        $0.userInfoRequest.parameters = ["format": "json"]
        $0.userInfoRequest.headers = ["OCS-APIRequest": "true"]
        $0.userInfoRequest.envelope = "ocs.data"
        $0.profile = ProfileMapping(
            id: "id", username: "id", name: "displayname | display-name", email: "email")
    }

    /// Notion: https://developers.notion.com/reference/create-a-token
    ///
    /// The token answer says who the person is; a token for a whole workspace names nobody and is refused. Libraries
    /// divide on the subject (owner, bot, or both with the workspace): it is the owner, who is a person. What may be read
    /// is chosen when the connection is registered, so there are no scopes. The body of the token request is documented
    /// without a code verifier, and Notion's API refuses members that it does not know. An email comes without a word on
    /// its proof: unverified.
    public static let notion: Provider = Provider("notion", "Notion") {
        $0.color = "#000000"
        $0.documentation = "https://developers.notion.com/reference/create-a-token"
        $0.registration = Registration(
            page: "https://www.notion.so/developers/connections", clientID: "OAuth Client ID",
            clientSecret: "OAuth Client Secret", redirectURI: "Redirect URIs",
            notes: [
                "en":
                    "Make the connection public. For an email, let it read user information including email addresses.",
                "zh-Hans": "连接类型须为公开。若需邮箱，请允许读取包含邮箱在内的用户信息。",
            ])
        $0.authorizationEndpoint = "https://api.notion.com/v1/oauth/authorize"
        $0.tokenEndpoint = "https://api.notion.com/v1/oauth/token"
        $0.revocationEndpoint = "https://api.notion.com/v1/oauth/revoke"
        $0.authorizeParameters = ["owner": "user"]
        $0.pkce = .none
        $0.clientAuthentication = .basic
        $0.tokenRequest.encoding = .json
        $0.revocationRequest.encoding = .json
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.profile = ProfileMapping(
            id: "$token.owner.user.id", name: "$token.owner.user.name", email: "$token.owner.user.person.email",
            avatar: "$token.owner.user.avatar_url", identifiers: ["workspace_id": "$token.workspace_id"])
    }
}
