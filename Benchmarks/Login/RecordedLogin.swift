import Martlet

/// A login at a provider of the catalogue, and what the provider answers, as its documentation shows.
struct RecordedLogin: Sendable {
    let provider: Provider
    let bodies: [OutboundRequest.Role: String]

    static let all = [gitHub, weChat]

    /// https://docs.github.com/en/rest/users/users and https://docs.github.com/en/rest/users/emails
    private static let gitHub = RecordedLogin(
        provider: .github,
        bodies: [
            .token: #"{"access_token":"gho_4fKz9QmT2xWb7RnY1cVd8LpHs3JgEa6uXo0B","scope":"read:user,user:email"}"#,
            .userInfo: """
            {"login":"amelie-r","id":68201947,"node_id":"MDQ6VXNlcjY4MjAxOTQ3","gravatar_id":"","type":"User",\
            "avatar_url":"https://avatars.githubusercontent.com/u/68201947?v=4","site_admin":false,"company":null,\
            "url":"https://api.github.com/users/amelie-r","html_url":"https://github.com/amelie-r","blog":"",\
            "name":"Amélie Rousseau","location":"Nantes","email":"public@example.com","bio":null,"public_repos":14,\
            "followers":31,"following":8,"created_at":"2020-07-14T09:31:12Z","updated_at":"2025-11-02T16:20:47Z"}
            """,
            .emails: """
            [{"email":"public@example.com","verified":false,"primary":false,"visibility":"public"},\
            {"email":"amelie@example.com","verified":true,"primary":true,"visibility":"private"}]
            """,
        ])

    /// https://developers.weixin.qq.com/doc/oplatform/Website_App/WeChat_Login/Authorized_Interface_Calling_UnionID.html
    private static let weChat = RecordedLogin(
        provider: .wechatOpen,
        bodies: [
            .token: """
            {"access_token":"88_Kx7mTb2vQcR9dLnWzY4HsPgJ1EaUo5iFqVt8NwXp3","expires_in":7200,"scope":"snsapi_login",\
            "openid":"o6xN3jTb8vQmK2dWcR7zLpYs9HgE","unionid":"o8bVr6tLm2QxKd9WcTnYz5HsPgJ4"}
            """,
            .userInfo: """
            {"openid":"o6xN3jTb8vQmK2dWcR7zLpYs9HgE","nickname":"青山🌿","sex":0,"language":"","province":"","city":"",\
            "country":"","headimgurl":"https://thirdwx.qlogo.cn/mmopen/vi_32/Q0j4TwGTfTKx7mTb2vQcR9/132",\
            "privilege":[],"unionid":"o8bVr6tLm2QxKd9WcTnYz5HsPgJ4"}
            """,
        ])

    /// The client, and the tokens of a login that came as far as them.
    func tokens() async throws -> (OAuthClient, Tokens) {
        let client = try OAuthClient(
            provider, clientID: World.clientID, clientSecret: "secret", transport: FixedAnswers(bodies: bodies),
            now: World.now)
        let pending = try await client.authorizationRequest(redirectURI: World.redirectURI).pending
        let query = FormEncoding.encode([(name: "code", value: "the-code"), (name: "state", value: pending.state)])
        let callback = try CallbackParameters(parsing: query)
        return (client, try await client.exchange(try client.validate(callback, for: pending)))
    }
}
