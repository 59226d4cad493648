import HTTPTypes
import Hummingbird
import Logging

/// Turns what a route throws into the contract's two faces: a redirect for a browser, a problem document for the rest.
struct AuthProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let loginPage: LandingURL

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as AuthProblem {
            return answer(problem, request, context)
        } catch let error as HTTPError {
            throw error
        } catch {
            context.logger.error("A request failed.", metadata: ["reason": "\(error)"])
            return answer(AuthProblem(.internalError), request, context)
        }
    }

    private func answer(_ problem: AuthProblem, _ request: Request, _ context: Context) -> Response {
        guard ClientFace(request) == .browser else { return problem.document(requestID: context.requestID) }
        return .moved(to: loginPage.adding("oauth_error", problem.code.rawValue), after: request)
    }
}
