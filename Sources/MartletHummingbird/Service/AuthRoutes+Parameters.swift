import FoundationEssentials
import HTTPTypes
import Hummingbird
import Martlet
import MartletAccounts

extension AuthRoutes {
    /// The parameters of a request's query, each at most once.
    struct Query {
        let values: [String: String]

        /// The value of a parameter; an empty one counts as absent.
        func first(_ name: String) -> String? {
            values[name].flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    func query(_ request: Request) throws(AuthProblem) -> Query {
        do {
            return Query(values: try CallbackParameters(parsing: request.uri.query ?? "").values)
        } catch {
            throw AuthProblem(.badRequest, detail: error.description)
        }
    }
}

extension Date {
    /// ISO 8601 in UTC with milliseconds, as the contract writes times: `2026-05-26T10:00:00.000Z`.
    package var contractText: String {
        formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
