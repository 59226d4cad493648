public import HTTPTypes
public import Hummingbird
public import Martlet

/// Why a login came to nothing.
///
/// Thrown from a route, it answers with its status and `{"error": …, "detail": …}`. To answer otherwise, add an
/// ``OAuthLoginErrorHandler``, or catch it in the route.
public struct OAuthLoginError: Error, Sendable {
    /// What happened.
    public let reason: Reason
    /// The cookie that removes the flow from the browser, where the callback belonged to one.
    public let spentCookie: Cookie?

    /// What happened in a login that came to nothing.
    public enum Reason: Hashable, Sendable {
        /// The callback does not belong to a login of this browser, or says that the person declined.
        case callback(CallbackError)
        /// The login was begun more than five minutes ago.
        case expired
        /// The provider did not do its part.
        case provider(OAuthError)
    }

    init(_ reason: Reason, spentCookie: Cookie? = nil) {
        self.reason = reason
        self.spentCookie = spentCookie
    }
}

extension OAuthLoginError: HTTPResponseError, CustomStringConvertible {
    /// 400; 503 when the provider is unreachable and a later attempt may succeed.
    public var status: HTTPResponse.Status {
        if case .provider(let error) = reason, error.isTemporary { .serviceUnavailable } else { .badRequest }
    }

    /// A word for programs.
    public var code: String {
        switch reason {
        case .callback(.accessDenied): "access_denied"
        case .callback(.provider(let error, _)): error
        case .callback: "invalid_callback"
        case .expired: "login_expired"
        case .provider(.rejected(let rejection)): rejection.error ?? "provider_error"
        case .provider(let error): error.isTemporary ? "temporarily_unavailable" : "provider_error"
        }
    }

    /// What happened, in one sentence, without secrets.
    public var description: String {
        switch reason {
        case .callback(let error): error.description
        case .expired: "The login was begun more than five minutes ago; begin again."
        case .provider(let error): error.description
        }
    }

    /// The default answer.
    public func response(from request: Request, context: some RequestContext) throws -> Response {
        let body = JSONValue.object(["error": .string(code), "detail": .string(description)])
        var response = Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: .init(string: body.serialized())))
        if let spentCookie { response.add(spentCookie) }
        return response
    }
}

/// Answers every ``OAuthLoginError`` of the routes below it in the application's own way.
public struct OAuthLoginErrorHandler<Context: RequestContext>: RouterMiddleware {
    private let render: @Sendable (OAuthLoginError, Request, Context) async throws -> Response

    /// Makes a handler.
    ///
    /// - Parameter render: what to answer for an error.
    public init(_ render: @Sendable @escaping (OAuthLoginError, Request, Context) async throws -> Response) {
        self.render = render
    }

    /// Runs the route, and renders its error.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as OAuthLoginError {
            var response = try await render(error, request, context)
            if let cookie = error.spentCookie { response.add(cookie) }
            return response
        }
    }
}

extension JSONValue: ResponseGenerator {
    /// A JSON body, for a route that returns what a provider said.
    public func response(from request: Request, context: some RequestContext) throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: .init(string: serialized())))
    }
}
