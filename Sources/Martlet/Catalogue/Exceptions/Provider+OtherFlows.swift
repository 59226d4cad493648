// Entries that sign people in by OAuth 1.0a or OpenID 2.0.

extension Provider {
    /// Discogs: https://www.discogs.com/developers
    ///
    /// OAuth 1.0a only. A person's own profile shows their email; no proof of it is documented: unverified.
    public static let discogs: Provider = Provider("discogs", "Discogs") {
        $0.color = "#333333"
        $0.documentation = "https://www.discogs.com/developers"
        $0.registration = Registration(
            page: "https://www.discogs.com/settings/developers", clientID: "Consumer Key",
            clientSecret: "Consumer Secret", redirectURI: "Callback URL")
        $0.flow = .oauth1
        $0.temporaryCredentialRequest = ProviderCall(endpoint: "https://api.discogs.com/oauth/request_token")
        $0.authorizationEndpoint = "https://www.discogs.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.discogs.com/oauth/access_token"
        $0.subjectRequest = ProviderCall(endpoint: "https://api.discogs.com/oauth/identity")
        $0.userInfoEndpoint = "https://api.discogs.com/users/{$subject.username}"
        $0.failures = [FailureRule(code: "message")]
        $0.profile = ProfileMapping(
            id: "$subject.id", username: "$subject.username", name: "name", email: "email", avatar: "avatar_url")
    }

    /// Flickr: https://www.flickr.com/services/api/auth.oauth.html
    ///
    /// OAuth 1.0a only. The token answer says who the person is, by the immutable `nsid`; there is no email.
    public static let flickr: Provider = Provider("flickr", "Flickr") {
        $0.color = "#0063dc"
        $0.documentation = "https://www.flickr.com/services/api/auth.oauth.html"
        $0.registration = Registration(
            page: "https://www.flickr.com/services/apps/create/", clientID: "Key", clientSecret: "Secret",
            redirectURI: "Callback URL")
        $0.flow = .oauth1
        $0.temporaryCredentialRequest = ProviderCall(endpoint: "https://www.flickr.com/services/oauth/request_token")
        $0.authorizationEndpoint = "https://www.flickr.com/services/oauth/authorize"
        $0.authorizeParameters = ["perms": "read"]
        $0.tokenEndpoint = "https://www.flickr.com/services/oauth/access_token"
        $0.tokenRequest.method = .get
        $0.failures = [FailureRule(code: "oauth_problem")]
        $0.profile = ProfileMapping(id: "$token.user_nsid", username: "$token.username", name: "$token.fullname")
    }

    /// XING: https://dev.xing.com/docs/authentication
    ///
    /// OAuth 1.0a. The vendor's newer "Login with XING" is a JavaScript plugin without a server's flow. The profile is as
    /// several libraries read it; no proof of the email is documented: unverified.
    public static let xing: Provider = Provider("xing", "XING") {
        $0.color = "#006567"
        $0.documentation = "https://dev.xing.com/docs/authentication"
        $0.registration = Registration(
            page: "https://dev.xing.com/", clientID: "Consumer key", clientSecret: "Consumer secret",
            redirectURI: "Callback domain",
            notes: [
                "en": "The test key works at once; a production key is granted after a review.",
                "zh-Hans": "测试密钥可以立即使用；正式密钥需要审核。",
            ])
        $0.flow = .oauth1
        $0.temporaryCredentialRequest = ProviderCall("https://api.xing.com/v1/request_token") { $0.method = .post }
        $0.authorizationEndpoint = "https://api.xing.com/v1/authorize"
        $0.tokenEndpoint = "https://api.xing.com/v1/access_token"
        $0.userInfoEndpoint = "https://api.xing.com/v1/users/me"
        $0.failures = [FailureRule(code: "error_name", description: "message")]
        $0.profile = ProfileMapping(
            id: "users.0.id", username: "users.0.page_name", name: "users.0.display_name",
            email: "users.0.active_email",
            avatar: "users.0.photo_urls.large")
    }

    /// Steam: https://partner.steamgames.com/doc/features/auth#website
    ///
    /// OpenID 2.0. The client secret is the Web API key, which the profile call needs, and the client id its domain name,
    /// which nothing depends on. The subject is the 64-bit SteamID. There is no email.
    public static let steam: Provider = Provider("steam", "Steam") {
        $0.color = "#171a21"
        $0.documentation = "https://partner.steamgames.com/doc/features/auth#website"
        $0.registration = Registration(
            page: "https://steamcommunity.com/dev/apikey", clientID: "Domain Name", clientSecret: "Key",
            notes: [
                "en": "There is no redirect URI to register.", "zh-Hans": "无需登记回调地址。",
            ])
        $0.flow = .openID2
        $0.claimedIDPrefix = "https://steamcommunity.com/openid/id/"
        $0.authorizationEndpoint = "https://steamcommunity.com/openid/login"
        $0.tokenEndpoint = "https://steamcommunity.com/openid/login"
        $0.userInfoEndpoint = "https://api.steampowered.com/ISteamUser/GetPlayerSummaries/v2/"
        $0.userInfoRequest.parameters = ["key": "{$client.secret}", "steamids": "{$token.id}"]
        $0.userInfoRequest.accessToken.location = .none
        $0.profile = ProfileMapping(
            id: "$token.id", username: "response.players.0.personaname",
            name: "response.players.0.realname | response.players.0.personaname",
            avatar: "response.players.0.avatarfull")
    }
}
