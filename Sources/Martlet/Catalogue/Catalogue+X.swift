extension Catalogue {
    static let x: [Provider] = [.xero]
}

extension Provider {
    /// Xero: https://developer.xero.com/documentation/guides/oauth2/sign-in/
    ///
    /// The ID token holds the whole profile. The subject is `xero_userid`, which the vendor names as the user's id. An email
    /// comes without a claim that proves it: unverified.
    public static let xero: Provider = Provider("xero", "Xero") {
        $0.color = "#13b5ea"
        $0.documentation = "https://developer.xero.com/documentation/guides/oauth2/sign-in/"
        $0.issuer = "https://identity.xero.com"
        $0.authorizationEndpoint = "https://login.xero.com/identity/connect/authorize"
        $0.tokenEndpoint = "https://identity.xero.com/connect/token"
        $0.jwksURI = "https://identity.xero.com/.well-known/openid-configuration/jwks"
        $0.revocationEndpoint = "https://identity.xero.com/connect/revocation"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .basic
        $0.signingAlgorithms = [.rs256]
        $0.profile = ProfileMapping(
            id: "$idToken.xero_userid", username: "preferred_username",
            name: "name | {given_name} {family_name} | given_name", email: "email",
            identifiers: ["sub": "$idToken.sub"])
    }
}
