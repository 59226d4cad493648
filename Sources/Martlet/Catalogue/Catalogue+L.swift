extension Catalogue {
    static let l: [Provider] = [.lark, .lichess, .line, .linkedin, .linuxdo]
}

extension Provider {
    /// Lark: https://open.larksuite.com/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token
    ///
    /// Feishu outside mainland China: the same interface on hosts of its own, with accounts of its own. The subject is
    /// `open_id`, which every app gets; `union_id` is kept beside it. No email is vouched for.
    public static let lark: Provider = Provider("lark", "Lark") {
        $0.color = "#3370ff"
        $0.documentation =
            "https://open.larksuite.com/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token"
        $0.authorizationEndpoint = "https://accounts.larksuite.com/open-apis/authen/v1/authorize"
        $0.tokenEndpoint = "https://open.larksuite.com/open-apis/authen/v2/oauth/token"
        $0.userInfoEndpoint = "https://open.larksuite.com/open-apis/authen/v1/user_info"
        $0.tokenRequest.encoding = .json
        $0.tokenResponse.envelope = "data"
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "error_description | msg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "open_id", username: "name", name: "name", email: "email | enterprise_email", avatar: "avatar_url",
            identifiers: ["open_id": "open_id", "union_id": "union_id"])
    }

    /// Lichess: https://lichess.org/api#tag/OAuth
    ///
    /// A public client that needs no registration: the client id is any name of the application's choosing. The
    /// subject is `id`, the user name in lower case: the vendor lets nobody rename an account but by letter case. The
    /// email is asked for separately, and no proof of it is documented: unverified.
    public static let lichess: Provider = Provider("lichess", "Lichess") {
        $0.color = "#3692e7"
        $0.documentation = "https://lichess.org/api#tag/OAuth"
        $0.authorizationEndpoint = "https://lichess.org/oauth"
        $0.tokenEndpoint = "https://lichess.org/api/token"
        $0.userInfoEndpoint = "https://lichess.org/api/account"
        $0.scopes = ["email:read"]
        $0.clientAuthentication = ClientAuthentication.none
        $0.detailRequest = ProviderCall("https://lichess.org/api/account/email") { _ in }
        $0.profile = ProfileMapping(
            id: "id", username: "username",
            name: "profile.realName | {profile.firstName} {profile.lastName} | profile.firstName | username",
            email: "$detail.email")
    }

    /// LINE: https://developers.line.biz/en/docs/line-login/integrate-line-login/
    ///
    /// The ID token of a web login is signed with the channel secret and holds the whole profile. The email comes only
    /// with the scope `email`, which the channel must be granted in the vendor's console first; so it is not asked for
    /// by default. No proof of it is documented: unverified. The subject differs by the provider that channels belong
    /// to.
    public static let line: Provider = Provider("line", "LINE") {
        $0.color = "#06c755"
        $0.documentation = "https://developers.line.biz/en/docs/line-login/integrate-line-login/"
        $0.issuer = "https://access.line.me"
        $0.authorizationEndpoint = "https://access.line.me/oauth2/v2.1/authorize"
        $0.tokenEndpoint = "https://api.line.me/oauth2/v2.1/token"
        $0.userInfoEndpoint = "https://api.line.me/oauth2/v2.1/userinfo"
        $0.jwksURI = "https://api.line.me/oauth2/v2.1/certs"
        $0.revocationEndpoint = "https://api.line.me/oauth2/v2.1/revoke"
        $0.scopes = ["openid", "profile"]
        $0.clientAuthentication = .post
        $0.signingAlgorithms = [.hs256]
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoPolicy = .withoutIDToken
        $0.profile = ProfileMapping(id: "sub", name: "name", email: "email", avatar: "picture")
    }

    /// LinkedIn: https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2
    ///
    /// The older scopes `r_liteprofile` and `r_emailaddress`, which some sources still name, are no longer given. The
    /// profile is read from the userinfo endpoint and the ID token left aside: the vendor documents no `nonce` that
    /// would bind it to the login. The subject differs by application.
    public static let linkedin: Provider = Provider("linkedin", "LinkedIn") {
        $0.color = "#0a66c2"
        $0.documentation =
            "https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2"
        $0.authorizationEndpoint = "https://www.linkedin.com/oauth/v2/authorization"
        $0.tokenEndpoint = "https://www.linkedin.com/oauth/v2/accessToken"
        $0.userInfoEndpoint = "https://api.linkedin.com/v2/userinfo"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "sub", name: "name", email: "email", emailVerified: "email_verified", avatar: "picture")
    }

    /// LINUX DO Connect: https://wiki.linux.do/Community/LinuxDoConnect
    ///
    /// The email is the forum account's, which the service documents no proof of: unverified.
    public static let linuxdo: Provider = Provider("linuxdo", "LINUX DO") {
        $0.color = "#1c1c1e"
        $0.documentation = "https://wiki.linux.do/Community/LinuxDoConnect"
        $0.authorizationEndpoint = "https://connect.linux.do/oauth2/authorize"
        $0.tokenEndpoint = "https://connect.linux.do/oauth2/token"
        $0.userInfoEndpoint = "https://connect.linux.do/api/user"
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name | username", email: "email",
            avatar: "avatar_url | avatar_template")
    }
}
