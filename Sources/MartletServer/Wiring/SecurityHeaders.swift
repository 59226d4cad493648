import HTTPTypes
import Hummingbird
import MartletHummingbird

/// The headers that tell browsers what a page of the service may do: almost nothing.
struct SecurityHeaders: RouterMiddleware {
    private static let requestID = HTTPField.Name("X-Request-Id")

    private let fields: [HTTPField]
    /// Where an answer has a policy of its own: the frame of a front-channel logout, which says who may show it in a frame.
    private let fieldsBesidePolicy: [HTTPField]

    /// - Parameters:
    ///   - isSecure: whether browsers reach the service over HTTPS.
    ///   - allowsLoopbackImages: whether pictures may come from this machine over plain HTTP (development).
    init(isSecure: Bool, allowsLoopbackImages: Bool) {
        let images = "'self' https:" + (allowsLoopbackImages ? " http://127.0.0.1:* http://localhost:*" : "")
        let policy = [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src \(images)", "form-action 'self'",
            "frame-ancestors 'none'", "base-uri 'none'",
        ].joined(separator: "; ")
        let always =
            [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin")]
            + (isSecure ? [("Strict-Transport-Security", "max-age=31536000")] : [])
        let framing = [("Content-Security-Policy", policy), ("X-Frame-Options", "DENY")]
        fieldsBesidePolicy = always.compactMap(HTTPField.init)
        fields = (always + framing).compactMap(HTTPField.init)
    }

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        let hasPolicy = response.headers.contains(.contentSecurityPolicy)
        response.headers.append(contentsOf: hasPolicy ? fieldsBesidePolicy : fields)
        if let name = Self.requestID { response.headers.append(HTTPField(name: name, value: context.requestID)) }
        return response
    }
}

extension HTTPField {
    fileprivate init?(_ name: String, _ value: String) {
        guard let name = Name(name) else { return nil }
        self.init(name: name, value: value)
    }
}
