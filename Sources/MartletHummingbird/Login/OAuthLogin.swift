public import FoundationEssentials
import HTTPTypes
public import Hummingbird
public import Martlet
public import MartletAccounts

/// "Sign in with …" for a Hummingbird application: a start route and a callback that check state, PKCE and nonce by
/// themselves.
///
/// ```swift
/// let login = try OAuthLogin(github, redirectURI: "http://localhost:8000/auth/github/callback")
/// router.get("/auth/github", use: login.start)
/// router.get("/auth/github/callback", login: login) { result, request, context in
///     try await github.userInfo(result.tokens)
/// }
/// ```
///
/// What must be remembered between the two is sealed in a cookie of the browser that began, so nothing is kept on the
/// server.
public struct OAuthLogin: Sendable {
    /// The provider's client.
    public let client: OAuthClient
    /// Where the provider sends the person back; registered there exactly so.
    public let redirectURI: String

    private let scopes: [String]?
    private let parameters: [String: String]
    private let jar: FlowCookieJar
    private let now: @Sendable () -> Date

    /// Makes a login.
    ///
    /// - Parameters:
    ///   - client: the provider's client.
    ///   - redirectURI: the absolute URL of the callback route.
    ///   - scopes: what to ask for; by default the provider's own.
    ///   - parameters: further parameters of the authorization URL.
    ///   - keyring: seals the cookies. The default is made anew in every process: give one of your own to finish logins
    ///     that were begun before a restart or on another node.
    ///   - random: where states come from.
    ///   - now: the clock.
    /// - Throws: ``OAuthError/misconfigured(_:)`` if the redirect URI is neither `https` nor on this machine, or the provider
    ///   answers with a form (``Martlet/ResponseMode/formPost``).
    public init(
        _ client: OAuthClient, redirectURI: String, scopes: [String]? = nil, parameters: [String: String] = [:],
        keyring: Keyring = .ephemeral, random: RandomSource = .system, now: @escaping @Sendable () -> Date = { Date() }
    ) throws(OAuthError) {
        guard let url = URL(string: redirectURI), let host = url.host(),
            url.scheme == "https" || url.scheme == "http" && isLoopback(host: host)
        else { throw .misconfigured("the redirect URI must be https, or http on localhost") }
        guard client.provider.responseMode != .formPost else {
            throw .misconfigured(
                """
                \(client.provider.name) answers with a form, which the cookies of this login do not come with; mount the \
                service's routes instead, or ask for no scopes with `responseMode` set to nil
                """)
        }
        self.client = client
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.parameters = parameters
        self.jar = FlowCookieJar(
            cookies: AuthCookies(isSecure: url.scheme == "https", name: "oauth-login"), keyring: keyring,
            random: random, now: now)
        self.now = now
    }

    /// The start route: sends the browser to the provider.
    ///
    /// - Throws: ``OAuthLoginError`` if discovery was needed and failed.
    @Sendable public func start(_ request: Request, context: some RequestContext) async throws -> Response {
        let (id, state) = jar.states.issue(providerID: client.provider.id)
        let authorization: AuthorizationRequest
        do {
            authorization = try await client.authorizationRequest(
                redirectURI: redirectURI, state: state, scopes: scopes, parameters: parameters)
        } catch {
            throw OAuthLoginError(.provider(error))
        }
        let flow = Flow(
            id: id, purpose: .signIn, pending: authorization.pending, landing: "", startedAt: now())
        var response = Response.redirect(to: authorization.url, type: .found)
        for cookie in try jar.begin(flow, in: request) { response.add(cookie) }
        return response
    }

    /// Judges a callback and exchanges its code; what a callback route depends on.
    ///
    /// - Throws: ``OAuthLoginError``, which renders itself if nothing else does.
    public func result(of request: Request) async throws(OAuthLoginError) -> OAuthLoginResult {
        let callback: CallbackParameters
        do throws(CallbackError) {
            callback = try CallbackParameters(parsing: request.uri.query ?? "")
        } catch {
            throw OAuthLoginError(.callback(error))
        }
        let flow: Flow
        do throws(FlowError) {
            flow = try jar.find(state: callback.values["state"], providerID: client.provider.id, in: request)
        } catch {
            throw OAuthLoginError(error == .expired ? .expired : .callback(.stateMismatch))
        }
        let spentCookie = jar.cookies.endedFlow(flow.id)
        let response: AuthorizationResponse
        do throws(CallbackError) {
            response = try client.validate(callback, for: flow.pending)
        } catch {
            throw OAuthLoginError(.callback(error), spentCookie: spentCookie)
        }
        do throws(OAuthError) {
            return OAuthLoginResult(
                tokens: try await client.exchange(response), state: flow.pending.state, spentCookie: spentCookie)
        } catch {
            throw OAuthLoginError(.provider(error), spentCookie: spentCookie)
        }
    }
}

/// What a callback brought: the tokens, and the state that it was judged by.
public struct OAuthLoginResult: Sendable {
    /// The tokens.
    public let tokens: Tokens
    /// The state of the flow.
    public let state: String
    /// The cookie that removes the flow from the browser; ``RouterMethods/get(_:login:use:)`` sets it.
    public let spentCookie: Cookie
}

extension RouterMethods {
    /// Adds the callback route of a login: the handler runs only for a callback that was judged and exchanged.
    ///
    /// - Parameters:
    ///   - path: the path of the login's redirect URI.
    ///   - login: the login.
    ///   - handler: what to answer, with the tokens at hand.
    @discardableResult
    public func get(
        _ path: RouterPath, login: OAuthLogin,
        use handler: @Sendable @escaping (OAuthLoginResult, Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        get(path) { request, context -> Response in
            let result = try await login.result(of: request)
            var response = try await handler(result, request, context).response(from: request, context: context)
            response.add(result.spentCookie)
            return response
        }
    }
}

extension Keyring {
    /// A keyring with one secret made in this process: what it seals cannot be opened after a restart.
    public static let ephemeral: Keyring = Keyring(generatedBy: .system)
}
