extension Provider {
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
}
