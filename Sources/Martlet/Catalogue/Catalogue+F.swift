extension Catalogue {
    static let f: CatalogueEntries = [.facebook, .feishu, .figma, .fitbit, .foursquare]
}

extension Provider {
    /// Facebook: https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
    ///
    /// The subject differs by application. The vendor documents the code's exchange as GET; POST, which most
    /// libraries use, keeps the secret out of URLs. A version of the Graph API lives for about two years; this is one
    /// that the vendor's reference shows in 2026. A person who signed up by phone has no email, and no proof of one
    /// is documented: unverified.
    public static let facebook: Provider = Provider("facebook", "Facebook") {
        $0.color = "#1877f2"
        $0.documentation = "https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow"
        $0.registration = Registration(
            page: "https://developers.facebook.com/apps/", clientID: "App ID", clientSecret: "App secret",
            redirectURI: "Valid OAuth Redirect URIs",
            notes: [
                "en": "Add Facebook Login to the app, with the permissions email and public_profile.",
                "zh-Hans": "为应用添加 Facebook 登录，并启用权限 email 和 public_profile。",
            ])
        $0.authorizationEndpoint = "https://www.facebook.com/v25.0/dialog/oauth"
        $0.tokenEndpoint = "https://graph.facebook.com/v25.0/oauth/access_token"
        $0.userInfoEndpoint = "https://graph.facebook.com/v25.0/me"
        $0.revocationEndpoint = "https://graph.facebook.com/v25.0/me/permissions"
        $0.scopes = ["public_profile", "email"]
        $0.scopeSeparator = ","
        $0.fieldScopes = ["name": "public_profile", "email": "email", "avatar": "public_profile"]
        $0.clientAuthentication = .post
        $0.revocationRequest.method = .delete
        $0.revocationRequest.encoding = .query
        $0.revocationRequest.tokenParameter = "access_token"
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.revocationRequest.clientAuthentication = ClientAuthentication.none
        $0.userInfoRequest.parameters = ["fields": "id,name,email,picture.type(large)"]
        $0.profile = ProfileMapping(id: "id", name: "name", email: "email", avatar: "picture.data.url")
    }

    /// Feishu: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token
    ///
    /// The second-generation endpoints. The vendor now advises a third token endpoint,
    /// `accounts.feishu.cn/oauth/v3/token`, with the same parameters and answers. A refresh token comes only with the
    /// scope `offline_access`, which the app must be granted in the vendor's console first; so it is not asked for by
    /// default. The subject is `open_id`, which every app gets without a further permission; `union_id` is kept
    /// beside it. There is no handle, and no proof of an email is documented: unverified.
    public static let feishu: Provider = Provider("feishu", "Feishu") {
        $0.localizedNames = ["zh-Hans": "飞书"]
        $0.color = "#3370ff"
        $0.documentation =
            "https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token"
        $0.registration = Registration(
            page: "https://open.feishu.cn/app", clientID: "App ID", clientSecret: "App Secret",
            redirectURI: "重定向 URL",
            notes: [
                "en": """
                Publish a version of the app that is available to those who will sign in; grant it \
                contact:user.email:readonly for email addresses.
                """,
                "zh-Hans": "发布应用版本，可用范围须包含将要登录的成员；需要邮箱时开通权限 contact:user.email:readonly。",
            ])
        $0.authorizationEndpoint = "https://accounts.feishu.cn/open-apis/authen/v1/authorize"
        $0.tokenEndpoint = "https://open.feishu.cn/open-apis/authen/v2/oauth/token"
        $0.userInfoEndpoint = "https://open.feishu.cn/open-apis/authen/v1/user_info"
        $0.fieldScopes = ["email": "contact:user.email:readonly"]
        $0.clientAuthentication = .post
        $0.tokenRequest.encoding = .json
        $0.tokenResponse.envelope = "data"
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "error_description | msg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "open_id", name: "name", email: "email | enterprise_email", avatar: "avatar_url | picture",
            identifiers: ["open_id": "open_id", "union_id": "union_id"])
    }

    /// Figma: https://developers.figma.com/docs/rest-api/authentication/
    ///
    /// Sources that disagree name the older token endpoint under `www.figma.com`, and the scope `files:read`;
    /// endpoints and Basic authentication are as newer clients use them. `handle` is a display name. No proof of the
    /// email is documented: unverified.
    public static let figma: Provider = Provider("figma", "Figma") {
        $0.color = "#f24e1e"
        $0.documentation = "https://developers.figma.com/docs/rest-api/authentication/"
        $0.registration = Registration(
            page: "https://www.figma.com/developers/apps", redirectURI: "Redirect URL",
            notes: [
                "en": "Choose the scope current_user:read for the app.",
                "zh-Hans": "为应用选择权限 current_user:read。",
            ])
        $0.authorizationEndpoint = "https://www.figma.com/oauth"
        $0.tokenEndpoint = "https://api.figma.com/v1/oauth/token"
        $0.refreshEndpoint = "https://api.figma.com/v1/oauth/refresh"
        $0.userInfoEndpoint = "https://api.figma.com/v1/me"
        $0.scopes = ["current_user:read"]
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(id: "id", name: "handle", email: "email", avatar: "img_url")
    }

    /// Fitbit: https://dev.fitbit.com/build/reference/web-api/developer-guide/authorization/
    ///
    /// The vendor moves applications to its Google Health API, where people sign in with Google, and ends this API in
    /// 2026: for applications that still have it. Revocation is as clients use it. There is no email.
    public static let fitbit: Provider = Provider("fitbit", "Fitbit") {
        $0.color = "#00b0b9"
        $0.documentation = "https://dev.fitbit.com/build/reference/web-api/developer-guide/authorization/"
        $0.registration = Registration(
            page: "https://dev.fitbit.com/apps",
            notes: [
                "en": "Choose the application type Server.",
                "zh-Hans": "应用类型选择 Server。",
            ])
        $0.authorizationEndpoint = "https://www.fitbit.com/oauth2/authorize"
        $0.tokenEndpoint = "https://api.fitbit.com/oauth2/token"
        $0.userInfoEndpoint = "https://api.fitbit.com/1/user/-/profile.json"
        $0.revocationEndpoint = "https://api.fitbit.com/oauth2/revoke"
        $0.scopes = ["profile"]
        $0.fieldScopes = ["name": "profile", "avatar": "profile"]
        $0.clientAuthentication = .basic
        $0.revocationRequest.sendsTokenTypeHint = false
        $0.userInfoRequest.envelope = "user"
        $0.failures = [FailureRule(code: "errors.0.errorType", description: "errors.0.message")]
        $0.profile = ProfileMapping(
            id: "encodedId", name: "displayName | fullName", avatar: "avatar640 | avatar150 | avatar")
    }

    /// Foursquare: https://docs.foursquare.com/developer/reference/v2-authentication
    ///
    /// The accounts of Foursquare and Swarm, by the vendor's older API: applications that came after November 2021
    /// get the newer one, which has no accounts. The code is exchanged by GET, as the vendor shows. No proof of the
    /// email is documented: unverified.
    public static let foursquare: Provider = Provider("foursquare", "Foursquare") {
        $0.color = "#fa4778"
        $0.documentation = "https://docs.foursquare.com/developer/reference/v2-authentication"
        $0.registration = Registration(
            page: "https://docs.foursquare.com/developer/docs/using-oauth-authentication", redirectURI: "Redirect URL",
            notes: [
                "en": """
                In the project's settings, under OAuth Authentication; a project and a privacy policy URL are asked \
                for too.
                """,
                "zh-Hans": "在项目设置的 OAuth Authentication 中填写；还需要填写项目网址和隐私政策网址。",
            ])
        $0.authorizationEndpoint = "https://foursquare.com/oauth2/authenticate"
        $0.tokenEndpoint = "https://foursquare.com/oauth2/access_token"
        $0.userInfoEndpoint = "https://api.foursquare.com/v2/users/self"
        $0.clientAuthentication = .post
        $0.tokenRequest.method = .get
        $0.tokenRequest.encoding = .query
        $0.userInfoRequest.accessToken = .query("oauth_token")
        $0.userInfoRequest.parameters = ["v": "20240101"]
        $0.userInfoRequest.envelope = "response.user"
        $0.failures = [FailureRule(code: "meta.errorType", description: "meta.errorDetail")]
        $0.profile = ProfileMapping(
            id: "id", name: "{firstName} {lastName} | firstName", email: "contact.email",
            avatar: "{photo.prefix}300x300{photo.suffix}")
    }
}
