import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// What faults do to a call.
struct Misbehaviour: Sendable {
    /// Longest time for which a call is left without an answer.
    static let patience = Duration.seconds(60)

    let sleep: @Sendable (Duration) async throws -> Void

    /// The answer that takes the place of the dialect's own, or `nil` where the dialect shall answer.
    func replacement(for fault: Fault, base: String, request: Request) async throws -> Response? {
        switch fault {
        case .hang:
            try await hang(request)
            return Response(status: .gatewayTimeout)
        case .serverError:
            let html = "<!doctype html><title>500</title><h1>Internal Server Error</h1>"
            return Reply(.internalServerError, .text(html, type: "text/html")).response
        case .garbage: return Reply(.ok, .text("This is not JSON at all.", type: "application/json")).response
        case .oversized: return oversized()
        case .redirect: return Reply.redirect(base + "/elsewhere.example/token").response
        default: return nil
        }
    }

    /// Waits until the client gives up, the server shuts down or patience ends, whichever comes first.
    private func hang(_ request: Request) async throws {
        let sleep = sleep
        try await cancelWhenGracefulShutdown {
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await sleep(Self.patience)
            }
        }
    }

    /// Three mebibytes of well-formed JSON, in pieces.
    private func oversized() -> Response {
        let piece = ByteBuffer(repeating: UInt8(ascii: "a"), count: 1 << 16)
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: #"{"padding":""#))
            for _ in 0..<48 { try await writer.write(piece) }
            try await writer.write(ByteBuffer(string: #""}"#))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }

    /// The refusal that a fault provokes.
    static func refusal(for fault: Fault?) -> Refusal? {
        switch fault {
        case .tokenError: .codeUnknown
        case .userInfoError: .tokenUnknown
        default: nil
        }
    }

    /// A dialect's own answer, distorted.
    static func distort(_ reply: Reply, by fault: Fault?, dialect: Dialect) -> Reply {
        switch fault {
        case .missingSubject, .userInfoMissingSubject: reply.mapping { $0.mapping(dialect.subjectFields) { _ in nil } }
        case .userInfoSubjectMismatch: reply.mapping { $0.mapping(dialect.subjectFields, somebodyElse) }
        case .emptyAccessToken: reply.mapping { $0.mapping(["access_token", "accessToken"]) { _ in "" } }
        default: reply
        }
    }

    /// Another person's identifier of the same shape.
    static func somebodyElse(_ subject: JSON) -> JSON {
        switch subject {
        case .number(let number): .number(number ^ 1)
        case .string(let text): .string(String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0"))
        default: subject
        }
    }
}
