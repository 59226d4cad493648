extension Catalogue {
    static let v: [Provider] = [.vercel, .vimeo]
}

extension Provider {
    /// Vercel: https://vercel.com/docs/sign-in-with-vercel/authorization-server-api
    ///
    /// The metadata names no claim that proves an email; one that says so in the profile is believed.
    public static let vercel: Provider = Provider("vercel", "Vercel") {
        $0.color = "#000000"
        $0.documentation = "https://vercel.com/docs/sign-in-with-vercel/authorization-server-api"
        $0.issuer = "https://vercel.com"
        $0.authorizationEndpoint = "https://vercel.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.vercel.com/login/oauth/token"
        $0.userInfoEndpoint = "https://api.vercel.com/login/oauth/userinfo"
        $0.jwksURI = "https://vercel.com/.well-known/jwks"
        $0.revocationEndpoint = "https://api.vercel.com/login/oauth/token/revoke"
        $0.introspectionEndpoint = "https://api.vercel.com/login/oauth/token/introspect"
        $0.deviceAuthorizationEndpoint = "https://api.vercel.com/login/oauth/device-authorization"
        $0.scopes = ["openid", "profile", "email"]
        $0.clientAuthentication = .post
        $0.signingAlgorithms = [.rs256]
        $0.revocationRequest.clientAuthentication = .basic
    }

    /// Vimeo: https://developer.vimeo.com/api/authentication
    ///
    /// The subject is the user's `uri` (`/users/152184`): the profile has no other id. Most libraries send the secret in the
    /// body; the vendor documents the header. There is no email.
    public static let vimeo: Provider = Provider("vimeo", "Vimeo") {
        $0.color = "#1ab7ea"
        $0.documentation = "https://developer.vimeo.com/api/authentication"
        $0.authorizationEndpoint = "https://api.vimeo.com/oauth/authorize"
        $0.tokenEndpoint = "https://api.vimeo.com/oauth/access_token"
        $0.userInfoEndpoint = "https://api.vimeo.com/me"
        $0.scopes = ["public"]
        $0.clientAuthentication = .basic
        $0.userInfoRequest.headers = ["Accept": "application/vnd.vimeo.*+json;version=3.4"]
        $0.profile = ProfileMapping(
            id: "uri", name: "name", avatar: "pictures.base_link | pictures.sizes.0.link")
    }
}
