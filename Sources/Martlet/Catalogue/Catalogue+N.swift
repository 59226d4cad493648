extension Catalogue {
    static let n: [Provider] = [.naver, .nextcloud, .notion]
}

extension Provider {
    /// Naver: https://developers.naver.com/docs/login/api/api.md
    ///
    /// What is asked of the person is chosen where the application is registered: there are no scopes. `id` differs by
    /// application. No proof of the email is documented: unverified.
    public static let naver: Provider = Provider("naver", "Naver") {
        $0.localizedNames = ["ko": "네이버"]
        $0.color = "#03c75a"
        $0.documentation = "https://developers.naver.com/docs/login/api/api.md"
        $0.authorizationEndpoint = "https://nid.naver.com/oauth2.0/authorize"
        $0.tokenEndpoint = "https://nid.naver.com/oauth2.0/token"
        $0.userInfoEndpoint = "https://openapi.naver.com/v1/nid/me"
        $0.clientAuthentication = .post
        $0.userInfoRequest.envelope = "response"
        $0.failures = [FailureRule(code: "resultcode", description: "message", success: ["00"])]
        $0.profile = ProfileMapping(
            id: "id", username: "nickname", name: "name | nickname", email: "email", avatar: "profile_image")
    }

    /// Nextcloud: https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html
    ///
    /// ``Provider/domain`` is the server. The subject is the user id, which an administrator chooses once and nobody can
    /// change. There are no scopes: a token may do all that the person may. An email is whatever the person or the
    /// administrator entered: unverified.
    public static let nextcloud: Provider = Provider("nextcloud", "Nextcloud") {
        $0.color = "#0082c9"
        $0.documentation =
            "https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html"
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
    /// The token answer says who the person is; a token for a whole workspace names nobody and is refused. What may be
    /// read is chosen when the integration is registered ("user information including email"), so there are no scopes. The
    /// endpoint documents a closed JSON body without a code verifier. An email comes without a word on its proof: unverified.
    public static let notion: Provider = Provider("notion", "Notion") {
        $0.color = "#000000"
        $0.documentation = "https://developers.notion.com/reference/create-a-token"
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
