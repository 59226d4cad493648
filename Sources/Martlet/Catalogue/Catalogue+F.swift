extension Catalogue {
    static let f: [Provider] = [.facebook, .feishu, .figma]
}

extension Provider {
    /// Facebook: https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
    ///
    /// The subject differs by application. The vendor documents the code's exchange as GET; POST, which most libraries
    /// use, keeps the secret out of URLs. Of the versions of the Graph API that sources name, the newest is taken. A
    /// person who signed up by phone has no email, and no proof of one is documented: unverified.
    public static let facebook: Provider = Provider("facebook", "Facebook") {
        $0.color = "#1877f2"
        $0.documentation = "https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow"
        $0.authorizationEndpoint = "https://www.facebook.com/v24.0/dialog/oauth"
        $0.tokenEndpoint = "https://graph.facebook.com/v24.0/oauth/access_token"
        $0.userInfoEndpoint = "https://graph.facebook.com/v24.0/me"
        $0.revocationEndpoint = "https://graph.facebook.com/v24.0/me/permissions"
        $0.scopes = ["public_profile", "email"]
        $0.scopeSeparator = ","
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
    /// The second-generation endpoints, which the vendor recommends over those under `passport.feishu.cn`. A refresh
    /// token comes only with the scope `offline_access`, which the app must be granted in the vendor's console first; so it is
    /// not asked for by default. The subject is `open_id`, which every app gets without a further
    /// permission; `union_id` is kept beside it. No email is vouched for: a person may enter one unproved.
    public static let feishu: Provider = Provider("feishu", "Feishu") {
        $0.localizedNames = ["zh-Hans": "飞书"]
        $0.color = "#3370ff"
        $0.documentation =
            "https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/authentication-management/access-token/get-user-access-token"
        $0.authorizationEndpoint = "https://accounts.feishu.cn/open-apis/authen/v1/authorize"
        $0.tokenEndpoint = "https://open.feishu.cn/open-apis/authen/v2/oauth/token"
        $0.userInfoEndpoint = "https://open.feishu.cn/open-apis/authen/v1/user_info"
        $0.tokenRequest.encoding = .json
        $0.tokenResponse.envelope = "data"
        $0.userInfoRequest.envelope = "data"
        $0.failures = [FailureRule(code: "code", description: "error_description | msg", success: ["0"])]
        $0.profile = ProfileMapping(
            id: "open_id", username: "name", name: "name", email: "email | enterprise_email",
            avatar: "avatar_url | picture", identifiers: ["open_id": "open_id", "union_id": "union_id"])
    }

    /// Figma: https://www.figma.com/developers/api#oauth2
    ///
    /// Sources that disagree name the older token endpoint under `www.figma.com`, and the scope `files:read`, which
    /// the vendor has replaced. `handle` is a display name. No proof of the email is documented: unverified.
    public static let figma: Provider = Provider("figma", "Figma") {
        $0.color = "#f24e1e"
        $0.documentation = "https://www.figma.com/developers/api#oauth2"
        $0.authorizationEndpoint = "https://www.figma.com/oauth"
        $0.tokenEndpoint = "https://api.figma.com/v1/oauth/token"
        $0.refreshEndpoint = "https://api.figma.com/v1/oauth/refresh"
        $0.userInfoEndpoint = "https://api.figma.com/v1/me"
        $0.scopes = ["current_user:read"]
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(id: "id", name: "handle", email: "email", avatar: "img_url")
    }
}
