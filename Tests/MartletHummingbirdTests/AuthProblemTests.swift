import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Martlet
import MartletHummingbird
import NIOCore
import Testing

/// What an application's own route answers that throws one.
@Suite struct AuthProblemTests {
    private func answer(_ problem: AuthProblem, accept: String = "*/*") async throws -> TestResponse {
        let router = Router()
        router.get("/") { _, _ -> String in throw problem }
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: "/", method: .get, headers: [.accept: accept])
        }
    }

    @Test(arguments: AuthErrorCode.allCases)
    func becomesItsStatusAndAProblemDocument(code: AuthErrorCode) async throws {
        for accept in ["application/json", "text/html"] {
            let answer = try await answer(AuthProblem(code, detail: "Because."), accept: accept)
            #expect(answer.status == code.status)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.headers[.cacheControl] == "no-store")
            let document = try JSONValue(parsing: Array(buffer: answer.body))
            #expect(document["code"] == .string(code.rawValue) && document["detail"] == .string("Because."))
            #expect(document["requestId"]?.string?.isEmpty == false)
        }
    }

    @Test func saysWhenToTryAgain() async throws {
        let answer = try await answer(AuthProblem(.rateLimited, retryAfter: 7))
        #expect(answer.headers[.retryAfter] == "7")
    }
}
