package import HTTPTypes
package import Hummingbird

extension RouterMethods {
    /// Adds an address with what it answers to each method that it takes. Any other method gets 405 with `Allow` (RFC 9110
    /// §15.5.6); HEAD is the router's affair.
    package func address(
        _ path: RouterPath,
        _ handlers: [HTTPRequest.Method: @Sendable (Request, Context) async throws -> Response]
    ) {
        let allowed = handlers.keys.map(\.rawValue).sorted().joined(separator: ", ")
        for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options, .trace] {
            on(path, method: method) { request, context in
                guard let handler = handlers[method] else { throw AuthProblem(methodNotAllowed: allowed) }
                return try await handler(request, context)
            }
        }
    }
}

extension AuthProblem {
    fileprivate init(methodNotAllowed allowed: String) {
        self.init(.methodNotAllowed, detail: "Use \(allowed).")
        allowedMethods = allowed
    }
}
