extension Catalogue {
    static let c: CatalogueEntries = [.casdoor, .clever, .coding, .cognito, .coinbase, .csdn]
}

extension Provider {
    /// Casdoor: https://casdoor.org/docs/how-to-connect/oidc-client
    ///
    /// Self-hosted: ``Provider/domain`` is the server's. Endpoints are found by discovery. The documented profile does not
    /// say whether the email is verified.
    public static let casdoor: Provider = Provider("casdoor", "Casdoor") {
        $0.color = "#443fa5"
        $0.documentation = "https://casdoor.org/docs/how-to-connect/oidc-client"
        $0.registration = Registration(
            page: "https://casdoor.org/docs/application/overview", redirectURI: "Redirect URLs",
            notes: ["en": "`domain` is the server's host name.", "zh-Hans": "`domain` 为服务器的主机名。"])
        $0.issuer = "https://{domain}"
        $0.refreshEndpoint = "https://{domain}/api/login/oauth/refresh_token"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["name": "profile", "avatar": "profile", "email": "email"]
        $0.clientAuthentication = .post
    }

    /// Clever: https://dev.clever.com/docs/oauth-implementation
    ///
    /// The subject is the person's id in the API's third version, one for all their roles. The vendor does not verify
    /// emails, and says so in `email_verified`. Many pupils have none. Logins that begin at Clever's own portal bring no
    /// state and are refused. There is no handle and no picture.
    public static let clever: Provider = Provider("clever", "Clever") {
        $0.color = "#1464ff"
        $0.documentation = "https://dev.clever.com/docs/oauth-implementation"
        $0.registration = Registration(
            page: "https://dev.clever.com/docs/getting-started",
            notes: [
                "en": "Sign-in needs a Clever Complete agreement; the application is made in the Clever App Dashboard.",
                "zh-Hans": "登录功能需要 Clever Complete 协议；应用在 Clever App Dashboard 中创建。",
            ])
        $0.authorizationEndpoint = "https://clever.com/oauth/authorize"
        $0.tokenEndpoint = "https://clever.com/oauth/tokens"
        $0.userInfoEndpoint = "https://api.clever.com/userinfo"
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(
            id: "sub", name: "{given_name} {family_name}", email: "email", emailVerified: "email_verified")
    }

    /// CODING: https://help.coding.net/docs/open/start.html
    ///
    /// ``Provider/tenant`` is the team's name in its address, `{team}.coding.net`. The vendor separates scopes by commas,
    /// on which sources disagree. Where the profile is and how a failure is told are as the vendor's earlier
    /// documentation has it. No proof of the email is documented: unverified.
    public static let coding: Provider = Provider("coding", "CODING") {
        $0.localizedNames = ["zh-Hans": "CODING"]
        $0.color = "#0066ff"
        $0.documentation = "https://help.coding.net/docs/open/start.html"
        $0.registration = Registration(
            page: "https://help.coding.net/docs/open/start.html", redirectURI: "回调地址",
            notes: [
                "en":
                    "Make the application under personal settings, open ecosystem. `tenant` is the team's domain prefix.",
                "zh-Hans": "在「个人设置」→「开放生态」中创建应用。`tenant` 为团队域名前缀。",
            ])
        $0.authorizationEndpoint = "https://{tenant}.coding.net/oauth_authorize.html"
        $0.tokenEndpoint = "https://{tenant}.coding.net/api/oauth/access_token"
        $0.userInfoEndpoint = "https://{tenant}.coding.net/api/account/current_user"
        $0.scopes = ["user", "user:email"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["email": "user:email"]
        $0.clientAuthentication = .post
        $0.tokenRequest.sendsRedirectURI = false
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "msg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "id", username: "global_key", name: "name", email: "email", avatar: "avatar")
    }

    /// Amazon Cognito: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
    ///
    /// ``Provider/domain`` is the region's, `cognito-idp.eu-west-1.amazonaws.com`, and ``Provider/tenant`` the user
    /// pool's id, `eu-west-1_Abc123456`: together they are the issuer. Endpoints, which are under the pool's own
    /// domain, are found by discovery. The subject is `sub`, never the username. The profile says `email_verified` as a
    /// text, `"true"`.
    public static let cognito: Provider = Provider("cognito", "Amazon Cognito") {
        $0.color = "#dd344c"
        $0.documentation = "https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html"
        $0.registration = Registration(
            page: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html",
            redirectURI: "Allowed callback URLs",
            notes: [
                "en":
                    "`domain` is the region's, `cognito-idp.eu-west-1.amazonaws.com`; `tenant` is the user pool's id.",
                "zh-Hans": "`domain` 为所在区域的域名，如 `cognito-idp.eu-west-1.amazonaws.com`；`tenant` 为用户池 ID。",
            ])
        $0.issuer = "https://{domain}/{tenant}"
        $0.scopes = ["openid", "profile", "email"]
        $0.fieldScopes = ["name": "profile", "avatar": "profile", "email": "email"]
        $0.profile.username = "username | cognito:username"
        $0.profile.name = "name | {given_name} {family_name}"
    }

    /// Coinbase: https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/reference
    ///
    /// The vendor gives clients to approved partners only, at times to nobody. A refresh token comes only with the scope
    /// `offline_access`. No proof of the email is documented: unverified.
    public static let coinbase: Provider = Provider("coinbase", "Coinbase") {
        $0.color = "#0052ff"
        $0.documentation = "https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/reference"
        $0.registration = Registration(
            page: "https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/overview",
            notes: [
                "en": "Coinbase gives new OAuth clients to approved partners only, and at times to nobody.",
                "zh-Hans": "Coinbase 只向获批的合作伙伴发放新的 OAuth 客户端，有时完全停止发放。",
            ])
        $0.authorizationEndpoint = "https://login.coinbase.com/oauth2/auth"
        $0.tokenEndpoint = "https://login.coinbase.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.coinbase.com/v2/user"
        $0.revocationEndpoint = "https://login.coinbase.com/oauth2/revoke"
        $0.scopes = ["wallet:user:read", "wallet:user:email"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["email": "wallet:user:email"]
        $0.clientAuthentication = .post
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.accessToken = AccessTokenPlacement()
        $0.userInfoRequest.headers = ["CB-VERSION": "2024-01-01"]
        $0.userInfoRequest.envelope = "data"
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name", email: "email", avatar: "avatar_url")
    }

    /// CSDN: https://open.csdn.net/wiki/oauth2
    ///
    /// The vendor's documentation has gone, and new applications have not been registered for years; addresses and answers
    /// are as several clients of that time use them. The only id of a person is `username`: nothing was found that says
    /// that it cannot be changed, or is never given to somebody else. There is no email.
    public static let csdn: Provider = Provider("csdn", "CSDN") {
        $0.color = "#fc5531"
        $0.documentation = "https://open.csdn.net/wiki/oauth2"
        $0.registration = Registration(
            page: "https://open.csdn.net/",
            notes: [
                "en": "No new keys are given. The only id is the user name: a freed name takes its account along.",
                "zh-Hans": "已不再发放新密钥。用户仅以用户名识别：用户名若被释放后由他人注册，账号也随之易主。",
            ])
        $0.authorizationEndpoint = "https://api.csdn.net/oauth2/authorize"
        $0.tokenEndpoint = "https://api.csdn.net/oauth2/access_token"
        $0.userInfoEndpoint = "https://api.csdn.net/user/getinfo"
        $0.clientAuthentication = .post
        $0.userInfoRequest.accessToken = .query()
        $0.failures = [FailureRule(code: "error_code", description: "error")]
        $0.profile = ProfileMapping(id: "username", idIsHandle: true, username: "username", name: "nickname")
    }
}
