extension Catalogue {
    static let b: CatalogueEntries = [.baidu, .basecamp, .battlenet, .bitbucket, .bitly, .box, .buffer, .bungie]
}

extension Provider {
    /// Baidu: https://openauth.baidu.com/doc/doc.html
    ///
    /// Sources name two profile calls with different ids; `getInfo` is taken, whose `openid` is the person's at this
    /// application. `unionid` is kept beside it. The profile's fields, the picture's URL and revocation are as three
    /// libraries describe them. There is no email.
    public static let baidu: Provider = Provider("baidu", "Baidu") {
        $0.localizedNames = ["zh-Hans": "百度"]
        $0.color = "#2932e1"
        $0.documentation = "https://openauth.baidu.com/doc/doc.html"
        $0.registration = Registration(
            page: "https://developer.baidu.com/console", clientID: "API Key", clientSecret: "Secret Key",
            redirectURI: "授权回调地址")
        $0.authorizationEndpoint = "https://openapi.baidu.com/oauth/2.0/authorize"
        $0.tokenEndpoint = "https://openapi.baidu.com/oauth/2.0/token"
        $0.userInfoEndpoint = "https://openapi.baidu.com/rest/2.0/passport/users/getInfo"
        $0.revocationEndpoint = "https://openapi.baidu.com/rest/2.0/passport/auth/revokeAuthorization"
        $0.scopes = ["basic"]
        $0.clientAuthentication = .post
        $0.revocationRequest.method = .get
        $0.revocationRequest.encoding = .query
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.userInfoRequest.accessToken = .query()
        $0.userInfoRequest.parameters = ["get_unionid": "1"]
        $0.failures = [FailureRule(code: "error_code", description: "error_msg")]
        $0.profile = ProfileMapping(
            id: "openid", username: "username", name: "username",
            avatar: "https://himg.bdimg.com/sys/portrait/item/{portrait}",
            identifiers: ["openid": "openid", "unionid": "unionid"])
    }

    /// Basecamp: https://github.com/basecamp/api/blob/master/sections/authentication.md
    ///
    /// A 37signals ID is one for all the vendor's products. The vendor follows an early draft of OAuth 2: `type` says
    /// what a token request is. No proof of the email is documented: unverified. There is no picture and no handle.
    public static let basecamp: Provider = Provider("basecamp", "Basecamp") {
        $0.color = "#1d2d35"
        $0.documentation = "https://github.com/basecamp/api/blob/master/sections/authentication.md"
        $0.registration = Registration(page: "https://launchpad.37signals.com/integrations")
        $0.authorizationEndpoint = "https://launchpad.37signals.com/authorization/new"
        $0.tokenEndpoint = "https://launchpad.37signals.com/authorization/token?type=web_server"
        $0.refreshEndpoint = "https://launchpad.37signals.com/authorization/token?type=refresh"
        $0.userInfoEndpoint = "https://launchpad.37signals.com/authorization.json"
        $0.authorizeParameters = ["type": "web_server"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "identity"
        $0.profile = ProfileMapping(
            id: "id", name: "{first_name} {last_name} | first_name | last_name", email: "email_address")
    }

    /// Battle.net: https://develop.battle.net/documentation/guides/using-oauth/authorization-code-flow
    ///
    /// All regions but mainland China, which has hosts of its own. The subject is `sub`, equal to the number `id`; the
    /// BattleTag can be changed. There is no name, email or picture. The ID token is not needed: the profile says who
    /// the person is.
    public static let battlenet: Provider = Provider("battlenet", "Battle.net") {
        $0.color = "#148eff"
        $0.documentation = "https://develop.battle.net/documentation/guides/using-oauth/authorization-code-flow"
        $0.registration = Registration(
            page: "https://develop.battle.net/access/clients", redirectURI: "Redirect URLs")
        $0.authorizationEndpoint = "https://oauth.battle.net/authorize"
        $0.tokenEndpoint = "https://oauth.battle.net/token"
        $0.userInfoEndpoint = "https://oauth.battle.net/userinfo"
        $0.revocationEndpoint = "https://oauth.battle.net/revoke"
        $0.scopes = ["openid"]
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(id: "sub | id", username: "battletag")
    }

    /// Bitbucket: https://developer.atlassian.com/cloud/bitbucket/oauth-2/
    ///
    /// The subject is `uuid`, braces included, as most libraries have it; `account_id`, the person's id at all
    /// Atlassian products, is kept beside it. The email is the primary confirmed one of `/2.0/user/emails`. The scopes
    /// must be among those of the consumer.
    public static let bitbucket: Provider = Provider("bitbucket", "Bitbucket") {
        $0.color = "#0052cc"
        $0.documentation = "https://developer.atlassian.com/cloud/bitbucket/oauth-2/"
        $0.registration = Registration(
            page: "https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/", clientID: "Key",
            clientSecret: "Secret", redirectURI: "Callback URL",
            notes: [
                "en":
                    "Add an OAuth consumer in a workspace's settings and tick the permissions Account: Email and Read.",
                "zh-Hans": "在工作区设置中添加 OAuth consumer，并勾选 Account 下的 Email 与 Read 权限。",
            ])
        $0.authorizationEndpoint = "https://bitbucket.org/site/oauth2/authorize"
        $0.tokenEndpoint = "https://bitbucket.org/site/oauth2/access_token"
        $0.userInfoEndpoint = "https://api.bitbucket.org/2.0/user"
        $0.scopes = ["account", "email"]
        $0.fieldScopes = ["email": "email"]
        $0.clientAuthentication = .basic
        $0.emailsRequest = ProviderCall("https://api.bitbucket.org/2.0/user/emails") { _ in }
        $0.emails.list = "values"
        $0.emails.primary = "is_primary"
        $0.emails.verified = "is_confirmed"
        $0.profile = ProfileMapping(
            id: "uuid", username: "username | nickname", name: "display_name", avatar: "links.avatar.href",
            identifiers: ["account_id": "account_id"])
    }

    /// Bitly: https://dev.bitly.com/docs/getting-started/authentication
    ///
    /// The only id of a person is `login`, which comes with the token. What a person can change by the API is the name
    /// and the default group, not the login. The email is the primary one, verified where the vendor says so.
    public static let bitly: Provider = Provider("bitly", "Bitly") {
        $0.color = "#ee6123"
        $0.documentation = "https://dev.bitly.com/docs/getting-started/authentication"
        $0.registration = Registration(
            page: "https://app.bitly.com/settings/api/",
            notes: [
                "en": "Registering a new app sends an email with a link; the registration is completed there.",
                "zh-Hans": "注册新应用后会收到一封带链接的邮件，需在该链接中完成注册。",
            ])
        $0.authorizationEndpoint = "https://bitly.com/oauth/authorize"
        $0.tokenEndpoint = "https://api-ssl.bitly.com/oauth/access_token"
        $0.userInfoEndpoint = "https://api-ssl.bitly.com/v4/user"
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "$token.login", idIsHandle: true, username: "login", name: "name",
            email: "emails.is_primary=true.email", emailVerified: "emails.is_primary=true.is_verified")
    }

    /// Box: https://developer.box.com/guides/authentication/oauth2/
    ///
    /// The scopes are those chosen for the application in the vendor's console. `login` is the person's email and may
    /// be changed; no proof of it is documented: unverified.
    public static let box: Provider = Provider("box", "Box") {
        $0.color = "#0061d5"
        $0.documentation = "https://developer.box.com/guides/authentication/oauth2/"
        $0.registration = Registration(page: "https://app.box.com/developers/console")
        $0.authorizationEndpoint = "https://account.box.com/api/oauth2/authorize"
        $0.tokenEndpoint = "https://api.box.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.box.com/2.0/users/me"
        $0.revocationEndpoint = "https://api.box.com/oauth2/revoke"
        $0.clientAuthentication = .post
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.profile = ProfileMapping(id: "id", name: "name", email: "login", avatar: "avatar_url")
    }

    /// Buffer: https://developers.buffer.com/guides/authentication.html
    ///
    /// The GraphQL API and its `auth.buffer.com`; libraries still describe `bufferapp.com` and the first API's
    /// `user.json`, which the vendor's guides no longer name. PKCE is required. No proof of the email is documented:
    /// unverified. There is no handle.
    public static let buffer: Provider = Provider("buffer", "Buffer") {
        $0.color = "#168eea"
        $0.documentation = "https://developers.buffer.com/guides/authentication.html"
        $0.registration = Registration(
            page: "https://publish.buffer.com/settings/api",
            notes: [
                "en": "Make an App Client there; an API key is for your own account only.",
                "zh-Hans": "请在该页创建 App Client；API key 只能用于您自己的帐号。",
            ])
        $0.authorizationEndpoint = "https://auth.buffer.com/auth"
        $0.tokenEndpoint = "https://auth.buffer.com/token"
        $0.userInfoEndpoint = "https://api.buffer.com"
        $0.scopes = ["account:read"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.method = .post
        $0.userInfoRequest.encoding = .json
        $0.userInfoRequest.parameters = ["query": "query { account { id name email avatar } }"]
        $0.userInfoRequest.envelope = "data.account"
        $0.failures = [FailureRule(code: "errors.0.extensions.code", description: "errors.0.message")]
        $0.profile = ProfileMapping(id: "id", name: "name", email: "email", avatar: "avatar")
    }

    /// Bungie: https://github.com/Bungie-net/api/wiki/OAuth-Documentation
    ///
    /// The scopes are those of the application and must not be sent. Every call needs the application's API key. The
    /// subject is the Bungie.net membership, not that of a game. The secret goes by Basic, as two of three libraries
    /// have it. There is no email.
    public static let bungie: Provider = Provider("bungie", "Bungie") {
        $0.color = "#0d2a44"
        $0.documentation = "https://github.com/Bungie-net/api/wiki/OAuth-Documentation"
        $0.registration = Registration(
            page: "https://www.bungie.net/en/Application", redirectURI: "Redirect URL",
            notes: [
                "en": "Choose a confidential client that may read the basic profile. `apiKey` is the API Key.",
                "zh-Hans": "请选择 Confidential 客户端，并允许读取基本资料。`apiKey` 为 API Key。",
            ])
        $0.authorizationEndpoint = "https://www.bungie.net/en/oauth/authorize"
        $0.tokenEndpoint = "https://www.bungie.net/platform/app/oauth/token/"
        $0.userInfoEndpoint = "https://www.bungie.net/Platform/User/GetMembershipsForCurrentUser/"
        $0.clientAuthentication = .basic
        $0.userInfoRequest.headers = ["X-API-Key": "{$client.apiKey}"]
        $0.userInfoRequest.envelope = "Response.bungieNetUser"
        $0.failures = [FailureRule(code: "ErrorCode", description: "Message", success: ["1"])]
        $0.profile = ProfileMapping(
            id: "membershipId", username: "uniqueName", name: "displayName",
            avatar: "https://www.bungie.net{profilePicturePath}")
    }
}
