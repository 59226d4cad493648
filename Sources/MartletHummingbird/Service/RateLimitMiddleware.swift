import Hummingbird

/// Refuses an address that makes too many requests in a short time (RFC 6585 §4).
struct RateLimitMiddleware<Context: RequestContext>: RouterMiddleware {
    let service: AuthService

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        if let limiter = service.rateLimiter, let address = service.clientAddress.of(request, context: context),
            let seconds = limiter.secondsToWait(address: address, now: service.now())
        {
            throw AuthProblem(.rateLimited, detail: "Wait \(seconds) seconds.", retryAfter: seconds)
        }
        return try await next(request, context)
    }
}
