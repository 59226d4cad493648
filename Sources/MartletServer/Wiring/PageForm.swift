import Hummingbird
import Martlet
import MartletHummingbird

/// The fields that a page's form sent.
struct PageForm: Sendable {
    /// How many bytes a form may have; the longest has one token.
    private static let limit = 16 * 1024

    private let values: [String: String]

    /// Reads a form that a page of this site sent.
    ///
    /// - Throws: `AuthProblem` with `csrfRejected` for a form of another site, or `badRequest` for a body that is not
    ///   `application/x-www-form-urlencoded` or names a field twice.
    init(_ request: Request, sameOrigin: SameOriginCheck) async throws {
        guard sameOrigin.passes(request) else {
            throw AuthProblem(.csrfRejected, detail: "The form must be sent by a page of this site.")
        }
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            throw AuthProblem(.badRequest, detail: "Send application/x-www-form-urlencoded.")
        }
        let body = try await request.boundedBody(upTo: Self.limit)
        guard let parameters = try? CallbackParameters(parsing: String(buffer: body)) else {
            throw AuthProblem(.badRequest, detail: "The form cannot be read, or names a field twice.")
        }
        values = parameters.values
    }

    /// The value of a field; empty where the form has none.
    subscript(name: String) -> String {
        values[name] ?? ""
    }
}
