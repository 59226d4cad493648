extension Catalogue {
    static let h: [Provider] = [.heroku, .huggingface]
}

extension Provider {
    /// Heroku: https://devcenter.heroku.com/articles/oauth
    ///
    /// `verified` in the profile is about a means of payment, not the email: unverified. There is no picture and no
    /// handle.
    public static let heroku: Provider = Provider("heroku", "Heroku") {
        $0.color = "#430098"
        $0.documentation = "https://devcenter.heroku.com/articles/oauth"
        $0.authorizationEndpoint = "https://id.heroku.com/oauth/authorize"
        $0.tokenEndpoint = "https://id.heroku.com/oauth/token"
        $0.userInfoEndpoint = "https://api.heroku.com/account"
        $0.scopes = ["identity"]
        $0.clientAuthentication = .post
        $0.userInfoRequest.headers = ["Accept": "application/vnd.heroku+json; version=3"]
        $0.profile = ProfileMapping(id: "id", name: "name", email: "email")
    }

    /// Hugging Face: https://huggingface.co/docs/hub/oauth
    ///
    /// Endpoints are found by discovery.
    public static let huggingface: Provider = Provider("huggingface", "Hugging Face") {
        $0.color = "#ff9d00"
        $0.documentation = "https://huggingface.co/docs/hub/oauth"
        $0.issuer = "https://huggingface.co"
        $0.scopes = ["openid", "profile", "email"]
    }
}
