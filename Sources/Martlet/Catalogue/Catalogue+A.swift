extension Provider {
    /// Apple: https://developer.apple.com/documentation/signinwithapplerestapi
    ///
    /// Needs ``Provider/teamID``, and the `.p8` key with its id as the client's key; the client secret is made of them. The
    /// name comes only at a person's first login, in the form field `user`, which nobody signs: the email beside it is not
    /// taken, but the ID token's. Apple demands that tokens are revoked when an account is deleted (App Store Review
    /// Guidelines 5.1.1(v)).
    public static let apple: Provider = Provider("apple", "Apple") {
        $0.color = "#000000"
        $0.documentation = "https://developer.apple.com/documentation/signinwithapplerestapi"
        $0.issuer = "https://appleid.apple.com"
        $0.authorizationEndpoint = "https://appleid.apple.com/auth/authorize"
        $0.tokenEndpoint = "https://appleid.apple.com/auth/token"
        $0.jwksURI = "https://appleid.apple.com/auth/keys"
        $0.revocationEndpoint = "https://appleid.apple.com/auth/revoke"
        $0.scopes = ["openid", "name", "email"]
        $0.responseMode = .formPost
        $0.clientAuthentication = .post
        $0.signedClientSecret = SignedClientSecret(audience: "https://appleid.apple.com")
        $0.signingAlgorithms = [.rs256]
        $0.notifications = .appleAccountEvents
        $0.revokesOnUnlink = true
        $0.profile = ProfileMapping(
            id: "$idToken.sub",
            name: """
                {$callback.user.name.firstName} {$callback.user.name.lastName} | $callback.user.name.firstName \
                | $callback.user.name.lastName
                """,
            email: "$idToken.email", emailVerified: "$idToken.email_verified")
    }
}
