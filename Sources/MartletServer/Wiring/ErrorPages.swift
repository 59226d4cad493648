import HTTPTypes
import Hummingbird
import Logging
import MartletHummingbird

/// Answers what no route answered: an error page for a browser, a problem document for any other client.
struct ErrorPages: RouterMiddleware {
    let pages: PageRoutes

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as AuthProblem {
            return answer(problem, request, context)
        } catch let error as HTTPError {
            return answer(AuthProblem(AuthErrorCode(status: error.status)), request, context)
        } catch {
            context.logger.error("A request failed.", metadata: ["reason": "\(error)"])
            return answer(AuthProblem(.internalError), request, context)
        }
    }

    private func answer(_ problem: AuthProblem, _ request: Request, _ context: ServerContext) -> Response {
        ClientFace(request) == .browser
            ? pages.error(problem, request, context) : problem.document(requestID: context.requestID)
    }
}

extension AuthErrorCode {
    /// The code for a status that the framework gave.
    init(status: HTTPResponse.Status) {
        switch status {
        case .notFound: self = .notFound
        case .methodNotAllowed: self = .methodNotAllowed
        default: self = status.code < 500 ? .badRequest : .internalError
        }
    }
}
