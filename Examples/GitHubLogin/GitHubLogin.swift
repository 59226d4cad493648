import Hummingbird
import Martlet
import MartletHummingbird

/// "Sign in with GitHub" in one file. Register an OAuth app at https://github.com/settings/developers with the callback
/// URL http://localhost:8000/auth/github/callback, then:
///
///     GITHUB_CLIENT_ID=… GITHUB_CLIENT_SECRET=… swift run GitHubLogin
@main
struct GitHubLogin {
    static func main() async throws {
        let environment = Environment()
        let github = try OAuthClient(
            .github, clientID: environment.get("GITHUB_CLIENT_ID") ?? "your_github_client_id",
            clientSecret: Secret(environment.get("GITHUB_CLIENT_SECRET") ?? "your_github_client_secret"))
        let app = Application(
            router: try router(github), configuration: .init(address: .hostname("localhost", port: 8000)))
        try await app.runService()
    }

    static func router(_ github: OAuthClient) throws -> Router<BasicRequestContext> {
        let login = try OAuthLogin(github, redirectURI: "http://localhost:8000/auth/github/callback")
        let router = Router()
        router.get("/auth/github", use: login.start)
        router.get("/auth/github/callback", login: login) { result, _, _ in
            let user = try await github.userInfo(result.tokens)
            return JSONValue.object(["user": user, "state": .string(result.state)])
        }
        return router
    }
}
