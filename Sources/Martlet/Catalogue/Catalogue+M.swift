extension Provider {
    /// Microsoft: https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc
    ///
    /// ``Provider/tenant`` is `common` (work, school and personal accounts), `organizations`, `consumers`, or the id of one
    /// tenant; ``Tenancy/allowed`` narrows it further. Its keys are found by discovery, which also says whose tokens are
    /// meant: an app could else bring one of another tenant. The subject is `sub`, which is immutable and the same for this
    /// application only. An email is verified only if `xms_edov` says that its domain's owner was: any tenant may write any
    /// address (https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization).
    public static let microsoft: Provider = Provider("microsoft", "Microsoft") {
        $0.color = "#0078d4"
        $0.documentation = "https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc"
        $0.issuer = "https://login.microsoftonline.com/{tenant}/v2.0"
        $0.tenant = "common"
        $0.tenancy = Tenancy(issuer: "https://login.microsoftonline.com/{tenantid}/v2.0")
        $0.authorizationEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize"
        $0.tokenEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
        $0.userInfoEndpoint = "https://graph.microsoft.com/oidc/userinfo"
        $0.endSessionEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/logout"
        $0.deviceAuthorizationEndpoint = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .post
        $0.signingAlgorithms = [.rs256]
        $0.userInfoPolicy = .withoutIDToken
        $0.profile = ProfileMapping(
            id: "sub", username: "preferred_username", name: "name", email: "$idToken.email",
            emailVerified: "$idToken.xms_edov", avatar: "picture",
            identifiers: ["oid": "$idToken.oid", "tid": "$idToken.tid"])
    }
}
