import HTTPTypes
import Hummingbird
import MartletHummingbird

/// The headers that tell browsers what a page of the service may do: almost nothing.
struct SecurityHeaders: RouterMiddleware {
    private static let policyName = "Content-Security-Policy"
    private static let frameName = "X-Frame-Options"

    private let fields: [(name: String, value: String)]

    /// - Parameters:
    ///   - isSecure: whether browsers reach the service over HTTPS.
    ///   - allowsLoopbackImages: whether pictures may come from this machine over plain HTTP (development).
    init(isSecure: Bool, allowsLoopbackImages: Bool) {
        let images = "'self' https:" + (allowsLoopbackImages ? " http://127.0.0.1:* http://localhost:*" : "")
        let policy = [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src \(images)", "form-action 'self'",
            "frame-ancestors 'none'", "base-uri 'none'",
        ].joined(separator: "; ")
        fields =
            [
                (Self.policyName, policy), ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "same-origin"), (Self.frameName, "DENY"),
            ] + (isSecure ? [("Strict-Transport-Security", "max-age=31536000")] : [])
    }

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // Only the frame of a front-channel logout has a policy of its own: who may show it in a frame.
        let isFrame = response.headers.value(named: Self.policyName) != nil
        for (name, value) in fields where !isFrame || ![Self.policyName, Self.frameName].contains(name) {
            response.headers.set(name, value)
        }
        response.headers.set("X-Request-Id", context.requestID)
        return response
    }
}
