extension Provider {
    /// LINUX DO Connect: https://wiki.linux.do/Community/LinuxDoConnect
    ///
    /// The email is the forum account's, which the service documents no proof of: unverified.
    public static let linuxdo: Provider = Provider("linuxdo", "LINUX DO") {
        $0.color = "#1c1c1e"
        $0.documentation = "https://wiki.linux.do/Community/LinuxDoConnect"
        $0.authorizationEndpoint = "https://connect.linux.do/oauth2/authorize"
        $0.tokenEndpoint = "https://connect.linux.do/oauth2/token"
        $0.userInfoEndpoint = "https://connect.linux.do/api/user"
        $0.clientAuthentication = .basic
        $0.profile = ProfileMapping(
            id: "id", username: "username", name: "name | username", email: "email",
            avatar: "avatar_url | avatar_template")
    }
}
