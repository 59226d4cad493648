extension Catalogue {
    static let e: CatalogueEntries = [.etsy, .eventbrite, .eveOnline]
}

extension Provider {
    /// Etsy: https://developers.etsy.com/documentation/essentials/authentication
    ///
    /// The vendor requires PKCE, and no secret for tokens; but since 2026 every call of the API names the application
    /// by keystring and shared secret together. The profile's address needs the person's number, which `users/me`
    /// gives for the scope `shops_r`; libraries cut it out of the access token instead. No proof of the email is
    /// documented: unverified.
    public static let etsy: Provider = Provider("etsy", "Etsy") {
        $0.color = "#f1641e"
        $0.documentation = "https://developers.etsy.com/documentation/essentials/authentication"
        $0.registration = Registration(
            page: "https://www.etsy.com/developers/your-apps", clientID: "Keystring", clientSecret: "Shared secret",
            redirectURI: "Callback URL",
            notes: [
                "en": "Etsy gives email addresses only to applications that it has permitted to read them.",
                "zh-Hans": "只有经 Etsy 许可的应用才能读取邮箱地址。",
            ])
        $0.authorizationEndpoint = "https://www.etsy.com/oauth/connect"
        $0.tokenEndpoint = "https://api.etsy.com/v3/public/oauth/token"
        $0.userInfoEndpoint = "https://openapi.etsy.com/v3/application/users/{$subject.user_id}"
        $0.scopes = ["shops_r", "email_r"]
        $0.fieldScopes = ["name": "email_r", "email": "email_r", "avatar": "email_r"]
        $0.clientAuthentication = ClientAuthentication.none
        $0.subjectRequest = ProviderCall("https://openapi.etsy.com/v3/application/users/me") {
            $0.headers = ["x-api-key": "{$client.id}:{$client.secret}"]
        }
        $0.userInfoRequest.headers = ["x-api-key": "{$client.id}:{$client.secret}"]
        $0.profile = ProfileMapping(
            id: "user_id", name: "{first_name} {last_name} | first_name", email: "primary_email",
            avatar: "image_url_75x75")
    }

    /// Eventbrite: https://www.eventbrite.com/platform/docs/app-oauth-flow
    ///
    /// There are no scopes. The profile is as libraries describe it: a list of emails with what is primary and what
    /// is verified, and of the picture an id only.
    public static let eventbrite: Provider = Provider("eventbrite", "Eventbrite") {
        $0.color = "#f05537"
        $0.documentation = "https://www.eventbrite.com/platform/docs/app-oauth-flow"
        $0.registration = Registration(
            page: "https://www.eventbrite.com/account-settings/apps", clientID: "App Key",
            clientSecret: "Client Secret")
        $0.authorizationEndpoint = "https://www.eventbrite.com/oauth/authorize"
        $0.tokenEndpoint = "https://www.eventbrite.com/oauth/token"
        $0.userInfoEndpoint = "https://www.eventbriteapi.com/v3/users/me/"
        $0.clientAuthentication = .post
        $0.profile = ProfileMapping(
            id: "id", name: "name | {first_name} {last_name} | first_name", email: "emails.primary=true.email",
            emailVerified: "emails.primary=true.verified")
    }

    /// EVE Online: https://developers.eveonline.com/docs/services/sso/
    ///
    /// A person signs in as one of their characters. The access token is a JWT that holds the whole profile; an older
    /// page of the vendor shows its issuer without `https://`, the server's metadata and newer clients with it.
    /// Libraries take the character's number for the id; but a character can be given to another account, and only
    /// `owner` changes then, so that is the subject, and the character is kept beside it. There is no email.
    public static let eveOnline: Provider = Provider("eveonline", "EVE Online") {
        $0.color = "#161616"
        $0.documentation = "https://developers.eveonline.com/docs/services/sso/"
        $0.registration = Registration(
            page: "https://developers.eveonline.com/applications", clientSecret: "Secret Key",
            redirectURI: "Callback URL",
            notes: [
                "en": "Let the application use the scope publicData.",
                "zh-Hans": "为应用选择权限 publicData。",
            ])
        $0.issuer = "https://login.eveonline.com"
        $0.authorizationEndpoint = "https://login.eveonline.com/v2/oauth/authorize"
        $0.tokenEndpoint = "https://login.eveonline.com/v2/oauth/token"
        $0.jwksURI = "https://login.eveonline.com/oauth/jwks"
        $0.revocationEndpoint = "https://login.eveonline.com/v2/oauth/revoke"
        $0.scopes = ["publicData"]
        $0.clientAuthentication = .basic
        $0.tokenResponse.idToken = "access_token"
        $0.profile = ProfileMapping(id: "owner", name: "name", identifiers: ["character": "sub"])
    }
}
