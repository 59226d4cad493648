extension Catalogue {
    static let b: [Provider] = [.baidu, .basecamp, .battlenet, .bitbucket, .box]
}

extension Provider {
    /// Baidu: https://openauth.baidu.com/doc/doc.html
    ///
    /// Sources name two profile calls with different ids; the vendor documents `getInfo`, whose `openid` is the person's at
    /// this application. `unionid` is kept beside it. The vendor refuses unknown parameters: no PKCE. There is no email.
    public static let baidu: Provider = Provider("baidu", "Baidu") {
        $0.localizedNames = ["zh-Hans": "百度"]
        $0.color = "#2932e1"
        $0.documentation = "https://openauth.baidu.com/doc/doc.html"
        $0.authorizationEndpoint = "https://openapi.baidu.com/oauth/2.0/authorize"
        $0.tokenEndpoint = "https://openapi.baidu.com/oauth/2.0/token"
        $0.userInfoEndpoint = "https://openapi.baidu.com/rest/2.0/passport/users/getInfo"
        $0.scopes = ["basic"]
        $0.pkce = .none
        $0.clientAuthentication = .post
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
    /// A 37signals ID is one for all the vendor's products. No proof of the email is documented: unverified. There is
    /// no picture and no handle.
    public static let basecamp: Provider = Provider("basecamp", "Basecamp") {
        $0.color = "#1d2d35"
        $0.documentation = "https://github.com/basecamp/api/blob/master/sections/authentication.md"
        $0.authorizationEndpoint = "https://launchpad.37signals.com/authorization/new"
        $0.tokenEndpoint = "https://launchpad.37signals.com/authorization/token"
        $0.userInfoEndpoint = "https://launchpad.37signals.com/authorization.json"
        $0.authorizeParameters = ["type": "web_server"]
        $0.clientAuthentication = .post
        $0.tokenRequest.parameters = ["type": "web_server"]
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
        $0.authorizationEndpoint = "https://oauth.battle.net/authorize"
        $0.tokenEndpoint = "https://oauth.battle.net/token"
        $0.userInfoEndpoint = "https://oauth.battle.net/userinfo"
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
        $0.authorizationEndpoint = "https://bitbucket.org/site/oauth2/authorize"
        $0.tokenEndpoint = "https://bitbucket.org/site/oauth2/access_token"
        $0.userInfoEndpoint = "https://api.bitbucket.org/2.0/user"
        $0.scopes = ["account", "email"]
        $0.clientAuthentication = .basic
        $0.emailsRequest = ProviderCall("https://api.bitbucket.org/2.0/user/emails") { _ in }
        $0.emails.list = "values"
        $0.emails.primary = "is_primary"
        $0.emails.verified = "is_confirmed"
        $0.profile = ProfileMapping(
            id: "uuid", username: "username | nickname", name: "display_name", avatar: "links.avatar.href",
            identifiers: ["account_id": "account_id"])
    }

    /// Box: https://developer.box.com/guides/authentication/oauth2/
    ///
    /// The scopes are those chosen for the application in the vendor's console. `login` is the person's email and may
    /// be changed; no proof of it is documented: unverified.
    public static let box: Provider = Provider("box", "Box") {
        $0.color = "#0061d5"
        $0.documentation = "https://developer.box.com/guides/authentication/oauth2/"
        $0.authorizationEndpoint = "https://account.box.com/api/oauth2/authorize"
        $0.tokenEndpoint = "https://api.box.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.box.com/2.0/users/me"
        $0.revocationEndpoint = "https://api.box.com/oauth2/revoke"
        $0.clientAuthentication = .post
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.profile = ProfileMapping(id: "id", name: "name", email: "login", avatar: "avatar_url")
    }
}
